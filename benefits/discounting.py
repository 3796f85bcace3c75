"""What money of a later year is worth today, and how a council allows for its own optimism.

The rates and what is allowed for optimism are the council's to set, dated and with a reason.
Until it does, the Green Book's own rates stand (HM Treasury, The Green Book, annex 6: 3.5% a
year in real terms up to year 30, then 3.0% to year 75, then 2.5%), and nothing is allowed for
optimism.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from benefits.money import Pence

#: Decimals are worked to so many digits, whatever the process has set for itself.
_EXACT = Context(prec=40)


@dataclass(frozen=True, slots=True)
class RateStep:
    """A real rate in per cent a year (a decimal as text), for the years after so many."""

    after_years: int
    rate: str


@dataclass(frozen=True, slots=True)
class DiscountRates:
    """The rates that hold from a day on, the earliest years first."""

    from_day: date
    steps: tuple[RateStep, ...]


@dataclass(frozen=True, slots=True)
class OptimismBias:
    """What is taken off benefits of a kind, or added to money spent on something, in per cent."""

    category: str
    allowance: int


GREEN_BOOK = DiscountRates(
    date(2003, 4, 1), (RateStep(0, "3.5"), RateStep(30, "3.0"), RateStep(75, "2.5"))
)


def rates_on(day: date, known: Iterable[DiscountRates]) -> DiscountRates:
    """The rates that hold on a day: of the last first day not after it, the last recorded."""
    held = [rates for rates in known if rates.from_day <= day]
    return (
        max(enumerate(held), key=lambda one: (one[1].from_day, one[0]))[1] if held else GREEN_BOOK
    )


def factor(rates: DiscountRates, year: int) -> Decimal:
    """What a pound of year ``year`` is worth in year 0: 1 divided by each year's 1 + rate."""
    whole = Decimal(1)
    for number in range(1, year + 1):
        growth = 1 + Decimal(_rate(rates.steps, number)) / 100
        whole = _EXACT.divide(whole, growth)
    return whole


def _rate(steps: Sequence[RateStep], year: int) -> str:
    """A step after 30 years begins with year 31; the first begins with year 1."""
    return [step.rate for step in steps if step.after_years < year][-1]


def discounted(amount: Pence, rates: DiscountRates, year: int) -> Pence:
    """Pence of year ``year`` as whole pence of year 0, half a penny rounded away from nothing."""
    worth = _EXACT.multiply(Decimal(amount), factor(rates, year))
    return int(worth.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def less_optimism(amount: Pence, per_cent: int) -> Pence:
    """A benefit with what is allowed for optimism taken off; parts of a penny are dropped."""
    return amount - (abs(amount) * per_cent // 100 if amount > 0 else 0)


def more_cost(amount: Pence, per_cent: int) -> Pence:
    """A cost with what is allowed for optimism added; parts of a penny are dropped."""
    return amount + (amount * per_cent // 100 if amount > 0 else 0)


def said(rates: DiscountRates) -> str:
    """The rates in words: ``3.5% a year to year 30, then 3.0% to year 75, then 2.5%``."""
    ends = [f" to year {step.after_years}" for step in rates.steps[1:]] + [""]
    parts = [f"{step.rate}%{end}" for step, end in zip(rates.steps, ends, strict=True)]
    return ", then ".join(parts).replace("%", "% a year", 1)
