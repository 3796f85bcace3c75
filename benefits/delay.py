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
