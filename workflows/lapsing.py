"""What becomes of an open case when a fact that it rests on changes: it lapses and says why."""

from collections.abc import Iterable

from benefits.benefit import Benefit
from benefits.events import delivery, details, is_material, money
from benefits.events.gates import (
    CaseDecided,
    CaseLapsed,
    CaseRetracted,
    CaseSubmitted,
)
from benefits.lifecycle import Gate
from benefits.wording.writing import listed

#: What changed, in words, for each event that can be material to a case.
CHANGED: dict[type, str] = {
    details.ProfileRecorded: "the profile was changed",
    details.RangeRecorded: "the range was changed",
    details.InvestmentRecorded: "an investment was recorded",
    details.InvestmentConfirmed: "finance confirmed what an investment costs",
    details.InvestmentRemoved: "an investment was removed",
    details.NoInvestmentStated: "it was stated that no investment is needed",
    details.OverlapDeclared: "an overlap was recorded",
    details.OverlapEnded: "an overlap was ended",
    details.OwnerNamed: "another owner was named",
    details.ClassificationCorrected: "the kind or the fund was corrected",
    details.FinancePartnerNamed: "another finance partner was named",
    details.DescriptionRecorded: "the description was changed",
    details.ConfidenceStated: "the confidence was stated anew",
    details.OverlapCheckStated: "the overlap check was stated anew",
    details.ValueConfirmed: "finance confirmed the value anew",
    delivery.MeasureDefined: "a measure was defined anew",
    delivery.DeliveryPlanStated: "the delivery plan was changed",
    delivery.BudgetLineNamed: "a budget line was named",
    delivery.ImpactAssessed: "an impact assessment was recorded",
    delivery.RiskScored: "a risk was scored",
    delivery.RiskClosed: "a risk was closed",
    delivery.MilestonePlanned: "a milestone was planned",
    delivery.MilestoneForecast: "a milestone is expected on another day",
    delivery.MilestoneReached: "a milestone was reached",
    delivery.MilestoneWaived: "a milestone was waived",
    delivery.MeasureRead: "a measure was read",
    money.ClaimVerified: "finance verified a claim",
    money.ClaimRejected: "finance rejected a claim",
    money.ClaimGraded: "finance graded a claim",
    money.ClaimCorrected: "a claim was corrected",
    money.ErosionConfirmed: "finance confirmed that a saving is lost",
}

_OF_THE_CASE = (CaseSubmitted, CaseDecided, CaseLapsed, CaseRetracted)


def lapse(benefit: Benefit, new_events: Iterable[object], _: object = None) -> list[CaseLapsed]:
    """The lapse that follows these new events of the benefit's stream: one, or none.

    ``benefit`` may be as it stood before the events or after them. Events that come with the
    putting, the decision or the end of the case do not lapse it.
    """
    events = list(new_events)
    case = benefit.open_case
    if case is None or any(isinstance(event, _OF_THE_CASE) for event in events):
        return []
    gate = case.submitted.gate
    material = dict.fromkeys(CHANGED[type(e)] for e in events if is_material(e, gate))
    return [_lapsed(case.case, gate, listed(material))] if material else []


def _lapsed(case: str, gate: Gate, changed: str) -> CaseLapsed:
    return CaseLapsed(
        case,
        gate,
        f"After the case was put, {changed}. Votes were on the benefit as it stood before, so the"
        " case must be put again.",
    )
