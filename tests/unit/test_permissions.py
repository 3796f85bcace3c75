"""Who may ask what: every command is in the table, and the table is kept to."""

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

import pytest

from benefits.commands import delivery, details, mapping, money, programme
from benefits.events import details as happened
from benefits.events import gates
from benefits.lifecycle import Gate
from benefits.plans import Condition
from tests.cases import ASKS, B, ready, vote
from workflows import commands
from workflows.commands import MeetCondition, Role
from workflows.permissions import PERMISSIONS, Standing, may, may_ask
from workflows.scrutiny import commands as scrutiny
from workflows.sign_off import RULES

COMMANDS = [
    thing
    for module in (delivery, details, mapping, money, programme, commands, scrutiny)
    for thing in vars(module).values()
    if is_dataclass(thing) and thing.__module__ == module.__name__
]


def _bare(command: type) -> Any:
    return command(**{f.name: None for f in fields(command) if f.default is MISSING})


def test_every_command_is_in_the_table_and_nothing_else() -> None:
    assert set(PERMISSIONS) == set(COMMANDS)


@pytest.mark.parametrize("command", PERMISSIONS)
@pytest.mark.parametrize("role", [*Role, None])
def test_a_role_may_ask_what_the_table_says_and_nothing_else(
    command: type, role: Role | None
) -> None:
    refusal = may("zed", {role} if role else set(), _bare(command))
    assert (refusal is None) == (role in PERMISSIONS[command].who)
    if refusal:
        assert refusal.startswith("Only ")
        assert refusal.endswith(f" may {PERMISSIONS[command].to}.")


@pytest.mark.parametrize("command", PERMISSIONS)
def test_an_owner_acts_on_their_own_benefit_only(command: type) -> None:
    world = ready(Gate.VALIDATION)
    benefit = world.benefit("b1")
    owners = Standing.OWNER in PERMISSIONS[command].who
    assert (may("olu", set(), _bare(command), benefit) is None) == owners
    world.given(B, happened.OwnerNamed("zed"))
    assert may("olu", set(), _bare(command), world.benefit("b1")) is not None


@pytest.mark.parametrize(
    ("person", "let"),
    [("chris", True), ("dee", True), ("fin", True), ("pat", False), ("olu", False)],
)
def test_those_with_a_seat_on_the_cases_board_vote(person: str, let: bool) -> None:
    world = ready(Gate.VALIDATION)
    world.asked(RULES, ASKS[Gate.VALIDATION])
    world.by = person
    assert (may_ask(world, vote(world), world.benefit("b1")) is None) == let


def test_the_owner_of_a_condition_says_that_it_is_met() -> None:
    condition = Condition("k1", "Report.", "zed", date(2024, 5, 1))
    world = ready(Gate.VALIDATION)
    world.asked(RULES, ASKS[Gate.VALIDATION])
    world.given(
        B, gates.CaseDecided("case-1", Gate.VALIDATION, gates.Outcome.APPROVED, "x", (condition,))
    )
    world.by = "zed"
    assert may_ask(world, MeetCondition("b1", "k1", "x"), world.benefit("b1")) is None
    assert may_ask(world, MeetCondition("b1", "k2", "x"), world.benefit("b1")) is not None


@pytest.mark.parametrize("reserved", [Standing.SCHEDULER, Standing.SETUP])
def test_what_acts_without_a_person_may_do_only_its_own(reserved: Standing) -> None:
    who = {Standing.SCHEDULER: "scheduler", Standing.SETUP: "setup"}[reserved]
    world = ready(Gate.VALIDATION)
    world.by = who
    let = {command for command in PERMISSIONS if may_ask(world, _bare(command), None) is None}
    assert let == {command for command, told in PERMISSIONS.items() if reserved in told.who}


@pytest.mark.parametrize("role", Role)
def test_no_role_both_claims_and_verifies(role: Role) -> None:
    both = [role in PERMISSIONS[command].who for command in (money.MakeClaim, money.VerifyClaim)]
    assert not all(both)
