"""Making a benefit ready: budget lines, milestones, impacts, risks and status overrides."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from benefits.commands import delivery as asked
from benefits.events import delivery as happened
from benefits.refusals import NotFound
from benefits.vocabulary import Assessed, Kind, Likelihood, Status
from tests.unit.council import RULES, TODAY, claimed, delivering, identified, validated


def test_a_delivery_plan_is_stated_once() -> None:
    world = identified()
    command = asked.StateDeliveryPlan("b1", "In three steps.")
    assert world.asked(RULES, command)
    assert world.asked(RULES, command) == []
    assert "The delivery plan is missing" in world.refused(RULES, replace(command, summary=""))


LINE = asked.NameBudgetLine("b1", "R1", "Residential care", 120_000_00)


def test_a_budget_line_is_named_once_and_changed_with_a_reason() -> None:
    world = identified()
    assert world.asked(RULES, LINE)
    assert world.asked(RULES, LINE) == []
    less = replace(LINE, amount=100_000_00)
    assert "a reason is needed" in world.refused(RULES, less)
    assert world.asked(RULES, replace(less, reason="Fewer beds."))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"line": ""}, "The code of the budget line is missing"),
        ({"title": ""}, "The title of the budget line is missing"),
        ({"amount": 0}, "The amount to be removed from the line is £0"),
    ],
)
def test_a_budget_line_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in identified().refused(RULES, replace(LINE, **change))


def test_a_budget_line_keeps_room_for_what_is_claimed_on_it() -> None:
    said = claimed(50_000_00).refused(RULES, replace(LINE, amount=49_999_99, reason="Less."))
    assert said == (
        "£50,000 a year is already claimed on this line: the amount to be removed cannot be "
        "£49,999.99."
    )


def test_no_budget_line_is_reduced_by_avoided_cost() -> None:
    said = identified(kind=Kind.COST_AVOIDANCE).refused(RULES, LINE)
    assert said == (
        "No budget line is reduced by a benefit of the kind “cost avoidance”: leave it out."
    )


STEP = asked.PlanMilestone("b1", "m1", "Contract let", date(2024, 12, 1), "olu", True, 2)


def test_a_milestone_is_planned_once() -> None:
    world = identified()
    assert world.asked(RULES, STEP)
    assert world.asked(RULES, STEP) == []
    moved = replace(STEP, planned=date(2025, 1, 1))
    assert "“Contract let” is already planned" in world.refused(RULES, moved)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"milestone": "m 1"}, "The id of the milestone"),
        ({"title": " "}, "The title of the milestone is missing"),
        ({"planned": date(2013, 1, 1)}, "give a day from 1 April 2014 to 31 March 2038."),
        ({"planned": date(9999, 1, 1)}, "The planned day is 1 January 9999"),
        ({"lag": 61}, "must be a whole number from 0 to 60."),
        ({"lag": -1}, "must be a whole number from 0 to 60."),
        ({"drives": False}, "only for a milestone that drives a saving."),
        ({"owner": "nobody"}, "Nobody on record has the id “nobody”"),
    ],
)
def test_a_milestone_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in identified().refused(RULES, replace(STEP, **change))


FORECAST = asked.ForecastMilestone("b1", "m1", date(2025, 1, 10), "The tender ran late.")
REACH = asked.ReachMilestone("b1", "m1", date(2024, 10, 1))
WAIVE = asked.WaiveMilestone("b1", "m1", "Not needed.")


@pytest.mark.parametrize("command", [FORECAST, REACH, WAIVE])
def test_a_milestone_that_is_not_there_is_not_found(command: object) -> None:
    said = identified().refused(RULES, command, as_a=NotFound)
    assert said == "There is no such milestone on this benefit: look for it on its page."


def test_a_milestone_slips_with_a_reason_to_a_day_to_come() -> None:
    world = identified()
    world.asked(RULES, STEP)
    assert "Say why the day has moved" in world.refused(RULES, replace(FORECAST, reason=""))
    past = replace(FORECAST, expected=TODAY - timedelta(days=1))
    assert "14 October 2024 has passed" in world.refused(RULES, past)
    far = replace(FORECAST, expected=date(2050, 1, 1))
    assert "give a day from" in world.refused(RULES, far)
    assert world.asked(RULES, FORECAST)
    assert world.asked(RULES, FORECAST) == []


def test_a_milestone_that_was_reached_is_final() -> None:
    world = identified()
    world.asked(RULES, STEP)
    future = replace(REACH, reached=TODAY + timedelta(days=1))
    assert "16 October 2024, which is in the future" in world.refused(RULES, future)
    assert "give a day from" in world.refused(RULES, replace(REACH, reached=date(1999, 1, 1)))
    assert world.asked(RULES, REACH)
    assert world.asked(RULES, REACH) == []
    said = world.refused(RULES, FORECAST)
    assert said == (
        "“Contract let” was reached on 1 October 2024, which is final: it can no longer be "
        "forecast."
    )
    other_day = replace(REACH, reached=date(2024, 10, 2))
    assert "it can no longer be recorded" in world.refused(RULES, other_day)
    assert "it can no longer be waived" in world.refused(RULES, WAIVE)


def test_a_milestone_that_was_waived_is_final() -> None:
    world = identified()
    world.asked(RULES, STEP)
    assert "a reason is needed" in world.refused(RULES, replace(WAIVE, reason=""))
    assert world.asked(RULES, WAIVE)
    assert world.asked(RULES, WAIVE) == []
    assert "was waived, which is final" in world.refused(RULES, REACH)
    assert "was waived, which is final" in world.refused(RULES, replace(WAIVE, reason="Other."))


def test_moving_a_milestone_minds_only_that_milestone() -> None:
    rule = RULES[asked.ForecastMilestone]
    assert rule.overtaken_by(FORECAST, happened.MilestoneReached("m1", TODAY))
    assert not rule.overtaken_by(FORECAST, happened.MilestoneReached("m2", TODAY))
    assert not RULES[asked.PlanMilestone].minds


def test_an_impact_is_assessed_once() -> None:
    world = identified()
    command = asked.AssessImpact("b1", Assessed.EQUALITY, "No group is worse off.")
    assert world.asked(RULES, command)
    assert world.asked(RULES, command) == []
    assert "What the assessment found is missing" in world.refused(
        RULES, replace(command, finding="")
    )


RISK = asked.ScoreRisk("b1", "r1", "Nobody applies", Likelihood.C, 3, "Advertise.", "olu")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"risk": ""}, "The id of the risk"),
        ({"title": ""}, "The title of the risk is missing"),
        ({"impact": 0}, "The impact of a risk must be a whole number from 1 to 5."),
        ({"impact": 6}, "The impact of a risk must be a whole number from 1 to 5."),
        ({"owner": "nobody"}, "Nobody on record"),
        ({"mitigation": "x" * 5001}, "The mitigation has 5,001 characters"),
    ],
)
def test_a_risk_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in identified().refused(RULES, replace(RISK, **change))


def test_a_risk_is_scored_closed_and_opened_again() -> None:
    world = identified()
    close = asked.CloseRisk("b1", "r1", "It cannot happen now.")
    assert "There is no such risk" in world.refused(RULES, close, as_a=NotFound)
    assert world.asked(RULES, RISK)
    assert world.asked(RULES, RISK) == []
    assert "a reason is needed" in world.refused(RULES, replace(close, reason=""))
    assert world.asked(RULES, close)
    assert world.asked(RULES, close) == []
    assert "is closed already" in world.refused(RULES, replace(close, reason="Other."))
    assert world.asked(RULES, RISK)


OVERRIDE = asked.OverrideStatus("b1", Status.AT_RISK, "A strike.", date(2025, 1, 31))


def test_a_status_is_overridden_for_a_while_with_a_reason() -> None:
    world = delivering()
    assert world.asked(RULES, OVERRIDE)
    assert world.asked(RULES, OVERRIDE) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": Status.DELIVERED}, "Only finance makes money Delivered"),
        ({"reason": ""}, "a reason is needed"),
        ({"until": TODAY}, "give a day after today and by 16 October 2025."),
        ({"until": date(2025, 10, 17)}, "give a day after today and by 16 October 2025."),
    ],
)
def test_an_override_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in validated().refused(RULES, replace(OVERRIDE, **change))


def test_what_has_no_plan_has_no_status_to_override() -> None:
    assert "has no approved plan" in identified().refused(RULES, OVERRIDE)
