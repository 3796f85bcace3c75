"""Each request by its id: in the answer, in every line of the log, and in the events it records.

The id is the caller's own (X-Request-ID), else that of the trace it belongs to (traceparent of W3C
Trace Context), else made here. Requests may share one, so it says nothing of who did what.
"""

import re
import time
from uuid import uuid4

import structlog
from flask import Flask, g, has_request_context, request
from werkzeug.wrappers import Response

from entrypoints import measured

log = structlog.get_logger(__name__)

_ID = re.compile(r"[A-Za-z0-9_.:-]{8,64}")
_TRACE = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def correlation() -> str:
    """What the events of an act carry: the request's id; outside of one, an id of their own."""
    held = g.get("request_id") if has_request_context() else None
    return str(held or uuid4())


def _named(sent: str, trace: str) -> str:
    if _ID.fullmatch(sent):
        return sent
    traced = _TRACE.fullmatch(trace)
    return traced[1] if traced else str(uuid4())


def install(app: Flask) -> None:
    """Name every request, and write one line when it is answered: no address, nobody's words."""

    @app.before_request
    def _begin() -> None:
        headers = request.headers
        g.request_id = _named(headers.get("X-Request-ID", ""), headers.get("traceparent", ""))
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=g.request_id)

    @app.after_request
    def _end(response: Response) -> Response:
        if "began" not in g:
            return response
        seconds = time.perf_counter() - g.began
        response.headers["X-Request-ID"] = g.request_id
        # The rule and not the address: ids and what people searched for stay out of the log.
        page = request.endpoint or "none"
        measured.answered(page, request.method, response.status_code, seconds)
        if request.blueprint not in ("assets", "watching"):
            log.info(
                "answered",
                page=page,
                method=request.method,
                status=response.status_code,
                milliseconds=round(seconds * 1000),
            )
        return response
