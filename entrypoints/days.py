"""Days and months as people and spreadsheets write them: the day always stands before the month."""

import re
from datetime import date

from benefits.periods import EARLIEST, LATEST, FinancialYear, Month, NotAPeriod

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s/.\-]+(\d{1,2}|[a-z]+)[\s/.\-]+(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]00:00(?::00)?)?")
_NAMED_MONTH = re.compile(r"([a-z]+)[\s/.\-]+(\d{4}|\d{2})")
_NUMBERED = re.compile(r"(\d{1,2})[/.\-](\d{4})|(\d{4})-(\d{1,2})")
_PERIOD = re.compile(r"(?:p|period|month)\s*0?(\d{1,2})[\s,]+(\d{4}/\d{2})")


class NotADay(ValueError):
    """What was written cannot be read as a day or a month; ``str()`` is a sentence."""


def read_day(written: str) -> date:
    """A day such as ``31/10/2026``, ``31 October 2026`` or ``2026-10-31``. Raises ``NotADay``."""
    text = " ".join(written.lower().split())
    if (match := _YEAR_FIRST.fullmatch(text)) is not None:
        year, month, day = match[1], match[2], match[3]
    elif (match := _DAY_FIRST.fullmatch(text)) is not None:
        day, month, year = match[1], match[2], match[3]
    else:
        raise NotADay(f"“{written.strip()[:40]}” is not a date. Write it like 31/10/2026.")
    number = int(month) if month.isdigit() else _named(month, written)
    if not EARLIEST <= int(year) <= LATEST:
        raise NotADay(f"The year must be between {EARLIEST} and {LATEST}.")
    try:
        return date(int(year), number, int(day))
    except ValueError as fault:
        raise NotADay(f"There is no such day as “{written.strip()[:40]}”.") from fault


def _named(name: str, written: str) -> int:
    for names in (_NAMES, _FULL, (*_NAMES[:8], "sept", *_NAMES[9:])):
        if name in names:
            return names.index(name) + 1
    raise NotADay(f"“{written.strip()[:40]}” names no month. Write it like October 2026.")


def read_month(written: str) -> Month:
    """A month such as ``2026-10``, ``October 2026``, ``Oct-26``, ``10/2026``, a day in it, or
    ``Period 7 2026/27``. Raises ``NotADay``.
    """
    text = " ".join(written.lower().split())
    try:
        if (match := _PERIOD.fullmatch(text)) is not None:
            return _of_year(int(match[1]), FinancialYear.parse(match[2]))
        if (match := _NUMBERED.fullmatch(text)) is not None:
            return Month(int(match[2] or match[3]), int(match[1] or match[4]))
        if (match := _NAMED_MONTH.fullmatch(text)) is not None:
            year = int(match[2]) + (2000 if len(match[2]) == 2 else 0)
            return Month(year, _named(match[1], written))
        return Month.of(read_day(written))
    except NotAPeriod as fault:
        raise NotADay(str(fault)) from fault
    except NotADay as fault:
        raise NotADay(
            f"“{written.strip()[:40]}” is not a month. Write it like 2026-10 or October 2026."
        ) from fault


def _of_year(number: int, year: FinancialYear) -> Month:
    if not 1 <= number <= 12:
        raise NotADay("The periods of a year are numbered from 1 (April) to 12 (March).")
    return year.month(number)


def write_day(when: date) -> str:
    """A day as it stands in a cell of a grid: ``31/10/2026``."""
    return f"{when.day}/{when.month}/{when.year}"
