"""What the events of a case at the board do to a benefit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from benefits.benefit import Benefit
from benefits.events import gates as happened
from benefits.lifecycle import Stage
from benefits.parts import Case, CastVote, StandingCondition
from eventlog.recorded import Recorded


def _submitted(b: Benefit, r: Recorded[Any], e: happened.CaseSubmitted) -> None:
    b.cases = {**b.cases, e.case: Case(e, r.actor, r.recorded_at, r.position)}


def _voted(b: Benefit, r: Recorded[Any], e: happened.VoteCast) -> None:
    case = b.cases[e.case]
    cast = CastVote(e, r.actor, r.recorded_at, r.position)
    b.cases = {**b.cases, e.case: replace(case, votes={**case.votes, e.seat: cast})}


def _declared(b: Benefit, _: Recorded[Any], e: happened.InterestDeclared) -> None:
    case = b.cases[e.case]
    interests = {**case.interests, e.person: e.interest}
    b.cases = {**b.cases, e.case: replace(case, interests=interests)}


def _end(b: Benefit, r: Recorded[Any], case: str, outcome: happened.Outcome, because: str) -> None:
    ended = replace(
        b.cases[case],
        outcome=outcome,
        because=because,
        ended_at=r.recorded_at,
        ended_position=r.position,
    )
    b.cases = {**b.cases, case: ended}


def _decided(b: Benefit, r: Recorded[Any], e: happened.CaseDecided) -> None:
    _end(b, r, e.case, e.outcome, e.because)
    made = {one.condition: StandingCondition(one, e.case, r.position) for one in e.conditions}
    b.conditions = {**b.conditions, **made}


def _lapsed(b: Benefit, r: Recorded[Any], e: happened.CaseLapsed) -> None:
    _end(b, r, e.case, happened.Outcome.LAPSED, e.because)


def _retracted(b: Benefit, r: Recorded[Any], e: happened.CaseRetracted) -> None:
    _end(b, r, e.case, happened.Outcome.RETRACTED, e.reason)


def _condition_met(b: Benefit, _: Recorded[Any], e: happened.ConditionMet) -> None:
    met = replace(b.conditions[e.condition], met=e.note)
    b.conditions = {**b.conditions, e.condition: met}


def _enter(b: Benefit, r: Recorded[Any], stage: Stage) -> None:
    b.stage = stage
    b.stage_since = {**b.stage_since, stage: r.recorded_at}


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
