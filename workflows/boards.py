"""A programme board as data: who sits on it, and how it decides."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from benefits.refusals import require
from benefits.rules import Answer, Context, Rule
from eventlog.recorded import Recorded
from workflows.commands import FillSeat, FormBoard, SeatKind, SetBoardRules, Tie, VacateSeat
from workflows.events import BoardFormed, BoardRulesSet, SeatFilled, SeatVacated

MOST_SEATS = 30
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on a board: its holder, and perhaps a deputy (ids of people)."""

    seat: str
    kind: SeatKind
    person: str
    deputy: str | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Who may vote from it, the holder first."""
        return (self.person, self.deputy) if self.deputy else (self.person,)


@dataclass(slots=True)
class Board:
    """A board after so many events (``version``)."""

    board: str
    version: int = 0
    title: str = ""
    quorum: int = 0
    approvals: int = 0
    tie: Tie = Tie.CHAIR
    days: int = 0
    seats: dict[str, Seat] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        return self.version > 0

    def seat_of(self, person: str) -> Seat | None:
        """The seat that a person holds, or is deputy for."""
        return next((seat for seat in self.seats.values() if person in seat.people), None)


def apply_to_board(board: Board, recorded: Recorded[Any]) -> None:
    """Add one event to a board."""
    board.version = recorded.version
    match recorded.event:
        case BoardFormed() as e:
            board.title = e.title
            board.quorum, board.approvals, board.tie, board.days = (
                e.quorum,
                e.approvals,
                e.tie,
                e.days,
            )
        case BoardRulesSet() as e:
            board.quorum, board.approvals, board.tie, board.days = (
                e.quorum,
                e.approvals,
                e.tie,
                e.days,
            )
        case SeatFilled() as e:
            board.seats[e.seat] = Seat(e.seat, e.kind, e.person, e.deputy)
        case SeatVacated() as e:
            board.seats.pop(e.seat, None)


def board_after(board: str, events: Iterable[Recorded[Any]]) -> Board:
    """The board after all these events of its stream."""
    standing = Board(board)
    for recorded in events:
        apply_to_board(standing, recorded)
    return standing


def form(board: Board, command: FormBoard, _: Context) -> Answer:
    """Form a board. Its seats are filled afterwards, so its numbers are bounded by 30 for now."""
    require(not board.exists, "This board is already formed. Change its rules instead.")
    require(command.title.strip(), "Give the board a title.")
    _sensible(command, MOST_SEATS)
    return [
        BoardFormed(
            command.title.strip(), command.quorum, command.approvals, command.tie, command.days
        )
    ]


def set_rules(board: Board, command: SetBoardRules, _: Context) -> Answer:
    """Change how a board decides.

    Once as many sit as it needs, it cannot be made to need more than sit.
    """
    _formed(board)
    filled = len(board.seats)
    complete = filled >= max(board.quorum, board.approvals)
    _sensible(command, filled if complete else MOST_SEATS)
    return [BoardRulesSet(command.quorum, command.approvals, command.tie, command.days)]


def _sensible(command: FormBoard | SetBoardRules, most: int) -> None:
    for number, called in ((command.quorum, "quorum"), (command.approvals, "approvals needed")):
        verb = "is" if called == "quorum" else "are"
        require(
            1 <= number <= most,
            f"The {called} {verb} between 1 and {most}, the number of seats."
            if most < MOST_SEATS
            else f"The {called} {verb} between 1 and {MOST_SEATS}.",
        )
    require(
        1 <= command.days <= MOST_DAYS, f"A board has between 1 and {MOST_DAYS} days to decide."
    )


def _formed(board: Board) -> None:
    require(board.exists, "There is no such board. Form it first.")


def fill(board: Board, command: FillSeat, context: Context) -> Answer:
    """Put a person in a seat, in place of whoever sat there. One person, one seat; one chair."""
    _formed(board)
    require(command.seat.strip(), "Give the seat a name.")
    require(command.deputy != command.person, "A holder cannot be their own deputy.")
    others = [seat for seat in board.seats.values() if seat.seat != command.seat]
    require(len(others) < MOST_SEATS, f"A board has at most {MOST_SEATS} seats.")
    for person, called in ((command.person, "holder"), (command.deputy, "deputy")):
        if person is not None:
            require(context.knows(person), f"The {called} is not on record. Register them first.")
            require(
                not any(person in seat.people for seat in others),
                f"The {called} already sits on this board, as holder or deputy of another seat."
                " One person has one seat.",
            )
    require(
        command.kind is not SeatKind.CHAIR
        or not any(seat.kind is SeatKind.CHAIR for seat in others),
        "This board has a chair already. Vacate that seat, or make it a member's, first.",
    )
    filled = SeatFilled(command.seat, command.kind, command.person, command.deputy)
    stands = Seat(filled.seat, filled.kind, filled.person, filled.deputy)
    return [] if board.seats.get(command.seat) == stands else [filled]


def vacate(board: Board, command: VacateSeat, _: Context) -> Answer:
    """Take the person, and the deputy, out of a seat."""
    _formed(board)
    require(command.seat in board.seats, "Nobody sits in that seat.")
    return [SeatVacated(command.seat)]


RULES: dict[type, Rule] = {
    FormBoard: Rule(form, "board", "board"),
    SetBoardRules: Rule(set_rules, "board", "board"),
    FillSeat: Rule(fill, "board", "board"),
    VacateSeat: Rule(vacate, "board", "board"),
}
