"""Finance's ledger: an extract is loaded, held against the claims, and worked through."""

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response, flash, redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from benefits.refusals import NotAllowed, NotFound, Refused
from benefits.wording.writing import count, day, london_day
from entrypoints.access import allowed
from entrypoints.here import now, realise, viewer
from entrypoints.ids import new_key
from entrypoints.taking import ledger, matching, uploads
from entrypoints.taking.judged import Judged, rows_of
from entrypoints.taking.judging import Opened, left_out, opened
from entrypoints.taking.loading import WHAT
from entrypoints.taking.settling import settled
from entrypoints.taking.tables import ledger_extracts, ledger_lines
from entrypoints.taking.uploads import Upload
from entrypoints.views.grids import Cell, Grid, grid
from entrypoints.views.ledger import PAGE, lists, longest
from entrypoints.views.naming import Called, called
from entrypoints.views.paging import page_of, paging
from entrypoints.views.taken import summary, table, wrong_rows
from workflows.commands import Role

pages = Blueprint("ledger", __name__)


@pages.get("/finance/ledger")
@allowed(Role.FINANCE, Role.AUDITOR)
def index() -> str:
    """The ledger of a month beside the claims, and the form to load an extract."""
    return _index("")


@pages.post("/finance/ledger")
@allowed(Role.FINANCE)
def upload() -> AnyResponse:
    """Keep an extract for its next steps."""
    _require_loads()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return Response(_index("Choose the file."), 422)
    one = Upload(new_key(), viewer().person, "", WHAT, sent.filename, sent.read())
    try:
        one = replace(one, sheet=opened(one, ledger.COLUMNS, {}).table.sheet)
        with realise().database.write() as connection:
            uploads.keep(connection, one, now())
    except Refused as fault:
        return Response(_index(str(fault)), 422)
    return redirect(f"/finance/ledger/extracts/{one.upload}", 303)


@pages.get("/finance/ledger/extracts/<upload>")
@allowed(Role.FINANCE)
def show(upload: str) -> str:
    """Which column is which, and what every row comes to."""
    return _page(_upload(upload))


@pages.post("/finance/ledger/extracts/<upload>")
@allowed(Role.FINANCE)
def settle(upload: str) -> AnyResponse:
    """Keep what was settled, and look again; or load it; or throw it away."""
    _require_loads()
    one = _upload(upload)
    if "discard" in request.form:
        with realise().database.write() as connection:
            uploads.discard(connection, upload)
        flash("The file is thrown away. Nothing was loaded.")
        return redirect("/finance/ledger", 303)
    one = settled(one, ledger.COLUMNS, request.form.to_dict(flat=False))
    with realise().database.write() as connection:
        uploads.change(connection, one)
        name = " ".join(request.form.get("save_as", "").split())[:80]
        if name and one.columns:
            uploads.save_mapping(connection, WHAT, name, one.columns, viewer().person, now())
    if "import" not in request.form:
        return redirect(f"/finance/ledger/extracts/{upload}", 303)
    return _load(one)


def _load(one: Upload) -> AnyResponse:
    _, judged = _judge(one)
    if judged.digest != request.form.get("judged"):
        said = "This comes to something else than what you saw. Look again, then load it."
        return Response(_page(one, said), 412)
    if not judged.ready:
        return Response(_page(one), 422)
    try:
        with realise().database.write() as connection:
            many = ledger.load(connection, one, judged, viewer().person, now())
            uploads.discard(connection, one.upload)
    except Refused as fault:
        return Response(_page(one, str(fault)), 409)
    flash(f"{count(many, 'line')} of the ledger loaded from {one.name}.")
    last = max(line.month for line in judged.keeps)
    return redirect(f"/finance/ledger?month={last}", 303)


@pages.get("/finance/ledger/lines/<line>")
@allowed(Role.FINANCE)
def note_form(line: str) -> str:
    """The form to write beside a line what finance made of it."""
    return _note_page(line, None, "")


