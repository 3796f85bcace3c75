"""Reading claims and cases, of one benefit, one programme or all."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from sqlalchemy import Table, select

from benefits.events.gates import Outcome
from benefits.lifecycle import Gate
from benefits.register import tables
from benefits.vocabulary import Grade
from entrypoints.api import received
from entrypoints.api.described import Schema
from entrypoints.api.operations import Operation, add
from entrypoints.api.plain import MONEY_SCHEMA, columns, in_pounds
from entrypoints.api.reading import AFTER, LIMIT, USUAL, choice, identity, page, page_of
from entrypoints.here import realise
from entrypoints.tokens import Scope


class Standing(StrEnum):
    """What finance made of a claim."""

    WAITING = "waiting"
    VERIFIED = "verified"
    REJECTED = "rejected"


OF = (identity("programme", "Of this programme."), identity("benefit", "Of this benefit."))
CLAIM_FILTERS = (*OF, choice("standing", "Standing so.", Standing), AFTER, LIMIT)
CASE_FILTERS = (
    *OF,
    identity("board", "Before this board."),
    choice("gate", "At this gate.", Gate),
    choice("outcome", "That ended so.", Outcome),
    AFTER,
    LIMIT,
)
_TEXT: Schema = {"type": "string"}
_MONEY = ("amount", "verified", "eroded")
_CLAIM = ("claim", "benefit", "programme", "nature", "month", "plan_year", "budget_line")
CLAIM: Schema = {
    "type": "object",
    "description": "`verified` is what finance confirmed, `eroded` what was lost of it since.",
    "required": [*_CLAIM, *_MONEY, "standing", "grade", "made_by", "made_at", "position"],
    "properties": {
        **dict.fromkeys((*_CLAIM, "made_by"), _TEXT),
        **dict.fromkeys(_MONEY, MONEY_SCHEMA),
        "standing": {"type": "string", "enum": [each.value for each in Standing]},
        "grade": {"enum": [*(each.value for each in Grade), None]},
        "made_at": {"type": "string", "format": "date-time"},
        "position": {"type": "integer"},
    },
}
_CASE = ("benefit", "programme", "board", "gate", "submitted_by")
CASE: Schema = {
    "type": "object",
    "description": "`binds_to` is the benefit's version that is voted on.",
    "required": [
        "case", *_CASE, "binds_to", "submitted_at", "closes", "outcome", "ended_at", "position",
    ],
    "properties": {
        "case": _TEXT,
        **dict.fromkeys(_CASE, _TEXT),
        "binds_to": {"type": "integer"},
        "submitted_at": {"type": "string", "format": "date-time"},
        "closes": {"type": "string", "format": "date"},
        "outcome": {"enum": [*(each.value for each in Outcome), None]},
        "ended_at": {"type": ["string", "null"], "format": "date-time"},
        "position": {"type": "integer"},
    },
}  # fmt: skip


def install(blueprint: Blueprint) -> None:
    """Claims and cases, in the order in which they were recorded."""
    add(
        blueprint,
        Operation(
            "listClaims", "claims", "GET", "/claims", "Claims",
            "Money said to be realised, and what finance made of it.",
            Scope.READ, page_of("claims", CLAIM), query=CLAIM_FILTERS,
        ),
        _claims,
    )  # fmt: skip
    add(
        blueprint,
        Operation(
            "listCases", "cases", "GET", "/cases", "Cases before boards",
            "What was put to a board, and how it ended.",
            Scope.READ, page_of("cases", CASE), query=CASE_FILTERS,
        ),
        _cases,
    )  # fmt: skip


def _claims() -> Response:
    asked = received.query(CLAIM_FILTERS)
    rows = [_claim(row) for row in _found(tables.claims, asked)]
    return page("claims", rows, asked.get("limit", USUAL))


def _cases() -> Response:
    asked = received.query(CASE_FILTERS)
    rows = [_case(row) for row in _found(tables.cases, asked)]
    return page("cases", rows, asked.get("limit", USUAL))


def _found(table: Table, asked: Mapping[str, Any]) -> Any:
    limit, after = asked.get("limit", USUAL), asked.get("after", 0)
    query = select(table).where(table.c.position > after)
    for name, value in asked.items():
        if name not in ("after", "limit"):
            query = query.where(table.c[name] == str(value))
    with realise().database.read() as connection:
        return connection.execute(query.order_by(table.c.position).limit(limit + 1)).all()


def _claim(row: Any) -> dict[str, Any]:
    held = columns(row)
    return {
        **held,
        **{name: in_pounds(held[name]) for name in _MONEY},
        "grade": held["grade"] or None,
    }


def _case(row: Any) -> dict[str, Any]:
    held = columns(row)
    return {
        **{name: held[name] for name in held if name != "case_id"},
        "case": held["case_id"],
        "outcome": held["outcome"] or None,
        "ended_at": held["ended_at"] or None,
    }
