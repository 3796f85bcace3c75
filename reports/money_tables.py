"""The tables that lay planned beside realised, each row and total of which must add up.

The columns are the lines of the two identities of the reconciliation. A row, a total or a
movement that leaves a penny over cannot be made: it raises ``DoesNotAddUp``, so that no
report can print one. All amounts are whole pence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, Self, TypeVar

from benefits.money import Pence, pounds
from benefits.periods import FinancialYear, Month


class DoesNotAddUp(ValueError):
    """A table of the report leaves money over, so the report must not be made."""


def _same(what: str, left: Pence, right: Pence) -> None:
    if left != right:
        raise DoesNotAddUp(
            f"{what}: {pounds(left)} is printed but its parts make {pounds(right)}, "
            f"{pounds(left - right)} apart. The report was not made."
        )


@dataclass(frozen=True, slots=True)
class RecurringRow:
    """One row on the recurring basis: annual amounts of the plan years that the row covers."""

    label: str
    original_plan: Pence
    approved_changes: Pence
    current_plan: Pence
    verified: Pence
    claimed: Pence
    still_forecast: Pence
    slipped: Pence
    not_delivered: Pence
    over_delivery: Pence
    ref: str = ""

    #: Field and printed heading, in the order of the identity.
    COLUMNS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("original_plan", "Original plan"),
        ("approved_changes", "Approved changes"),
        ("current_plan", "Current plan"),
        ("verified", "Verified"),
        ("claimed", "Claimed, not yet verified"),
        ("still_forecast", "Still forecast this year"),
        ("slipped", "Slipped to later years"),
        ("not_delivered", "Will not be delivered"),
        ("over_delivery", "Over-delivery"),
    )
    IN_IDENTITY: ClassVar[tuple[tuple[str, str], ...]] = COLUMNS
    BESIDE: ClassVar[tuple[tuple[str, str], ...]] = ()
    BASIS: ClassVar[str] = "Recurring basis"
    IDENTITY: ClassVar[str] = (
        "Current plan = verified + claimed, not yet verified + still forecast this year "
        "+ slipped to later years + will not be delivered − over-delivery."
    )

    def __post_init__(self) -> None:
        name = f"{self.label or 'A row'}, recurring basis"
        _same(
            f"{name}, current plan", self.current_plan, self.original_plan + self.approved_changes
        )
        _same(
            f"{name}, where the plan stands",
            self.current_plan,
            self.outturn + self.slipped + self.not_delivered - self.over_delivery,
        )

    @property
    def outturn(self) -> Pence:
        """What is expected by the end of the plan year: verified, claimed and still forecast."""
        return self.verified + self.claimed + self.still_forecast


@dataclass(frozen=True, slots=True)
class CashRow:
    """One row on the in-year cash basis: all cash that falls in the year, for the whole year.

    ``early`` and ``late`` are the parts of ``over_delivery`` that come before their plan year
    or from an earlier one. The two to-date amounts stand beside the identity.
    """

    label: str
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
    ref: str = ""

    COLUMNS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("original_plan", "Original plan"),
        ("approved_changes", "Approved changes"),
        ("plan", "Current plan"),
        ("verified", "Verified"),
        ("claimed", "Claimed, not yet verified"),
        ("still_forecast", "Still forecast"),
        ("lost_by_delay", "Lost or moved by delay"),
        ("not_delivered", "Will not be delivered"),
        ("over_delivery", "Over-delivery"),
        ("early", "of which early"),
        ("late", "of which late from an earlier year"),
        ("plan_to_date", "Plan to date"),
        ("verified_to_date", "Verified to date"),
    )
    #: The lines of the identity, and what is printed in a table beside them (the last again).
    IN_IDENTITY: ClassVar[tuple[tuple[str, str], ...]] = COLUMNS[:9]
    BESIDE: ClassVar[tuple[tuple[str, str], ...]] = COLUMNS[8:]
    BASIS: ClassVar[str] = "In-year cash basis"
    IDENTITY: ClassVar[str] = (
        "Current plan = verified + claimed, not yet verified + still forecast "
        "+ lost or moved by delay + will not be delivered − over-delivery. "
        "Recurring cash lost to delay is not recovered."
    )

    def __post_init__(self) -> None:
        name = f"{self.label or 'A row'}, in-year cash basis"
        _same(f"{name}, current plan", self.plan, self.original_plan + self.approved_changes)
        parts = self.verified + self.claimed + self.still_forecast + self.lost_by_delay
        _same(
            f"{name}, where the plan stands",
            self.plan,
            parts + self.not_delivered - self.over_delivery,
        )


Row = TypeVar("Row", RecurringRow, CashRow)


def _check_sum(
    what: str, rows: Sequence[RecurringRow | CashRow], total: RecurringRow | CashRow
) -> None:
    for field, heading in total.COLUMNS:
        parts = sum(getattr(row, field) for row in rows)
        _same(f"{what}, {heading.lower()}", getattr(total, field), parts)


@dataclass(frozen=True, slots=True)
class MoneyTable(Generic[Row]):
    """Rows of one basis and their total.

    ``caption`` says what is counted ("Cashable benefits, general fund, plan year 2024/25"),
    ``heading`` names the first column ("Workstream", "Fund", "Plan year"). ``basis`` is the
    sentence that keeps unlike money apart ("Annual amounts, gross of recurring investment").
    """

    caption: str
    heading: str
    basis: str
    rows: tuple[Row, ...]
    total: Row

    def __post_init__(self) -> None:
        _check_sum(self.caption, self.rows, self.total)


@dataclass(frozen=True, slots=True)
class MovementTable(Generic[Row]):
    """What moved one plan year since the last report, on one basis: a row for each cause."""

    year: FinancialYear
    opening: Row
    causes: tuple[Row, ...]
    closing: Row
    note: str = ""

    def __post_init__(self) -> None:
        what = f"Movements of {self.year}, {self.closing.BASIS.lower()}"
        rows: list[RecurringRow | CashRow] = [self.opening, *self.causes]
        _check_sum(what, rows, self.closing)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a bridge, in signed pence."""

    label: str
    amount: Pence
    note: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Bridge:
    """A first amount, signed steps, and the amount that they lead to."""

    caption: str
    basis: str
    start: Step
    steps: tuple[Step, ...]
    end: Step

    def __post_init__(self) -> None:
        parts = self.start.amount + sum(step.amount for step in self.steps)
        _same(f"{self.caption}, {self.end.label.lower()}", self.end.amount, parts)

    @classmethod
    def to_outturn(cls, row: RecurringRow, caption: str, basis: str) -> Self:
        """From the original plan to what is expected by the end of the plan year."""
        steps = (
            Step("Approved changes", row.approved_changes, "Decided by the board since validation"),
            Step("Slipped to later years", -row.slipped, "Still expected, after the plan year"),
            Step("Will not be delivered", -row.not_delivered, "No longer expected in any year"),
            Step("Over-delivery", row.over_delivery, "More than was planned"),
        )
        return cls(
            caption,
            basis,
            Step("Original plan", row.original_plan, "As approved at the Validation gate"),
            steps,
            Step("Expected out-turn", row.outturn, "Verified, claimed and still forecast"),
        )


@dataclass(frozen=True, slots=True)
class RunRatePoint:
    """Annual pence a year running at the end of a month. ``None``: nothing is shown there.

    ``verified`` ends at the reported month; ``forecast`` and its likely range start there: in
    nine of ten drawn outcomes at least ``p10`` runs, in one of ten at least ``p90``.
    """

    month: Month
    planned: Pence
    verified: Pence | None
    forecast: Pence | None
    p10: Pence | None = None
    p90: Pence | None = None


@dataclass(frozen=True, slots=True)
class RunRate:
    """The cumulative run rate by month, for the chart and the table beside it."""

    caption: str
    basis: str
    reported: Month
    points: tuple[RunRatePoint, ...]
    words: tuple[str, ...] = ()
