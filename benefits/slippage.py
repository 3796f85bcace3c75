"""Works out the forecast again when a milestone that drives a saving moves, and what that costs.

The saving counts from the first month that begins on or after the milestone's day plus its lag,
and never before it was planned. What comes out is a proposal: a person accepts it, with a reason,
by recording it as the forecast. All amounts are whole pence.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from benefits.benefit import Benefit
from benefits.delay import counts_from
from benefits.lines import all_claimed, all_verified, expected
from benefits.money import Pence
from benefits.parts import Milestone
from benefits.periods import FinancialYear, Month
from benefits.plans import YearAmount
from benefits.profile import Layers, monthly_cash
from benefits.tranches import Nature, Tranche

_Name = tuple[FinancialYear, Nature]


@dataclass(frozen=True, slots=True)
class Slippage:
    """What one list of tranches brings less than another because some of it comes later.

    ``lost`` is cash by year and ``by_month`` what each month of delay costs in recurring cash (both
    below nothing where more comes), ``slipped`` the recurring annual amount that now counts
    only after its plan year. ``part_year`` is what the moved money brings in the first year in
    which it counts, and ``full_year_effect`` what the next year gets more. Pence.
    """

    lost: tuple[YearAmount, ...]
    by_month: tuple[tuple[Month, Pence], ...]
    slipped: Pence
    part_year: Pence
    full_year_effect: Pence

    @property
    def months(self) -> int:
        """In how many months the recurring cash is another."""
        return len(self.by_month)

    def lost_in(self, year: FinancialYear) -> Pence:
        """The cash of one year that is lost, or moved away."""
        return sum(one.amount for one in self.lost if one.year == year)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A forecast that follows from the milestones (ids), and what it costs against the present."""

    tranches: tuple[Tranche, ...]
    milestones: tuple[str, ...]
    costs: Slippage


def proposed(benefit: Benefit) -> tuple[Tranche, ...] | None:
    """The forecast that milestones moved since the last forecast ask for; None for no change."""
    found = proposal(benefit)
    return found.tranches if found else None


def proposal(benefit: Benefit) -> Proposal | None:
    """The same with the milestones behind it, and what it costs.

    There is none before Validation, nor for a plan that holds a planned fall: no forecast may.
    """
    now = expected(benefit)
    if not benefit.stage.reconciled or any(t.amount <= 0 for t in now):
        return None
    since = benefit.forecast_position
    moved = [
        m for m in benefit.milestones.values() if m.drives and not m.waived and m.moved > since
    ]
    after = ordered(now)
    for milestone in moved:
        after = with_milestone(benefit, after, milestone)
    if after == ordered(now):
        return None
    causes = tuple(one.milestone for one in moved)
    return Proposal(after, causes, slippage(now, after))


def starts(milestone: Milestone) -> Month:
    """The month from which the saving that a milestone drives can count, as now expected."""
    return counts_from(milestone.reached or milestone.expected, milestone.lag)


def driven(benefit: Benefit, milestone: Milestone) -> tuple[Tranche, ...]:
    """The planned tranches that begin with a milestone: the earliest from its planned month on.

    Where its year holds only earlier recurring ones (filed under April, as is every amount of
    which no month is said), those. Recurring money leads; a one-off of its month moves with it.
    """
    begins = counts_from(milestone.planned, milestone.lag)
    recurring = [t for t in benefit.plan if t.nature is Nature.RECURRING]
    of_year = [t for t in recurring if t.month.financial_year == begins.financial_year]
    if of_year and all(t.month < begins for t in of_year):
        return tuple(of_year)
    later = [t for t in benefit.plan if t.month >= begins]
    leading = [t for t in later if t.nature is Nature.RECURRING] or later
    first = min((t.month for t in leading), default=None)
    return tuple(t for t in later if t.month == first)


def with_milestone(
    benefit: Benefit, forecast: Sequence[Tranche], milestone: Milestone
) -> tuple[Tranche, ...]:
    """A forecast with the money that a milestone drives moved to where it can now count.

    Planned and forecast money of one plan year is paired earliest first; what is claimed already
    stays where it is, and so does what is forecast beyond the plan.
    """
    moving = driven(benefit, milestone)
    if not milestone.drives or not moving:
        return ordered(forecast)
    late = starts(milestone) > counts_from(milestone.planned, milestone.lag)
    to = max(moving[0].month, starts(milestone)) if late else moving[0].month
    claims = _by_name((*all_claimed(benefit), *all_verified(benefit)))
    plans, groups = _by_name(benefit.plan), _by_name(forecast)
    after: list[Tranche] = []
    for name, group in groups.items():
        claimed = sum(claim.amount for claim in claims.get(name, ()))
        after += _moved(group, plans.get(name, []), moving, to, claimed)
    return ordered(after)


