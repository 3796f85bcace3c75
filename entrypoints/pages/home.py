"""The first page: what waits for a person, by their roles."""

from flask import Blueprint, render_template

from entrypoints import saved_views
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import Viewer, realise, today, viewer
from entrypoints.views.agenda import Looking, sections
from entrypoints.views.naming import called

pages = Blueprint("home", __name__)


@pages.get("/")
@allowed(SIGNED_IN)
def index() -> str:
    """Who you are here, and what waits for you."""
    who = viewer()
    with realise().database.read() as connection:
        views = saved_views.listed(connection, who.person)
        found = sections(Looking(realise(), connection, who, called(connection), today()))
    return render_template("pages/home.html", posts=posts(who), sections=found, views=views)


def posts(person: Viewer) -> list[str]:
    """What the person is here, in words: roles, boards, ownership."""
    roles = sorted(role.value[:1].upper() + role.value[1:] for role in person.roles)
    boards = [f"Member of {title}" for title in person.boards.values()]
    return [*roles, *boards, *(["Benefit owner"] if person.owns else [])]
