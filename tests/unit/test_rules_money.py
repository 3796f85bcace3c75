"""Forecasts, claims, pressures and reserves: what may be said of a benefit's money."""

from dataclasses import replace
from typing import Any

import pytest

from benefits.commands import money as asked
from benefits.events import gates, programme
from benefits.events import money as happened
from benefits.money import LARGEST
from benefits.periods import FinancialYear, Month
from benefits.plans import PlannedTranche
from benefits.refusals import NotFound
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Kind
from tests.unit.council import (
    JULY,
    RULES,
    Y24,
    claimed,
    delivering,
    identified,
    profile,
    tranche,
    validated,
    verified,
    withdrawn,
)

FORECAST = asked.RecordForecast("b1", (tranche(110_000_00),), "Fewer places.")


def test_a_forecast_is_recorded_in_order_and_once() -> None:
    world = validated()
    later, sooner = tranche(5, Month(2025, 4)), tranche(6)
    assert world.asked(RULES, replace(FORECAST, tranches=(later, sooner))) == [
        happened.ForecastRecorded((sooner, later), "Fewer places.")
    ]
    assert world.asked(RULES, replace(FORECAST, tranches=(sooner, later))) == []


def test_a_forecast_may_be_of_nothing_and_may_come_ten_years_late() -> None:
    assert validated().asked(RULES, replace(FORECAST, tranches=()))
    late = Tranche(5, Nature.RECURRING, Month(2038, 3), Y24)
    assert validated().asked(RULES, replace(FORECAST, tranches=(late,)))


@pytest.mark.parametrize(
    ("tranches", "sentence"),
    [
        ((tranche(0),), "The amount forecast for July 2024 is £0"),
        ((tranche(-1),), "it must be more than nothing."),
        ((tranche(LARGEST + 1),), "is too large"),
        ((replace(tranche(5), month=Month(2038, 4)),), "it must be from April 2024"),
        ((replace(tranche(5), month=Month(2024, 3)),), "it must be from April 2024"),
        ((replace(tranche(5), plan_year=FinancialYear(2028)),), "outside the programme's plan"),
        ((tranche(5),) * 501, "has more than 500 lines"),
    ],
)
def test_a_forecast_is_refused(tranches: tuple[Tranche, ...], sentence: str) -> None:
    assert sentence in validated().refused(RULES, replace(FORECAST, tranches=tranches))


def test_a_forecast_has_a_reason_and_a_plan_to_differ_from() -> None:
    assert "a reason is needed" in validated().refused(RULES, replace(FORECAST, reason=" "))
    assert "correct the profile instead" in identified().refused(RULES, FORECAST)
    assert "was withdrawn" in withdrawn().refused(RULES, FORECAST)


def test_a_forecast_includes_what_is_claimed_already() -> None:
    for world in (claimed(50_000_00), verified(50_000_00)):
        said = world.refused(RULES, replace(FORECAST, tranches=(tranche(49_999_99),)))
        assert said == (
            "£50,000 of the recurring plan of 2024/25 is claimed already, and the forecast for it "
            "is £49,999.99: include what is claimed."
        )
        assert world.asked(RULES, replace(FORECAST, tranches=(tranche(50_000_00),)))


def test_in_year_claims_against_a_recurring_plan_need_no_forecast() -> None:
    once = tranche(10_00, JULY, Nature.ONE_OFF)
    world = delivering().given("benefit-b1", happened.ClaimMade("c9", once, "R1"))
    assert world.asked(RULES, replace(FORECAST, tranches=(tranche(1),)))
    planned = profile(PlannedTranche(Nature.ONE_OFF, JULY, 20_00))
    world = delivering(planned=planned).given("benefit-b1", happened.ClaimMade("c9", once, "R1"))
    assert "of the one-off plan of 2024/25" in world.refused(
        RULES, replace(FORECAST, tranches=(tranche(1),))
    )


CLAIM = asked.MakeClaim("b1", "c1", tranche(50_000_00), "R1", "Beds closed.")


def test_a_claim_is_made_once() -> None:
    world = delivering()
    assert world.asked(RULES, CLAIM) == [
        happened.ClaimMade("c1", tranche(50_000_00), "R1", "Beds closed.")
    ]
    assert world.asked(RULES, CLAIM) == []
    other = replace(CLAIM, tranche=tranche(40_000_00))
    assert "Another claim already has this id" in world.refused(RULES, other)


def test_a_claim_for_a_closed_month_is_taken_and_marked() -> None:
    world = delivering().given("programme-p1", programme.MonthClosed(JULY))
    (event,) = world.asked(RULES, CLAIM)
    assert isinstance(event, happened.ClaimMade)
    assert event.late_for == JULY


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"claim": ""}, "The id of the claim"),
        ({"tranche": tranche(0)}, "The claim is £0: it must be more than nothing."),
        ({"tranche": tranche(-5)}, "it must be more than nothing."),
        ({"tranche": tranche(LARGEST + 1)}, "The claim is too large"),
        ({"tranche": tranche(5, Month(2024, 11))}, "November 2024, which has not come yet"),
        ({"tranche": tranche(5, Month(2024, 3))}, "it must be from April 2024"),
        (
            {"tranche": replace(tranche(5), plan_year=FinancialYear(2028))},
            "The plan year that the claim delivers is 2028/29, outside",
        ),
        ({"budget_line": ""}, "Name the budget line that was reduced: “R1” (Residential care)."),
        ({"budget_line": "R9"}, "“R9” is not a budget line of this benefit: choose “R1”"),
        (
            {"tranche": tranche(120_000_01)},
            (
                "£120,000 a year is to be removed from “R1” and £0 of it is claimed already: from "
                "July 2024 claim at most £120,000, or correct the budget line."
            ),
        ),
        ({"note": "x" * 5001}, "The note has 5,001 characters"),
    ],
)
def test_a_claim_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in delivering().refused(RULES, replace(CLAIM, **change))


