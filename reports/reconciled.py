"""The rows of the reconciliation: each checks that its parts sum to the current plan.

A row whose parts leave a penny over cannot be made: ``PennyLeftOver`` names the benefit. All
amounts are whole pence.
"""

from collections.abc import Sequence
from functools import cache
from typing import ClassVar, Self, TypeVar

import msgspec

from benefits.money import Pence, pounds
from benefits.periods import FinancialYear
from reports.lines import TOTAL, PennyLeftOver


class Reconciled(msgspec.Struct, frozen=True, gc=False):
    """``year`` is None in a total over several years; ``benefit`` is ``total`` in any total.

    A struct, as what is recorded is one: a report makes tens of thousands of these rows.
    """

    benefit: str
    year: FinancialYear | None

    @classmethod
    @cache  # asked for each of thousands of rows
    def columns(cls) -> tuple[str, ...]:
        """The names of the amounts, in the order in which they are printed."""
        return cls.__struct_fields__[2:]

    @classmethod
    def nothing(cls, year: FinancialYear | None = None) -> Self:
        """A row of zeros, for a table of no benefits."""
        return cls(TOTAL, year, *(0 for _ in cls.columns()))

    def values(self) -> tuple[Pence, ...]:
        """The amounts (pence) in the order of ``columns``."""
        return msgspec.structs.astuple(self)[2:]

    def amounts(self) -> dict[str, Pence]:
        """Column name to pence: what a report stores, so that the next has its opening."""
        return dict(zip(self.columns(), self.values(), strict=True))

    def of(self, year: FinancialYear) -> Self:
        """The same amounts in a year that is like this row's."""
        return type(self)(self.benefit, year, *self.values())

    def _same(self, plan: Pence, parts: Pence, words: str) -> None:
        if plan != parts:
            raise PennyLeftOver(
                self.benefit,
                f"in {self.year or 'all years'} {words} leaves {pounds(plan - parts)} over.",
            )


class Recurring(Reconciled, frozen=True, gc=False):
    """The recurring plan of one plan year and what became of it, whenever delivered."""

    original_plan: Pence
    approved_changes: Pence
    current_plan: Pence
    verified: Pence
    claimed: Pence
    still_forecast: Pence
    slipped: Pence
    not_delivered: Pence
    over_delivery: Pence

    BASIS: ClassVar[str] = "recurring"

    def __post_init__(self) -> None:
        changed = self.original_plan + self.approved_changes
        self._same(self.current_plan, changed, "original plan and approved changes")
        expected = self.verified + self.claimed + self.still_forecast + self.slipped
        self._same(
            self.current_plan,
            expected + self.not_delivered - self.over_delivery,
            "the current plan and its parts",
        )


class OneOffs(Recurring, frozen=True, gc=False):
    """The one-offs planned for one year and what became of them: beside the recurring table."""

    BASIS: ClassVar[str] = "one-off"


class Cash(Reconciled, frozen=True, gc=False):
    """All cash that falls in a year, whole-year figures; the two to-date columns stand beside.

    ``early`` and ``late`` are the parts of ``over_delivery`` that name a later or an earlier
    plan year. Recurring cash in ``lost_by_delay`` is not recovered.
    """

    original_plan: Pence
    approved_changes: Pence
    plan: Pence
    verified: Pence
    claimed: Pence
    still_forecast: Pence
    lost_by_delay: Pence
    not_delivered: Pence
    over_delivery: Pence
    early: Pence
    late: Pence
    plan_to_date: Pence
    verified_to_date: Pence

    BASIS: ClassVar[str] = "in-year cash"

    def __post_init__(self) -> None:
        changed = self.original_plan + self.approved_changes
        self._same(self.plan, changed, "the cash of the original plan and approved changes")
        explained = self.lost_by_delay + self.not_delivered - self.over_delivery
        self._same(self.gap, explained, "the gap in cash and what explains it")

    @property
    def gap(self) -> Pence:
        """Plan - verified - claimed - still forecast; below nothing when more comes."""
        return self.plan - self.verified - self.claimed - self.still_forecast


Row = TypeVar("Row", bound=Reconciled)


def total(rows: Sequence[Row], nothing: Row | None = None) -> Row:
    """The sum of rows of one kind, column by column, checked again.

    Benefits are worked singly and then summed, so that one's over-delivery never hides another's
    shortfall. Of no rows at all the total is ``nothing``. Raises ``ValueError`` for neither.
    """
    if not rows:
        if nothing is None:
            raise ValueError("There are no benefits to total: say which table is empty.")
        return nothing
    kind = type(rows[0])
    years = {row.year for row in rows}
    if any(type(row) is not kind for row in rows):
        raise ValueError("Recurring amounts, one-offs and cash cannot be added to one another.")
    sums = map(sum, zip(*(row.values() for row in rows), strict=True))
    return kind(TOTAL, years.pop() if len(years) == 1 else None, *sums)
