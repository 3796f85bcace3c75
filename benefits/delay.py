"""What it costs when a milestone that drives a saving slips: whole months, or nothing at all.

The saving counts from the first month that begins on or after the milestone's date plus its lag,
so ten days' slip may cost nothing or one month. Recurring money lost to delay is not recovered.
"""

from collections.abc import Iterable
from datetime import date

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.profile import in_year_cash
from benefits.tranches import Nature, Tranche


def counts_from(day: date, lag: int = 0) -> Month:
    """The first month that begins on or after ``day``, ``lag`` months on."""
    month = Month.of(day)
    return month.plus(lag if day == month.first_day else lag + 1)


def months_lost(planned: date, now: date, lag: int = 0) -> int:
    """Months by which the saving comes later than planned; never below nothing."""
    return max(0, counts_from(now, lag).minus(counts_from(planned, lag)))


def driven(plan: Iterable[Tranche], begins: Month) -> list[Tranche]:
    """The recurring tranches that a milestone drives, when its planned day gives ``begins``.

    They are the earliest of that financial year from ``begins`` on. Where the year holds only
    earlier ones, they were filed under April, as is every amount of which no month is said: they
    begin with the milestone, so ``begins`` is their month here. Failing both, the earliest later.
    """
    recurring = [t for t in plan if t.nature is Nature.RECURRING]
    year = begins.financial_year
    of_year = [t for t in recurring if t.month.financial_year == year]
    if of_year and all(t.month < begins for t in of_year):
        return [Tranche(t.amount, t.nature, begins, t.plan_year) for t in of_year]
    later = [t for t in recurring if t.month >= begins]
    first = min((t.month for t in later), default=begins)
    return [t for t in later if t.month == first]


def unclaimed(tranches: Iterable[Tranche], claims: Iterable[Tranche]) -> list[Tranche]:
    """What is left of tranches when claims have met those of their plan year, in the order given.

    What is claimed already counts, so a milestone that is still to come cannot delay it.
    """
    met: dict[FinancialYear, Pence] = {}
    for claim in claims:
        if claim.nature is Nature.RECURRING:
            met[claim.plan_year] = met.get(claim.plan_year, 0) + claim.amount
    left: list[Tranche] = []
    for one in tranches:
        taken = min(max(met.get(one.plan_year, 0), 0), one.amount)
        met[one.plan_year] = met.get(one.plan_year, 0) - taken
        if one.amount > taken:
            left.append(Tranche(one.amount - taken, one.nature, one.month, one.plan_year))
    return left


def cost_of_delay(tranches: Iterable[Tranche], months: int) -> dict[FinancialYear, Pence]:
    """The recurring pence lost for good, by year, when every tranche comes ``months`` later.

    A one-off is only moved: it costs nothing here.
    """
    lost: list[Tranche] = []
    for tranche in tranches:
        if tranche.nature is Nature.RECURRING and months > 0:
            ends = tranche.month.plus(months)
            lost += [tranche, Tranche(-tranche.amount, tranche.nature, ends, tranche.plan_year)]
    if not lost:
        return {}
    first, last = min(t.month for t in lost), max(t.month for t in lost)
    years = range(first.financial_year.start, last.financial_year.start + 1)
    costs = {FinancialYear(start): in_year_cash(lost, FinancialYear(start)) for start in years}
    return {year: cost for year, cost in costs.items() if cost}
