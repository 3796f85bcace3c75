"""Every gate at every stage by every role: what is let through, and what refuses the rest."""

from itertools import product

import pytest

from benefits.events.gates import CaseSubmitted
from benefits.lifecycle import PASSAGES, Gate, Stage
from tests.cases import ASKS, at_stage, ready
from workflows.commands import Role
from workflows.gates import GATES, NotReady, findings
from workflows.permissions import may_ask
from workflows.sign_off import RULES, drafted

ROLES = (*Role, None)


@pytest.mark.parametrize(("gate", "stage", "role"), [*product(Gate, Stage, ROLES)])
def test_a_case_is_put_only_by_the_pmo_and_only_at_a_stage_that_the_gate_opens_from(
    gate: Gate, stage: Stage, role: Role | None
) -> None:
    opens = stage in PASSAGES[gate].opens_from
    world = ready(gate, stage=stage) if opens else at_stage(stage)
    world.by = "zed"
    if role:
        world.people("zed", role=role)
    refusal = may_ask(world, ASKS[gate], world.benefit("b1"))
    assert (refusal is None) == (role is Role.PMO)
    if role is not Role.PMO:
        assert refusal == "Only a PMO officer may put a case to the board."
    elif opens:
        (submitted,) = world.asked(RULES, ASKS[gate])
        assert isinstance(submitted, CaseSubmitted)
        assert submitted.gate is gate
    else:
        said = world.refused(RULES, ASKS[gate], as_a=NotReady)
        assert f"this one is {stage.value}" in said


@pytest.mark.parametrize("gate", Gate)
def test_a_pack_shows_every_test_of_its_gate_with_how_it_was_met(gate: Gate) -> None:
    world = ready(gate)
    found = findings(world.benefit("b1"), drafted(world.benefit("b1"), ASKS[gate], world), world)
    assert [finding.name for finding in found] == [test.name for test in GATES[gate]]
    assert all(finding.met for finding in found)
    assert all(finding.sentence.endswith((".", "!", "?")) for finding in found)


@pytest.mark.parametrize("gate", Gate)
def test_the_tests_of_a_gate_have_names_of_their_own_and_say_what_they_require(gate: Gate) -> None:
    names = [test.name for test in GATES[gate]]
    assert len(set(names)) == len(names)
    assert all(test.requires.endswith(".") for test in GATES[gate])
