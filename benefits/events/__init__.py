"""Everything that can happen, in the past tense, with the name that each is stored under.

The stored names hold for ever: a class may be renamed, its stored name may not. ``MATERIAL``
says which events change what a board is being asked (a rule that no setting can
switch off): plan, overlap, investment, owner, kind and fund matter to every case, and any
other fact matters to the gates whose tests read it.
"""

from benefits.events import delivery, details, gates, mapping, money, programme
from benefits.lifecycle import Gate

STORED_NAMES: dict[type, str] = {
    details.BenefitIdentified: "benefit-identified",
    details.DescriptionRecorded: "description-recorded",
    details.LabelsRecorded: "labels-recorded",
    details.ClassificationCorrected: "classification-corrected",
    details.OwnerNamed: "owner-named",
    details.FinancePartnerNamed: "finance-partner-named",
    details.CabinetMemberNamed: "cabinet-member-named",
    details.RangeRecorded: "range-recorded",
    details.ProfileRecorded: "profile-recorded",
    details.InvestmentRecorded: "investment-recorded",
    details.InvestmentConfirmed: "investment-confirmed",
    details.InvestmentRemoved: "investment-removed",
    details.NoInvestmentStated: "no-investment-stated",
    details.ConfidenceStated: "confidence-stated",
    details.OverlapCheckStated: "overlap-check-stated",
    details.OverlapDeclared: "overlap-declared",
    details.OverlapEnded: "overlap-ended",
    details.ValueConfirmed: "value-confirmed",
    details.EvidenceAttached: "evidence-attached",
    details.BenefitMadeExempt: "benefit-made-exempt",
    details.ExemptionEnded: "exemption-ended",
    details.NoteAdded: "note-added",
    delivery.DeliveryPlanStated: "delivery-plan-stated",
    delivery.BudgetLineNamed: "budget-line-named",
    delivery.MilestonePlanned: "milestone-planned",
    delivery.MilestoneForecast: "milestone-forecast",
    delivery.MilestoneReached: "milestone-reached",
    delivery.MilestoneWaived: "milestone-waived",
    delivery.MeasureDefined: "measure-defined",
    delivery.MeasureRead: "measure-read",
    delivery.DriversRead: "drivers-read",
    delivery.ImpactAssessed: "impact-assessed",
    delivery.RiskScored: "risk-scored",
    delivery.RiskClosed: "risk-closed",
    delivery.StatusOverridden: "status-overridden",
    money.ForecastRecorded: "forecast-recorded",
    money.ClaimMade: "claim-made",
    money.ClaimVerified: "claim-verified",
    money.ClaimRejected: "claim-rejected",
    money.ClaimGraded: "claim-graded",
    money.ClaimCorrected: "claim-corrected",
    money.ErosionReported: "erosion-reported",
    money.ErosionConfirmed: "erosion-confirmed",
    money.ErosionDismissed: "erosion-dismissed",
    money.PressureRecorded: "pressure-recorded",
    money.CoverRecorded: "cover-recorded",
    money.MoneyAdmitted: "money-admitted",
    gates.CaseSubmitted: "case-submitted",
    gates.VoteCast: "vote-cast",
    gates.InterestDeclared: "interest-declared",
    gates.CaseDecided: "case-decided",
    gates.CaseLapsed: "case-lapsed",
    gates.CaseRetracted: "case-retracted",
    gates.ConditionMet: "condition-met",
    gates.BenefitValidated: "benefit-validated",
    gates.DeliveryStarted: "delivery-started",
    gates.BenefitRealised: "benefit-realised",
    gates.PlanRebaselined: "plan-rebaselined",
    gates.BenefitWithdrawn: "benefit-withdrawn",
    gates.BenefitReopened: "benefit-reopened",
    programme.ProgrammeStarted: "programme-started",
    programme.ProgrammeChanged: "programme-changed",
    programme.WorkstreamAdded: "workstream-added",
    programme.ToleranceSet: "tolerance-set",
    programme.RecipientsSet: "recipients-set",
    programme.ReportScheduleSet: "report-schedule-set",
    programme.GroupInvestmentRecorded: "group-investment-recorded",
    programme.GroupInvestmentRemoved: "group-investment-removed",
    programme.MonthClosed: "month-closed",
    programme.MonthReviewed: "month-reviewed",
    programme.NarrativeWritten: "narrative-written",
    programme.OverlapAgreed: "overlap-agreed",
    programme.OverlapCancelled: "overlap-cancelled",
    programme.MtfsLineRecorded: "mtfs-line-recorded",
    programme.MtfsValueCounted: "mtfs-value-counted",
    programme.MtfsValueFreed: "mtfs-value-freed",
    programme.MtfsAmountAdmitted: "mtfs-amount-admitted",
    mapping.ObjectiveRecorded: "objective-recorded",
    mapping.OutcomeRecorded: "outcome-recorded",
    mapping.EnablingChangeRecorded: "enabling-change-recorded",
    mapping.MapItemRemoved: "map-item-removed",
    mapping.BenefitMapped: "benefit-mapped",
}

_EVERY_GATE = frozenset(Gate)
_VALIDATION = frozenset({Gate.VALIDATION})
_DELIVERY = frozenset({Gate.DELIVERY})
_REALISATION = frozenset({Gate.REALISATION})
_MILESTONES = _DELIVERY | _REALISATION
_VERIFIED_MONEY = frozenset({Gate.REALISATION, Gate.REBASELINE, Gate.WITHDRAWAL, Gate.REOPENING})

MATERIAL: dict[type, frozenset[Gate]] = {
    details.ProfileRecorded: _EVERY_GATE,
    details.RangeRecorded: _EVERY_GATE,
    details.InvestmentRecorded: _EVERY_GATE,
    details.InvestmentConfirmed: _EVERY_GATE,
    details.InvestmentRemoved: _EVERY_GATE,
    details.NoInvestmentStated: _EVERY_GATE,
    details.OverlapDeclared: _EVERY_GATE,
    details.OverlapEnded: _EVERY_GATE,
    details.OwnerNamed: _EVERY_GATE,
    details.ClassificationCorrected: _EVERY_GATE,
    details.FinancePartnerNamed: _VALIDATION,
    details.DescriptionRecorded: _VALIDATION,
    details.ConfidenceStated: _VALIDATION,
    details.OverlapCheckStated: _VALIDATION,
    details.ValueConfirmed: _VALIDATION,
    delivery.MeasureDefined: _VALIDATION | _REALISATION,
    delivery.DeliveryPlanStated: _DELIVERY,
    delivery.BudgetLineNamed: _DELIVERY,
    delivery.ImpactAssessed: _DELIVERY,
    delivery.RiskScored: _DELIVERY,
    delivery.RiskClosed: _DELIVERY,
    delivery.MilestonePlanned: _MILESTONES,
    delivery.MilestoneForecast: _DELIVERY,
    delivery.MilestoneReached: _MILESTONES,
    delivery.MilestoneWaived: _MILESTONES,
    delivery.MeasureRead: _REALISATION,
    money.ClaimVerified: _VERIFIED_MONEY,
    money.ClaimRejected: _VERIFIED_MONEY,
    money.ClaimGraded: _REALISATION,
    money.ClaimCorrected: _VERIFIED_MONEY,
    money.ErosionConfirmed: _VERIFIED_MONEY,
}


def is_material(event: object, gate: Gate) -> bool:
    """Whether this event changes what the board is asked at the gate, and so lapses the case."""
    return gate in MATERIAL.get(type(event), frozenset())
