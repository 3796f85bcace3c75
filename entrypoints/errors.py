"""Pages for what went wrong: one plain sentence, the right status, never a stack trace."""

import structlog
from flask import Flask, Response, g, render_template, request, session
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from entrypoints import observing, unsent
from entrypoints.api import problems
from entrypoints.api.address import for_a_program
from entrypoints.statuses import SAYINGS, STATUSES, status_of

log = structlog.get_logger(__name__)

OLD_FORM = (
    "The page was opened too long ago, or before you signed in. Nothing was changed. Open it "
    "again, then send it again."
)
SIGNED_OUT = "You were signed out meanwhile, so nothing was changed. Sign in, then send it again."


def install(app: Flask) -> None:
    """Answer every fault by a page."""
    app.register_error_handler(CSRFError, _old_form)
    app.register_error_handler(HTTPException, _http)
    for kind, _ in STATUSES:
        app.register_error_handler(kind, _said)
    app.register_error_handler(Exception, _unforeseen)


def error_page(status: int, sentence: str = "", headers: dict[str, str] | None = None) -> Response:
    """The page for a status, with the sentence of whoever refused or the usual one."""
    heading, usual = SAYINGS.get(status, SAYINGS[500])
    page = render_template("pages/error.html", heading=heading, sentence=sentence or usual)
    return Response(page, status, headers or {})


def _old_form(_: CSRFError) -> Response:
    return _unsent(400, signed_out="token" not in session)


def _unsent(status: int, *, signed_out: bool) -> Response:
    """The form of a page was not taken because the session ended: what was typed is given back."""
    page = render_template(
        "pages/unsent.html",
        heading=SAYINGS[401][0] if signed_out else "This page was open for too long",
        sentence=SIGNED_OUT if signed_out else OLD_FORM,
        typed=unsent.typed(),
        again=unsent.to_sign_in() if signed_out else unsent.came_from(),
        signed_out=signed_out,
    )
    return Response(page, status)


def _http(fault: HTTPException) -> AnyResponse:
    code = fault.code or 500
    if code < 400 or fault.response is not None:
        return AnyResponse.force_type(fault.get_response())  # a redirect, or an answer made already
    if for_a_program():
        return problems.of_http(fault)
    if code == 401 and request.method == "POST":
        return _unsent(401, signed_out=True)
    known = code if code in SAYINGS else (400 if code < 500 else 500)
    kept = {name: value for name, value in fault.get_headers() if name in ("Allow", "Retry-After")}
    return error_page(known, headers=kept)


def _said(fault: Exception) -> Response:
    status = status_of(fault) or 500
    if status == 503:
        log.warning("unavailable", page=request.endpoint or "none", why=str(fault))
    retry = {429: {"Retry-After": "900"}, 503: {"Retry-After": "30"}}.get(status)
    if for_a_program():
        return problems.of_fault(fault, retry)
    # Where the database stands is nothing for the people who look at pages.
    sentence = "" if status == 503 else str(fault)
    return error_page(status, sentence, retry)


def _unforeseen(fault: Exception) -> Response:
    page = request.endpoint or "none"
    log.error("unforeseen", page=page, method=request.method, exc_info=fault)
    observing.unforeseen(fault, page=page, request=str(g.get("request_id", "")))
    if for_a_program():
        return problems.problem(500)
    return error_page(500)
