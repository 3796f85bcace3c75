"""The story of a benefit's cases at the board, and of the stages that decisions lead to."""

from benefits.benefit import Benefit
from benefits.events import gates as happened
from benefits.lifecycle import Stage
from benefits.plans import Condition
from benefits.wording.details import Say
from benefits.wording.names import Names, because, stopped
from benefits.wording.writing import day, listed, planned, tranches


def _submitted(e: happened.CaseSubmitted, _: Benefit, names: Names) -> str:
    asks = f", proposing {planned(e.profile.tranches)}" if e.profile else ""
    cause = f" ({e.cause.value})" if e.cause else ""
    other = f", to be replaced by {names.thing(e.replacement)}" if e.replacement else ""
    short = f" Shortfall to accept: {stopped(e.shortfall)}" if e.shortfall else ""
    return (
        f"The {e.gate.value} case{cause} was put to the board{asks}{other}, to be decided by "
        f"{day(e.closes)}{because(e.summary)}{short}"
    )


def _conditions(conditions: tuple[Condition, ...], names: Names) -> str:
    if not conditions:
        return ""
    each = (
        f"{one.text.rstrip('.')} ({names.person(one.owner)}, by {day(one.due)})"
        for one in conditions
    )
    return f" On condition: {stopped(listed(each))}"


def _gate(b: Benefit, case: str) -> str:
    known = b.cases.get(case)
    return f"the {known.submitted.gate.value} case" if known else "the case"


def _voted(e: happened.VoteCast, b: Benefit, names: Names) -> str:
    known = b.cases.get(e.case)
    before = known.votes.get(e.seat) if known else None
    was = f" in place of “{before.choice.value}”" if before else ""
    return (
        f"The seat {e.seat} voted “{e.choice.value}” on {_gate(b, e.case)}{was}"
        f"{because(e.statement)}{_conditions(e.conditions, names)}"
    )


def _decided(e: happened.CaseDecided, _: Benefit, names: Names) -> str:
    return (
        f"The board's decision on the {e.gate.value} case: {e.outcome.value}"
        f"{because(e.because)}{_conditions(e.conditions, names)}"
    )


def _moved(b: Benefit, stage: Stage) -> str:
    return f"moved from {b.stage.value} to {stage.value}"


def _condition_met(e: happened.ConditionMet, b: Benefit, _: Names) -> str:
    known = b.conditions.get(e.condition)
    text = known.condition.text if known else e.condition
    return f"The condition “{text}” was met{because(e.note)}"


def _withdrawn(e: happened.BenefitWithdrawn, b: Benefit, names: Names) -> str:
    by = " by the PMO" if not e.case else " by the board's decision"
    other = f", replaced by {names.thing(e.replacement)}" if e.replacement else ""
    return f"The benefit was withdrawn{by} ({_moved(b, Stage.WITHDRAWN)}){other}{because(e.reason)}"


SAY: dict[type, Say] = {
    happened.CaseSubmitted: _submitted,
    happened.VoteCast: _voted,
    happened.InterestDeclared: lambda e, b, names: (
        f"{names.person(e.person)} declared an interest in {_gate(b, e.case)} and cannot vote on it"
        f"{because(e.interest)}"
    ),
    happened.CaseDecided: _decided,
    happened.CaseLapsed: lambda e, _b, _n: f"The {e.gate.value} case lapsed{because(e.because)}",
    happened.CaseRetracted: lambda e, _b, _n: (
        f"The {e.gate.value} case was taken back{because(e.reason)}"
    ),
    happened.ConditionMet: _condition_met,
    happened.BenefitValidated: lambda e, b, _n: (
        f"The benefit {_moved(b, Stage.VALIDATED)}: its original plan is {tranches(e.plan)}."
    ),
    happened.DeliveryStarted: lambda _e, b, _n: f"The benefit {_moved(b, Stage.IN_DELIVERY)}.",
    happened.BenefitRealised: lambda _e, b, _n: f"The benefit {_moved(b, Stage.REALISED)}.",
    happened.PlanRebaselined: lambda e, b, _n: (
        f"The plan changed from {tranches(b.plan)} to {tranches(e.plan)} ({e.cause.value})"
        f"{because(e.reason)}"
    ),
    happened.BenefitWithdrawn: _withdrawn,
    happened.BenefitReopened: lambda e, b, _n: (
        f"The benefit was reopened ({_moved(b, Stage.IN_DELIVERY)}){because(e.reason)}"
    ),
}