def _by_name(tranches: Iterable[Tranche]) -> dict[_Name, list[Tranche]]:
    named: dict[_Name, list[Tranche]] = defaultdict(list)
    for tranche in sorted(tranches, key=_place):
        named[tranche.plan_year, tranche.nature].append(tranche)
    return named


def _moved(
    forecast: Sequence[Tranche],
    plan: Sequence[Tranche],
    moving: Sequence[Tranche],
    to: Month,
    claimed: Pence,
) -> Iterator[Tranche]:
    """Each forecast tranche, cut where the pounds that move begin and end."""
    spans = list(_spans(plan, moving, claimed))
    at = 0
    for tranche in forecast:
        end = at + tranche.amount
        moves = sum(max(0, min(end, last) - max(at, first)) for first, last in spans)
        if moves:
            yield replace(tranche, amount=moves, month=to)
        if tranche.amount > moves:
            yield replace(tranche, amount=tranche.amount - moves)
        at = end


def _spans(
    plan: Sequence[Tranche], moving: Sequence[Tranche], claimed: Pence
) -> Iterator[tuple[Pence, Pence]]:
    """Which of the plan's pounds move, counted from its earliest, after those claimed."""
    at = 0
    for tranche in plan:
        end = at + max(0, tranche.amount)
        if tranche in moving and end > claimed:
            yield max(at, claimed), end
        at = end


def ordered(tranches: Iterable[Tranche]) -> tuple[Tranche, ...]:
    """A list in the order in which a forecast is recorded, like amounts of a month as one."""
    sums: dict[tuple[Month, str, FinancialYear], Tranche] = {}
    for one in tranches:
        key = (one.month, one.nature.value, one.plan_year)
        held = sums.get(key)
        sums[key] = replace(one, amount=one.amount + (held.amount if held else 0))
    return tuple(sums[key] for key in sorted(sums))


def _place(tranche: Tranche) -> tuple[Month, str, FinancialYear, Pence]:
    return tranche.month, tranche.nature.value, tranche.plan_year, tranche.amount


def slippage(before: Sequence[Tranche], after: Sequence[Tranche]) -> Slippage:
    """What ``after`` brings less than ``before``, by year and by month."""
    every = (*before, *after)
    if not every:
        return Slippage((), (), 0, 0, 0)
    first = min(t.month for t in every)
    last = max(t.month for t in every)
    years = [FinancialYear(start) for start in _years(first, last)]
    gone = tuple(YearAmount(year, lost) for year in years if (lost := _lost(before, after, year)))
    starts_again = _begun(before, after)
    part = (
        Layers([starts_again]).cash(starts_again[0].month.financial_year)[0] if starts_again else 0
    )
    return Slippage(
        gone,
        tuple(_each_month(before, after, first, last)),
        _beyond(after) - _beyond(before),
        part,
        sum(t.amount for t in starts_again) - part,
    )


def _years(first: Month, last: Month) -> range:
    return range(first.financial_year.start, last.financial_year.start + 1)


def _lost(before: Sequence[Tranche], after: Sequence[Tranche], year: FinancialYear) -> Pence:
    return Layers([before]).cash(year)[0] - Layers([after]).cash(year)[0]


def _recurring(tranches: Iterable[Tranche]) -> list[Tranche]:
    return [t for t in tranches if t.nature is Nature.RECURRING]


def _each_month(
    before: Sequence[Tranche], after: Sequence[Tranche], first: Month, last: Month
) -> Iterator[tuple[Month, Pence]]:
    months = [first.plus(number) for number in range(last.minus(first) + 1)]
    due = monthly_cash(_recurring(before), months)
    comes = monthly_cash(_recurring(after), months)
    return ((month, due[month] - comes[month]) for month in months if due[month] != comes[month])


def _beyond(tranches: Iterable[Tranche]) -> Pence:
    """The recurring annual amount that counts only after its plan year."""
    return sum(t.amount for t in _recurring(tranches) if t.month > t.plan_year.last)


def _begun(before: Sequence[Tranche], after: Sequence[Tranche]) -> list[Tranche]:
    """The recurring money whose month is another than before, of the first year that it is in."""
    was = {(t.month, t.plan_year): t.amount for t in ordered(_recurring(before))}
    new = [
        replace(t, amount=more)
        for t in ordered(_recurring(after))
        if (more := t.amount - was.get((t.month, t.plan_year), 0)) > 0
    ]
    return [t for t in new if t.month.financial_year == new[0].month.financial_year]
