"""The rules for what appraisals rest on: the discount rates and what is allowed for optimism."""

from decimal import Decimal

from benefits.discounting import DiscountRates, OptimismBias, RateStep
from benefits.refusals import require
from benefits.rules import Answer, Context, Rule, checks
from workflows.commands import SetDiscountRates, SetOptimismBias
from workflows.council import STREAM, Council
from workflows.events import DiscountRatesSet, OptimismBiasSet

HIGHEST_RATE, LONGEST = 25, 200


def set_discount_rates(council: Council, command: SetDiscountRates, _: Context) -> Answer:
    """Set the rates that hold from a day on; the Green Book's own stand until then."""
    checks.some(command.steps, "The list of rates")
    checks.few_enough(command.steps, "The list of rates")
    steps = tuple(_step(one) for one in command.steps)
    starts = [one.after_years for one in steps]
    require(starts[0] == 0, "The first rate is of the first years: give it after 0 years.")
    require(
        starts == sorted(set(starts)), "Give each rate once, those of the earliest years first."
    )
    why = checks.reason(command.reason, "Say where the rates come from")
    rates = DiscountRates(command.from_day, steps)
    if council.rates and council.rates[-1] == rates:
        return []
    return [DiscountRatesSet(command.from_day, steps, why)]


def _step(one: RateStep) -> RateStep:
    checks.number(one.after_years, "The years after which a rate begins", 0, LONGEST)
    rate = checks.decimal(one.rate, "The rate")
    require(
        0 <= Decimal(rate) <= HIGHEST_RATE,
        f"A rate is from 0 to {HIGHEST_RATE} per cent a year: {rate} is not.",
    )
    return RateStep(one.after_years, rate)


def set_optimism_bias(council: Council, command: SetOptimismBias, _: Context) -> Answer:
    """Set what is allowed for optimism; a category that is left out is allowed nothing."""
    checks.few_enough(command.adjustments, "The list of categories")
    adjustments = tuple(_adjustment(one) for one in command.adjustments)
    names = [one.category.casefold() for one in adjustments]
    require(len(names) == len(set(names)), "Each category stands once in the list.")
    why = checks.reason(command.reason, "Say what the allowance rests on")
    if council.optimism == {one.category.casefold(): one.allowance for one in adjustments}:
        return []
    return [OptimismBiasSet(adjustments, why)]


def _adjustment(one: OptimismBias) -> OptimismBias:
    category = checks.title(one.category, "The category")
    return OptimismBias(category, checks.number(one.allowance, "The allowance", 0, LONGEST))


RULES: dict[type, Rule] = {
    SetDiscountRates: Rule(set_discount_rates, STREAM, "", (DiscountRatesSet,)),
    SetOptimismBias: Rule(set_optimism_bias, STREAM, "", (OptimismBiasSet,)),
}
