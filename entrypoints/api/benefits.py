"""Reading benefits: the register with its filters, one benefit as it stood, and its story."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import ValidationError

from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.refusals import NotFound
from benefits.register import queries
from benefits.register.filters import SORTS, Filter, Needs, Order
from benefits.vocabulary import Fund, Kind, Status
from entrypoints.api import plain, received
from entrypoints.api.described import Schema
from entrypoints.api.operations import Operation, add, answer
from entrypoints.api.plain import MONEY_SCHEMA, columns, in_pounds
from entrypoints.api.reading import (
    AFTER,
    KNOWN,
    LIMIT,
    USUAL,
    choice,
    identity,
    page,
    page_of,
    upto,
    words,
)
from entrypoints.api.received import Parameter
from entrypoints.fields import Answer, YearField
from entrypoints.here import realise, today
from entrypoints.tokens import Scope
from entrypoints.views import story
from entrypoints.views.naming import called
from entrypoints.views.registered import AMOUNTS, signed, status_of
from workflows import directory

FILTERS = (
    words("q", "Words in its reference, title, workstream or group."),
    identity("programme", "Of this programme."),
    words("workstream", "Of this workstream."),
    choice("stage", "At any of these stages.", Stage, many=True),
    choice("status", "Of any of these statuses today.", Status, many=True),
    choice("kind", "Of any of these kinds.", Kind, many=True),
    choice("fund", "Of any of these funds.", Fund, many=True),
    identity("owner", "Whose accountable owner is this person."),
    Parameter(
        "year",
        YearField(),
        {"$ref": "#/components/schemas/FinancialYear"},
        "With a plan, or a proposed profile, for this year.",
    ),
    choice("needs", "Waiting for this.", Needs),
)
_ORDERS = [name for each in SORTS for name in (each, f"-{each}")]


class SortField(Answer):
    """One of the orders of the register."""

    def read(self, value: Any) -> str:
        if value not in _ORDERS:
            raise ValidationError(f"The register can be sorted by: {', '.join(_ORDERS)}.")
        return str(value)


SORT = Parameter(
    "sort",
    SortField(),
    {"type": "string", "enum": _ORDERS},
    "In this order; a minus begins with the last or the most.",
)
_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_TEXTS = ("benefit", "reference", "programme", "workstream", "group", "title", "kind", "fund")
_MORE = ("theme", "directorate", "stage", "confidence", "open_gate")
_NULLABLE = ("owner", "finance_partner", "cabinet_member", "next_milestone", "next_milestone_day")
_STATUS: Schema = {"type": ["string", "null"], "enum": [*(each.value for each in Status), None]}
ROW: Schema = {
    "type": "object",
    "description": "Amounts at the committed point, gross; a disbenefit's are below nothing.",
    "required": [
        *_TEXTS,
        *_MORE,
        *_NULLABLE,
        *AMOUNTS,
        "position",
        "version",
        "approved",
        "status",
    ],
    "properties": {
        **dict.fromkeys((*_TEXTS, *_MORE), _TEXT),
        **dict.fromkeys(_NULLABLE, _MAYBE),
        **dict.fromkeys(AMOUNTS, MONEY_SCHEMA),
        "position": {"type": "integer"},
        "version": {"type": "integer"},
        "approved": {"type": "boolean"},
        "status": _STATUS,
    },
}
TOLD: Schema = {
    "type": "object",
    "required": ["position", "at", "person", "who", "sentence"],
    "properties": {
        "position": {"type": "integer"},
        "at": {"type": "string", "format": "date-time"},
        "person": _TEXT,
        "who": {"type": "string", "description": "The person's name, while there is one."},
        "sentence": _TEXT,
    },
}


def install(blueprint: Blueprint) -> None:
    """The register, one benefit, and its story."""
    tag, read = "benefits", Scope.READ
    one = "/benefits/<id:benefit>"
    add(
        blueprint,
        Operation(
            "listBenefits", tag, "GET", "/benefits", "The register",
            "Every benefit that all filters let through, in the order of its reference unless "
            "another is asked for.",
            read, page_of("benefits", ROW), query=(*FILTERS, SORT, AFTER, LIMIT),
        ),
        _list,
    )  # fmt: skip
    add(
        blueprint,
        Operation(
            "getBenefit", tag, "GET", one, "One benefit",
            "Everything known of it, now or as known at an earlier moment.",
            read, {"$ref": "#/components/schemas/Benefit"}, query=KNOWN, etag=True,
        ),
        _one,
    )  # fmt: skip
    add(
        blueprint,
        Operation(
            "getStory", tag, "GET", f"{one}/story", "A benefit's story",
            "Everything that happened to it, a sentence an event, the first one first.",
            read, page_of("story", TOLD), query=(AFTER, LIMIT),
        ),
        _story,
    )  # fmt: skip


def _list() -> Response:
    asked = received.query((*FILTERS, SORT, AFTER, LIMIT))
    limit = asked.get("limit", USUAL)
    wanted = Filter(
        programme=asked.get("programme", ""),
        words=asked.get("q", ""),
        stages=tuple(map(str, asked.get("stage", ()))),
        statuses=tuple(map(str, asked.get("status", ()))),
        kinds=tuple(map(str, asked.get("kind", ()))),
        funds=tuple(map(str, asked.get("fund", ()))),
        workstream=asked.get("workstream", ""),
        owner=asked.get("owner", ""),
        year=str(asked.get("year", "")),
        needs=str(asked.get("needs", "")),
    )
    order = Order(str(asked.get("sort", "reference")), directory.called)
    with realise().database.read() as connection:
        rows = queries.found_after(
            connection, wanted, today(), order, asked.get("after", 0), limit + 1
        )
    return page("benefits", [_row(row) for row in rows], limit)


def _row(row: Any) -> dict[str, Any]:
    held = columns(row)
    texts = {name: held[name] for name in (*_TEXTS, *_MORE) if name in held}
    nullable = {name: held[name] or None for name in _NULLABLE}
    return {
        **texts,
        **nullable,
        "reference": f"B{row.position}",
        "group": row.group_name,
        "position": row.position,
        "version": row.version,
        "approved": row.approved,
        "status": status_of(row),
        **{name: in_pounds(signed(row, name)) for name in AMOUNTS},
    }


def _one(benefit: str) -> Response:
    found = standing(benefit, upto(received.query(KNOWN)))
    body = {"reference": found.number, **plain.plain(found)}
    return answer(body, headers={"ETag": f'"{found.version}"'})


def standing(benefit: str, position: int | None = None) -> Benefit:
    """A benefit as it stands or stood. Raises ``NotFound``."""
    found = realise().benefit(benefit, position)
    if not found.exists:
        when = "" if position is None else " at that moment"
        raise NotFound(f"There was no such benefit{when}." if when else "There is no such benefit.")
    return found


def _story(benefit: str) -> Response:
    asked = received.query((AFTER, LIMIT))
    limit, after = asked.get("limit", USUAL), asked.get("after", 0)
    standing(benefit)
    with realise().database.read() as connection:
        events = realise().store.load(f"benefit-{benefit}", connection)
        told = story.tell(benefit, events, called(connection))[::-1]
    rows = [
        {
            "position": each.position,
            "at": each.stamp,
            "person": each.actor,
            "who": each.who,
            "sentence": each.sentence,
        }
        for each in told
        if each.position > after
    ]
    return page("story", rows[: limit + 1], limit)
