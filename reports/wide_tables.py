"""Which rows and columns of the widest tables are printed where, so that each can be read.

The lines of an identity are one table; what stands beside the identity (of the in-year cash:
early, late, and the two figures to date) is a small table of its own, below it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benefits.money import Pence, pounds
from reports.money_tables import CashRow, MovementTable, RecurringRow

Line = RecurringRow | CashRow
Movement = MovementTable[RecurringRow] | MovementTable[CashRow]
Columns = tuple[tuple[str, str], ...]


def amounts_of_rows(rows: Iterable[Line], columns: Columns) -> list[Pence]:
    """Every amount of some columns, to see how long they are and whether they have pence."""
    return [getattr(row, name) for row in rows for name, _ in columns]


def with_something(rows: Iterable[Line], columns: Columns) -> list[Line]:
    """The rows that hold anything in some columns."""
    return [row for row in rows if any(amounts_of_rows([row], columns))]


def beside(rows: Sequence[Line]) -> Columns:
    """What is printed beside the identity: over-delivery is left out where there is none."""
    columns = rows[0].BESIDE
    over = columns[:-2]
    return columns if with_something(rows, over) else columns[len(over) :]


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved in one plan year, in the columns of one table."""

    year: str
    opening: Line
    causes: tuple[Line, ...]
    closing: Line

    @property
    def rows(self) -> tuple[Line, ...]:
        """All of it, in the order in which it is printed."""
        return (self.opening, *self.causes, self.closing)


def moved(tables: Sequence[Movement], columns: Columns) -> list[Moved]:
    """The years in which anything moved in some columns, with the causes that moved it."""
    found = []
    for table in tables:
        causes = with_something(table.causes, columns)
        if causes:
            found.append(Moved(str(table.year), table.opening, tuple(causes), table.closing))
    return found


def beside_moved(tables: Sequence[Movement]) -> Columns:
    """The same for movements."""
    return beside([row for t in tables for row in (t.opening, *t.causes, t.closing)])


def unmoved(tables: Sequence[Movement]) -> list[str]:
    """A sentence for each year in which nothing moved: what it opens and closes with."""
    return [
        f"Nothing moved in {table.year}: {pounds(_plan(table.closing))} opens and closes."
        for table in tables
        if not with_something(table.causes, table.closing.IN_IDENTITY)
    ]


def _plan(row: Line) -> Pence:
    return row.plan if isinstance(row, CashRow) else row.current_plan


def by_note(tables: Sequence[Movement]) -> dict[str, list[Movement]]:
    """Movement tables by what they count, in the order in which they are given."""
    grouped: dict[str, list[Movement]] = {}
    for table in tables:
        grouped.setdefault(table.note, []).append(table)
    return grouped
