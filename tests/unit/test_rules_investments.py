"""Money spent to get benefits: deducted once, in one place."""

from dataclasses import replace
from typing import Any

import pytest

from benefits.commands import details as asked
from benefits.commands import programme as asked_of_programme
from benefits.events import details as happened
from benefits.periods import Month
from benefits.plans import PlannedTranche
from benefits.refusals import NotFound
from benefits.tranches import Nature
from tests.unit.council import JULY, RULES, identified, recurring

TEAM = asked.RecordInvestment(
    "b1", "i1", "Training team", "staff", "reserves", (recurring(50_000_00),)
)
SHARED = asked_of_programme.RecordGroupInvestment(
    "p1", "g1", "Training team", "staff", "reserves", (recurring(50_000_00),)
)
ONCE = (PlannedTranche(Nature.ONE_OFF, JULY, 10_00),)


def test_an_investment_is_recorded_once_and_corrected_with_a_reason() -> None:
    world = identified()
    assert len(world.asked(RULES, TEAM)) == 1
    assert world.asked(RULES, TEAM) == []
    more = replace(TEAM, tranches=(recurring(60_000_00),))
    assert "a reason is needed" in world.refused(RULES, more)
    assert world.asked(RULES, replace(more, reason="Two more people."))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"investment": "i 1"}, "The id of the investment"),
        ({"title": ""}, "The title of the investment is missing"),
        ({"spent_on": ""}, "What the money is spent on is missing"),
        ({"funding": ""}, "Where the money comes from is missing"),
        ({"tranches": ()}, "The investment has no amount"),
        ({"tranches": (recurring(0),)}, "it must be more than nothing"),
        ({"tranches": (recurring(5, Month(2030, 4)),)}, "outside the programme's plan window"),
    ],
)
def test_an_investment_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in identified().refused(RULES, replace(TEAM, **change))
    assert sentence in identified().refused(RULES, replace(SHARED, **change))


def test_the_same_money_is_not_deducted_on_the_benefit_and_in_its_programme() -> None:
    world = identified()
    world.asked(RULES, SHARED)
    said = world.refused(RULES, TEAM)
    assert said == (
        "“Training team”, £50,000 a year from 2024/25, is already recorded for the whole "
        "programme: the same money is deducted once, in one place."
    )
    assert world.asked(RULES, replace(TEAM, title="Another team"))
    again = replace(TEAM, investment="i2", title="another  TEAM")
    assert "already recorded on this benefit" in world.refused(RULES, again)


def test_an_investment_of_another_workstream_is_not_the_same_money() -> None:
    world = identified()
    world.asked(RULES, replace(SHARED, workstream="Transport"))
    assert world.asked(RULES, TEAM)


def test_the_same_money_is_not_deducted_at_two_levels_of_a_programme() -> None:
    world = identified()
    world.asked(RULES, replace(SHARED, workstream="Adults", group="Care"))
    said = world.refused(RULES, replace(SHARED, investment="g2"))
    assert "already recorded for the workstream “Adults” and for the group “Care”" in said
    assert world.asked(RULES, replace(SHARED, investment="g3", workstream="Transport"))


def test_a_shared_investment_is_of_a_known_workstream_and_repeats_are_harmless() -> None:
    world = identified()
    assert "is not a workstream" in world.refused(RULES, replace(SHARED, workstream="Nowhere"))
    assert world.asked(RULES, SHARED)
    assert world.asked(RULES, SHARED) == []
    moved = replace(SHARED, group="Care")
    assert "a reason is needed" in world.refused(RULES, moved)
    assert world.asked(RULES, replace(moved, reason="It is for one group."))


def test_a_shared_investment_is_taken_back_with_a_reason() -> None:
    world = identified()
    command = asked_of_programme.RemoveGroupInvestment("p1", "g1", "Recorded twice.")
    assert "There is no such investment" in world.refused(RULES, command, as_a=NotFound)
    world.asked(RULES, SHARED)
    assert "a reason is needed" in world.refused(RULES, replace(command, reason=""))
    assert world.asked(RULES, command)


CONFIRM = asked.ConfirmInvestment("b1", "i1", 48_000_00, "Ledger.")


def test_finance_confirms_what_a_recurring_investment_costs() -> None:
    world = identified()
    assert "There is no such investment" in world.refused(RULES, CONFIRM, as_a=NotFound)
    world.asked(RULES, TEAM)
    assert "a reason is needed" in world.refused(RULES, replace(CONFIRM, reason=""))
    assert "What it costs a year is £0" in world.refused(RULES, replace(CONFIRM, annual=0))
    assert world.asked(RULES, CONFIRM) == [happened.InvestmentConfirmed("i1", 48_000_00, "Ledger.")]
    assert world.asked(RULES, CONFIRM) == []


def test_a_one_off_investment_is_not_confirmed_by_the_year() -> None:
    world = identified()
    world.asked(RULES, replace(TEAM, tranches=ONCE))
    assert "is spent once" in world.refused(RULES, CONFIRM)


def test_an_investment_is_taken_back_with_a_reason() -> None:
    world = identified()
    command = asked.RemoveInvestment("b1", "i1", "Recorded twice.")
    assert "it may have been removed" in world.refused(RULES, command, as_a=NotFound)
    world.asked(RULES, TEAM)
    assert "a reason is needed" in world.refused(RULES, replace(command, reason=" "))
    assert world.asked(RULES, command)


def test_no_investment_is_stated_only_where_there_is_none() -> None:
    world = identified()
    command = asked.StateNoInvestment("b1", "Deducted in the programme.")
    assert "is missing" in world.refused(RULES, replace(command, note=""))
    assert world.asked(RULES, command)
    assert world.asked(RULES, command) == []
    world.asked(RULES, TEAM)
    assert "remove them before" in world.refused(RULES, command)


def test_an_edit_minds_only_its_own_investment() -> None:
    rule = RULES[asked.RemoveInvestment]
    command = asked.RemoveInvestment("b1", "i1", "Twice.")
    assert rule.overtaken_by(command, happened.InvestmentConfirmed("i1", 5, "Seen."))
    assert not rule.overtaken_by(command, happened.InvestmentConfirmed("i2", 5, "Seen."))
