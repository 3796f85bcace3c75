"""Attaching a file to a benefit as evidence, and giving it back as a download."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from benefits.benefit import Benefit
from benefits.commands.details import AttachEvidence
from benefits.refusals import NotAllowed, NotFound, Refused
from entrypoints import flagged
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.acts import ACTS
from entrypoints.forms import Asking, Form, form_of
from entrypoints.here import now, realise, settings, viewer
from entrypoints.ids import is_key, new_key
from entrypoints.schemas import Malformed, load
from entrypoints.sheets import confirmed
from entrypoints.statuses import status_of
from entrypoints.views.evidence import ENDINGS, sized
from eventlog.faults import DatabaseFault
from eventlog.recorded import Recorded
from workflows import evidence
from workflows.permissions import may

pages = Blueprint("evidence", __name__)

ACT = ACTS[AttachEvidence]
NO_FILE = "Choose the file to attach."


@pages.get("/benefits/<benefit>/attach")
@allowed(SIGNED_IN)
def show(benefit: str) -> str:
    """The form."""
    standing = _benefit(benefit)
    _require_may(standing)
    return _page(standing, _form({}, new_key()))


@pages.post("/benefits/<benefit>/attach")
@allowed(SIGNED_IN)
def attach(benefit: str) -> AnyResponse:
    """Keep the file and say so in the log, in one write; or the form with what was wrong."""
    standing, key = _benefit(benefit), request.form.get("key", "")
    if not is_key(key):
        abort(428)
    typed = {name: request.form.get(name, "") for name in ("title", "about")}
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        faults = _faults(standing, typed, key) | {"file": NO_FILE}
        return Response(_page(standing, _form(typed, key, faults), NO_FILE), 422)
    try:
        kept = evidence.examine(sent.filename, sent.read(), settings().evidence_bytes)
        command: object = load(AttachEvidence, {**typed, **_of(kept), **_fixed(standing, key)})
        flagged.refuse_unless(confirmed(), command)
        _keep(command, kept, key)
    except Malformed as fault:
        return Response(_page(standing, _form(typed, key, fault.faults)), 422)
    except NotAllowed:
        raise
    except (Refused, DatabaseFault) as fault:
        refused = _form(typed, key, refusal=str(fault))
        return Response(_page(standing, refused), status_of(fault) or 500)
    flash(ACT.done)
    return redirect(f"/benefits/{benefit}/evidence", 303)


def _keep(command: object, kept: evidence.File, key: str) -> None:
    at = now()

    def also(connection: Connection, _: Sequence[Recorded[Any]]) -> None:
        evidence.keep(connection, kept, at)

    realise().handle(command, by=viewer().person, at=at, key=key, also=also)


def _of(kept: evidence.File) -> dict[str, str]:
    return {"sha256": kept.sha256, "size": str(kept.size), "media_type": kept.media_type}


def _fixed(standing: Benefit, key: str) -> dict[str, str]:
    return {"benefit": standing.benefit, "evidence": key}


def _faults(standing: Benefit, typed: dict[str, str], key: str) -> dict[str, str]:
    """What is wrong with the words, when there is no file to look at."""
    plain = {"sha256": "0" * 64, "size": "1", "media_type": "text/plain"}
    try:
        load(AttachEvidence, {**typed, **plain, **_fixed(standing, key)})
    except Malformed as fault:
        return dict(fault.faults)
    return {}


def _form(
    typed: dict[str, str], key: str, faults: dict[str, str] | None = None, refusal: str = ""
) -> Form:
    fixed = dict.fromkeys(("benefit", "evidence", "sha256", "size", "media_type"), "")
    asking = Asking(fixed, {}, {"key": key}, confirmed=confirmed())
    form = form_of(AttachEvidence, typed, asking, faults, refusal)
    links = tuple(("file" if said == NO_FILE else to, said) for to, said in form.faults)
    return Form(form.boxes, form.hidden, links, refusal)


def _page(standing: Benefit, form: Form, file_fault: str = "") -> str:
    kinds = sorted({ending.removeprefix(".") for ending in evidence.MEDIA_TYPES})
    return render_template(
        "pages/attach.html",
        act=ACT,
        benefit=standing,
        form=form,
        file_fault=file_fault,
        kinds=", ".join(kinds),
        largest=sized(settings().evidence_bytes),
    )


def _benefit(benefit: str) -> Benefit:
    standing = realise().benefit(benefit)
    if not standing.exists:
        raise NotFound("There is no such benefit. Look for it in the register.")
    return standing


def _require_may(standing: Benefit) -> None:
    who = viewer()
    refusal = may(
        who.person, set(who.roles_for(standing.programme)), object.__new__(AttachEvidence), standing
    )
    if refusal is not None:
        raise NotAllowed(refusal)


@pages.get("/benefits/<benefit>/evidence/<file>")
@allowed(SIGNED_IN)
def download(benefit: str, file: str) -> Response:
    """The file as it was kept, always as a download that no browser runs."""
    one = _benefit(benefit).evidence.get(file)
    if one is None:
        raise NotFound("There is no such file. Look at the benefit’s evidence.")
    with realise().database.read() as connection:
        kept = evidence.fetch(connection, one.sha256)
    if kept is None:
        raise NotFound("The file is not in this database: it may be in an older backup.")
    ending = ENDINGS.get(kept.media_type, "")
    name = one.title if one.title.lower().endswith(ending) else one.title + ending
    answer = send_file(
        BytesIO(kept.content),
        mimetype=kept.media_type,
        as_attachment=True,
        download_name="".join(c if c.isprintable() and c not in '\\/:"' else "_" for c in name),
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
