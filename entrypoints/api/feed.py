"""The event feed: everything that happened, in order, for a warehouse that follows along.

Positions have no gap, and one that was read never gets a neighbour before it: a follower that
asks for what came after the last position it has sees every event once.
"""

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from entrypoints.api import received
from entrypoints.api.described import ID, Schema
from entrypoints.api.operations import Operation, add, answer
from entrypoints.api.plain import plain
from entrypoints.api.reading import AFTER, address, number
from entrypoints.api.received import Parameter
from entrypoints.fields import IdField
from entrypoints.here import realise
from entrypoints.tokens import Scope
from eventlog.recorded import Recorded

MOST, USUAL = 1_000, 100
#: How far one request looks for events that a filter lets through.
FARTHEST = 50_000
LIMIT = number("limit", f"How many at most; {USUAL} unless said.", 1, MOST)
_ID = {"type": "string", "pattern": ID}
STREAM = Parameter("stream", IdField(), _ID, "Of streams whose name begins so: `benefit-`.")
TYPE = Parameter("type", IdField(), _ID, "Of any of these stored names.", many=True)
PARAMETERS = (AFTER, LIMIT, STREAM, TYPE)
ABOUT = (
    "Ask with `after` as the `next` of the answer before, for ever: no event is left out, shown "
    "twice or out of order, also while others write. With a filter an answer may hold no event "
    "and still move `next` on. You are up to date when `next` is `head`. Money in `data` is text "
    "in pounds, as everywhere here; docs/events.md lists what each type holds."
)
_TEXT: Schema = {"type": "string"}
EVENT: Schema = {
    "type": "object",
    "required": [
        "position", "id", "stream", "version", "type", "schema_version", "at", "person",
        "correlation", "data", "hash",
    ],
    "properties": {
        "position": {"type": "integer", "minimum": 1},
        "id": _TEXT,
        "stream": _TEXT,
        "version": {"type": "integer", "minimum": 1},
        "type": _TEXT,
        "schema_version": {"type": "integer"},
        "at": {"type": "string", "format": "date-time"},
        "person": _TEXT,
        "correlation": _TEXT,
        "data": {"type": "object"},
        "hash": {"type": "string", "description": "The link of the chain (docs/log-format.md)."},
    },
}  # fmt: skip
FEED: Schema = {
    "type": "object",
    "required": ["events", "next", "head"],
    "properties": {
        "events": {"type": "array", "items": EVENT},
        "next": {"type": "integer", "description": "Where to go on: the `after` to ask with."},
        "head": {"type": "integer", "description": "Where the log ended when this was read."},
    },
}


def install(blueprint: Blueprint) -> None:
    """``GET /api/events``."""
    operation = Operation(
        "followEvents", "events", "GET", "/events", "Follow the log", ABOUT,
        Scope.READ, FEED, query=PARAMETERS,
    )  # fmt: skip
    add(blueprint, operation, _events)


def _events() -> Response:
    asked = received.query(PARAMETERS)
    after, limit = asked.get("after", 0), asked.get("limit", USUAL)
    types: Sequence[str] | None = asked.get("type")
    stream: str = asked.get("stream", "")
    found: list[dict[str, Any]] = []
    with realise().database.read() as connection:
        head = realise().store.head(connection)[0]
        narrowed = bool(types or stream)
        last = min(head, after + (FARTHEST if narrowed else limit))
        following = min(max(after, last), head)
        for recorded in realise().store.read(after, last, types, connection):
            if not recorded.stream.startswith(stream):
                continue
            found.append(_event(recorded))
            if len(found) == limit:
                following = recorded.position
                break
    headers = {} if following >= head else {"Link": f'<{address(following)}>; rel="next"'}
    return answer({"events": found, "next": following, "head": head}, headers=headers)


def _event(recorded: Recorded[Any]) -> dict[str, Any]:
    return {
        "position": recorded.position,
        "id": recorded.event_id,
        "stream": recorded.stream,
        "version": recorded.version,
        "type": recorded.type,
        "schema_version": recorded.schema_version,
        "at": plain(recorded.recorded_at),
        "person": recorded.actor,
        "correlation": recorded.correlation,
        "data": plain(recorded.event),
        "hash": recorded.hash,
    }
