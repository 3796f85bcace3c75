"""One operation of the API: who may use it, what it takes and gives, and what is said of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, json, request
from flask_smorest import Blueprint
from werkzeug.routing import BaseConverter

from entrypoints.access import SIGNED_IN
from entrypoints.api import bearer
from entrypoints.api.described import ID, Schema
from entrypoints.api.received import KEY, VERSION, Parameter
from entrypoints.flagged import HEADER
from entrypoints.schemas import Malformed
from entrypoints.tokens import Scope

View = Callable[..., Response]

JSON = "application/json"
#: The problems that a program should have an answer for; all others are like them.
_OFTEN = ("401", "403", "404", "422", "default")
_CHANGES = ("409", "412", "428")


class IdConverter(BaseConverter):
    """The id of a thing on the record, as part of an address."""

    regex = ID.strip("^$")


@dataclass(frozen=True, slots=True)
class Operation:
    """What the document says of one operation. ``rule`` is its address below /api, for Flask."""

    name: str
    tag: str
    method: str
    rule: str
    summary: str
    about: str
    scope: Scope
    answer: Schema
    status: int = 200
    query: tuple[Parameter, ...] = ()
    body: Schema | None = None
    version: str = ""  # "needed", "taken" or not at all
    etag: bool = False
    media: str = JSON
    examples: Mapping[str, Any] = field(default_factory=dict)
    flags: bool = False  # whether it asks before it writes what looks like personal data


def add(blueprint: Blueprint, operation: Operation, view: View) -> None:
    """Serve an operation and put it in the document."""

    def guarded(**path: Any) -> Response:
        bearer.require(operation.scope)
        if operation.flags and request.headers.get(HEADER, "yes") != "yes":
            raise Malformed({"": f"Send {HEADER}: yes, or leave it out."})
        return view(**path)

    guarded.allowed = frozenset({SIGNED_IN})  # type: ignore[attr-defined]
    guarded.__name__ = operation.name
    # Where flask-smorest looks for what is said of a view.
    vars(guarded)["_apidoc"] = {"manual_doc": _document(operation)}
    blueprint.add_url_rule(
        operation.rule, operation.name, guarded, methods=[operation.method], tags=[operation.tag]
    )


def answer(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Plain values as a JSON answer."""
    made = Response(json.dumps(value), status, mimetype=JSON)
    made.headers.update(headers or {})
    return made


def _document(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": f"{operation.about}\n\nScope: `{operation.scope.value}`.",
        "parameters": [*map(_parameter, operation.query), *_headers(operation)],
        "responses": _responses(operation),
    }
    if operation.body is not None:
        content = {JSON: {"schema": operation.body, **operation.examples}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = parameter.schema
    if parameter.many:
        schema = {"type": "array", "items": schema}
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.about,
        "schema": schema,
    }


def _headers(operation: Operation) -> list[dict[str, Any]]:
    found = []
    if operation.method != "GET":
        found.append(
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": True,
                "description": "A key of your own; a repeat under it gives the first answer.",
                "schema": {"type": "string", "pattern": KEY},
            }
        )
    if operation.flags:
        found.append(
            {
                "name": HEADER,
                "in": "header",
                "required": False,
                "description": "Write it although it looks like personal data: somebody has "
                "looked at it.",
                "schema": {"type": "string", "enum": ["yes"]},
            }
        )
    if operation.version:
        found.append(
            {
                "name": "If-Match",
                "in": "header",
                "required": operation.version == "needed",
                "description": "The ETag of what you read: the version you decided on.",
                "schema": {"type": "string", "pattern": VERSION},
            }
        )
    return found


def _responses(operation: Operation) -> dict[str, Any]:
    told = (*_OFTEN, *(_CHANGES if operation.method != "GET" else ()))
    good: dict[str, Any] = {
        "description": operation.summary,
        "content": {operation.media: {"schema": operation.answer}},
    }
    if operation.etag:
        schema = {"type": "string"}
        good["headers"] = {"ETag": {"description": "The version, for If-Match.", "schema": schema}}
    problems = {status: {"$ref": "#/components/responses/Problem"} for status in told}
    return {str(operation.status): good, **problems}
