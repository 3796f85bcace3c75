"""The council's discount rates and what it allows for optimism: set, dated, refused."""

from datetime import date

import pytest

from benefits.discounting import DiscountRates, OptimismBias, RateStep, rates_on
from entrypoints.wiring import RULES
from tests.given import World
from workflows.commands import SetDiscountRates, SetOptimismBias
from workflows.events import DiscountRatesSet, OptimismBiasSet

DAY = date(2025, 4, 1)
RATES = (RateStep(0, "3.0"), RateStep(30, "2.5"))
SET = SetDiscountRates(DAY, RATES, "The Green Book was revised.")
ALLOW = SetOptimismBias(
    (OptimismBias("Income", 15), OptimismBias("new IT system", 200)), "Our last five programmes."
)


def test_rates_are_set_from_a_day_and_hold_from_then() -> None:
    world = World().people("ada")
    assert world.asked(RULES, SET) == [DiscountRatesSet(DAY, RATES, "The Green Book was revised.")]
    assert world.asked(RULES, SET) == []
    assert rates_on(DAY, world.council().rates) == DiscountRates(DAY, RATES)


def test_allowances_are_set_as_one_list_that_replaces_the_last() -> None:
    world = World().people("ada")
    assert world.asked(RULES, ALLOW) == [OptimismBiasSet(ALLOW.adjustments, ALLOW.reason)]
    assert world.asked(RULES, ALLOW) == []
    assert world.council().optimism == {"income": 15, "new it system": 200}
    world.asked(RULES, SetOptimismBias((), "None is needed now."))
    assert world.council().optimism == {}


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (SetDiscountRates(DAY, (), "Why."), "The list of rates"),
        (SetDiscountRates(DAY, (RateStep(1, "3"),), "Why."), "give it after 0 years"),
        (SetDiscountRates(DAY, RATES[::-1], "Why."), "The first rate is of the first years"),
        (SetDiscountRates(DAY, (RATES[0], RATES[0]), "Why."), "Give each rate once"),
        (SetDiscountRates(DAY, (RateStep(0, "-1"),), "Why."), "A rate is from 0 to 25"),
        (SetDiscountRates(DAY, (RateStep(0, "three"),), "Why."), "is not a number"),
        (SetDiscountRates(DAY, RATES, " "), "Say where the rates come from"),
        (SetOptimismBias((OptimismBias("x", 201),), "Why."), "The allowance"),
        (SetOptimismBias((OptimismBias(" ", 1),), "Why."), "The category"),
        (
            SetOptimismBias((OptimismBias("Income", 1), OptimismBias("income", 2)), "Why."),
            "Each category stands once",
        ),
        (SetOptimismBias(ALLOW.adjustments, ""), "Say what the allowance rests on"),
    ],
)
def test_what_makes_no_sense_is_refused(command: object, sentence: str) -> None:
    assert sentence in World().people("ada").refused(RULES, command)
