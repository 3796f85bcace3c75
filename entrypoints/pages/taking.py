"""Taking in a spreadsheet: upload, name the columns, see every row, correct, then one act."""

import re
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from benefits.commands.details import IdentifyBenefit
from benefits.programme import Programme
from benefits.refusals import NotAllowed, NotFound, Refused
from benefits.wording.writing import count
from entrypoints.access import allowed
from entrypoints.allowing import require_may
from entrypoints.here import now, realise, viewer
from entrypoints.ids import new_key
from entrypoints.importing import benefits_of
from entrypoints.taking import uploads
from entrypoints.taking.judged import Judged
from entrypoints.taking.judging import WHAT, Opened, columns_of, judge, opened
from entrypoints.taking.settling import settled
from entrypoints.taking.uploads import Upload
from entrypoints.taking.workbook import workbook
from entrypoints.views.taken import summary, table, wrong_rows
from eventlog.recorded import Recorded
from workflows.commands import Role

pages = Blueprint("taking", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/programmes/<programme>/import")
@allowed(Role.PMO)
def start(programme: str) -> str:
    """What can be taken in, the workbooks to fill in, and the form to upload."""
    return _start(_programme(programme), "")


@pages.post("/programmes/<programme>/import")
@allowed(Role.PMO)
def upload(programme: str) -> AnyResponse:
    """Keep the file for its next steps."""
    p, what, sent = _programme(programme), request.form.get("what", ""), request.files.get("file")
    if what not in WHAT:
        return Response(_start(p, "Choose what the file holds.", "what"), 422)
    if sent is None or not sent.filename:
        return Response(_start(p, "Choose the file.", "file"), 422)
    one = Upload(new_key(), viewer().person, programme, what, sent.filename, sent.read())
    try:
        one = replace(one, sheet=opened(one, columns_of(what, p), {}).table.sheet)
        with realise().database.write() as connection:
            uploads.keep(connection, one, now())
    except Refused as fault:
        return Response(_start(p, str(fault), "file"), 422)
    return redirect(f"/programmes/{programme}/import/{one.upload}", 303)


@pages.get("/programmes/<programme>/import/workbook/<what>.xlsx")
@allowed(Role.PMO)
def template(programme: str, what: str) -> Response:
    """The workbook to fill in."""
    p = _programme(programme)
    if what not in WHAT:
        abort(404)
    content = workbook(what, p, benefits_of(realise(), programme))
    name = f"{what}-of-{re.sub('[^a-z0-9]+', '-', p.title.lower())[:60]}.xlsx"
    return send_file(BytesIO(content), XLSX, as_attachment=True, download_name=name)


@pages.get("/programmes/<programme>/import/<upload>")
@allowed(Role.PMO)
def show(programme: str, upload: str) -> str:
    """Which column is which, and what every row comes to."""
    p, one = _programme(programme), _upload(programme, upload)
    return _page(p, one)


@pages.post("/programmes/<programme>/import/<upload>")
@allowed(Role.PMO)
def settle(programme: str, upload: str) -> AnyResponse:
    """Keep what was settled, and look again; or take it in; or throw it away."""
    p, one = _programme(programme), _upload(programme, upload)
    here = f"/programmes/{programme}/import"
    if "discard" in request.form:
        with realise().database.write() as connection:
            uploads.discard(connection, upload)
        flash("The file is thrown away. Nothing was recorded.")
        return redirect(here, 303)
    one = settled(one, columns_of(one.what, p), request.form.to_dict(flat=False))
    with realise().database.write() as connection:
        uploads.change(connection, one)
        name = " ".join(request.form.get("save_as", "").split())[:80]
        if name and one.columns:
            uploads.save_mapping(connection, one.what, name, one.columns, viewer().person, now())
    if "import" not in request.form:
        return redirect(f"{here}/{upload}#rows", 303)
    return _take_in(p, one)


def _take_in(p: Programme, one: Upload) -> AnyResponse:
    """One act, of exactly what the person saw."""
    try:
        _, judged = _judge(p, one)
        if judged.digest != request.form.get("judged"):
            said = "This comes to something else than what you saw. Look again, then take it in."
            return Response(_page(p, one, said), 412)
        if not judged.ready:
            return Response(_page(p, one), 422)

        def also(connection: Connection, _: Sequence[Recorded[Any]]) -> None:
            uploads.discard(connection, one.upload)

        realise().handle(judged.commands, by=viewer().person, at=now(), key=one.upload, also=also)
    except NotAllowed:
        raise
    except Refused as fault:
        return Response(_page(p, one, str(fault)), 409)
    with realise().database.write() as connection:  # where nothing had to be written
        uploads.discard(connection, one.upload)
    counts = judged.counts()
    flash(
        f"{one.name}: {count(counts['new'], 'row')} new, {counts['changed']} changed and "
        f"{counts['unchanged']} unchanged, recorded as one act."
    )
    return redirect(f"/programmes/{p.programme}", 303)


def _judge(p: Programme, one: Upload) -> tuple[Opened, Judged]:
    with realise().database.read() as connection:
        saved = uploads.mappings(connection, one.what)
    found = opened(one, columns_of(one.what, p), saved)
    if found.missing:
        return found, Judged([])
    benefits = benefits_of(realise(), p.programme)
    return found, judge(realise(), one, found, p, benefits, viewer().person, now())


def _programme(key: str) -> Programme:
    found = realise().programme(key)
    if not found.exists:
        raise NotFound("There is no such programme. Look for it in the list of programmes.")
    require_may(viewer(), IdentifyBenefit, programme=key)
    return found


def _upload(programme: str, upload: str) -> Upload:
    with realise().database.read() as connection:
        found = uploads.fetch(connection, upload, viewer().person, now())
    if found.programme != programme:
        raise NotFound("This file was uploaded for another programme: upload it here.")
    return found


def _start(p: Programme, fault: str, at: str = "file") -> str:
    return render_template(
        "pages/taking_start.html",
        programme=p,
        part="taking",
        what=list(WHAT.items()),
        chosen=request.form.get("what", "register"),
        fault=fault,
        at=at,
    )


def _page(p: Programme, one: Upload, refusal: str = "") -> str:
    found, judged = _judge(p, one)
    missing = [
        (f"column:{column.name}", f"Say which column is “{column.label}”.")
        for column in found.missing
    ]
    return render_template(
        "pages/taking.html",
        programme=p,
        part="taking",
        upload=one,
        what=WHAT[one.what],
        found=found,
        judged=judged,
        wrong=wrong_rows(judged, found),
        counts=summary(judged),
        table=table(judged),
        missing=missing,
        refusal=refusal,
        ready=judged.ready and not missing,
    )
