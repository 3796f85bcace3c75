"""What every rule asks first: that words, ids, amounts, people and months are what they claim.

Each check gives back the value to record or refuses with a sentence.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.money import LARGEST, Pence, pounds
from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.plans import YearAmount
from benefits.programme import Programme
from benefits.refusals import NotFound, Refused, require
from benefits.rules import Context
from benefits.wording.writing import day, month, year

LONGEST_TEXT, LONGEST_TITLE = 5_000, 200
MOST_LINES = 500
YEARS_AFTER_WINDOW = 10
EARLIEST_DAY, LATEST_DAY = date(1990, 1, 1), date(2149, 12, 31)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}")
_NUMBER = re.compile(r"[-−]?[0-9]{1,16}(\.[0-9]{1,6})?")
_LARGEST_NUMBER = Decimal(10) ** 15
_UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def words(written: str, what: str, *, needed: bool = True, longest: int = LONGEST_TEXT) -> str:
    """The text without the spaces around it. ``what`` starts the sentence: "The description"."""
    text = written.replace("\r\n", "\n").strip()
    require(any(_shows(letter) for letter in text) or not needed, f"{what} is missing: write it.")
    require(
        len(text) <= longest,
        f"{what} has {len(text):,} characters: write it in at most {longest:,}.",
    )
    breaks = "" if longest == LONGEST_TITLE else "\n\t"
    require(
        text.isprintable() or all(each in breaks or _belongs(each) for each in set(text)),
        f"{what} holds a character that cannot be shown, or a line break where none belongs: "
        "take it out.",
    )
    return text


def title(written: str, what: str = "The title", *, needed: bool = True) -> str:
    """One line of at most 200 characters."""
    return words(written, what, needed=needed, longest=LONGEST_TITLE)


def reason(written: str, why: str = "Say why", *, needed: bool = True) -> str:
    """The reason given. ``why`` says what it is needed for."""
    require(written.strip() or not needed, f"{why}: a reason is needed.")
    return words(written, "The reason", needed=needed)


def _belongs(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs") and letter not in _UNSEEN


def _shows(letter: str) -> bool:
    return unicodedata.category(letter)[0] not in "ZC"


def fresh_id(written: str, what: str) -> str:
    """An id that a caller made. ``what`` names its thing: "claim"."""
    require(
        _ID.fullmatch(written),
        f"The id of the {what} must be 1 to 100 letters, digits, dashes, dots, colons or "
        "underscores, and start with a letter or digit.",
    )
    return written


def amount(pence: Pence, what: str, least: Pence = 1) -> Pence:
    """An amount of at least ``least`` pence and at most ``benefits.money.LARGEST``."""
    require(type(pence) is int, f"{what} must be whole pence.")
    if pence < least:
        bound = "more than nothing" if least == 1 else f"{pounds(least)} or more"
        raise Refused(f"{what} is {pounds(pence)}: it must be {bound}.")
    require(pence <= LARGEST, f"{what} is too large: the largest amount is {pounds(LARGEST)}.")
    return pence


def number(whole: int, what: str, least: int, most: int) -> int:
    """A whole number between two bounds, both allowed."""
    fits = type(whole) is int and least <= whole <= most
    require(fits, f"{what} must be a whole number from {least:,} to {most:,}.")
    return whole


def decimal(written: str, what: str) -> str:
    """A measured value as plain text, at most 1e15 either way and six places."""
    text = written.strip().replace(",", "").replace("−", "-")
    require(
        _NUMBER.fullmatch(text) and abs(Decimal(text)) <= _LARGEST_NUMBER,
        f"{what}, “{written.strip()[:20]}”, is not a number that can be recorded: "
        "write it like 12.5, with at most six decimal places.",
    )
    return text


def known(context: Context, person: str, what: str) -> str:
    """The id of a person whom the directory has. ``what``: "the owner"."""
    require(
        person and context.knows(person),
        f"Nobody on record has the id “{person[:40]}”: add the person first, or name {what} again.",
    )
    return person


def existing(benefit: Benefit) -> Benefit:
    """The benefit, which must be on the register."""
    if not benefit.exists:
        raise NotFound("There is no such benefit: look for it in the register.")
    return benefit


def live(benefit: Benefit) -> Benefit:
    """The benefit, which must not have been withdrawn."""
    require(
        existing(benefit).stage is not Stage.WITHDRAWN,
        "This benefit was withdrawn: only notes and evidence can still be added to it.",
    )
    return benefit


def identified(benefit: Benefit, otherwise: str) -> Benefit:
    """The benefit, which no board has approved yet; ``otherwise`` says what to do when one has."""
    require(live(benefit).stage is Stage.IDENTIFIED, otherwise)
    return benefit


def running(programme: Programme) -> Programme:
    """The programme, which must have been started."""
    if not programme.exists:
        raise NotFound("There is no such programme: look for it in the list of programmes.")
    return programme


def window_of(context: Context, benefit: Benefit) -> PlanWindow:
    """The plan window of the benefit's programme."""
    return running(context.programme(benefit.programme)).window


