"""The log itself, newest first, for auditors: filtered, exported, its chain checked on demand."""

from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from sqlalchemy import select

from entrypoints.access import allowed
from entrypoints.exported import csv_file
from entrypoints.here import now, realise, viewer
from entrypoints.pages import accesses
from entrypoints.views import logged, naming
from entrypoints.views.told_events import told_events
from eventlog import seal
from eventlog.tables import events
from workflows import directory
from workflows.commands import Role

# The navigation knows the record by this name.
pages = Blueprint("log", __name__)

READERS = (Role.AUDITOR, Role.PMO, Role.FINANCE, Role.SCRUTINY, Role.ADMINISTRATOR)


@pages.get("/audit")
@allowed(*READERS)
def index() -> str:
    """One page of the log."""
    return _page("")


@pages.post("/audit/verify")
@allowed(*READERS)
def verify() -> str:
    """Work every hash out again, and say what was found."""
    with realise().database.read() as connection:
        return _page(verdict=str(seal.verify(connection)))


@pages.get("/audit.csv")
@allowed(*READERS)
def as_csv() -> Response:
    """Everything that the filter finds, oldest first, with every column of the log."""
    wanted, _ = logged.read(request.args)
    columns = [column.name for column in events.c]
    query = select(events).where(*logged.conditions(wanted)).order_by(events.c.position)
    with realise().database.read() as connection:
        rows = connection.execute(query.limit(logged.MOST_EXPORTED)).all()
    return csv_file(f"log-{now():%Y-%m-%d}.csv", [columns, *rows])


def _page(verdict: str) -> str:
    wanted, faults = logged.read(request.args)
    with realise().database.read() as connection:
        rows = logged.rows(connection, wanted)
        found = logged.count(connection, wanted)
        head = realise().store.head(connection)
        called = naming.called(connection)
        shown = rows[: logged.PAGE]
        told = told_events(realise().store, connection, [row.position for row in shown], called)
        table = logged.table(shown, called, {one.position: one for one in told})
        types = logged.types(connection)
        people = [(one.person, one.name) for one in directory.everybody(connection)]
    older = wanted.address(before=rows[logged.PAGE - 1].position) if len(rows) > logged.PAGE else ""
    return render_template(
        "pages/audit.html",
        wanted=wanted,
        faults=faults,
        table=table,
        found=found,
        head=head,
        types=types,
        people=people,
        older=older,
        newest=wanted.address() if wanted.before else "",
        csv=f"/audit.csv?{urlencode(wanted.parts)}",
        most=logged.MOST_EXPORTED,
        verdict=verdict,
        sees_access=viewer().has(*accesses.READERS),
    )
