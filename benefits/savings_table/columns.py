"""Finding the columns of a table of lines by their names, in whatever order they stand."""

import re
from dataclasses import dataclass, field

from benefits.periods import LATEST, FinancialYear, NotAPeriod
from benefits.savings_table.plan import Fault, Options
from benefits.savings_table.reading import Row

KNOWN = (
    "workstream",
    "group",
    "line",
    "kind",
    "low",
    "high",
    "total_printed",
    "note",
    "fund",
    "nature",
)
NEEDED = ("workstream", "line", "kind")
_NUMBERED = re.compile(r"year[_ ]?(\d{1,3})")
_WRITTEN_YEAR = re.compile(r"(\d{4})[/-](\d{2})")


@dataclass(slots=True)
class Columns:
    """Where each known column stands, which year each year column is, and what is not known."""

    names: dict[str, int] = field(default_factory=dict)
    years: dict[FinancialYear, int] = field(default_factory=dict)
    headings: dict[FinancialYear, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def find_columns(header: Row, options: Options) -> Columns:
    """The columns of a heading row. Needs ``options.first_year`` for columns named year_1."""
    found = Columns()
    for at, heading in enumerate(header.cells):
        name = "_".join(heading.lower().split())
        if name in KNOWN:
            found.names.setdefault(name, at)
        elif (match := _NUMBERED.fullmatch(name)) is not None:
            _numbered(found, header, heading, int(match[1]), at, options)
        elif (match := _WRITTEN_YEAR.fullmatch(name)) is not None:
            _written(found, header, heading, at, options)
        elif heading:
            found.unknown.append(heading)
    _missing(found, header)
    return found


def _missing(found: Columns, header: Row) -> None:
    years_tried = bool(found.years or found.faults)
    for name in NEEDED:
        if name not in found.names:
            found.faults.append(Fault(header.number, name, f"There is no column “{name}”. Add it."))
    if not years_tried and not {"low", "high"} <= set(found.names):
        sentence = "There is no column of money: add year_1, year_2 and so on, or low and high."
        found.faults.append(Fault(header.number, "", sentence))


def _numbered(
    found: Columns, header: Row, heading: str, number: int, at: int, options: Options
) -> None:
    if options.first_year is None:
        sentence = "Say which financial year year_1 is (--first-year, such as 2023/24)."
        found.faults.append(Fault(header.number, heading, sentence))
    elif not 1 <= number <= _last_number(options):
        found.faults.append(_outside(header, heading, options))
    else:
        _place(found, header, heading, options.first_year.plus(number - 1), at)


def _written(found: Columns, header: Row, heading: str, at: int, options: Options) -> None:
    try:
        year = FinancialYear.parse(heading.replace("-", "/"))
    except NotAPeriod as fault:
        found.faults.append(Fault(header.number, heading, str(fault)))
        return
    first = options.first_year or year
    if year < first or (options.years is not None and year.start >= first.start + options.years):
        found.faults.append(_outside(header, heading, options))
    else:
        _place(found, header, heading, year, at)


def _place(found: Columns, header: Row, heading: str, year: FinancialYear, at: int) -> None:
    if year in found.years:
        found.faults.append(Fault(header.number, heading, f"The year {year} stands twice."))
    found.years[year] = at
    found.headings[year] = heading


def _last_number(options: Options) -> int:
    """The number of the last year of the plan window, or of the calendar if that comes first."""
    first = options.first_year.start if options.first_year else 0
    return min(options.years or 30, LATEST - first)


def _outside(header: Row, heading: str, options: Options) -> Fault:
    first = options.first_year
    last = first.plus(_last_number(options) - 1) if first else ""
    sentence = f"The year is outside the plan window, {first} to {last}."
    return Fault(header.number, heading, sentence)
