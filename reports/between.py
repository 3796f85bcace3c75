"""What changed between any two issued reports of a programme: the figures, and why they moved.

The causes are those that the reports between printed, added up: each report opens with what the
one before closed with, so they lead from the first report to the last. Whole pence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benefits.money import Pence
from benefits.periods import FinancialYear
from reports.as_known import AsKnown, compared
from reports.contents import ReportContents
from reports.money_tables import MovementTable

#: Movements are each report's own, since the one before it: they are added up instead.
_OWN = frozenset({"Movements"})
Row = tuple[str, tuple[Pence, ...]]


@dataclass(frozen=True, slots=True)
class MovedBetween:
    """One plan year on one basis: opening, what moved it, closing; amounts by ``columns``."""

    year: FinancialYear
    basis: str
    note: str
    columns: tuple[str, ...]
    opening: Row
    causes: tuple[Row, ...]
    closing: Row


@dataclass(frozen=True, slots=True)
class Between:
    """The figures that differ, and the movements that led from the one report to the other."""

    figures: AsKnown
    moved: tuple[MovedBetween, ...]


def between(then: ReportContents, since: Sequence[ReportContents]) -> Between:
    """From one report to the last of those ``since``, which are in order of month.

    Raises ``ValueError`` when there is none since.
    """
    if not since:
        raise ValueError("There is no later report to compare with.")
    figures = compared(then, since[-1], _OWN)
    return Between(figures, tuple(_moved(then, since)))


def _moved(then: ReportContents, since: Sequence[ReportContents]) -> Iterator[MovedBetween]:
    held = _tables(then)
    later = [_tables(one) for one in since]
    for key, last in later[-1].items():
        first = held[key].closing if key in held else None
        tables = [one[key] for one in later if key in one]
        found = _of_year(key, first, tables, last)
        if found.causes:
            yield found


def _tables(contents: ReportContents) -> dict[tuple[str, str, FinancialYear], MovementTable[Any]]:
    tables: list[MovementTable[Any]] = [*contents.movements.recurring, *contents.movements.cash]
    return {(one.closing.BASIS, one.note, one.year): one for one in tables}


def _of_year(
    key: tuple[str, str, FinancialYear],
    first: Any,
    tables: Sequence[MovementTable[Any]],
    last: MovementTable[Any],
) -> MovedBetween:
    basis, note, year = key
    names = [name for name, _ in last.closing.IN_IDENTITY]
    opening = tuple(getattr(first, name) if first else 0 for name in names)
    closing = tuple(getattr(last.closing, name) for name in names)
    sums: dict[str, list[Pence]] = {}
    for cause in (cause for table in tables for cause in table.causes):
        held = sums.setdefault(cause.label, [0] * len(names))
        for place, name in enumerate(names):
            held[place] += getattr(cause, name)
    rows = [(label, tuple(amounts)) for label, amounts in sums.items() if any(amounts)]
    rest = tuple(
        closing[place] - opening[place] - sum(amounts[place] for _, amounts in rows)
        for place in range(len(names))
    )
    if any(rest):  # another edition of a report between was issued since
        rows.append(("Put right by a new edition of a report between", rest))
    headings = tuple(heading for _, heading in last.closing.IN_IDENTITY)
    return MovedBetween(
        year, basis, note, headings, ("Opening", opening), tuple(rows), ("Closing", closing)
    )
