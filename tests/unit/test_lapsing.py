"""A case lapses, and says why, when a fact that it rests on changes; and at nothing else."""

from dataclasses import MISSING, fields
from typing import Any

import pytest

from benefits.events import MATERIAL, STORED_NAMES, is_material
from benefits.events.gates import CaseDecided, CaseLapsed, Outcome
from benefits.lifecycle import Gate
from tests.cases import ASKS, B, ready
from workflows.lapsing import CHANGED
from workflows.sign_off import RULES, lapse

PAIRS = [(event, gate) for event in STORED_NAMES for gate in Gate]


def _bare(event: type) -> Any:
    """An event of this kind, whatever it says: only its kind is looked at."""
    return event(**{f.name: None for f in fields(event) if f.default is MISSING})


def _named(value: object) -> str:
    return value.__name__ if isinstance(value, type) else str(value)


@pytest.mark.parametrize(("event", "gate"), PAIRS, ids=_named)
def test_a_case_lapses_by_what_is_material_to_its_gate_and_by_nothing_else(
    event: type, gate: Gate
) -> None:
    world = ready(gate)
    world.asked(RULES, ASKS[gate])
    lapsed = lapse(world.benefit("b1"), [_bare(event)])
    assert bool(lapsed) == (gate in MATERIAL.get(event, ()))
    if lapsed:
        assert CHANGED[event] in lapsed[0].because
        assert (lapsed[0].case, lapsed[0].gate) == ("case-1", gate)
        world.given(B, *lapsed)
        assert world.benefit("b1").cases["case-1"].outcome is Outcome.LAPSED
        assert lapse(world.benefit("b1"), [_bare(event)]) == []


@pytest.mark.parametrize("event", MATERIAL)
def test_every_material_event_has_words_for_what_changed(event: type) -> None:
    assert CHANGED[event]


def test_two_changes_lapse_a_case_once_and_both_are_named() -> None:
    world = ready(Gate.VALIDATION)
    world.asked(RULES, ASKS[Gate.VALIDATION])
    first, second = [event for event in MATERIAL if is_material(_bare(event), Gate.VALIDATION)][:2]
    (lapsed,) = lapse(world.benefit("b1"), [_bare(first), _bare(second), _bare(first)])
    assert f"{CHANGED[first]} and {CHANGED[second]}" in lapsed.because


def test_a_decision_and_what_comes_with_it_lapse_nothing() -> None:
    world = ready(Gate.VALIDATION)
    world.asked(RULES, ASKS[Gate.VALIDATION])
    ends = CaseDecided("case-1", Gate.VALIDATION, Outcome.APPROVED, "x")
    material = _bare(next(iter(MATERIAL)))
    assert lapse(world.benefit("b1"), [ends, material]) == []
    assert lapse(world.benefit("b1"), [CaseLapsed("case-1", Gate.VALIDATION, "x"), material]) == []


def test_no_case_no_lapse() -> None:
    assert lapse(ready(Gate.VALIDATION).benefit("b1"), [_bare(next(iter(MATERIAL)))]) == []
