"""The gate table: what must be true before the board can be asked, for each of the six gates.

One table serves the rule that refuses, the pack that the board reads, and docs/lifecycle.md.
"""

from benefits.benefit import Benefit
from benefits.events.gates import CaseSubmitted
from benefits.lifecycle import Gate
from benefits.refusals import Refused
from benefits.rules import Context
from workflows.gates import changes, delivery, realisation, validation
from workflows.gates.every import FIRST, REASON, STAGE
from workflows.gates.findings import Finding, Test

GATES: dict[Gate, tuple[Test, ...]] = {
    Gate.VALIDATION: (*FIRST, *validation.TESTS),
    Gate.DELIVERY: (*FIRST, *delivery.TESTS),
    Gate.REALISATION: (*FIRST, *realisation.TESTS),
    Gate.REBASELINE: (*FIRST, *changes.REBASELINE),
    Gate.WITHDRAWAL: (*FIRST, *changes.WITHDRAWAL),
    Gate.REOPENING: (*FIRST, *changes.REOPENING),
}


class NotReady(Refused):
    """Tests of the gate are not met: ``unmet`` holds each, and the message all their sentences."""

    def __init__(self, gate: Gate, unmet: tuple[Finding, ...]) -> None:
        said = " ".join(finding.sentence for finding in unmet)
        super().__init__(f"{gate.value} cannot be asked yet. {said}")
        self.gate = gate
        self.unmet = unmet


def tests_of(benefit: Benefit, asked: CaseSubmitted, context: Context) -> tuple[Test, ...]:
    """The tests that are looked at: at the wrong stage the gate's own say nothing useful."""
    return GATES[asked.gate] if STAGE.look(benefit, asked, context).met else FIRST


def findings(benefit: Benefit, asked: CaseSubmitted, context: Context) -> tuple[Finding, ...]:
    """Every test of the gate with how it was met or what is missing, in the table's order.

    ``asked`` is the case as put to the board, or ``workflows.asking.drafted`` before it is put.
    """
    looked = (
        (test.name, test.look(benefit, asked, context))
        for test in tests_of(benefit, asked, context)
    )
    return tuple(Finding(name, found.met, found.sentence) for name, found in looked)


def unmet(benefit: Benefit, asked: CaseSubmitted, context: Context) -> tuple[Finding, ...]:
    """The tests that are not met."""
    return tuple(finding for finding in findings(benefit, asked, context) if not finding.met)


def require_ready(benefit: Benefit, asked: CaseSubmitted, context: Context) -> None:
    """Refuse with every unmet test; raises ``NotReady``."""
    failing = unmet(benefit, asked, context)
    if failing:
        raise NotReady(asked.gate, failing)


__all__ = [
    "GATES",
    "REASON",
    "Finding",
    "NotReady",
    "Test",
    "findings",
    "require_ready",
    "tests_of",
    "unmet",
]
