"""The first page: what waits for a person, by their roles."""

from flask import Blueprint, render_template
from sqlalchemy import Connection, or_, select

from entrypoints import hidden_parts, saved_views
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import Viewer, realise, today, viewer
from entrypoints.pages.setting_up import PART
from entrypoints.views.agenda import Looking, sections
from entrypoints.views.first_steps import Step, first_steps
from entrypoints.views.naming import called
from workflows.commands import Role, SeatKind
from workflows.inbox import seats

pages = Blueprint("home", __name__)

#: What somebody with a seat is to the board, before the board's title.
_SEATS = {
    SeatKind.CHAIR: "Chair of",
    SeatKind.MEMBER: "Member of",
    SeatKind.FINANCE: "Finance seat of",
}


@pages.get("/")
@allowed(SIGNED_IN)
def index() -> str:
    """Who you are here, and what waits for you."""
    who = viewer()
    with realise().database.read() as connection:
        views = saved_views.listed(connection, who.person)
        found = sections(Looking(realise(), connection, who, called(connection), today()))
        steps = _first_steps(connection, who)
        held = posts(connection, who)
    return render_template("pages/home.html", steps=steps, posts=held, sections=found, views=views)


def _first_steps(connection: Connection, who: Viewer) -> list[Step]:
    """What a new council still sets up, for its administrators who want to see it."""
    if not who.has(Role.ADMINISTRATOR) or hidden_parts.is_hidden(connection, who.person, PART):
        return []
    steps = first_steps(connection, realise().standing("council", "council"))
    return [] if all(step.done for step in steps) else steps


def posts(connection: Connection, person: Viewer) -> list[str]:
    """What the person is here, in words: roles, seats on boards, ownership."""
    roles = sorted(role.value[:1].upper() + role.value[1:] for role in person.roles)
    return [*roles, *_seats(connection, person), *(["Benefit owner"] if person.owns else [])]


def _seats(connection: Connection, person: Viewer) -> list[str]:
    held = seats.c
    sits = or_(held.person == person.person, held.deputy == person.person)
    query = select(held.board, held.kind, held.person).where(sits).order_by(held.board)
    return [
        f"{_SEATS[row.kind] if row.person == person.person else 'Deputy on'} "
        f"{person.boards.get(row.board, row.board)}"
        for row in connection.execute(query)
    ]
