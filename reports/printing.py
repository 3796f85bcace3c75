"""How the report writes amounts, dates and numbers of events: exact, and the same everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

from benefits.money import Pence, pounds
from benefits.periods import Month
from benefits.wording.writing import day, month

MINUS, DASH = "−", "–"


def day_words(when: date | None) -> str:
    """``3 October 2024``; a day that is not known is said to be so."""
    return day(when) if when else "Not known"


def day_short(when: date) -> str:
    """``3 Oct 2024``, for tables."""
    number, name, year = day(when).split()
    return f"{number} {name[:3]} {year}"


def month_short(when: Month) -> str:
    """``Oct 2024``, for the foot of a chart."""
    name, year = month(when).split()
    return f"{name[:3]} {year}"


def stamp(instant: datetime) -> str:
    """``2024-11-06T09:30:00Z``, as the file's own properties have it."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def has_pence(amounts: Iterable[Pence]) -> bool:
    """Whether a table must show pence: then all of it does, so that the columns line up."""
    return any(amount % 100 for amount in amounts)


def figure(amount: Pence, *, pence: bool = False) -> str:
    """An amount without a pound sign, for a table that states its unit; nothing is ``0``."""
    whole, rest = divmod(abs(amount), 100)
    shown = f"{whole:,}" + (f".{rest:02d}" if pence or rest else "")
    return (MINUS if amount < 0 else "") + (shown if amount else "0")


def change(amount: Pence, *, pence: bool = False) -> str:
    """The same with a plus sign when above nothing."""
    return ("+" if amount > 0 else "") + figure(amount, pence=pence)


#: From how many pence on a unit is used, so that rounding never writes a thousand thousand.
_UNITS = (
    (99_999_500_000, 100_000_000_000, "bn", 2),
    (99_950_000, 100_000_000, "m", 2),
    (10_000_000, 100_000, "k", 0),
    (1_000_000, 100, "", 0),
)


def short_pounds(amount: Pence) -> str:
    """A headline: ``£12.84m``, ``£470k``, ``£38,333`` or ``£9,250.50``.

    Rounded half away from nothing; under £10,000 it is exact.
    """
    for least, unit, suffix, decimals in _UNITS:
        if abs(amount) >= least:
            tens: int = 10**decimals
            scaled = (abs(amount) * tens * 2 + unit) // (2 * unit)
            whole, rest = divmod(scaled, tens)
            part = f".{rest:0{decimals}d}" if decimals else ""
            return f"{MINUS if amount < 0 else ''}£{whole:,}{part}{suffix}"
    return pounds(amount)


def number(value: Decimal | None) -> str:
    """A reading as it was given, with thousands apart; one that is missing is said to be so."""
    if value is None:
        return "No reading"
    return f"{value:,}".replace("-", MINUS)


@dataclass(frozen=True, slots=True)
class Events:
    """Positions in the log as they are printed: runs of first position and words, then a count.

    More than so many runs would fill pages: what is left out is in the attached JSON.
    """

    runs: tuple[tuple[int, str], ...]
    left_out: int


def events(positions: Iterable[int], most: int = 24) -> Events:
    """``12``, ``15``, ``18–20``, each with the position at which it begins."""
    ordered = sorted(set(positions))
    if not ordered:
        return Events((), 0)
    breaks = [place for place, (a, b) in enumerate(pairwise(ordered), start=1) if b != a + 1]
    ends = zip([0, *breaks], [*breaks, len(ordered)], strict=True)
    runs = [ordered[start:end] for start, end in ends]
    shown = tuple((run[0], _run(run[0], run[-1])) for run in runs[:most])
    return Events(shown, sum(len(run) for run in runs[most:]))


def _run(first: int, last: int) -> str:
    return f"{first:,}" if first == last else f"{first:,}{DASH}{last:,}"


def in_groups(code: str, size: int = 8) -> str:
    """A long code cut into groups, so that it can be read out and breaks between them."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))
