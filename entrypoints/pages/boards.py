"""The boards: who sits where, how they decide, and the forms by which administrators change it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from benefits.refusals import NotFound
from benefits.register import tables
from benefits.wording.writing import count
from entrypoints import choosing
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.acts import ACTS
from entrypoints.allowing import may_ask
from entrypoints.forms import Form, Option
from entrypoints.here import realise, today, viewer
from entrypoints.sheets import Again, Sheet
from entrypoints.views import naming
from entrypoints.views.grids import Cell, grid
from entrypoints.views.meeting import listed
from entrypoints.views.naming import Called
from entrypoints.views.pack_votes import KINDS
from workflows import commands, inbox
from workflows.boards import Board
from workflows.commands import Role
from workflows.meeting_rows import held_lately, to_come

pages = Blueprint("boards", __name__)

DEEDS: Mapping[str, type] = {
    "rules": commands.SetBoardRules,
    "seat": commands.FillSeat,
    "vacate": commands.VacateSeat,
}


@pages.get("/boards")
@allowed(SIGNED_IN)
def index() -> str:
    """Every board, with how it decides."""
    with realise().database.read() as connection:
        rows = connection.execute(select(inbox.boards).order_by(inbox.boards.c.title)).all()
    table = grid(
        "Boards",
        ["Board", "Quorum", "Approvals needed", "Days to decide"],
        [
            [
                Cell(row.title, href=f"/boards/{row.board}"),
                count(row.quorum, "vote"),
                str(row.approvals),
                str(row.days),
            ]
            for row in rows
        ],
        empty="There is no board yet. An administrator forms one, then fills its seats.",
    )
    return render_template(
        "pages/boards.html", table=table, may_form=may_ask(viewer(), commands.FormBoard)
    )


@pages.get("/boards/new")
@allowed(Role.ADMINISTRATOR)
def new_form() -> str:
    """The form to form a board."""
    return _act(ACTS[commands.FormBoard].title, "", _new().blank(), commands.FormBoard, "/boards")


@pages.post("/boards/new")
@allowed(Role.ADMINISTRATOR)
def form_board() -> AnyResponse:
    """Form a board; its seats are filled next."""
    outcome = _new().answer()
    if isinstance(outcome, Again):
        act = ACTS[commands.FormBoard]
        page = _act(act.title, "", outcome.form, commands.FormBoard, "/boards")
        return Response(page, outcome.status)
    flash(ACTS[commands.FormBoard].done)
    return redirect(f"/boards/{outcome.new}", 303)


@pages.get("/boards/<board>")
@allowed(SIGNED_IN)
def show(board: str) -> str:
    """A board: its seats, its rules and the programmes that it decides about."""
    standing = _board(board)
    programmes = select(tables.programmes.c.programme, tables.programmes.c.title).where(
        tables.programmes.c.board == board
    )
    with realise().database.read() as connection:
        called = naming.called(connection)
        seats = _seats(standing, called, may_ask(viewer(), commands.FillSeat))
        decides = connection.execute(programmes).all()
        meetings = [
            listed("Meetings to come", to_come(connection, today(), [board]), "None is called."),
            listed("Meetings held lately", held_lately(connection, today(), [board]), "None yet."),
        ]
    return render_template(
        "pages/board_one.html",
        board=standing,
        seats=seats,
        rules=[
            ("Quorum", count(standing.quorum, "vote")),
            ("Approvals needed", str(standing.approvals)),
            ("A tie at the end", standing.tie.value.capitalize()),
            ("Days to decide", str(standing.days)),
        ],
        programmes=decides,
        meetings=meetings,
        may_call=_calls(standing),
        may_change=may_ask(viewer(), commands.SetBoardRules),
    )


@pages.get("/boards/<board>/<deed>")
@allowed(Role.ADMINISTRATOR)
def deed_form(board: str, deed: str) -> str:
    """The form to change the rules, or to fill or vacate a seat."""
    standing, command = _board(board), _known(deed)
    sheet = _sheet(standing, command, request.args.get("seat", ""))
    return _act(ACTS[command].title, standing.title, sheet.blank(), command, f"/boards/{board}")


@pages.post("/boards/<board>/<deed>")
@allowed(Role.ADMINISTRATOR)
def do(board: str, deed: str) -> AnyResponse:
    """Change the rules, or fill or vacate a seat."""
    standing, command = _board(board), _known(deed)
    outcome = _sheet(standing, command, request.args.get("seat", "")).answer()
    if isinstance(outcome, Again):
        back, title = f"/boards/{board}", ACTS[command].title
        page = _act(title, standing.title, outcome.form, command, back)
        return Response(page, outcome.status)
    flash(ACTS[command].done)
    return redirect(f"/boards/{board}", 303)


def _calls(board: Board) -> bool:
    """Whether the viewer calls its meetings: the PMO and its chair do."""
    seat = board.seat_of(viewer().person)
    chairs = seat is not None and seat.kind is commands.SeatKind.CHAIR
    return chairs or may_ask(viewer(), commands.CallMeeting)


def _known(deed: str) -> type:
    command = DEEDS.get(deed)
    if command is None:
        abort(404)
    return command


def _board(board: str) -> Board:
    standing: Board = realise().standing("board", board)
    if not standing.exists:
        raise NotFound("There is no such board. Look for it in the list of boards.")
    return standing


def _new() -> Sheet:
    usual = {each.name: each.default for each in fields(commands.FormBoard)}
    answers = {name: usual[name] for name in ("tie", "days")}
    return Sheet(ACTS[commands.FormBoard], 0, {}, answers=answers)


def _sheet(board: Board, command: type, seat: str) -> Sheet:
    fixed: dict[str, Any] = {"board": board.board}
    known = board.seats.get(seat)
    if command is commands.VacateSeat and known is None:
        raise NotFound("Nobody sits in that seat.")
    if known is not None:
        fixed["seat"] = seat
    return Sheet(ACTS[command], board.version, fixed, _people(), _answers(board, command, seat))


def _answers(board: Board, command: type, seat: str) -> dict[str, Any]:
    if command is commands.SetBoardRules:
        names = ("quorum", "approvals", "tie", "days")
        return {name: getattr(board, name) for name in names}
    known = board.seats.get(seat)
    if command is commands.FillSeat and known is not None:
        return {name: getattr(known, name) for name in ("kind", "person", "deputy")}
    return {}


def _people() -> dict[str, list[Option]]:
    with realise().database.read() as connection:
        people = choosing.people(connection)
    return {"person": people, "deputy": people}


def _seats(board: Board, called: Called, may_fill: bool) -> Any:  # noqa: FBT001
    return grid(
        "Seats",
        ["Seat", "Held by", "Deputy", *(["Change"] if may_fill else [])],
        [
            [
                KINDS[seat.kind],
                called.person(seat.person),
                called.person(seat.deputy) if seat.deputy else "None",
                *([_links(board, seat.seat)] if may_fill else []),
            ]
            for seat in board.seats.values()
        ],
        empty="Nobody sits on this board yet.",
    )


def _links(board: Board, seat: str) -> Cell:
    return Cell(
        links=(
            ("Change", f"/boards/{board.board}/seat?seat={seat}"),
            ("Vacate", f"/boards/{board.board}/vacate?seat={seat}"),
        )
    )


def _act(heading: str, caption: str, form: Form, command: type, back: str) -> str:
    says = (
        "One person has one seat. A deputy votes when the holder has not."
        if (command is commands.FillSeat)
        else ""
    )
    return render_template(
        "pages/act.html",
        form=form,
        button=ACTS[command].button,
        caption=caption,
        heading=heading,
        says=says,
        back=back,
    )
