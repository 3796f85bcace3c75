"""What has not yet been recorded for the next gate, with the form that mends each thing."""

from collections.abc import Mapping
from dataclasses import dataclass

from benefits.benefit import Benefit
from benefits.lifecycle import Gate
from entrypoints.acts import ACTS
from entrypoints.acts.of_benefits import GENERIC
from entrypoints.views.can_do import Doing
from workflows.commands import SubmitCase
from workflows.context import Context
from workflows.gates import findings
from workflows.readiness import NEXT
from workflows.sign_off import drafted

SUBMIT = ACTS[SubmitCase].slug
#: The form that mends a test which is not met, by the test's name.
MENDS: Mapping[str, str] = {
    "Conditions": "meet-condition",
    "Owner": "name-owner",
    "Finance partner": "name-finance-partner",
    "Description": "describe-benefit",
    "Outcome": "describe-benefit",
    "Attribution": "describe-benefit",
    "Measure": "define-measure",
    "Baseline": "define-measure",
    "Profile": "record-profile",
    "Range": "record-profile",
    "Kind, nature and fund": "correct-classification",
    "Overlap check": "state-overlap-check",
    "Investment": "record-investment",
    "Confidence": "state-confidence",
    "Value confirmed": "confirm-value",
    "Delivery plan": "state-delivery-plan",
    "Impact assessments": "assess-impact",
    "Budget line": "name-budget-line",
    "Risks": "score-risk",
    "Verified": "make-claim",
    "Measures read": "read-measure",
    "Counter-measures": "read-measure",
    "Final claims": "grade-claim",
}
#: The same test may be mended in another way at another gate.
OWN: Mapping[tuple[Gate, str], str] = {
    (Gate.DELIVERY, "Milestones"): "plan-milestone",
    (Gate.REALISATION, "Milestones"): "reach-milestone",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One test: met, and how; or what is missing, with the form that mends it (empty: none)."""

    name: str
    met: bool
    sentence: str
    mend: str = ""
    mended_by: str = ""


@dataclass(frozen=True, slots=True)
class NextGate:
    """The gate ahead, its tests, and the form that puts the case once all are met."""

    gate: str
    lines: tuple[Line, ...]
    submit: str = ""

    @property
    def missing(self) -> int:
        """How many tests are not met."""
        return sum(not line.met for line in self.lines)


def next_gate(benefit: Benefit, context: Context, doing: Doing) -> NextGate | None:
    """The tests of the next gate; None when there is none, or it is before the board already."""
    gate = NEXT.get(benefit.stage)
    if gate is None or benefit.open_case is not None:
        return None
    asked = drafted(benefit, SubmitCase(benefit.benefit, "", gate, ""), context)
    lines = tuple(
        Line(found.name, found.met, found.sentence, *_mend(gate, found.name, doing, met=found.met))
        for found in findings(benefit, asked, context)
    )
    href = f"/benefits/{benefit.benefit}/ask/{gate.name.lower()}" if doing.may(SUBMIT) else ""
    return NextGate(gate.value, lines, href)


def _mend(gate: Gate, test: str, doing: Doing, *, met: bool) -> tuple[str, str]:
    slug = OWN.get((gate, test)) or MENDS.get(test, "")
    act = GENERIC.get(slug)
    if met or act is None or not doing.may(slug):
        return "", ""
    return doing.href(slug), act.title
