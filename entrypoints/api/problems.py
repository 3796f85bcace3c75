"""What a program is told when something goes wrong: problem details, as RFC 9457 says."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, g, json
from werkzeug.exceptions import HTTPException

from benefits.refusals import SeveralRefused
from entrypoints.api.received import Unreadable
from entrypoints.flagged import HEADER, LooksPersonal
from entrypoints.schemas import Malformed
from entrypoints.statuses import SAYINGS, status_of
from workflows.repeats import KeyUsed

MEDIA_TYPE = "application/problem+json"
#: What each status is called in the ``type`` of a problem, after the page that explains it.
NAMES = {
    400: "unreadable",
    401: "no-token",
    403: "not-allowed",
    404: "not-found",
    405: "not-that-way",
    409: "refused",
    412: "changed-meanwhile",
    413: "too-large",
    415: "not-json",
    422: "malformed",
    428: "version-needed",
    429: "too-many",
    500: "unforeseen",
    503: "unavailable",
}
_TITLES = {
    401: "A token is needed",
    404: "Not found",
    403: "Not allowed",
    405: "This address cannot be used that way",
    415: "Send JSON",
    422: "What was sent is not what was asked for",
    428: "Say which version you saw",
    429: "Too many requests",
}
_DETAILS = {
    401: "Send a token that has not ended: Authorization: Bearer realise_…",
    403: "The person of this token may not do this.",
    404: "There is nothing at this address. The document at /api/openapi.json lists what there is.",
    405: "Use one of the methods in the Allow header.",
    415: "Send the body as JSON in UTF-8, with Content-Type: application/json.",
    428: "Send the ETag of what you read in If-Match.",
    429: "Wait as many seconds as Retry-After says, then go on.",
}

PERSONAL = (
    "Some of this looks like personal data, and the record is kept for good. Take it out; or, when "
    f"a person has looked at it and it has to stand there, send {HEADER}: yes."
)

Fault = dict[str, Any]


def title(status: int) -> str:
    """What a problem of this status is, in a few words."""
    heading, _ = SAYINGS.get(status, SAYINGS[500])
    return _TITLES.get(status, heading)


def problem(
    status: int,
    detail: str = "",
    faults: Sequence[Fault] = (),
    headers: Mapping[str, str] | None = None,
    name: str = "",
) -> Response:
    """A problem of this status. ``faults`` name each field (``pointer``) or command at fault.

    ``name`` is what it is called where that is more than its status says.
    """
    _, usual = SAYINGS.get(status, SAYINGS[500])
    body: dict[str, Any] = {
        "type": f"/api#{name or NAMES.get(status, NAMES[500])}",
        "title": title(status),
        "status": status,
        "detail": detail or _DETAILS.get(status, usual),
        "request": str(g.get("request_id", "")),
    }
    if faults:
        body["faults"] = list(faults)
    answer = Response(json.dumps(body), status, mimetype=MEDIA_TYPE)
    answer.headers.update(headers or {})
    return answer


def of_http(fault: HTTPException) -> Response:
    """The problem for a status that the framework raised."""
    code = fault.code or 500
    known = code if code in NAMES else (400 if code < 500 else 500)
    kept = {name: value for name, value in fault.get_headers() if name in ("Allow", "Retry-After")}
    if known == 401:
        kept["WWW-Authenticate"] = "Bearer"
    said = str(fault.description) if isinstance(fault, Unreadable) else ""
    return problem(known, said, headers=kept)


def of_fault(fault: Exception, headers: Mapping[str, str] | None = None) -> Response:
    """The problem for what a rule or a schema refused, with every fault."""
    status = _status(fault)
    detail = "" if status in (500, 503) else str(fault)
    if isinstance(fault, LooksPersonal):
        return problem(status, PERSONAL, _faults(fault), headers, "personal-data")
    if isinstance(fault, KeyUsed):
        detail = "This Idempotency-Key came before with something else. Use another for this."
    return problem(status, detail, _faults(fault), headers, getattr(fault, "problem", ""))


def _status(fault: Exception) -> int:
    # A form that is sent again with other words is asked about; a program has made a mistake.
    return 422 if isinstance(fault, KeyUsed) else status_of(fault) or 500


def _faults(fault: Exception) -> list[Fault]:
    if isinstance(fault, LooksPersonal):
        return [_at(path, sentence) for path, sentence in fault.fields.items()]
    if isinstance(fault, Malformed):
        return [_at(path, sentence) for path, sentence in fault.faults.items()]
    if isinstance(fault, SeveralRefused):
        return [{"command": number, "detail": str(each)} for number, each in fault.faults]
    sentences = getattr(fault, "faults", ())
    return [{"detail": str(sentence)} for sentence in sentences]


def _at(path: str, sentence: str) -> Fault:
    """A fault by its JSON pointer (RFC 6901): ``tranches-0-amount`` is ``/tranches/0/amount``."""
    parts = (part.replace("~", "~0").replace("/", "~1") for part in path.split("-"))
    return {"pointer": f"/{'/'.join(parts)}" if path else "", "detail": sentence}


def schema() -> dict[str, Any]:
    """What a problem looks like, for the document."""
    fault = {
        "type": "object",
        "required": ["detail"],
        "properties": {
            "pointer": {"type": "string", "description": "The field at fault (RFC 6901)."},
            "command": {"type": "integer", "minimum": 0, "description": "Its place in the list."},
            "detail": {"type": "string"},
        },
    }
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail", "request"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "A sentence that says what to do."},
            "request": {"type": "string", "description": "The request's id, for the logs."},
            "faults": {"type": "array", "items": fault},
        },
    }
