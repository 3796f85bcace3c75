"""Says why a new forecast moved the money: it slipped, or more or less is now expected."""

from collections import defaultdict
from collections.abc import Sequence

from benefits.money import Pence
from benefits.tranches import Tranche
from reports.lines import Named
from reports.movements import Cause


def forecast_cause(before: Sequence[Tranche], after: Sequence[Tranche]) -> Cause:
    """Slipped when the same money moves to a later year, else raised or lowered.

    ``before`` and ``after`` are the whole forecast, each tranche naming its plan year. Of the
    same money, what comes sooner is a forecast raised and what comes later in its year lowered,
    because that is what becomes of the cash.
    """
    was, becomes = _amounts(before), _amounts(after)
    change = sum(becomes.values()) - sum(was.values())
    later = _wait(after) - _wait(before)
    if was == becomes and _only_later(before, after):
        return Cause.SLIPPED
    if change:
        return Cause.FORECAST_RAISED if change > 0 else Cause.FORECAST_LOWERED
    return Cause.FORECAST_LOWERED if later > 0 else Cause.FORECAST_RAISED


def _amounts(tranches: Sequence[Tranche]) -> dict[Named, Pence]:
    sums: dict[Named, Pence] = defaultdict(int)
    for tranche in tranches:
        sums[tranche.plan_year, tranche.nature] += tranche.amount
    return {name: amount for name, amount in sums.items() if amount}


def _wait(tranches: Sequence[Tranche]) -> int:
    return sum(t.amount * t.month.ordinal for t in tranches)


def _only_later(before: Sequence[Tranche], after: Sequence[Tranche]) -> bool:
    """Whether, by the end of every year, no more has come than before, and somewhere less."""
    years = sorted({t.month.financial_year for t in (*before, *after)})
    names = {(t.plan_year, t.nature) for t in (*before, *after)}
    changes = [
        sum(_begun(after, name, year.last.ordinal)) - sum(_begun(before, name, year.last.ordinal))
        for year in years
        for name in names
    ]
    return max(changes, default=0) <= 0 and min(changes, default=0) < 0


def _begun(tranches: Sequence[Tranche], name: Named, by: int) -> list[Pence]:
    return [t.amount for t in tranches if (t.plan_year, t.nature) == name and t.month.ordinal <= by]
