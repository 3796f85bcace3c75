"""Each request by its id: given to the answer, to every line of the log, and to the metrics."""

import re
import time
from uuid import uuid4

import structlog
from flask import Flask, g, request
from werkzeug.wrappers import Response

from entrypoints import measured

log = structlog.get_logger(__name__)

_ID = re.compile(r"[A-Za-z0-9_.:-]{8,64}")


def install(app: Flask) -> None:
    """Name every request, and write one line when it is answered: no address, nobody's words."""

    @app.before_request
    def _begin() -> None:
        sent = request.headers.get("X-Request-ID", "")
        g.request_id = sent if _ID.fullmatch(sent) else str(uuid4())
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
