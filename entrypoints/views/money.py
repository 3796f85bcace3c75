"""A benefit's money by plan year, from the same reconciliation as the report's.

Amounts are in pence. Months are counted to the end of the last one that is over; what is
recorded counts at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.benefit import Benefit
from benefits.lines import proposed
from benefits.money import Pence
from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.profile import increments
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Kind, Status
from benefits.wording.writing import month
from reports import status
from reports.composing.steps import lines_of
from reports.lines import Lines
from reports.live_status import signs_on
from reports.reconciliation import (
    Cash,
    OneOffs,
    Recurring,
    cash_by_year,
    one_offs_by_year,
    recurring_by_year,
    total,
)
from reports.status import Signs, Strip


@dataclass(frozen=True, slots=True)
class YearMoney:
    """One plan year on both bases, what is forecast for it, and where its pounds stand."""

    year: FinancialYear
    recurring: Recurring
    one_offs: OneOffs
    cash: Cash
    forecast_recurring: Pence
    forecast_once: Pence
    strip: Strip


@dataclass(frozen=True, slots=True)
class Position:
    """The money of an approved benefit as at the end of the month ``upto``."""

    upto: Month
    years: tuple[YearMoney, ...]

    @property
    def recurring(self) -> Recurring:
        return total([year.recurring for year in self.years], Recurring.nothing())

    @property
    def one_offs(self) -> OneOffs:
        return total([year.one_offs for year in self.years], OneOffs.nothing())

    @property
    def strip(self) -> Strip:
        return status.total(year.strip for year in self.years)

    @property
    def has_recurring(self) -> bool:
        return any(any(year.recurring.amounts().values()) for year in self.years)

    @property
    def has_one_offs(self) -> bool:
        return any(any(year.one_offs.amounts().values()) for year in self.years)

    @property
    def counted_to(self) -> str:
        """What the figures take in, in words."""
        return f"Everything recorded so far; months counted to the end of {month(self.upto)}."


def last_month(today: date) -> Month:
    """The last month that is over."""
    return Month.of(today).plus(-1)


def position(benefit: Benefit, window: PlanWindow, today: date) -> Position | None:
    """The benefit's money by plan year; None before a board has approved any plan."""
    lines = lines_of(benefit, Month.of(today))
    if lines is None:
        return None
    return position_of(lines, window, last_month(today), signs_on(benefit, today))


def position_of(
    lines: Lines, window: PlanWindow, upto: Month, known: Signs = status.NO_SIGNS
) -> Position:
    """The money of some lines, for every year of the plan window and any other that they name."""
    years = sorted(lines.years() | set(window))
    recurring = recurring_by_year(lines, years, upto)
    one_offs = one_offs_by_year(lines, years, upto)
    cash = cash_by_year(lines, years, upto)
    coming = increments(lines.forecast)
    once = _once_by_year(lines.forecast)
    return Position(
        upto,
        tuple(
            YearMoney(
                year,
                recurring[year],
                one_offs[year],
                cash[year],
                coming.get(year, 0),
                once.get(year, 0),
                status.strip(lines, year, upto, known),
            )
            for year in years
        ),
    )


def _once_by_year(tranches: Sequence[Tranche]) -> dict[FinancialYear, Pence]:
    sums: dict[FinancialYear, Pence] = {}
    for tranche in tranches:
        if tranche.nature is Nature.ONE_OFF:
            sums[tranche.plan_year] = sums.get(tranche.plan_year, 0) + tranche.amount
    return sums


def worst(found: Position, tolerance: int) -> Status:
    """The benefit's worst status above the programme's tolerance (per cent of its plan)."""
    return found.strip.worst(tolerance)


def asked_for(benefit: Benefit) -> tuple[Tranche, ...]:
    """What a benefit that no board has approved proposes; a disbenefit's is below nothing."""
    sign = -1 if benefit.kind is Kind.DISBENEFIT else 1
    return tuple(
        Tranche(t.amount * sign, t.nature, t.month, t.plan_year) for t in proposed(benefit)
    )


__all__ = [
    "Position",
    "YearMoney",
    "asked_for",
    "last_month",
    "position",
    "position_of",
    "worst",
]
