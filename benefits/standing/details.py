"""What the events of describing and valuing do to a benefit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from benefits.benefit import Benefit
from benefits.events import details as happened
from benefits.events.mapping import BenefitMapped
from benefits.lifecycle import Stage
from benefits.parts import Evidence, Investment, Overlap
from eventlog.recorded import Recorded


def _identified(b: Benefit, r: Recorded[Any], e: happened.BenefitIdentified) -> None:
    b.position = r.position
    b.programme, b.workstream, b.group, b.title = e.programme, e.workstream, e.group, e.title
    b.kind, b.fund, b.source = e.kind, e.fund, e.source
    b.stage_since = {**b.stage_since, Stage.IDENTIFIED: r.recorded_at}


def _described(b: Benefit, _: Recorded[Any], e: happened.DescriptionRecorded) -> None:
    b.description, b.outcome, b.attribution = e.description, e.outcome, e.attribution


def _labelled(b: Benefit, _: Recorded[Any], e: happened.LabelsRecorded) -> None:
    for name in ("title", "avenue", "theme", "directorate", "workstream", "group"):
        value = getattr(e, name)
        if value is not None:
            setattr(b, name, value)


def _classified(b: Benefit, _: Recorded[Any], e: happened.ClassificationCorrected) -> None:
    b.kind, b.fund = e.kind, e.fund
    b.value_confirmed_by = ""


def _owner(b: Benefit, _: Recorded[Any], e: happened.OwnerNamed) -> None:
    b.owner = e.person
    b.owners |= {e.person}


def _finance_partner(b: Benefit, _: Recorded[Any], e: happened.FinancePartnerNamed) -> None:
    b.finance_partner = e.person


def _cabinet_member(b: Benefit, _: Recorded[Any], e: happened.CabinetMemberNamed) -> None:
    b.cabinet_member = e.person


def _range(b: Benefit, _: Recorded[Any], e: happened.RangeRecorded) -> None:
    b.range = (e.low, e.high)


def _profile(b: Benefit, _: Recorded[Any], e: happened.ProfileRecorded) -> None:
    b.profile = e.profile
    b.value_confirmed_by = ""  # what finance confirmed is no longer what is planned


def _investment(b: Benefit, r: Recorded[Any], e: happened.InvestmentRecorded) -> None:
    spent = Investment(e.investment, e.title, e.spent_on, e.funding, e.tranches, r.position)
    b.investments = {**b.investments, e.investment: spent}
    b.no_investment = ""


def _investment_confirmed(b: Benefit, _: Recorded[Any], e: happened.InvestmentConfirmed) -> None:
    seen = replace(b.investments[e.investment], confirmed=e.annual)
    b.investments = {**b.investments, e.investment: seen}


def _investment_removed(b: Benefit, _: Recorded[Any], e: happened.InvestmentRemoved) -> None:
    b.investments = {key: one for key, one in b.investments.items() if key != e.investment}


def _no_investment(b: Benefit, _: Recorded[Any], e: happened.NoInvestmentStated) -> None:
    b.no_investment = e.note


def _confidence(b: Benefit, _: Recorded[Any], e: happened.ConfidenceStated) -> None:
    b.confidence, b.confidence_reason = e.level, e.reason


def _overlap_check(b: Benefit, _: Recorded[Any], e: happened.OverlapCheckStated) -> None:
    b.overlap_check = ("found: " if e.found else "none found: ") + e.note


def _overlap(b: Benefit, r: Recorded[Any], e: happened.OverlapDeclared) -> None:
    agreed = Overlap(e.overlap, e.other, e.gives_up, e.with_mtfs, e.agreed_by, r.position)
    b.overlaps = {**b.overlaps, e.overlap: agreed}
    if e.gives_up:
        b.value_confirmed_by = ""


def _overlap_ended(b: Benefit, _: Recorded[Any], e: happened.OverlapEnded) -> None:
    ended = b.overlaps.get(e.overlap)
    b.overlaps = {key: one for key, one in b.overlaps.items() if key != e.overlap}
    if ended and ended.gives_up:
        b.value_confirmed_by = ""


def _value_confirmed(b: Benefit, r: Recorded[Any], _: happened.ValueConfirmed) -> None:
    b.value_confirmed_by = r.actor
    b.value_confirmers |= {r.actor}


def _evidence(b: Benefit, r: Recorded[Any], e: happened.EvidenceAttached) -> None:
    file = Evidence(e.evidence, e.title, e.sha256, e.size, e.media_type, e.about, r.position)
    b.evidence = {**b.evidence, e.evidence: file}


def _made_exempt(b: Benefit, _: Recorded[Any], e: happened.BenefitMadeExempt) -> None:
    b.exempt_because = e.reason


def _exemption_ended(b: Benefit, _: Recorded[Any], _event: happened.ExemptionEnded) -> None:
    b.exempt_because = ""


def _mapped(b: Benefit, _: Recorded[Any], e: BenefitMapped) -> None:
    b.outcomes, b.changes = e.outcomes, e.changes


def _noted(_benefit: Benefit, _: Recorded[Any], _event: happened.NoteAdded) -> None:
    """A note stands in the story only."""


APPLY: dict[type, Callable[[Benefit, Recorded[Any], Any], None]] = {
    happened.BenefitIdentified: _identified,
    happened.DescriptionRecorded: _described,
    happened.LabelsRecorded: _labelled,
    happened.ClassificationCorrected: _classified,
    happened.OwnerNamed: _owner,
    happened.FinancePartnerNamed: _finance_partner,
    happened.CabinetMemberNamed: _cabinet_member,
    happened.RangeRecorded: _range,
    happened.ProfileRecorded: _profile,
    happened.InvestmentRecorded: _investment,
    happened.InvestmentConfirmed: _investment_confirmed,
    happened.InvestmentRemoved: _investment_removed,
    happened.NoInvestmentStated: _no_investment,
    happened.ConfidenceStated: _confidence,
    happened.OverlapCheckStated: _overlap_check,
    happened.OverlapDeclared: _overlap,
    happened.OverlapEnded: _overlap_ended,
    happened.ValueConfirmed: _value_confirmed,
    happened.EvidenceAttached: _evidence,
    happened.BenefitMadeExempt: _made_exempt,
    happened.ExemptionEnded: _exemption_ended,
    happened.NoteAdded: _noted,
    BenefitMapped: _mapped,
}
