"""Several commands as one act: all of them are done, or none and every fault is told."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from benefits.commands.details import AttachEvidence
from benefits.rules import stream_of
from entrypoints.acts import ACTS, BY_SLUG, Act
from entrypoints.api import bearer, received
from entrypoints.api.commanding import (
    WRITTEN,
    body_schema,
    command_of,
    handle,
    made_id,
    require_version,
    written,
)
from entrypoints.api.described import Schema
from entrypoints.api.operations import Operation, add
from entrypoints.api.scopes import scope_of
from entrypoints.schemas import Malformed
from entrypoints.tokens import Scope
from entrypoints.wiring import RULES

MOST = 500
LARGEST = 16 * 1024 * 1024
NAMED = {act.slug: act for act in ACTS.values() if act.command is not AttachEvidence}
ABOUT = (
    "Each command has its name in `command` beside its own fields, and the id of what it is about "
    "with them. Later commands see what earlier ones did. `If-Match` is the version of what the "
    "first command is about; leave it out when the first makes a new thing. The token needs the "
    "scope of every command in the list."
)


def install(blueprint: Blueprint) -> None:
    """``POST /api/acts``."""
    operation = Operation(
        name="act",
        tag="acts",
        method="POST",
        rule="/acts",
        summary="Do several things as one act",
        about=ABOUT,
        scope=Scope.RECORD,
        answer=WRITTEN,
        body={
            "type": "object",
            "required": ["commands"],
            "additionalProperties": False,
            "properties": {
                "commands": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": MOST,
                    "items": {"$ref": "#/components/schemas/Command"},
                }
            },
        },
        version="taken",
        etag=True,
        flags=True,
    )
    add(blueprint, operation, _act)


def command_schemas() -> dict[str, Schema]:
    """Every command with its name, for the document: ``Command`` is any of them."""
    schemas = {f"{act.command.__name__}Command": _named(act) for act in NAMED.values()}
    references = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
    return {**schemas, "Command": {"oneOf": references}}


def _named(act: Act) -> Schema:
    schema = body_schema(act)
    properties = {"command": {"const": act.slug}, **schema["properties"]}
    return {
        **schema,
        "properties": properties,
        "required": ["command", *schema.get("required", [])],
    }


def _act() -> Response:
    request.max_content_length = LARGEST
    sent = received.body()
    received.require_known(sent, ["commands"])
    rows = sent.get("commands")
    if not isinstance(rows, list) or not 1 <= len(rows) <= MOST:
        raise Malformed({"commands": f"Send a list of 1 to {MOST} commands."})
    acts = _acts(rows)
    for scope in {scope_of(act.command) for act in acts}:
        bearer.require(scope)
    commands = _commands(rows, acts)
    key, first = received.key(), acts[0]
    rule = RULES[first.command]
    stream = stream_of(rule.stream, getattr(commands[0], rule.key) if rule.key else rule.stream)
    seen: int | None = 0
    if not rule.key or first.new != rule.key:
        seen = received.version()
        require_version(stream, seen)
    return written(handle(commands, seen, key), stream)


def _acts(rows: Sequence[Any]) -> list[Act]:
    faults: dict[str, str] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            faults[f"commands-{number}"] = "Send an object with the fields by their names."
        elif not isinstance(row.get("command"), str) or row["command"] not in NAMED:
            faults[f"commands-{number}-command"] = "There is no such command."
    if faults:
        raise Malformed(faults)
    return [BY_SLUG[row["command"]] for row in rows]


def _commands(rows: Sequence[dict[str, Any]], acts: Sequence[Act]) -> list[object]:
    """The commands, each new thing with an id of its own. Raises ``Malformed`` with all faults."""
    faults: dict[str, str] = {}
    commands: list[object] = []
    made = made_id()
    for number, (row, act) in enumerate(zip(rows, acts, strict=True)):
        fields = {name: value for name, value in row.items() if name != "command"}
        try:
            commands.append(command_of(act, fields, f"{made}-{number}", f"commands-{number}-"))
        except Malformed as fault:
            faults |= fault.faults
    if faults:
        raise Malformed(faults)
    return commands
