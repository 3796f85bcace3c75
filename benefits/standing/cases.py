"""What the events of a case at the board do to a benefit."""

from collections.abc import Callable
from typing import Any

from benefits.benefit import Benefit
from benefits.events import gates as happened
from benefits.lifecycle import Stage
from benefits.parts import Case, CastVote, StandingCondition
from eventlog.recorded import Recorded


def _submitted(b: Benefit, r: Recorded[Any], e: happened.CaseSubmitted) -> None:
    b.cases[e.case] = Case(e, r.actor, r.recorded_at, r.position)


def _voted(b: Benefit, r: Recorded[Any], e: happened.VoteCast) -> None:
    b.cases[e.case].votes[e.seat] = CastVote(e, r.actor, r.recorded_at, r.position)


def _declared(b: Benefit, _: Recorded[Any], e: happened.InterestDeclared) -> None:
    b.cases[e.case].interests[e.person] = e.interest


def _end(b: Benefit, r: Recorded[Any], case: str, outcome: happened.Outcome, because: str) -> None:
    ended = b.cases[case]
    ended.outcome, ended.because = outcome, because
    ended.ended_at, ended.ended_position = r.recorded_at, r.position


def _decided(b: Benefit, r: Recorded[Any], e: happened.CaseDecided) -> None:
    _end(b, r, e.case, e.outcome, e.because)
    for condition in e.conditions:
        b.conditions[condition.condition] = StandingCondition(condition, e.case, r.position)


def _lapsed(b: Benefit, r: Recorded[Any], e: happened.CaseLapsed) -> None:
    _end(b, r, e.case, happened.Outcome.LAPSED, e.because)


def _retracted(b: Benefit, r: Recorded[Any], e: happened.CaseRetracted) -> None:
    _end(b, r, e.case, happened.Outcome.RETRACTED, e.reason)


def _condition_met(b: Benefit, _: Recorded[Any], e: happened.ConditionMet) -> None:
    b.conditions[e.condition].met = e.note


def _enter(b: Benefit, r: Recorded[Any], stage: Stage) -> None:
    b.stage = stage
    b.stage_since[stage] = r.recorded_at


def _validated(b: Benefit, r: Recorded[Any], e: happened.BenefitValidated) -> None:
    b.original = b.plan = e.plan
    _enter(b, r, Stage.VALIDATED)


def _started(b: Benefit, r: Recorded[Any], _: happened.DeliveryStarted) -> None:
    _enter(b, r, Stage.IN_DELIVERY)


def _realised(b: Benefit, r: Recorded[Any], _: happened.BenefitRealised) -> None:
    _enter(b, r, Stage.REALISED)


def _rebaselined(b: Benefit, _: Recorded[Any], e: happened.PlanRebaselined) -> None:
    b.plan, b.profile = e.plan, e.profile


def _withdrawn(b: Benefit, r: Recorded[Any], e: happened.BenefitWithdrawn) -> None:
    b.plan, b.forecast = (), ()
    b.withdrawn_because, b.replacement = e.reason, e.replacement
    _enter(b, r, Stage.WITHDRAWN)


def _reopened(b: Benefit, r: Recorded[Any], _: happened.BenefitReopened) -> None:
    _enter(b, r, Stage.IN_DELIVERY)


APPLY: dict[type, Callable[[Benefit, Recorded[Any], Any], None]] = {
    happened.CaseSubmitted: _submitted,
    happened.VoteCast: _voted,
    happened.InterestDeclared: _declared,
    happened.CaseDecided: _decided,
    happened.CaseLapsed: _lapsed,
    happened.CaseRetracted: _retracted,
    happened.ConditionMet: _condition_met,
    happened.BenefitValidated: _validated,
    happened.DeliveryStarted: _started,
    happened.BenefitRealised: _realised,
    happened.PlanRebaselined: _rebaselined,
    happened.BenefitWithdrawn: _withdrawn,
    happened.BenefitReopened: _reopened,
}
