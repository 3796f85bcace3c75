"""Meetings of the boards: called, held and minuted, each with its cases in order."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from sqlalchemy import Connection, select
from werkzeug.wrappers import Response as AnyResponse

from benefits.refusals import NotAllowed, NotFound
from benefits.register import tables
from benefits.wording.writing import day
from entrypoints.access import BOARD_SEAT, SIGNED_IN, allowed
from entrypoints.acts import ACTS
from entrypoints.allowing import may_ask
from entrypoints.forms import Form, Option
from entrypoints.here import now, realise, today, viewer
from entrypoints.meeting_papers import context_of, meeting_of, meeting_pack, minutes
from entrypoints.pages.papers import handed_over
from entrypoints.sheets import Again, Sheet
from entrypoints.views.meeting import attendance, items, listed
from entrypoints.views.naming import called
from workflows import commands, directory, meeting_rows
from workflows.boards import Board
from workflows.commands import Role, SeatKind
from workflows.meetings import Meeting

pages = Blueprint("meetings", __name__)

DEEDS: Mapping[str, type] = {
    "agenda": commands.SetAgenda,
    "attendance": commands.RecordAttendance,
    "cancel": commands.CancelMeeting,
}


@pages.get("/meetings")
@allowed(SIGNED_IN)
def index() -> str:
    """Meetings to come and those held lately, of every board."""
    with realise().database.read() as connection:
        shown = (
            listed("To come", meeting_rows.to_come(connection, today()), "No meeting is called."),
            listed("Held lately", meeting_rows.held_lately(connection, today()), "None yet."),
        )
    return render_template("pages/meetings.html", grids=shown)


@pages.get("/boards/<board>/meetings/new")
@allowed(Role.PMO, BOARD_SEAT)
def call_form(board: str) -> str:
    """The form to call a meeting, with every case before the board on its agenda."""
    standing = _board(board)
    return _act(commands.CallMeeting, standing.title, _calling(standing).blank(), "/meetings")


@pages.post("/boards/<board>/meetings/new")
@allowed(Role.PMO, BOARD_SEAT)
def call(board: str) -> AnyResponse:
    """Call it."""
    standing = _board(board)
    outcome = _calling(standing).answer()
    if isinstance(outcome, Again):
        page = _act(commands.CallMeeting, standing.title, outcome.form, "/meetings")
        return Response(page, outcome.status)
    flash(ACTS[commands.CallMeeting].done)
    return redirect(f"/meetings/{outcome.new}", 303)


@pages.get("/meetings/<meeting>")
@allowed(SIGNED_IN)
def show(meeting: str) -> str:
    """The meeting: its agenda with quorum and conflicts as they stand, and who attended."""
    held = meeting_of(realise(), meeting)
    with realise().database.read() as connection:
        context = context_of(realise(), connection, held, viewer().person, now())
        names, board = called(connection), context.board(held.board)
        shown = items(held, context, names)
    return render_template(
        "pages/meeting.html",
        meeting=held,
        board=board,
        items=shown,
        attendance=attendance(held, board, names),
        sits=board.seat_of(viewer().person) is not None,
        may_run=_runs(board) and not held.cancelled,
        today=today(),
    )


@pages.get("/meetings/<meeting>/<any(agenda, attendance, cancel):deed>")
@allowed(Role.PMO, BOARD_SEAT)
def deed_form(meeting: str, deed: str) -> str:
    """The form to set the agenda, to record who attended, or to cancel the meeting."""
    held = meeting_of(realise(), meeting)
    return _deed(held, DEEDS[deed], _sheet(held, DEEDS[deed]).blank())


@pages.post("/meetings/<meeting>/<any(agenda, attendance, cancel):deed>")
@allowed(Role.PMO, BOARD_SEAT)
def do(meeting: str, deed: str) -> AnyResponse:
    """Do it, or the form again."""
    held, command = meeting_of(realise(), meeting), DEEDS[deed]
    outcome = _sheet(held, command).answer()
    if isinstance(outcome, Again):
        return Response(_deed(held, command, outcome.form), outcome.status)
    flash(ACTS[command].done)
    return redirect(f"/meetings/{meeting}", 303)


@pages.post("/meetings/<meeting>/earlier")
@allowed(Role.PMO, BOARD_SEAT)
def earlier(meeting: str) -> AnyResponse:
    """Take one case before the one that stands above it."""
    held, chosen = meeting_of(realise(), meeting), request.form.get("case", "")
    order = [item.case for item in held.agenda]
    if chosen not in order:
        abort(404)
    place = order.index(chosen)
    order.insert(max(0, place - 1), order.pop(place))
    command = commands.SetAgenda(meeting, tuple(order))
    realise().handle(command, by=viewer().person, at=now(), seen=held.version)
    return redirect(f"/meetings/{meeting}", 303)


@pages.get("/meetings/<meeting>/papers.pdf")
@allowed(SIGNED_IN)
def papers(meeting: str) -> Response:
    """The agenda and the packs of its cases, in order."""
    return handed_over(
        meeting_pack(realise(), meeting, viewer().person, now()), f"papers-{meeting}"
    )


@pages.get("/meetings/<meeting>/minutes.pdf")
@allowed(SIGNED_IN)
def draft_minutes(meeting: str) -> Response:
    """Draft minutes, from the record."""
    return handed_over(minutes(realise(), meeting, viewer().person, now()), f"minutes-{meeting}")


def _board(key: str) -> Board:
    standing: Board = realise().standing("board", key)
    if not standing.exists:
        raise NotFound("There is no such board. Look for it in the list of boards.")
    _require(standing)
    return standing


def _runs(board: Board) -> bool:
    """Whether the viewer calls and minutes this board's meetings: its chair, or the PMO."""
    seat = board.seat_of(viewer().person)
    chairs = seat is not None and seat.kind is SeatKind.CHAIR
    return chairs or may_ask(viewer(), commands.CallMeeting)