def test_claims_waiting_and_verified_share_the_room_on_a_line() -> None:
    second = replace(CLAIM, claim="c2", tranche=tranche(70_000_01))
    for world in (claimed(50_000_00), verified(50_000_00)):
        assert "claim at most £70,000" in world.refused(RULES, second)
        assert world.asked(RULES, replace(second, tranche=tranche(70_000_00)))


def test_in_year_claims_are_not_counted_against_the_line() -> None:
    once = replace(CLAIM, tranche=tranche(500_000_00, JULY, Nature.ONE_OFF))
    assert delivering().asked(RULES, once)


def test_money_is_claimed_only_once_it_is_delivered() -> None:
    said = validated().refused(RULES, CLAIM)
    assert said == (
        "Money is claimed once the board has passed the Delivery gate: this benefit is validated."
    )
    assert "was withdrawn" in withdrawn().refused(RULES, CLAIM)


def test_a_claim_of_avoided_cost_names_no_line_and_a_saving_needs_one() -> None:
    world = validated(kind=Kind.COST_AVOIDANCE)
    world.given("benefit-b1", gates.DeliveryStarted("case2"))
    assert world.asked(RULES, replace(CLAIM, budget_line=""))
    bare = validated().given("benefit-b1", gates.DeliveryStarted("case2"))
    assert "name the line that is reduced, then claim." in bare.refused(RULES, CLAIM)


def test_a_capital_receipt_is_claimed_once() -> None:
    world = delivering(kind=Kind.CAPITAL_RECEIPT)
    assert "claim it as a one-off" in world.refused(RULES, CLAIM)


CORRECT = asked.CorrectClaim("b1", "c1", tranche(60_000_00), "Two more beds.", "R1")


def test_a_claim_is_corrected_with_a_reason_and_waits_again() -> None:
    world = verified(50_000_00)
    assert "a reason is needed" in world.refused(RULES, replace(CORRECT, reason=""))
    assert world.asked(RULES, CORRECT) == [
        happened.ClaimCorrected("c1", tranche(60_000_00), "Two more beds.", "R1")
    ]
    assert world.benefit("b1").claims["c1"].waiting
    assert world.asked(RULES, CORRECT) == []


def test_a_line_that_is_claimed_whole_takes_no_more() -> None:
    whole = verified(120_000_00)
    said = whole.refused(RULES, replace(CLAIM, claim="c2", tranche=tranche(1)))
    assert said.startswith("All of the £120,000 a year to be removed from “R1” is claimed already")


def test_a_correction_meets_the_same_tests_as_a_claim() -> None:
    world = verified(50_000_00)
    assert "claim at most £120,000" in world.refused(
        RULES, replace(CORRECT, tranche=tranche(120_000_01))
    )
    assert "more than nothing" in world.refused(RULES, replace(CORRECT, tranche=tranche(0)))
    said = world.refused(RULES, replace(CORRECT, claim="c9"), as_a=NotFound)
    assert said == "There is no such claim on this benefit: look for it on its page."


PRESSURE = asked.RecordPressure("b1", "x1", JULY, 5_000_00, "A pay award.")


def test_a_pressure_is_recorded_once_for_a_month_that_has_come() -> None:
    world = delivering()
    assert world.asked(RULES, PRESSURE)
    assert world.asked(RULES, PRESSURE) == []
    assert "Another pressure" in world.refused(RULES, replace(PRESSURE, amount=1))
    new = replace(PRESSURE, pressure="x2")
    assert "more than nothing" in world.refused(RULES, replace(new, amount=0))
    assert "has not come yet" in world.refused(RULES, replace(new, month=Month(2024, 11)))
    assert "it must be from April 2024" in world.refused(RULES, replace(new, month=Month(2024, 3)))
    assert "a reason is needed" in world.refused(RULES, replace(new, reason=""))
    assert "The id of the pressure" in world.refused(RULES, replace(new, pressure=""))


COVER = asked.RecordCover("b1", "v1", Y24, 5_000_00, "General reserve, by the treasurer.")


def test_reserves_are_recorded_once_for_a_year_that_has_begun() -> None:
    world = delivering()
    assert world.asked(RULES, COVER)
    assert world.asked(RULES, COVER) == []
    assert "Other reserves" in world.refused(RULES, replace(COVER, amount=1))
    new = replace(COVER, cover="v2")
    assert "more than nothing" in world.refused(RULES, replace(new, amount=-1))
    said = world.refused(RULES, replace(new, year=FinancialYear(2025)))
    assert said == "Reserves are recorded for a year from 2024/25 to 2024/25: 2025/26 is not one."
    assert "a reason is needed" in world.refused(RULES, replace(new, reason=""))
    assert "The id of the cover" in world.refused(RULES, replace(new, cover="!"))
