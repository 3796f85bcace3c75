"""Asking the board: putting a case, taking it back, and meeting what an approval asked for."""

from dataclasses import replace
from datetime import timedelta

from benefits.benefit import Benefit
from benefits.events.gates import CaseRetracted, CaseSubmitted, ConditionMet
from benefits.lifecycle import PASSAGES, Gate
from benefits.parts import Case
from benefits.refusals import NotFound, Refused, require
from benefits.rules import Answer, Rule, planned
from benefits.rules.checks import existing, fresh_id, reason, window_of, words
from workflows.boards import Board
from workflows.commands import MeetCondition, RetractCase, SubmitCase
from workflows.context import Context
from workflows.gates import require_ready
from workflows.votes import barred, undecidable


def drafted(benefit: Benefit, command: SubmitCase, context: Context) -> CaseSubmitted:
    """The case as it would be put now, for the tests to look at before it is.

    ``binds_to`` is the version at which the benefit stands before the case itself is written:
    the last fact that the pack shows. ``closes`` is filled in when it is put.
    """
    programme = context.programme(benefit.programme)
    return CaseSubmitted(
        case=command.case,
        gate=command.gate,
        binds_to=benefit.version,
        board=programme.board,
        closes=context.today,
        summary=words(command.summary, "What the board is asked", needed=False),
        tolerance=programme.tolerance,
        profile=command.profile,
        cause=command.cause,
        replacement=command.replacement or None,
        shortfall=words(command.shortfall, "The shortfall", needed=False),
    )


def submit(benefit: Benefit, command: SubmitCase, context: Context) -> Answer:
    """Put a case: every test of the gate is met, and the board could decide it."""
    existing(benefit)
    fresh_id(command.case, "case")
    require(command.case not in benefit.cases, "This case was put before. Put a new one.")
    _only_what_belongs(command)
    asked = drafted(benefit, command, context)
    require_ready(benefit, asked, context)
    board = _board(asked, context)
    needs_finance = PASSAGES[asked.gate].needs_finance_seat(benefit.stage)
    why_not = undecidable(board, barred(benefit, context.by), needs_finance=needs_finance)
    if why_not:
        raise Refused(
            f"{why_not} Whoever submits the case, owned the benefit, confirmed its value or"
            " decided a claim cannot vote. Fill seats or name deputies on the board, or have"
            " someone else submit the case."
        )
    tidy = asked.profile and planned.profile(
        asked.profile, window_of(context, benefit), benefit.kind
    )
    return [replace(asked, closes=context.today + timedelta(days=board.days), profile=tidy)]


def _only_what_belongs(command: SubmitCase) -> None:
    gate = command.gate
    require(
        gate is Gate.REBASELINE or (command.profile is None and command.cause is None),
        "A new profile and its cause belong to a Re-baseline. Leave them out.",
    )
    require(
        gate is Gate.WITHDRAWAL or not command.replacement,
        "A replacement belongs to a Withdrawal. Leave it out.",
    )
    require(
        gate is Gate.REALISATION or not command.shortfall.strip(),
        "A shortfall is put to the board at Realisation only. Leave it out.",
    )


def _board(asked: CaseSubmitted, context: Context) -> Board:
    require(asked.board, "The programme has no board yet. Name the programme's board first.")
    return context.board(asked.board)


def case_of(benefit: Benefit, case: str) -> Case:
    """A case of the benefit; raises ``NotFound``."""
    found = existing(benefit).cases.get(case)
    if found is None:
        raise NotFound("There is no such case about this benefit.")
    return found


def retract(benefit: Benefit, command: RetractCase, _: Context) -> Answer:
    """Take a case back before it is decided, with a reason."""
    case = case_of(benefit, command.case)
    require(case.open, "This case has ended, so it cannot be taken back.")
    why = reason(command.reason, "Say why the case is taken back")
    return [CaseRetracted(case.case, case.submitted.gate, why)]


def meet(benefit: Benefit, command: MeetCondition, _: Context) -> Answer:
    """Say how a condition of an approval was met."""
    condition = existing(benefit).conditions.get(command.condition)
    if condition is None:
        raise NotFound("There is no such condition on this benefit.")
    require(not condition.met, "This condition is met already.")
    return [ConditionMet(command.condition, words(command.note, "How the condition was met"))]


RULES: dict[type, Rule] = {
    SubmitCase: Rule(submit, "benefit", "benefit"),
    RetractCase: Rule(retract, "benefit", "benefit"),
    MeetCondition: Rule(meet, "benefit", "benefit"),
}
