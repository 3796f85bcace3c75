"""A plain table of money that stands beside the reconciliation: what it shows, row by row.

It is no part of the identity, and nothing of it is added to any other figure. Whole pence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benefits.money import Pence
from reports.money_tables import DoesNotAddUp


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row: an amount for each column, None where there is none, and a note in words."""

    label: str
    amounts: tuple[Pence | None, ...]
    note: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class SideTable:
    """A table with its title, its basis in words, and sentences that stand under it.

    Raises ``DoesNotAddUp`` when the total is not the sum of the rows, or a row does not fit.
    """

    title: str
    caption: str
    basis: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[SideRow, ...]
    total: SideRow | None = None
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row.amounts) != len(self.columns) for row in self.all_rows):
            raise DoesNotAddUp(f"{self.caption}: a row has not one amount for each column.")
        if self.total is not None and self.total.amounts != _sums(self.rows, self.columns):
            raise DoesNotAddUp(f"{self.caption}: its total is not the sum of its rows.")

    @property
    def all_rows(self) -> tuple[SideRow, ...]:
        return (*self.rows, self.total) if self.total else self.rows

    @property
    def amounts(self) -> list[Pence]:
        """Every amount, to see whether the table has pence and how wide it is."""
        return [amount for row in self.all_rows for amount in row.amounts if amount is not None]

    def column(self, place: int) -> list[Pence]:
        """The amounts of one column: in a table whose columns are not added, each has its pence."""
        if self.total is not None:
            return self.amounts
        return [amount for row in self.rows if (amount := row.amounts[place]) is not None]

    @property
    def noted(self) -> bool:
        """Whether a row has something to say beside its amounts."""
        return any(row.note for row in self.all_rows)

    def lines(self) -> Iterator[tuple[str, str, Pence, str]]:
        """Each amount with its row, its column and its reference."""
        for row in self.all_rows:
            for column, amount in zip(self.columns, row.amounts, strict=True):
                if amount is not None:
                    yield row.label, column, amount, row.ref


def _sums(rows: Sequence[SideRow], columns: Sequence[str]) -> tuple[Pence, ...]:
    return tuple(sum(row.amounts[place] or 0 for row in rows) for place in range(len(columns)))


def summed(label: str, rows: Sequence[SideRow], ref: str = "") -> SideRow:
    """The total of rows that may be added to one another."""
    columns = [""] * len(rows[0].amounts) if rows else []
    return SideRow(label, _sums(rows, columns), ref=ref)
