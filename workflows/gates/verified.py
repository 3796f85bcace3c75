"""Verified money laid against what is committed: what counts, and whether it is enough.

All amounts in pence, all arithmetic exact.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from benefits.benefit import Benefit
from benefits.money import Pence
from benefits.parts import Claim, Measure
from benefits.periods import FinancialYear
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Direction


def standing_claims(b: Benefit, nature: Nature | None = None) -> list[Claim]:
    """The verified claims of which something still stands; of one nature when one is given."""
    return [
        claim
        for claim in b.claims.values()
        if claim.stands > 0 and (nature is None or claim.tranche.nature is nature)
    ]


@dataclass(frozen=True, slots=True)
class Compared:
    """What is verified beside what is committed, for one nature (a year's worth if recurring)."""

    nature: Nature
    committed: Pence
    claims: tuple[Claim, ...]

    @property
    def verified(self) -> Pence:
        return sum(claim.stands for claim in self.claims)

    def enough(self, tolerance: int) -> bool:
        """Whether it is at or above the committed, less so many per cent of the committed."""
        return self.verified * 100 >= self.committed * (100 - tolerance)


def compared(b: Benefit) -> list[Compared]:
    """What Realisation compares: the run rate with recurring claims, one-offs with in-year ones.

    Money made in single months does not stand in for a saving that should recur, so in-year
    claims count only where one-offs are planned.
    """
    both = []
    for nature in Nature:
        committed = sum(tranche.amount for tranche in b.plan if tranche.nature is nature)
        if committed:
            both.append(Compared(nature, committed, tuple(standing_claims(b, nature))))
    return both


def reached(measure: Measure, tolerance: int) -> bool:
    """Whether the latest reading is at the last target, or within tolerance per cent of it."""
    if not measure.targets or measure.latest is None:
        return False
    target = max(measure.targets, key=lambda target: target.day).value
    return not _worse(measure.direction, target, measure.latest.value, tolerance)


def worsened(measure: Measure) -> bool:
    """Whether the latest reading is worse than the baseline by more than its own tolerance."""
    latest = measure.latest
    return latest is not None and _worse(
        measure.direction, measure.baseline, latest.value, measure.tolerance
    )


def _worse(direction: Direction, than: str, value: str, tolerance: int) -> bool:
    bar, read = Decimal(than), Decimal(value)
    short = bar - read if direction is Direction.UP else read - bar
    return short * 100 > abs(bar) * tolerance


Years = dict[FinancialYear, Pence]


def by_plan_year(tranches: Iterable[Tranche], nature: Nature) -> Years:
    """The pence of one nature by the plan year that they deliver."""
    years: Years = defaultdict(int)
    for tranche in tranches:
        if tranche.nature is nature:
            years[tranche.plan_year] += tranche.amount
    return years


def verified_by_year(b: Benefit, nature: Nature) -> Years:
    """What stands verified of one nature, in pence by the plan year that it delivers.

    In-year money that met part of a recurring plan is not the delivery of a one-off: in a year
    with a recurring plan it counts here up to the one-offs planned only.
    """
    years: Years = defaultdict(int)
    for claim in standing_claims(b, nature):
        years[claim.tranche.plan_year] += claim.stands
    if nature is Nature.ONE_OFF:
        recurring = by_plan_year(b.plan, Nature.RECURRING)
        one_offs = by_plan_year(b.plan, Nature.ONE_OFF)
        for year in [year for year in years if recurring.get(year)]:
            years[year] = min(years[year], one_offs.get(year, 0))
    return years


def lowered_below_verified(
    b: Benefit, plan: Iterable[Tranche]
) -> list[tuple[FinancialYear, Pence, Pence]]:
    """The years of a proposed plan that hold less than is verified for them: planned, verified."""
    proposed = tuple(plan)
    found = []
    for nature in Nature:
        planned = by_plan_year(proposed, nature)
        for year, verified in verified_by_year(b, nature).items():
            if planned.get(year, 0) < verified:
                found.append((year, planned.get(year, 0), verified))
    return sorted(found)


def changed_years(before: Iterable[Tranche], after: Iterable[Tranche]) -> set[FinancialYear]:
    """The plan years whose tranches are not the same in both plans."""
    years: dict[FinancialYear, list[list[Tranche]]] = defaultdict(lambda: [[], []])
    for side, plan in enumerate((before, after)):
        for tranche in plan:
            years[tranche.plan_year][side].append(tranche)
    return {year for year, (was, now) in years.items() if _in_order(was) != _in_order(now)}


def _in_order(tranches: list[Tranche]) -> list[Tranche]:
    return sorted(tranches, key=lambda one: (one.nature.value, one.month, one.amount))
