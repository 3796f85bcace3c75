"""What the record holds of a person, for their subject access request, and erasing it."""

import re
from datetime import datetime

from flask import Blueprint, Response, flash, json, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from benefits.refusals import Refused
from entrypoints import personal
from entrypoints.access import allowed
from entrypoints.exported import csv_file
from entrypoints.here import realise, viewer
from entrypoints.statuses import status_of
from entrypoints.views.grids import Cell, Grid, capital, grid, moment
from entrypoints.views.naming import called
from workflows.commands import Role

pages = Blueprint("personal_data", __name__)

#: Rows of one sort that the page shows; the files hold all.
MOST = 50
#: Columns that say on each row whose it is.
OF_WHOM = ("person", "recipient")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+]00:00)")
CODE = re.compile(r"[A-Z]+(?:_[A-Z]+)+")


@pages.get("/admin/people/<person>/data")
@allowed(Role.ADMINISTRATOR)
def show(person: str) -> str:
    """Everything that is held of the person."""
    return _page(person, "")


@pages.get("/admin/people/<person>/data.json")
@allowed(Role.ADMINISTRATOR)
def as_json(person: str) -> Response:
    """The same for machines."""
    with realise().database.read() as connection:
        found = personal.held_of(connection, person)
    answer = Response(
        json.dumps(found, ensure_ascii=False, indent=1, default=str, sort_keys=False),
        mimetype="application/json",
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="personal-data-{person}.json"'
    return answer


@pages.get("/admin/people/<person>/data.csv")
@allowed(Role.ADMINISTRATOR)
def as_csv(person: str) -> Response:
    """The same as one long table."""
    with realise().database.read() as connection:
        found = personal.held_of(connection, person)
    return csv_file(f"personal-data-{person}.csv", [personal.HEADINGS, *personal.lines(found)])


@pages.post("/admin/people/<person>/erase")
@allowed(Role.ADMINISTRATOR)
def erase(person: str) -> AnyResponse:
    """Erase the person, once the name is written to make sure."""
    with realise().database.read() as connection:
        name = called(connection).person(person)
    if request.form.get("name", "").strip() != name:
        return Response(_page(person, f"Write “{name}” to erase this person."), 422)
    try:
        personal.erase(realise(), person, by=viewer().person)  # type: ignore[arg-type]
    except Refused as fault:
        return Response(_page(person, str(fault)), status_of(fault) or 409)
    flash("The person is erased. The story says “a former member of staff” from now on.")
    return redirect("/admin/people", 303)


def _page(person: str, fault: str) -> str:
    with realise().database.read() as connection:
        found = personal.held_of(connection, person)
        name = called(connection).person(person)
    return render_template(
        "pages/personal_data.html",
        person=person,
        name=name,
        tables=[_table(what, rows) for what, rows in found.items()],
        fault=fault,
        own=person == viewer().person,
    )


def _table(what: str, rows: personal.Rows) -> Grid:
    words = what.replace("_", " ")
    title = words[:1].upper() + words[1:]
    more = f" (the first {MOST} of {len(rows):,})" if len(rows) > MOST else ""
    shown = [name for name in rows[0] if name not in OF_WHOM or name == next(iter(rows[0]))]
    return grid(
        title + more,
        [name.replace("_", " ").capitalize() for name in shown],
        [[_cell(row[name]) for name in shown] for row in rows[:MOST]],
    )


def _cell(held: object) -> str | Cell:
    """What is held, to be read: the files have it exactly."""
    if held is None or isinstance(held, bool):
        return {True: "Yes", False: "No"}.get(held, "") if held is not None else ""
    text = str(held)
    if INSTANT.fullmatch(text):
        return moment(datetime.fromisoformat(text))
    return (capital(text.replace("_", " ").lower()) if CODE.fullmatch(text) else text)[:300]
