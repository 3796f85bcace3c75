"""Declaring an interest: whoever does cannot vote on the case, and it stands in the record."""

from benefits.benefit import Benefit
from benefits.events.gates import InterestDeclared
from benefits.refusals import NotAllowed, require
from benefits.rules import Answer, Rule
from benefits.rules.checks import words
from workflows.asking import case_of
from workflows.commands import DeclareInterest, Role, SeatKind
from workflows.concerned import roles_concerned
from workflows.context import Context
from workflows.deciding import counted, settled


def declare(benefit: Benefit, command: DeclareInterest, context: Context) -> Answer:
    """Declare a person's interest in a case; a vote of theirs counts no longer.

    Members declare their own; the chair and the PMO, as clerk, record what was said at the table.
    A case that can then no longer be approved ends at once.
    """
    case = case_of(benefit, command.case)
    require(case.open, "This case has ended, so an interest in it changes nothing any more.")
    board = context.board(case.submitted.board)
    require(
        board.seat_of(command.person) is not None,
        "Only people with a seat on this board, or deputies, declare an interest in its cases.",
    )
    mine = board.seat_of(context.by)
    clerk = Role.PMO in roles_concerned(context, command, benefit)
    chair = mine is not None and mine.kind is SeatKind.CHAIR
    if command.person != context.by and not (clerk or chair):
        raise NotAllowed("You can declare your own interest. Others’ are recorded by the clerk.")
    said = words(command.interest, "What the interest is")
    if case.interests.get(command.person) == said:
        return []
    declared = InterestDeclared(case.case, command.person, said)
    interests = {**case.interests, command.person: said}
    count = counted(benefit, case, case.votes, context, interests)
    ends = settled(benefit, case, count, context) if count.impossible() else []
    return [declared, *ends]


RULES: dict[type, Rule] = {DeclareInterest: Rule(declare, "benefit", "benefit")}
