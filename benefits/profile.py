"""Turns a list of planned, forecast or claimed amounts into the figures that councils print.

The *increment* is what a year first delivers, the *run rate* is what recurs by its end, *in-year
cash* is what falls in the year and the *plan total* is that cash over the plan window. All amounts
are whole pence; nothing here knows a database or a clock.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from benefits.money import Pence, split
from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.plans import UnitModel
from benefits.tranches import Nature, Tranche

#: (months since year 0, annual pence from then on), earliest first.
Steps = list[tuple[int, Pence]]


def month_share(annual: Pence, number: int) -> Pence:
    """What month ``number`` (April = 1) takes of an annual amount; the twelve sum to the whole."""
    return annual * number // 12 - annual * (number - 1) // 12


class Layers:
    """Lists of tranches laid on one another, so that their shares always sum to the whole.

    Each list takes the difference that it makes to the months' shares of the running total of
    annual amounts. A plan of 100.07 a year that three claims meet exactly leaves no penny.
    """

    def __init__(self, lists: Iterable[Sequence[Tranche]]) -> None:
        self._steps: list[Steps] = []
        self._one_offs: list[Steps] = []
        running: Steps = []
        for tranches in lists:
            recurring = [
                (t.month.ordinal, t.amount) for t in tranches if t.nature is Nature.RECURRING
            ]
            if recurring:
                running = sorted(running + recurring)
            self._steps.append(running)
            self._one_offs.append(
                [(t.month.ordinal, t.amount) for t in tranches if t.nature is Nature.ONE_OFF]
                if len(recurring) < len(tranches)
                else []
            )

    def cash(self, year: FinancialYear, months: int = 12) -> list[Pence]:
        """The pence of each list that fall in the first ``months`` months of a year."""
        start = year.start * 12 + 3
        shares: list[Pence] = []
        whole, laid = 0, None
        for steps, one_offs in zip(self._steps, self._one_offs, strict=True):
            below = whole
            if steps is not laid:
                whole, laid = _recurring_cash(steps, start, months), steps
            share = whole - below
            if one_offs:
                share += sum(a for at, a in one_offs if start <= at < start + months)
            shares.append(share)
        return shares


def _recurring_cash(steps: Steps, start: int, months: int) -> Pence:
    """The floor rule, summed over runs of months in which the annual amount stays the same."""
    cash = annual = counted = 0
    for at, amount in steps:
        reached = at - start
        if reached >= months:
            break
        if reached > counted:
            cash += annual * reached // 12 - annual * counted // 12
            counted = reached
        annual += amount
    return cash + annual * months // 12 - annual * counted // 12


def laid(
    lists: Iterable[Sequence[Tranche]], year: FinancialYear, upto: Month | None = None
) -> list[Pence]:
    """The cash of a year that each list takes, laid in the order given.

    That order is verified, claimed, forecast; to follow single claims, give each its own list,
    ordered by date and event.
    """
    return Layers(lists).cash(year, months_to_date(year, upto))


def months_to_date(year: FinancialYear, upto: Month | None) -> int:
    """How many months of the year have come by the end of ``upto``: all twelve when it is None."""
    return 12 if upto is None else min(12, max(0, upto.ordinal - year.first.ordinal + 1))


def in_year_cash(
    tranches: Sequence[Tranche], year: FinancialYear, upto: Month | None = None
) -> Pence:
    """All pence that fall in the year, or in its months up to and including ``upto``."""
    return laid([tranches], year, upto)[0]


def monthly_cash(tranches: Sequence[Tranche], months: Iterable[Month]) -> dict[Month, Pence]:
    """The pence that fall in each month; the twelve months of a year sum to its in-year cash."""
    steps = sorted((t.month.ordinal, t.amount) for t in tranches if t.nature is Nature.RECURRING)
    live = [0]
    for _, amount in steps:
        live.append(live[-1] + amount)
    once: dict[Month, Pence] = defaultdict(int)
    for tranche in tranches:
        if tranche.nature is Nature.ONE_OFF:
            once[tranche.month] += tranche.amount
    begun = [at for at, _ in steps]
    return {
        m: month_share(live[bisect_left(begun, m.ordinal + 1)], m.number_in_year) + once.get(m, 0)
        for m in months
    }


def increments(tranches: Iterable[Tranche]) -> dict[FinancialYear, Pence]:
    """The recurring annual pence by the plan year that they deliver, years in order."""
    years: dict[FinancialYear, Pence] = defaultdict(int)
    for tranche in tranches:
        if tranche.nature is Nature.RECURRING:
            years[tranche.plan_year] += tranche.amount
    return dict(sorted(years.items()))


def run_rate(tranches: Iterable[Tranche], year: FinancialYear) -> Pence:
    """The annual pence that recur by the end of the year: every increment that has begun."""
    return sum(t.amount for t in tranches if t.nature is Nature.RECURRING and t.month <= year.last)


def plan_total(tranches: Sequence[Tranche], window: PlanWindow) -> Pence:
    """In-year cash over the whole plan window."""
    layers = Layers([tranches])
    return sum(layers.cash(year)[0] for year in window)


def phased(model: UnitModel) -> list[Pence]:
    """What a unit model gives each year; the years sum to its total.

    In the papers: (450 - 207) placements x £304 x 52 weeks = £3,841,344, phased 25/50/25.
    """
    return split(model.total, list(model.phasing))


def modelled(model: UnitModel, first: FinancialYear) -> tuple[Tranche, ...]:
    """The profile that a unit model gives when its first year is ``first``."""
    return tuple(
        Tranche.planned(amount, Nature.RECURRING, first.plus(number).first)
        for number, amount in enumerate(phased(model))
        if amount
    )


def reproduces(model: UnitModel, profile: Iterable[Tranche]) -> bool:
    """Whether the profile's recurring increments, year by year, are what the unit model gives."""
    planned = {year: amount for year, amount in increments(profile).items() if amount}
    if not planned or not model.total:
        return not planned and not model.total
    waits = next(number for number, amount in enumerate(phased(model)) if amount)
    return planned == increments(modelled(model, min(planned).plus(-waits)))
