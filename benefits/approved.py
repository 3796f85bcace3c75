"""The plan that a board approves: the committed figures, less what overlaps give up.

Existing MTFS value and recurring investment are not taken off here: they stand in the bridge
from gross to net only. An overlap that the profile was already net of is not taken off again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from benefits.money import Pence, pounds
from benefits.parts import Overlap
from benefits.periods import FinancialYear
from benefits.plans import Profile
from benefits.refusals import Refused
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import NetOf


class GivesUpTooMuch(Refused):
    """The overlaps of a plan year give up more than the year holds."""


def approved_plan(profile: Profile | None, overlaps: Iterable[Overlap]) -> tuple[Tranche, ...]:
    """The tranches, in pence, that approving this profile makes the plan.

    What is given up for a plan year is taken from its recurring tranches first, then from its
    one-offs, the earliest month first; a tranche that is used up falls away. With no profile
    (a benefit in no money) the plan is empty. Raises ``GivesUpTooMuch``, naming the first year.
    """
    if profile is None:
        return ()
    left = given_up(profile, overlaps)
    plan = [planned.tranche for planned in profile.tranches]
    for place in sorted(range(len(plan)), key=lambda place: _turn(plan[place])):
        tranche = plan[place]
        taken = min(left[tranche.plan_year], max(0, tranche.amount))
        left[tranche.plan_year] -= taken
        plan[place] = replace(tranche, amount=tranche.amount - taken)
    for year in sorted(year for year, amount in left.items() if amount):
        raise GivesUpTooMuch(
            f"The overlaps give up {pounds(left[year])} more than {year} holds."
            " Correct the overlap or the profile."
        )
    return tuple(tranche for tranche in plan if tranche.amount)


def given_up(profile: Profile, overlaps: Iterable[Overlap]) -> dict[FinancialYear, Pence]:
    """What overlaps with other benefits take off this profile, in pence by plan year."""
    years: dict[FinancialYear, Pence] = defaultdict(int)
    if NetOf.OVERLAP in profile.net_of:
        return years
    for overlap in overlaps:
        if not overlap.with_mtfs:
            for amount in overlap.gives_up:
                years[amount.year] += amount.amount
    return years


def _turn(tranche: Tranche) -> tuple[bool, int]:
    return tranche.nature is Nature.ONE_OFF, tranche.month.ordinal
