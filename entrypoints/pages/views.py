"""A person's kept views of the register: named, opened, renamed, put first and deleted."""

from urllib.parse import parse_qsl

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from benefits.refusals import Refused
from benefits.register import queries
from entrypoints import saved_views
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import now, realise, settings, viewer
from entrypoints.statuses import status_of
from entrypoints.views import asked as address

pages = Blueprint("views", __name__)

#: Of an address that is kept, at most so many characters are read.
_LONGEST = 4_000


@pages.get("/register/views")
@allowed(SIGNED_IN)
def index() -> str:
    """The person's views, and what can be done with each."""
    return _page()


@pages.post("/register/views")
@allowed(SIGNED_IN)
def keep() -> AnyResponse:
    """Keep the filter and order of the address under a name."""
    name = request.form.get("name", "")
    try:
        with realise().database.write() as connection:
            asked = _understood(request.form.get("asked", ""), queries.choices(connection))
            view = saved_views.keep(connection, viewer().person, name, asked, now())
    except Refused as fault:
        return Response(_page(str(fault), new=True), status_of(fault) or 422)
    flash(f"“{view.name}” is kept. You find it on the register and on your home page.")
    return redirect(view.address, 303)


@pages.get("/register/views/<view>")
@allowed(SIGNED_IN)
def open_view(view: str) -> AnyResponse:
    """The register as the view has it: for anybody who was given this address."""
    with realise().database.read() as connection:
        found = saved_views.one(connection, view)
    if found is None:
        abort(404)
    return redirect(found.address)


@pages.post("/register/views/<view>")
@allowed(SIGNED_IN)
def change(view: str) -> AnyResponse:
    """Rename, put first, put first no more, or delete one's own view."""
    person, doing = viewer().person, request.form.get("do", "")
    try:
        with realise().database.write() as connection:
            said = _done(connection, person, view, doing)
    except Refused as fault:
        return Response(_page(str(fault), view), status_of(fault) or 422)
    flash(said)
    return redirect("/register/views", 303)


def _done(connection: Connection, person: str, view: str, doing: str) -> str:
    match doing:
        case "rename":
            saved_views.rename(connection, person, view, request.form.get("name", ""))
            return "The view is renamed."
        case "first":
            saved_views.open_first(connection, person, view)
            return "Your register opens with this view from now on."
        case "not-first":
            saved_views.open_first(connection, person, None)
            return "Your register opens with every benefit from now on."
        case "delete":
            saved_views.remove(connection, person, view)
            return "The view is deleted."
        case _:
            raise BadRequest("Choose what to do with the view.")


def _understood(asked: str, choices: queries.Choices) -> str:
    """The parts of an address that the register knows; the page is not one to keep."""
    try:
        parts = parse_qsl(asked[:_LONGEST], max_num_fields=200)
    except ValueError:
        parts = []
    return address.read(MultiDict(parts), choices).address().partition("?")[2]


def _page(fault: str = "", at: str = "", *, new: bool = False) -> str:
    """The views. What is wrong with the name of one, or of a new one, is told beside it."""
    with realise().database.read() as connection:
        mine = saved_views.listed(connection, viewer().person)
    return render_template(
        "pages/views.html",
        views=mine,
        fault=fault,
        at=at,
        new=new,
        typed=request.form.get("name", "")[:_LONGEST],
        asked=request.form.get("asked", "")[:_LONGEST],
        base=settings().address.rstrip("/"),
    )