def in_window(when: FinancialYear, window: PlanWindow, what: str) -> FinancialYear:
    """A financial year that the programme plans for."""
    require(
        when in window,
        f"{what} is {year(when)}, outside the programme's plan window of "
        f"{year(window.first)} to {year(window.last)}.",
    )
    return when


def month_near(when: Month, window: PlanWindow, what: str) -> Month:
    """A month from the first of the plan window to ten years after its end."""
    latest = window.last.last.plus(12 * YEARS_AFTER_WINDOW)
    require(
        window.first.first <= when <= latest,
        f"{what} is {month(when)}: it must be from {month(window.first.first)}, when the plan "
        f"window begins, to {month(latest)}.",
    )
    return when


def month_come(when: Month, today: date, what: str) -> Month:
    """A month that has begun."""
    require(
        when <= Month.of(today),
        f"{what} is {month(when)}, which has not come yet: wait until it has.",
    )
    return when


def day_near(when: date, window: PlanWindow, what: str) -> date:
    """A day from ten years before the plan window to ten years after it."""
    months = 12 * YEARS_AFTER_WINDOW
    first = window.first.first.plus(-months).first_day
    last = window.last.last.plus(months).last_day
    require(
        first <= when <= last,
        f"{what} is {day(when)}: give a day from {day(first)} to {day(last)}.",
    )
    return when


def day_come(when: date, today: date, what: str) -> date:
    """A day that is not in the future, nor before any that councils record."""
    require(when >= EARLIEST_DAY, f"{what} is {day(when)}: give a day from {day(EARLIEST_DAY)} on.")
    require(
        when <= today, f"{what} is {day(when)}, which is in the future: record it when it has come."
    )
    return when


def day_within_a_year(when: date, today: date, what: str) -> date:
    """A day after today and at most a year away."""
    last = today + timedelta(days=366)
    require(
        today < when <= last, f"{what} is {day(when)}: give a day after today and by {day(last)}."
    )
    return when


def some(lines: Sequence[object], what: str) -> None:
    """At least one line, and no more than a person could read."""
    require(lines, f"{what} has no amount: give at least one.")
    few_enough(lines, what)


def few_enough(lines: Sequence[object], what: str) -> None:
    """No more lines than the most."""
    require(
        len(lines) <= MOST_LINES, f"{what} has more than {MOST_LINES} lines: put some together."
    )


def once_each(amounts: Iterable[YearAmount], what: str) -> tuple[YearAmount, ...]:
    """The amounts in order of their years, each of which is named once."""
    ordered = tuple(sorted(amounts, key=lambda one: one.year))
    some(ordered, what)
    years = [one.year for one in ordered]
    twice = next((when for when in years if years.count(when) > 1), None)
    require(twice is None, f"{what} names {twice} twice: put the two amounts together.")
    return ordered
