"""In-year claims: money of one month that stands in for a recurring saving not yet there.

A forecast is the whole delivery expected, with what is claimed. So an in-year claim that no
one-off was forecast for takes its amount out of the recurring cash still forecast for that plan
year, in the year in which it falls, up to what there is.
"""

from collections import defaultdict
from collections.abc import Sequence

from benefits.money import Pence
from benefits.periods import FinancialYear
from benefits.profile import Layers
from benefits.tranches import Nature, Tranche
from reports.lines import Lines, by_name


def forecast_met(
    lines: Lines, expected: Sequence[Tranche], year: FinancialYear
) -> dict[FinancialYear, Pence]:
    """The pence of the year's recurring forecast cash that in-year claims have met, by plan year.

    ``expected`` is what ``lines.still_expected`` gives.
    """
    unexpected = _unexpected(lines, year)
    if not unexpected:
        return {}
    claims = (*lines.verified, *lines.claimed)
    recurring = [t for t in expected if t.nature is Nature.RECURRING]
    by_year = [[t for t in recurring if t.plan_year == named] for named in unexpected]
    other = [t for t in recurring if t.plan_year not in unexpected]
    forecast = Layers([[*claims, *other], *by_year]).cash(year)[1:]
    return {
        named: min(amount, max(0, cash))
        for (named, amount), cash in zip(unexpected.items(), forecast, strict=True)
    }


def _unexpected(lines: Lines, year: FinancialYear) -> dict[FinancialYear, Pence]:
    """In-year claims of the year beyond the one-offs forecast for the plan year that they name."""
    claims = [t for t in (*lines.verified, *lines.claimed) if t.nature is Nature.ONE_OFF]
    if not claims:
        return {}
    forecast = by_name(lines.forecast)
    beyond: dict[FinancialYear, Pence] = defaultdict(int)
    for (named, nature), group in by_name(claims).items():
        left = sum(t.amount for t in forecast.get((named, nature), ()))
        for claim in group:
            over = max(0, claim.amount - max(0, left))
            left -= claim.amount
            if claim.month.financial_year == year:
                beyond[named] += over
    return {named: amount for named, amount in sorted(beyond.items()) if amount}
