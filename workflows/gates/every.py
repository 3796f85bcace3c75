"""What must be true at every gate: the right stage, no other case, and no condition outstanding."""

from benefits.benefit import Benefit
from benefits.events.gates import CaseSubmitted
from benefits.lifecycle import PASSAGES, Gate, Stage
from benefits.rules import Context
from benefits.wording.writing import day, listed
from workflows.gates.findings import Found, Test, met, missing, stated

_INSTEAD = {
    (Gate.WITHDRAWAL, Stage.IDENTIFIED): "The PMO withdraws an identified benefit; no case is put.",
    (Gate.WITHDRAWAL, Stage.REALISED): "Ask the board to reopen it first.",
    (Gate.REBASELINE, Stage.IDENTIFIED): "Record the new profile; no case is put.",
    (Gate.REBASELINE, Stage.REALISED): "Ask the board to reopen it first.",
    (Gate.DELIVERY, Stage.IDENTIFIED): "It must pass Validation first.",
    (Gate.REALISATION, Stage.IDENTIFIED): "It must pass Validation and Delivery first.",
    (Gate.REALISATION, Stage.VALIDATED): "It must pass Delivery first.",
}


def _stage(b: Benefit, asked: CaseSubmitted, _: Context) -> Found:
    gate = asked.gate
    stages = PASSAGES[gate].opens_from
    if b.stage in stages:
        return met(f"The benefit is {b.stage.value}.")
    wanted = listed((stage.value for stage in stages), "or")
    instead = _INSTEAD.get((gate, b.stage), "")
    return missing(
        f"{gate.value} is asked of a benefit that is {wanted}; this one is {b.stage.value}."
        f" {instead}".rstrip()
    )


def _case(b: Benefit, asked: CaseSubmitted, _: Context) -> Found:
    other = b.open_case
    if other is None or other.case == asked.case:
        return met("No other case about this benefit is before the board.")
    return missing(
        f"A {other.submitted.gate.value} case about this benefit is before the board already."
        " Wait for the decision, or take that case back."
    )


def _conditions(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    outstanding = [
        f"“{standing.condition.text}” (due {day(standing.condition.due)})"
        for standing in b.outstanding_conditions
    ]
    if not outstanding:
        return met("No condition of an earlier approval is outstanding.")
    are = "A condition" if len(outstanding) == 1 else "Conditions"
    return missing(f"{are} of an earlier approval must be met first: {listed(outstanding)}.")


STAGE = Test("Stage", "The benefit is at a stage that this gate opens from.", _stage)
FIRST = (
    STAGE,
    Test("One case at a time", "No other case about the benefit is before the board.", _case),
    Test(
        "Conditions",
        "Every condition of an earlier approval is met.",
        _conditions,
    ),
)


def _reason(_: Benefit, asked: CaseSubmitted, __: Context) -> Found:
    return stated(
        asked.summary,
        f"The reason put to the board: {asked.summary.strip()}",
        "Say why the board is asked: a reason is needed.",
    )


REASON = Test("Reason", "The reason is given.", _reason)
