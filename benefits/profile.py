"""Turns a list of planned, forecast or claimed amounts into the figures that councils print.

The *increment* is what a year first delivers, the *run rate* is what recurs by its end, *in-year
cash* is what falls in the year and the *plan total* is that cash over the plan window. All amounts
are whole pence; nothing here knows a database or a clock.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from benefits.money import Pence, split
from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.plans import UnitModel
from benefits.tranches import Nature, Tranche

#: Amounts by the month in which they begin (months since year 0), earliest first.
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
        self._annual: list[_Annual] = []
        self._one_offs: list[Steps] = []
        running: Steps = []
        annual = _Annual(running)
        for tranches in lists:
            recurring: Steps = []
            once: Steps = []
            for t in tranches:
                of = recurring if t.nature is Nature.RECURRING else once
                of.append((t.month.ordinal, t.amount))
            if recurring:
                running = sorted(running + recurring)
                annual = _Annual(running)
            self._annual.append(annual)
            self._one_offs.append(once)

    def cash(self, year: FinancialYear, months: int = 12) -> list[Pence]:
        """The pence of each list that fall in the first ``months`` months of a year."""
        return list(self.shares(year, months))

    def shares(self, year: FinancialYear, months: int = 12) -> Iterator[Pence]:
        """The same, one list after the other: who wants the first alone works no other."""
        start = year.start * 12 + 3
        whole, laid = 0, None
        for annual, one_offs in zip(self._annual, self._one_offs, strict=True):
            below = whole
            if annual is not laid:
                whole, laid = annual.cash(start, months), annual
            once = sum(a for at, a in one_offs if start <= at < start + months) if one_offs else 0
            yield whole - below + once


class _Annual:
    """What recurs a year, from each month in which that changes."""

    __slots__ = ("_begins", "_live")

    def __init__(self, steps: Steps) -> None:
        self._begins = [at for at, _ in steps]
        self._live = list(accumulate((amount for _, amount in steps), initial=0))

    def cash(self, start: int, months: int) -> Pence:
        """The floor rule, summed over runs of months in which the annual amount stays the same.

        What began before the year is one run of it, however many steps it came in.
        """
        begins, live = self._begins, self._live
        place = bisect_right(begins, start)
        cash = counted = 0
        for at in begins[place : bisect_left(begins, start + months, place)]:
            cash += live[place] * (at - start) // 12 - live[place] * counted // 12
            counted = at - start
            place += 1
        return cash + live[place] * months // 12 - live[place] * counted // 12


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
