"""The votes of a case by seat, what is still needed, and why somebody cannot vote."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benefits.benefit import Benefit
from benefits.events.gates import Choice
from benefits.parts import Case, CastVote
from benefits.refusals import Refused
from benefits.wording.writing import count, day, instant, listed
from entrypoints.views.grids import Tag, capital
from workflows import voting
from workflows.boards import Board, Seat
from workflows.commands import CastVote as Vote
from workflows.commands import SeatKind
from workflows.context import Context
from workflows.deciding import counted
from workflows.votes import Count

CHOICES = {
    Choice.APPROVE: "green",
    Choice.APPROVE_WITH_CONDITIONS: "turquoise",
    Choice.DEFER: "yellow",
    Choice.REJECT: "red",
}
KINDS = {SeatKind.CHAIR: "Chair", SeatKind.MEMBER: "Member", SeatKind.FINANCE: "Finance seat"}


@dataclass(frozen=True, slots=True)
class SeatVote:
    """A seat with the vote that it stands by, if any; ``barred`` says who of it cannot vote."""

    kind: str
    people: str
    tag: Tag
    voter: str = ""
    at: str = ""
    statement: str = ""
    conditions: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()


def by_seat(
    board: Board, case: Case, barred: Mapping[str, str], name: Callable[[str], str]
) -> list[SeatVote]:
    """Every seat of the board as it now sits, and the votes of seats that are no more."""
    seats = [*board.seats.values()]
    known = {seat.seat for seat in seats}
    gone = [vote for seat, vote in case.votes.items() if seat not in known]
    shown = [_seat(seat, case, barred, name) for seat in seats]
    return shown + [_cast("Former seat", name(vote.voter), vote, name, ()) for vote in gone]


def _seat(
    seat: Seat, case: Case, barred: Mapping[str, str], name: Callable[[str], str]
) -> SeatVote:
    people = name(seat.person) + (f" (deputy: {name(seat.deputy)})" if seat.deputy else "")
    cannot = tuple(
        f"{name(person)} cannot vote: {_of_them(barred[person])}."
        for person in seat.people
        if person in barred
    )
    vote = case.votes.get(seat.seat)
    if vote is None:
        waits = "Has not voted" if case.outcome is None else "Did not vote"
        none = "Cannot vote" if len(cannot) == len(seat.people) else waits
        return SeatVote(KINDS[seat.kind], people, Tag(none), barred=cannot)
    return _cast(KINDS[seat.kind], people, vote, name, cannot)


def _cast(
    kind: str, people: str, vote: CastVote, name: Callable[[str], str], cannot: tuple[str, ...]
) -> SeatVote:
    return SeatVote(
        kind,
        people,
        Tag(capital(vote.choice.value), CHOICES[vote.choice]),
        name(vote.voter),
        instant(vote.at),
        vote.vote.statement,
        tuple(f"{one.text} ({name(one.owner)}, by {day(one.due)})" for one in vote.vote.conditions),
        cannot,
    )


def _of_them(reason: str) -> str:
    """A reason that is said to a person, said of the person."""
    return reason.replace("you own ", "owns ").replace("you ", "")


def needed(benefit: Benefit, case: Case, context: Context) -> str:
    """What the rules ask for and what is still to come, in two sentences."""
    votes = counted(benefit, case, case.votes, context)
    return f"{_rules(votes)} {_to_come(votes)}"


def _rules(votes: Count) -> str:
    board = votes.board
    finance = ", the finance seat among them" if votes.needs_finance else ""
    return (
        f"Approval needs {count(board.approvals, 'approval')}{finance}, and "
        f"{count(board.quorum, 'vote')} for a quorum."
    )


def _to_come(votes: Count) -> str:
    cast = len(votes.counted)
    so_far = f"{count(cast, 'vote')} of {count(len(votes.seats), 'seat')} that may vote so far"
    short = []
    if cast < votes.board.quorum:
        short.append(f"{count(votes.board.quorum - cast, 'vote')} more for the quorum")
    if votes.approvals < votes.board.approvals:
        short.append(f"{count(votes.board.approvals - votes.approvals, 'more approval')}")
    if votes.needs_finance and not votes.finance_approves:
        short.append("the approval of the finance seat")
    return (
        f"{so_far}; still needed: {listed(short)}." if short else f"{so_far}; nothing is missing."
    )


def why_not(benefit: Benefit, case: Case, context: Context) -> str:
    """Why the person of the context cannot vote now, as the rule says it; empty when they can."""
    asked = Vote(benefit.benefit, case.case, case.submitted.binds_to, Choice.DEFER, "Asking.")
    try:
        voting.vote(benefit, asked, context)
    except Refused as fault:
        return str(fault)
    return ""
