"""Weighs what a programme brings against what it costs, as the Green Book asks.

Nominal pounds (as planned, each year's own) and discounted pounds (of the first year) are of
different types here, and cannot be added to one another. Whole pence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from benefits.discounting import DiscountRates, discounted
from benefits.money import Pence
from benefits.periods import FinancialYear


class MixedValues(TypeError):
    """Nominal and discounted pounds were about to be added."""


def _like(one: object, other: object) -> None:
    """Types say so already; whoever does not check them is told all the same."""
    if type(one) is not type(other):
        raise MixedValues("Nominal and discounted pounds are shown apart, never added.")


@dataclass(frozen=True, slots=True)
class Nominal:
    """Pence as planned, in the money of its own year."""

    pence: Pence

    def __add__(self, other: "Nominal") -> "Nominal":
        _like(self, other)
        return Nominal(self.pence + other.pence)

    def __sub__(self, other: "Nominal") -> "Nominal":
        _like(self, other)
        return Nominal(self.pence - other.pence)


@dataclass(frozen=True, slots=True)
class Discounted:
    """Pence as worth in the first year of the appraisal."""

    pence: Pence

    def __add__(self, other: "Discounted") -> "Discounted":
        _like(self, other)
        return Discounted(self.pence + other.pence)

    def __sub__(self, other: "Discounted") -> "Discounted":
        _like(self, other)
        return Discounted(self.pence - other.pence)


@dataclass(frozen=True, slots=True)
class AppraisedYear:
    """One year, nominal (benefits and costs after allowing for optimism) and discounted."""

    year: FinancialYear
    benefits: Nominal
    costs: Nominal
    discounted_benefits: Discounted
    discounted_costs: Discounted

    @property
    def net(self) -> Nominal:
        return self.benefits - self.costs

    @property
    def discounted_net(self) -> Discounted:
        return self.discounted_benefits - self.discounted_costs


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Every year of the appraisal, the first being year 0."""

    rates: DiscountRates
    years: tuple[AppraisedYear, ...]

    @property
    def net(self) -> Nominal:
        return sum((one.net for one in self.years), start=Nominal(0))

    @property
    def net_present_value(self) -> Discounted:
        return sum((one.discounted_net for one in self.years), start=Discounted(0))

    @property
    def benefits(self) -> Discounted:
        return sum((one.discounted_benefits for one in self.years), start=Discounted(0))

    @property
    def costs(self) -> Discounted:
        return sum((one.discounted_costs for one in self.years), start=Discounted(0))

    @property
    def hundredths_per_pound(self) -> int | None:
        """Discounted benefits to a pound of discounted cost, in pence; None without a cost."""
        return self.benefits.pence * 100 // self.costs.pence if self.costs.pence > 0 else None

    @property
    def payback(self) -> FinancialYear | None:
        """The first year by whose end all that was spent so far has come back, and stays so.

        Worked in nominal pounds. None when it never does, or when nothing is ever laid out first.
        """
        return _pays_back([(one.year, one.net.pence) for one in self.years])

    @property
    def discounted_payback(self) -> FinancialYear | None:
        """The same in discounted pounds: never sooner."""
        return _pays_back([(one.year, one.discounted_net.pence) for one in self.years])


def _pays_back(nets: Sequence[tuple[FinancialYear, Pence]]) -> FinancialYear | None:
    running = list(accumulate(net for _, net in nets))
    below = [place for place, total in enumerate(running) if total < 0]
    if not below or below[-1] + 1 == len(running):
        return None
    return nets[below[-1] + 1][0]


def appraise(
    years: Sequence[FinancialYear],
    benefits: Mapping[FinancialYear, Pence],
    costs: Mapping[FinancialYear, Pence],
    rates: DiscountRates,
) -> Appraisal:
    """Nominal pence by year, weighed at the rates. ``years`` are in order; the first is year 0."""
    return Appraisal(
        rates,
        tuple(
            AppraisedYear(
                year,
                Nominal(benefits.get(year, 0)),
                Nominal(costs.get(year, 0)),
                Discounted(discounted(benefits.get(year, 0), rates, number)),
                Discounted(discounted(costs.get(year, 0), rates, number)),
            )
            for number, year in enumerate(years)
        ),
    )
