"""Deciding a case: by the vote that settles it, or when the days allowed are over."""

from collections.abc import Mapping

from benefits.approved import approved_plan
from benefits.benefit import Benefit
from benefits.events.gates import (
    BenefitRealised,
    BenefitReopened,
    BenefitValidated,
    BenefitWithdrawn,
    CaseDecided,
    CaseLapsed,
    DeliveryStarted,
    Outcome,
    PlanRebaselined,
)
from benefits.lifecycle import PASSAGES, Gate
from benefits.parts import Case, CastVote
from benefits.refusals import require
from benefits.rules import Answer, Rule
from benefits.wording.writing import day
from workflows.asking import case_of
from workflows.commands import EndCase
from workflows.context import Context
from workflows.gates import require_ready, unmet
from workflows.votes import Count, barred


def counted(
    benefit: Benefit,
    case: Case,
    votes: Mapping[str, CastVote],
    context: Context,
    interests: Mapping[str, str] | None = None,
) -> Count:
    """These votes on the case, as the board and the benefit stand now.

    ``interests`` are those declared, by person; left out, they are as the case has them.
    """
    declared = case.interests if interests is None else interests
    return Count(
        context.board(case.submitted.board),
        barred(benefit, case.by, declared),
        PASSAGES[case.submitted.gate].needs_finance_seat(benefit.stage),
        votes,
    )


def settled(benefit: Benefit, case: Case, count: Count, context: Context) -> list[object]:
    """What follows from a vote: nothing yet, a failure, or the decision and what it does.

    The gate's tests are looked at once more before an approval; a test that is no longer met
    refuses the vote (``NotReady``).
    """
    if count.approved:
        require_ready(benefit, case.submitted, context)
        return _approval(benefit, case, count, _by_votes(count))
    why_not = count.impossible()
    if not why_not:
        return []
    return [_ending(case, count.without_approval, f"{count.said}. {why_not}")]


def _by_votes(count: Count) -> str:
    needed = f"{count.board.approvals} needed, quorum {count.board.quorum}"
    finance = " The finance seat approved." if count.needs_finance else ""
    return f"{count.said}: {needed}.{finance}"


def _ending(case: Case, outcome: Outcome, because: str) -> CaseDecided:
    return CaseDecided(case.case, case.submitted.gate, outcome, because)


def _approval(benefit: Benefit, case: Case, count: Count, because: str) -> list[object]:
    outcome = Outcome.APPROVED_WITH_CONDITIONS if count.conditions else Outcome.APPROVED
    decided = CaseDecided(case.case, case.submitted.gate, outcome, because, count.conditions)
    return [decided, _done(benefit, case)]


def _done(benefit: Benefit, case: Case) -> object:
    """What the approved gate does to the benefit."""
    asked = case.submitted
    match asked.gate:
        case Gate.VALIDATION:
            plan = approved_plan(benefit.profile, benefit.overlaps.values())
            return BenefitValidated(asked.case, plan)
        case Gate.DELIVERY:
            return DeliveryStarted(asked.case)
        case Gate.REALISATION:
            return BenefitRealised(asked.case)
        case Gate.REBASELINE:
            assert asked.profile, "a test of the gate asks for the profile"
            assert asked.cause, "a test of the gate asks for the cause"
            plan = approved_plan(asked.profile, benefit.overlaps.values())
            return PlanRebaselined(asked.case, plan, asked.profile, asked.cause, asked.summary)
        case Gate.WITHDRAWAL:
            return BenefitWithdrawn(asked.summary, asked.case, asked.replacement)
        case Gate.REOPENING:
            return BenefitReopened(asked.case, asked.summary)


def end(benefit: Benefit, command: EndCase, context: Context) -> Answer:
    """End a case whose days allowed are over: by the votes that count, or for want of a quorum."""
    case = case_of(benefit, command.case)
    closes = case.submitted.closes
    require(case.open, "This case has ended already.")
    require(
        context.today > closes, f"The board has until the end of {day(closes)} to decide this case."
    )
    count = counted(benefit, case, case.votes, context)
    over = f"The days allowed ended on {day(closes)}"
    if not count.quorate:
        votes = f"{len(count.counted)} of the {count.board.quorum} votes needed for a quorum"
        return [_lapse(case, f"{over} with {votes}. Put the case again.")]
    outcome = count.at_the_end()
    tie = f", a tie that ends {count.board.tie.value}" if count.tied else ""
    because = f"{over}: {count.said}{tie}."
    if not outcome.approves:
        return [_ending(case, outcome, because)]
    failing = unmet(benefit, case.submitted, context)
    if failing:
        said = " ".join(finding.sentence for finding in failing)
        return [_lapse(case, f"{over}, and the gate's tests are no longer met. {said}")]
    return _approval(benefit, case, count, because)


def _lapse(case: Case, because: str) -> CaseLapsed:
    return CaseLapsed(case.case, case.submitted.gate, because)


RULES: dict[type, Rule] = {EndCase: Rule(end, "benefit", "benefit")}
