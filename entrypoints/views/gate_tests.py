"""The tests of a gate as a page lists them: how each is met, or what is missing and where to go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benefits.benefit import Benefit
from benefits.commands import delivery, details, money
from benefits.lifecycle import Gate
from entrypoints.acts import ACTS
from entrypoints.allowing import may_ask
from entrypoints.here import Viewer
from workflows.commands import MeetCondition
from workflows.gates import Finding

#: What the form that puts the case itself answers: the test's sentence says so until it is sent.
GIVEN_BELOW: dict[Gate, frozenset[str]] = {
    Gate.REBASELINE: frozenset(
        {"New profile", "Profile in order", "Overlaps", "Cause", "Reason", "Verified money"}
    ),
    Gate.WITHDRAWAL: frozenset({"Reason", "Replacement"}),
    Gate.REOPENING: frozenset({"Reason"}),
    Gate.REALISATION: frozenset({"Verified"}),
}

#: The acts that meet a test, by the test's name.
_DOING: dict[str, tuple[type, ...]] = {
    "Conditions": (MeetCondition,),
    "Owner": (details.NameOwner,),
    "Finance partner": (details.NameFinancePartner,),
    "Description": (details.DescribeBenefit,),
    "Outcome": (details.DescribeBenefit,),
    "Attribution": (details.DescribeBenefit,),
    "Measure": (delivery.DefineMeasure,),
    "Baseline": (delivery.DefineMeasure,),
    "Profile": (details.RecordProfile,),
    "Range": (details.RecordProfile,),
    "Kind, nature and fund": (details.RecordProfile,),
    "Overlap check": (details.StateOverlapCheck,),
    "Investment": (details.RecordInvestment, details.StateNoInvestment),
    "Confidence": (details.StateConfidence,),
    "Value confirmed": (details.ConfirmValue,),
    "Delivery plan": (delivery.StateDeliveryPlan,),
    "Impact assessments": (delivery.AssessImpact,),
    "Budget line": (delivery.NameBudgetLine,),
    "Risks": (delivery.ScoreRisk,),
    "Verified": (money.MakeClaim,),
    "Measures read": (delivery.ReadMeasure,),
    "Counter-measures": (delivery.ReadMeasure,),
    "Final claims": (money.GradeClaim,),
    "Unverified claims": (money.VerifyClaim, money.RejectClaim),
}
_MILESTONES: dict[Gate, tuple[type, ...]] = {
    Gate.DELIVERY: (delivery.PlanMilestone,),
    Gate.REALISATION: (delivery.ReachMilestone, delivery.WaiveMilestone),
}


@dataclass(frozen=True, slots=True)
class Tested:
    """One test: how it stands in a word and a colour, its sentence, and links that meet it."""

    name: str
    standing: str
    colour: str
    sentence: str
    links: tuple[tuple[str, str], ...] = ()

    @property
    def missing(self) -> bool:
        return self.standing == MISSING


MET, MISSING, BELOW = "Met", "Missing", "Asked below"


def as_found(found: Iterable[Finding]) -> list[Tested]:
    """The tests as a pack shows them."""
    return [
        Tested(one.name, MET if one.met else MISSING, "green" if one.met else "red", one.sentence)
        for one in found
    ]


def to_do(found: Iterable[Finding], gate: Gate, benefit: Benefit, viewer: Viewer) -> list[Tested]:
    """The tests before a case is put, with a link to each form that the person may fill in."""
    return [_to_do(one, gate, benefit, viewer) for one in found]


def _to_do(one: Finding, gate: Gate, benefit: Benefit, viewer: Viewer) -> Tested:
    if one.met:
        return Tested(one.name, MET, "green", one.sentence)
    links = tuple(_links(one.name, gate, benefit, viewer))
    if one.name in GIVEN_BELOW.get(gate, ()):
        return Tested(one.name, BELOW, "yellow", one.sentence, links)
    return Tested(one.name, MISSING, "red", one.sentence, links)


def _links(name: str, gate: Gate, benefit: Benefit, viewer: Viewer) -> Sequence[tuple[str, str]]:
    acts = _MILESTONES.get(gate, ()) if name == "Milestones" else _DOING.get(name, ())
    return [
        (ACTS[act].title, f"/benefits/{benefit.benefit}/record/{ACTS[act].slug}")
        for act in acts
        if may_ask(viewer, act, benefit)
    ]