@pages.post("/finance/ledger/lines/<line>")
@allowed(Role.FINANCE)
def note(line: str) -> AnyResponse:
    """Write it."""
    words = request.form.get("note", "")
    _note_page(line, words, "")  # raises where there is no such line, or it is not theirs to see
    try:
        with realise().database.write() as connection:
            ledger.note(connection, line, words, viewer().person)
    except NotFound:
        raise
    except Refused as fault:
        return Response(_note_page(line, words, str(fault)), 422)
    flash("The note is written.")
    return redirect(f"/finance/ledger?month={request.form.get('month', '')[:7]}", 303)


def _note_page(line: str, typed: str | None, fault: str) -> str:
    with realise().database.read() as connection:
        row = connection.execute(select(ledger_lines).where(ledger_lines.c.line == line)).first()
        shows = matching.seen(connection, every=_sees_all())
    if row is None or not shows(row):
        raise NotFound("There is no such line of the ledger. Look for it in the list.")
    return render_template(
        "pages/ledger_note.html", line=row, note=row.note if typed is None else typed, fault=fault
    )


def _sees_all() -> bool:
    """Whether the person looks at the council's whole ledger, and not at some programmes' only."""
    return bool(viewer().council_roles.intersection((Role.FINANCE, Role.AUDITOR)))


def _loads() -> bool:
    """Whether the person loads extracts: the ledger is the council's, and so is the role."""
    return Role.FINANCE in viewer().council_roles


def _require_loads() -> None:
    if not _loads():
        raise NotAllowed("Only the council’s finance may load a ledger extract.")


def _index(fault: str) -> str:
    who, page = viewer(), page_of(request.args.get("page", ""))
    with realise().database.read() as connection:
        months = matching.months(connection)
        asked = request.args.get("month", "")
        month = asked if asked in months else next(iter(months), "")
        found = matching.of_month(connection, month, every=_sees_all()) if month else None
        names = called(connection)
        rows = connection.execute(
            select(ledger_extracts).order_by(ledger_extracts.c.loaded_at.desc()).limit(12)
        ).all()
    return render_template(
        "pages/ledger.html",
        months=[(each, each == month) for each in months],
        month=month,
        tables=lists(
            found,
            page,
            decides=lambda programme: Role.FINANCE in who.roles_for(programme),
            notes=who.has(Role.FINANCE),
        )
        if found
        else [],
        paging=paging(
            page,
            longest(found) if found else 0,
            PAGE,
            lambda number: f"/finance/ledger?month={month}&page={number}",
        ),
        extracts=_extracts(rows, names),
        fault=fault,
        loads=_loads(),
    )


def _extracts(rows: object, names: Called) -> Grid:
    assert isinstance(rows, list | tuple)
    return grid(
        "Extracts loaded",
        ["File", "Loaded on", "By"],
        [
            [
                Cell(r.name),
                day(london_day(datetime.fromisoformat(r.loaded_at))),
                names.person(r.loaded_by),
            ]
            for r in rows
        ],
        empty="No extract is loaded yet. Finance uploads what came out of each budget line in the "
        "month, as XLSX or CSV.",
    )


def _judge(one: Upload) -> tuple[Opened, Judged]:
    with realise().database.read() as connection:
        saved = uploads.mappings(connection, WHAT)
        known = ledger.known(connection)
    found = opened(one, ledger.COLUMNS, saved)
    if found.missing:
        return found, Judged([])
    every = rows_of(found.table.grid, found.heads, found.columns, found.mapping, one.cells)
    judged = ledger.judge([row for row in every if row.number not in one.skipped], known)
    return found, left_out(judged, every, one)


def _upload(upload: str) -> Upload:
    with realise().database.read() as connection:
        found = uploads.fetch(connection, upload, viewer().person, now())
    if found.what != WHAT:
        raise NotFound("This file is not an extract of the ledger: upload it here.")
    return found


def _page(one: Upload, refusal: str = "") -> str:
    found, judged = _judge(one)
    missing = [
        (f"column:{column.name}", f"Say which column is “{column.label}”.")
        for column in found.missing
    ]
    return render_template(
        "pages/ledger_extract.html",
        upload=one,
        found=found,
        judged=judged,
        wrong=wrong_rows(judged, found),
        counts=summary(judged),
        table=table(judged),
        missing=missing,
        refusal=refusal,
        ready=judged.ready and not missing,
    )
