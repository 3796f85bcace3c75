"""Reading the council's other things: overlaps, MTFS lines, boards, people and the council."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, g
from flask_smorest import Blueprint
from sqlalchemy import Table, select

from benefits.refusals import NotFound
from benefits.register import tables
from entrypoints.api import plain, received
from entrypoints.api.described import Schema
from entrypoints.api.operations import Operation, add, answer
from entrypoints.api.reading import KNOWN, upto
from entrypoints.here import realise, viewer
from entrypoints.tokens import Scope, Token
from workflows import directory, inbox, meeting_rows
from workflows.scrutiny.rows import questions

#: Kind of thing -> where it is, what it is called, and the table of all of them with its key.
THINGS: dict[str, tuple[str, str, Table, str]] = {
    "overlap": ("overlaps", "Overlap", tables.overlaps, "overlap"),
    "mtfs-line": ("mtfs-lines", "MtfsLine", tables.mtfs_lines, "line"),
    "board": ("boards", "Board", inbox.boards, "board"),
    "meeting": ("meetings", "Meeting", meeting_rows.meetings, "meeting"),
    "question": ("questions", "Question", questions, "question"),
}
_TEXT: Schema = {"type": "string"}
PERSON: Schema = {
    "type": "object",
    "required": ["person", "name", "post", "active", "roles"],
    "properties": {
        "person": _TEXT,
        "name": _TEXT,
        "post": _TEXT,
        "active": {"type": "boolean"},
        "roles": {"type": "array", "items": _TEXT},
    },
}
ME: Schema = {
    "type": "object",
    "required": ["person", "name", "roles", "token", "scopes", "ends_at"],
    "properties": {
        "person": _TEXT,
        "name": _TEXT,
        "roles": {"type": "array", "items": _TEXT},
        "token": {"type": "string", "description": "What the token was named."},
        "scopes": {"type": "array", "items": {"enum": [scope.value for scope in Scope]}},
        "ends_at": {"type": "string", "format": "date-time"},
    },
}


def install(blueprint: Blueprint) -> None:
    """Lists of each, and each one with its version."""
    for kind, (place, name, table, key) in THINGS.items():
        title = name.replace("Mtfs", "MTFS ").replace("Line", "line")
        _get(blueprint, f"list{name}s", place, f"/{place}", f"All: {title}", _ids(place),
             partial(_all, place, table, key))  # fmt: skip
        _get(blueprint, f"get{name}", place, f"/{place}/<id:thing>", f"One {title.lower()}",
             {"$ref": f"#/components/schemas/{name}"}, partial(_one, kind), known=True)  # fmt: skip
    everybody: Schema = {
        "type": "object",
        "required": ["people"],
        "properties": {"people": {"type": "array", "items": PERSON}},
    }
    _get(blueprint, "listPeople", "people", "/people", "Everybody in the directory", everybody,
         _people)  # fmt: skip
    _get(blueprint, "getPerson", "people", "/people/<id:thing>", "One person's roles",
         {"$ref": "#/components/schemas/Person"}, partial(_one, "person"), known=True)  # fmt: skip
    _get(blueprint, "getCouncil", "council", "/council", "The council's name, colour and lists",
         {"$ref": "#/components/schemas/Council"}, partial(_one, "council", "council"),
         known=True)  # fmt: skip
    _get(blueprint, "me", "me", "/me", "Whose token this is", ME, _me)


def _get(
    blueprint: Blueprint,
    name: str,
    tag: str,
    rule: str,
    summary: str,
    schema: Schema,
    view: Callable[..., Response],
    *,
    known: bool = False,
) -> None:
    about = "Now, or as known at an earlier moment." if known else "As things stand."
    query = KNOWN if known else ()
    operation = Operation(
        name, tag, "GET", rule, summary, about, Scope.READ, schema, query=query, etag=known
    )
    add(blueprint, operation, view)


def _ids(place: str) -> Schema:
    item = {"type": "object", "required": ["id"], "properties": {"id": _TEXT, "title": _TEXT}}
    name = place.replace("-", "_")
    return {
        "type": "object",
        "required": [name],
        "properties": {name: {"type": "array", "items": item}},
    }


def _all(place: str, table: Table, key: str) -> Response:
    received.query(())
    with realise().database.read() as connection:
        rows = connection.execute(select(table).order_by(table.c[key])).all()
    found = [
        {"id": getattr(row, key), **({"title": row.title} if "title" in table.c else {})}
        for row in rows
    ]
    return answer({place.replace("-", "_"): found})


def _one(kind: str, thing: str) -> Response:
    position = upto(received.query(KNOWN))
    standing: Any = realise().standing(kind, thing, position)
    if not standing.exists and kind != "council":
        raise NotFound("There is nothing with this id on the record.")
    return answer(plain.plain(standing), headers={"ETag": f'"{standing.version}"'})


def _people() -> Response:
    """Names and posts as the pages show them; addresses are for administrators, on their page."""
    received.query(())
    with realise().database.read() as connection:
        roles: dict[str, list[str]] = {}
        for row in connection.execute(select(inbox.roles)):
            roles.setdefault(row.person, []).append(row.role)
        people = directory.everybody(connection)
    found = [
        {
            "person": each.person,
            "name": each.name,
            "post": each.post,
            "active": each.active,
            "roles": sorted(roles.get(each.person, [])),
        }
        for each in people
    ]
    return answer({"people": found})


def _me() -> Response:
    received.query(())
    who, token = viewer(), g.token
    assert isinstance(token, Token)
    body = {
        "person": who.person,
        "name": who.name,
        "roles": sorted(role.value for role in who.roles),
        "token": token.name,
        "scopes": [scope.value for scope in Scope if scope in token.scopes],
        "ends_at": plain.plain(token.ends_at),
    }
    return answer(body)
