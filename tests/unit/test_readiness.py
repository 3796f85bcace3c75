"""What the register holds of a benefit's next gate is what the gate's own tests find."""

import pytest

from benefits.lifecycle import Gate
from benefits.register import tables
from tests.cases import ASKS, put, ready, with_tolerance
from workflows.asking import drafted
from workflows.gates import unmet
from workflows.readiness import rows

AHEAD = (Gate.VALIDATION, Gate.DELIVERY, Gate.REALISATION)


def _row(world: object) -> dict[str, object]:
    benefit = world.benefit("b1")  # type: ignore[attr-defined]
    return dict(rows(benefit)[tables.register]["b1",])


@pytest.mark.parametrize("gate", AHEAD)
def test_a_benefit_that_meets_every_test_is_ready_for_its_gate(gate: Gate) -> None:
    row = _row(ready(gate))
    assert (row["next_gate"], row["unmet"], row["needs_tolerance"]) == (gate.value, 0, 0)


@pytest.mark.parametrize(
    ("gate", "without"),
    [(Gate.VALIDATION, "owner"), (Gate.DELIVERY, "risk"), (Gate.REALISATION, "reading")],
)
def test_what_is_missing_is_what_the_gate_would_say(gate: Gate, without: str) -> None:
    world = ready(gate, without)
    row, benefit = _row(world), world.benefit("b1")
    said = [one.name for one in unmet(benefit, drafted(benefit, ASKS[gate], world), world)]
    assert said
    assert row["unmet_tests"] == ", ".join(said)
    assert row["unmet"] == len(said)


def test_the_least_tolerance_at_which_realisation_can_be_asked_is_known() -> None:
    world = ready(Gate.REALISATION, "claim 2", "verified 2")
    least = _row(world)["needs_tolerance"]
    assert _row(world)["unmet"] == 0
    assert isinstance(least, int)
    assert 0 < least < 100
    for tolerance, missing in ((least - 1, ["Verified"]), (least, [])):
        with_tolerance(world, tolerance)
        benefit = world.benefit("b1")
        asked = drafted(benefit, ASKS[Gate.REALISATION], world)
        assert [one.name for one in unmet(benefit, asked, world)] == missing


def test_nothing_is_ahead_of_a_benefit_whose_case_is_open() -> None:
    assert _row(put())["next_gate"] == ""
