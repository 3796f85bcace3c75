"""The data sets of both editions, each whole, as they are read."""

from collections.abc import Iterator

from flask import Response
from flask_smorest import Blueprint

from benefits.refusals import NotAllowed
from entrypoints.api.described import Schema
from entrypoints.api.operations import JSON, Operation, add, answer
from entrypoints.data_out.editions import FULL, SETS, Data, Edition, named, sets, shown
from entrypoints.exported import as_read
from entrypoints.here import realise, viewer
from entrypoints.tokens import Scope

_ROWS: Schema = {
    "type": "array",
    "items": {"type": "object"},
    "description": "Each row by the names of its fields; money is text in pounds.",
}
_LISTED: Schema = {
    "type": "object",
    "required": ["sets"],
    "properties": {"sets": {"type": "array", "items": {"type": "object"}}},
}
NAMES = ", ".join(of.name for of in SETS)


def install(blueprint: Blueprint) -> None:
    """The dictionary, and every set of either edition."""
    add(
        blueprint,
        Operation(
            "describeData", "data", "GET", "/data", "The data sets",
            "Every set with its fields, and which edition has them.", Scope.READ, _LISTED,
        ),
        _describe,
    )  # fmt: skip
    for edition, about in (
        (Edition.OPEN, "It may be published: no person, no free text, no exempt benefit."),
        (Edition.FULL, "For auditors, finance, the PMO and administrators."),
    ):
        add(
            blueprint,
            Operation(
                f"get{edition.capitalize()}Data", "data", "GET", f"/data/{edition}/<id:name>",
                f"One data set of the {edition} edition",
                f"All rows of one of: {NAMES}. {about}", Scope.READ, _ROWS,
            ),
            _full if edition is Edition.FULL else _open,
        )  # fmt: skip


def _describe() -> Response:
    found = [
        {
            "set": of.name,
            "about": of.about,
            "open": of.open,
            "fields": [
                {
                    "field": field.name,
                    "holds": field.of.value,
                    "meaning": field.about,
                    "open": of.open and field.open,
                }
                for field in shown(of, Edition.FULL)
            ],
        }
        for of in sets(Edition.FULL)
    ]
    return answer({"sets": found})


def _open(name: str) -> Response:
    return _rows(name, Edition.OPEN)


def _full(name: str) -> Response:
    if not viewer().has(*FULL):
        raise NotAllowed("The full edition is for auditors, finance, the PMO and administrators.")
    return _rows(name, Edition.FULL)


def _rows(name: str, edition: Edition) -> Response:
    of = named(name, edition)

    def pieces() -> Iterator[str]:
        with realise().database.read() as connection:
            yield from Data(realise().store, connection, edition).json(of)

    return Response(as_read(pieces()), mimetype=JSON)
