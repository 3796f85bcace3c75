"""The board's queue: what waits for one's own vote, what else is open, what was decided lately."""

from collections.abc import Sequence

from flask import Blueprint, render_template
from sqlalchemy import Connection

from entrypoints.access import BOARD_SEAT, allowed
from entrypoints.here import now, realise, today, viewer
from entrypoints.views import queue
from entrypoints.views.meeting import listed
from entrypoints.views.pack_votes import why_not
from entrypoints.views.queue import Waiting
from workflows.commands import Role
from workflows.meeting_rows import to_come

pages = Blueprint("board", __name__)


@pages.get("/board")
@allowed(BOARD_SEAT, Role.PMO)
def index() -> str:
    """The queue of the viewer's boards; of every board for the PMO."""
    person = viewer()
    boards = None if person.has(Role.PMO) else list(person.boards)
    with realise().database.read() as connection:
        cases = queue.open_cases(connection, boards, person.person, today())
        ended = queue.decided(connection, boards, "Decided lately")
        meetings = listed("Meetings to come", to_come(connection, today(), boards), "")
        why = _why_not(connection, cases) if person.boards else {}
    mine: list[tuple[Waiting, str]] = []
    others: list[tuple[Waiting, str]] = []
    for one in cases:
        said = why.get(one.case, "")
        wants = bool(person.boards) and not one.mine and not said
        (mine if wants else others).append((one, said))
    return render_template(
        "pages/board.html",
        mine=mine,
        others=others,
        meetings=meetings,
        decided=ended,
        sits=bool(person.boards),
    )


def _why_not(connection: Connection, cases: Sequence[Waiting]) -> dict[str, str]:
    """Why the viewer cannot vote on each case, in the words of the rule; all read at once."""
    streams = [f"board-{board}" for board in viewer().boards]
    streams += [f"benefit-{one.benefit}" for one in cases]
    context = realise().context(connection, viewer().person, now(), streams)
    found = {}
    for one in cases:
        benefit = context.benefit(one.benefit)
        found[one.case] = why_not(benefit, benefit.cases[one.case], context)
    return found