def _require(board: Board) -> None:
    if not _runs(board):
        raise NotAllowed("Only a PMO officer or the chair of the board may do this.")


def _calling(board: Board) -> Sheet:
    with realise().database.read() as connection:
        cases = _cases(connection, board.board)
    answers = {"cases": tuple(key for key, _ in cases), "starts": "14:00"}
    return Sheet(ACTS[commands.CallMeeting], 0, {"board": board.board}, {"cases": cases}, answers)


def _cases(connection: Connection, board: str, order: tuple[str, ...] = ()) -> list[Option]:
    """The cases that can be on the agenda: those on it in their order, then the others."""
    held, of = tables.cases.c, tables.register.c
    query = (
        select(held.case_id, held.gate, of.title, of.position)
        .join(tables.register, of.benefit == held.benefit)
        .where(held.board == board, (held.outcome == "") | held.case_id.in_(order))
        .order_by(held.closes, held.position)
    )
    found = {
        row.case_id: f"{row.gate}: B{row.position} {row.title}" for row in connection.execute(query)
    }
    keys = [*(key for key in order if key in found), *(key for key in found if key not in order)]
    return [(key, found[key]) for key in keys]


def _sheet(held: Meeting, command: type) -> Sheet:
    board: Board = realise().standing("board", held.board)
    _require(board)
    order = tuple(item.case for item in held.agenda)
    with realise().database.read() as connection:
        cases = _cases(connection, held.board, order)
        names = directory.names(connection)
    sitting = [
        (person, names.get(person, directory.FORMER))
        for seat in board.seats.values()
        for person in seat.people
    ]
    answers: dict[str, Any] = {}
    if command is commands.SetAgenda:
        answers = {"cases": order}
    if command is commands.RecordAttendance:
        answers = {"people": tuple(held.present.values())}
    fixed = {"meeting": held.meeting}
    choices = {"cases": cases, "people": sitting}
    return Sheet(ACTS[command], held.version, fixed, choices, answers)


def _deed(held: Meeting, command: type, form: Form) -> str:
    return _act(command, day(held.day), form, f"/meetings/{held.meeting}")


def _act(command: type, caption: str, form: Form, back: str) -> str:
    act = ACTS[command]
    return render_template(
        "pages/act.html",
        form=form,
        button=act.button,
        caption=caption,
        heading=act.title,
        says="",
        back=back,
    )
