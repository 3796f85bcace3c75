"""Says of each pound of the plan whether it is delivered, on track, at risk or will not come.

It is worked on the recurring basis, and in-year for one-offs. The four amounts sum to the
current plan plus over-delivery. All amounts are whole pence.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benefits.money import Pence, pounds
from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature
from benefits.vocabulary import Status
from reports.lines import Lines, Named, PennyLeftOver, still_expected
from reports.reconciliation import (
    Recurring,
    one_offs,
    one_offs_by_year,
    recurring,
    recurring_by_year,
)


class NotAnOverride(ValueError):
    """An override may not make money delivered."""


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody's judgement, with its reason and the last month in which it holds."""

    status: Status
    reason: str
    until: Month

    def __post_init__(self) -> None:
        if self.status is Status.DELIVERED:
            raise NotAnOverride(
                "An override cannot make money Delivered: only finance's verification does."
            )


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a benefit beside its money."""

    milestone_overdue: bool = False
    low_confidence: bool = False
    override: Override | None = None


NO_SIGNS = Signs()
_NATURES = (Nature.RECURRING, Nature.ONE_OFF)


@dataclass(frozen=True, slots=True)
class Strip:
    """Pence of one plan year by status, of one benefit or summed over many."""

    delivered: Pence
    on_track: Pence
    at_risk: Pence
    not_delivered: Pence
    plan: Pence

    def __add__(self, other: "Strip") -> "Strip":
        return Strip(
            self.delivered + other.delivered,
            self.on_track + other.on_track,
            self.at_risk + other.at_risk,
            self.not_delivered + other.not_delivered,
            self.plan + other.plan,
        )

    def worst(self, tolerance: int = 0) -> Status:
        """The worst status whose pounds are above ``tolerance`` per cent of the current plan.

        Red pounds are at risk at the least, so they count towards amber too.
        """
        allowed = max(0, self.plan) * tolerance
        if self.not_delivered * 100 > allowed:
            return Status.WILL_NOT_BE_DELIVERED
        if (self.not_delivered + self.at_risk) * 100 > allowed:
            return Status.AT_RISK
        if self.delivered > 0 and self.on_track <= 0:
            return Status.DELIVERED
        return Status.ON_TRACK


NOTHING = Strip(0, 0, 0, 0, 0)


def strip(lines: Lines, year: FinancialYear, upto: Month, signs: Signs = NO_SIGNS) -> Strip:
    """The pounds of one benefit and plan year by status, at the end of the month ``upto``."""
    rows: list[Recurring] = [recurring(lines, year, upto), one_offs(lines, year, upto)]
    passed = _passed(lines, upto)
    parts = [
        by_status(row, passed.get((year, nature), 0), upto, signs)
        for row, nature in zip(rows, _NATURES, strict=True)
    ]
    return _checked(lines.benefit, parts[0] + parts[1], rows)


def all_years(lines: Lines, upto: Month, signs: Signs = NO_SIGNS) -> Strip:
    """The pounds of one benefit and all its plan years, worked together: the sum of the strips."""
    years = sorted(lines.years())
    passed = _passed(lines, upto)
    rows: dict[Named, Recurring] = {}
    rows |= {(y, _NATURES[0]): row for y, row in recurring_by_year(lines, years, upto).items()}
    rows |= {(y, _NATURES[1]): row for y, row in one_offs_by_year(lines, years, upto).items()}
    whole = total(by_status(row, passed.get(at, 0), upto, signs) for at, row in rows.items())
    return _checked(lines.benefit, whole, list(rows.values()))


def total(strips: Iterable[Strip]) -> Strip:
    """The strip of many benefits."""
    whole = NOTHING
    for one in strips:
        whole += one
    return whole


def _passed(lines: Lines, upto: Month) -> dict[Named, Pence]:
    """Forecast pounds whose month has passed without a claim, by plan year and nature."""
    sums: dict[Named, Pence] = defaultdict(int)
    for t in still_expected(lines, upto):
        if t.month <= upto:
            sums[t.plan_year, t.nature] += t.amount
    return sums


def by_status(row: Recurring, passed: Pence, upto: Month, signs: Signs) -> Strip:
    """One plan year and nature; ``passed`` is forecast whose month is over without a claim."""
    late = max(0, min(row.still_forecast, passed))
    on_track = row.claimed + row.still_forecast - late
    at_risk = row.slipped + late
    red = row.not_delivered
    if signs.milestone_overdue or signs.low_confidence:
        on_track, at_risk = 0, at_risk + on_track
    if signs.override and upto <= signs.override.until:
        open_money = on_track + at_risk
        chosen = signs.override.status
        on_track = open_money if chosen is Status.ON_TRACK else 0
        at_risk = open_money if chosen is Status.AT_RISK else 0
        red += open_money if chosen is Status.WILL_NOT_BE_DELIVERED else 0
    return Strip(row.verified, on_track, at_risk, red, row.current_plan)


def _checked(benefit: str, whole: Strip, rows: Sequence[Recurring]) -> Strip:
    parts = whole.delivered + whole.on_track + whole.at_risk + whole.not_delivered
    over = whole.plan + sum(row.over_delivery for row in rows) - parts
    if over:
        raise PennyLeftOver(benefit, f"its pounds by status leave {pounds(over)} over.")
    return whole
