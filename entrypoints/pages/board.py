"""The board's queue: what waits for one's own vote, what else is open, what was decided lately."""

from flask import Blueprint, render_template

from entrypoints.access import BOARD_SEAT, allowed
from entrypoints.here import now, realise, today, viewer
from entrypoints.views import queue
from entrypoints.views.pack_votes import why_not
from entrypoints.views.queue import Waiting
from workflows.commands import Role

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
    mine: list[tuple[Waiting, str]] = []
    others: list[tuple[Waiting, str]] = []
    for one in cases:
        why = _why_not(one) if person.boards else ""
        wants = bool(person.boards) and not one.mine and not why
        (mine if wants else others).append((one, why))
    return render_template(
        "pages/board.html", mine=mine, others=others, decided=ended, sits=bool(person.boards)
    )


def _why_not(waiting: Waiting) -> str:
    """Why the viewer cannot vote on this case, in the words of the rule."""
    with realise().database.read() as connection:
        context = realise().context(connection, viewer().person, now())
        benefit = context.benefit(waiting.benefit)
        return why_not(benefit, benefit.cases[waiting.case], context)
