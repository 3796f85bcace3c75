"""A meeting of a board as its page and its papers show it: each case with quorum and conflicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits.benefit import Benefit
from benefits.parts import Case
from benefits.wording.writing import count, day
from entrypoints.views.grids import Cell, Grid, Tag, capital, grid
from entrypoints.views.naming import Called
from entrypoints.views.pack import OUTCOMES
from entrypoints.views.pack_votes import KINDS, SeatVote, by_seat
from workflows.boards import Board
from workflows.commands import SeatKind
from workflows.context import Context
from workflows.deciding import counted
from workflows.meetings import Meeting, said_when


@dataclass(frozen=True, slots=True)
class Item:
    """One case on the agenda, as it stands."""

    number: int
    case: Case
    benefit: Benefit
    tag: Tag
    quorum: str
    conflicts: tuple[str, ...]
    votes: tuple[SeatVote, ...]
    conditions: tuple[str, ...]

    @property
    def title(self) -> str:
        """What stands on the agenda."""
        return f"{self.case.submitted.gate.value}: {self.benefit.number} {self.benefit.title}"


def items(meeting: Meeting, context: Context, called: Called) -> list[Item]:
    """Every case of the agenda, in order. Its benefits are read already."""
    board = context.board(meeting.board)
    found = []
    for number, one in enumerate(meeting.agenda, start=1):
        benefit = context.benefit(one.benefit)
        found.append(
            _item(number, benefit, benefit.cases[one.case], meeting, board, context, called)
        )
    return found


def _item(
    number: int,
    benefit: Benefit,
    case: Case,
    meeting: Meeting,
    board: Board,
    context: Context,
    called: Called,
) -> Item:
    votes = counted(benefit, case, case.votes, context)
    return Item(
        number,
        case,
        benefit,
        Tag(capital(case.outcome.value), OUTCOMES[case.outcome])
        if case.outcome
        else Tag("Before the board", "blue"),
        _quorum(meeting, board, votes.barred),
        tuple(f"{called.person(who)}: {said}" for who, said in case.interests.items()),
        tuple(by_seat(board, case, votes.barred, called.person)),
        tuple(
            f"{one.condition.text} ({called.person(one.condition.owner)}, "
            f"by {day(one.condition.due)})"
            for one in benefit.conditions.values()
            if one.case == case.case
        ),
    )


def _quorum(meeting: Meeting, board: Board, barred: Mapping[str, str]) -> str:
    """Whether those who attended and may vote on the case are enough for it."""
    if not meeting.recorded:
        return f"The quorum is {board.quorum}. Attendance is not recorded yet."
    may = [seat for seat, who in meeting.present.items() if who not in barred]
    finance = any(board.seats[seat].kind is SeatKind.FINANCE for seat in may if seat in board.seats)
    said = f"{len(may)} of the {count(len(meeting.present), 'seat')} present may vote on it"
    enough = "quorate" if len(may) >= board.quorum else "not quorate"
    seat = "" if finance else ", and nobody who may vote holds the finance seat"
    return f"{capital(enough)}: {said}, and the quorum is {board.quorum}{seat}."


def attendance(meeting: Meeting, board: Board, called: Called) -> Grid:
    """Every seat, and who sat in it."""
    return grid(
        "Attendance",
        ["Seat", "Held by", "Attended"],
        [
            [
                KINDS[seat.kind],
                called.person(seat.person)
                + (f" (deputy: {called.person(seat.deputy)})" if seat.deputy else ""),
                Cell(called.person(meeting.present.get(seat.seat)))
                if seat.seat in meeting.present
                else ("Absent" if meeting.recorded else "Not recorded yet"),
            ]
            for seat in board.seats.values()
        ],
        empty="Nobody sits on this board yet.",
    )


def listed(caption: str, rows: Any, empty: str) -> Grid:
    """Meetings in a table; ``rows`` as ``meeting_rows`` finds them."""
    return grid(
        caption,
        ["Meeting", "Board", "Where", "Cases #", "Minutes"],
        [
            [
                Cell(
                    said_when(date.fromisoformat(row.day), row.starts), f"/meetings/{row.meeting}"
                ),
                Cell(row.title, f"/boards/{row.board}"),
                row.place or "–",
                str(row.cases),
                Cell("Draft (PDF)", f"/meetings/{row.meeting}/minutes.pdf") if row.held else "–",
            ]
            for row in rows
        ],
        empty=empty,
    )
