"""Voting on a case: from one's own seat, on exactly the version that the pack showed."""

from benefits.benefit import Benefit
from benefits.events.gates import Choice, Outcome, VoteCast
from benefits.parts import Case, CastVote
from benefits.plans import Condition
from benefits.refusals import NotAllowed, Refused, Stale, require
from benefits.rules import Answer, Rule
from benefits.rules.checks import fresh_id, words
from benefits.wording.writing import day
from workflows.asking import case_of
from workflows.boards import Seat
from workflows.commands import CastVote as Vote
from workflows.context import Context
from workflows.deciding import counted, settled


def vote(benefit: Benefit, command: Vote, context: Context) -> Answer:
    """Cast or change a vote. The vote that settles the case also decides it, in the same write."""
    case = case_of(benefit, command.case)
    _still_open(case, context)
    if command.version != case.submitted.binds_to:
        raise Stale(
            f"Your pack shows version {command.version} and the case is about version"
            f" {case.submitted.binds_to}. Open the pack again and vote on what it shows now."
        )
    seat = _seat(benefit, case, context)
    cast = VoteCast(
        case.case,
        seat.seat,
        command.choice,
        _statement(command),
        _conditions(benefit, case, seat, command, context),
    )
    before = case.votes.get(seat.seat)
    if before and (before.vote, before.voter) == (cast, context.by):
        return []
    votes = {**case.votes, seat.seat: CastVote(cast, context.by, context.at, 0)}
    return [cast, *settled(benefit, case, counted(benefit, case, votes, context), context)]


def _still_open(case: Case, context: Context) -> None:
    if case.outcome is Outcome.LAPSED:
        raise Stale(
            f"This case lapsed, so it must be put again before you can vote. {case.because}"
        )
    if case.outcome is not None:
        raise Refused(f"This case has ended: {case.outcome.value}. No vote can be cast or changed.")
    require(
        context.today <= case.submitted.closes,
        f"The days allowed ended on {day(case.submitted.closes)}, so no vote can be cast any more.",
    )


def _seat(benefit: Benefit, case: Case, context: Context) -> Seat:
    """The seat from which this person may vote now; raises ``NotAllowed`` with the reason."""
    board = context.board(case.submitted.board)
    seat = board.seat_of(context.by)
    if seat is None:
        raise NotAllowed("You have no seat on this board, so you cannot vote on its cases.")
    cannot = counted(benefit, case, case.votes, context).barred
    if context.by in cannot:
        raise NotAllowed(
            f"You cannot vote on this case, because {cannot[context.by]}. Your deputy may."
            if context.by == seat.person and seat.deputy
            else f"You cannot vote on this case, because {cannot[context.by]}."
        )
    before = case.votes.get(seat.seat)
    holder_voted = before is not None and before.voter == seat.person not in cannot
    if context.by == seat.deputy and holder_voted:
        raise NotAllowed("The holder of your seat has voted, and that vote stands.")
    return seat


def _statement(command: Vote) -> str:
    """Why somebody votes so: whoever does not simply approve owes the service the reason."""
    needed = command.choice is not Choice.APPROVE
    what = "The statement of why you defer, reject or set conditions"
    return words(command.statement, what, needed=needed)


def _conditions(
    benefit: Benefit, case: Case, seat: Seat, command: Vote, context: Context
) -> tuple[Condition, ...]:
    """The conditions of an approval with conditions: each with words, an owner and a due date."""
    if command.choice is not Choice.APPROVE_WITH_CONDITIONS:
        require(
            not command.conditions,
            "Conditions belong to an approval with conditions. Choose that, or leave them out.",
        )
        return ()
    require(command.conditions, "Give at least one condition, or approve without conditions.")
    taken = set(benefit.conditions)
    for other, cast in case.votes.items():
        taken.update(c.condition for c in cast.vote.conditions if other != seat.seat)
    for condition in command.conditions:
        _check(condition, taken, context)
        taken.add(condition.condition)
    return command.conditions


def _check(condition: Condition, taken: set[str], context: Context) -> None:
    fresh_id(condition.condition, "condition")
    require(condition.condition not in taken, "Each condition needs an id of its own.")
    words(condition.text, "The condition")
    require(
        condition.owner and context.knows(condition.owner),
        "Give each condition an owner on record.",
    )
    require(
        condition.due >= context.today,
        f"A condition cannot be due on {day(condition.due)}, which has gone by. Give a later day.",
    )


RULES: dict[type, Rule] = {Vote: Rule(vote, "benefit", "benefit")}
