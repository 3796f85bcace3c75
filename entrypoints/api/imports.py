"""Importing a savings table: all of it as one act, or nothing and every fault."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from sqlalchemy import Connection, insert, select

from benefits.commands.details import IdentifyBenefit
from benefits.refusals import NotAllowed
from benefits.savings_table import Options, Unit
from entrypoints import importing
from entrypoints.api import described, received
from entrypoints.api.described import Schema
from entrypoints.api.operations import Operation, add, answer
from entrypoints.api.received import Parameter
from entrypoints.fields import Answer, TextField, WholeField, YearField, YesNoField
from entrypoints.flagged import HEADER
from entrypoints.here import now, realise, viewer
from entrypoints.importing import Asked, Imported
from entrypoints.tokens import Scope
from entrypoints.wiring import Realise
from workflows.permissions import may
from workflows.repeats import KeyUsed, answers

LARGEST = 5_000_000
_UNITS = {unit.name.lower(): unit for unit in Unit}


class _UnitField(Answer):
    """The unit that the figures of a table are in."""

    def read(self, value: Any) -> Unit:
        if value not in _UNITS:
            raise self.make_error("validator_failed")
        return _UNITS[value]


def words(name: str, about: str, most: int, *, needed: bool, lines: bool = False) -> Parameter:
    """A parameter that is text."""
    schema = described.words(most, lines=lines)
    read = TextField(most, many_lines=lines, required=True)
    return Parameter(name, read, schema, about, needed=needed)


def switch(name: str, about: str) -> Parameter:
    """A parameter that is yes or no."""
    return Parameter(name, YesNoField(), {"type": "boolean"}, about)


_YEARS = {"type": "integer", "minimum": 1, "maximum": 30}
PARAMETERS = (
    words("programme", "Its title or id. A new one is started.", 200, needed=True),
    words("table", "The table as CSV, with a heading row.", LARGEST, needed=True, lines=True),
    words("file", "What the file is called.", 200, needed=False),
    Parameter(
        "first_year",
        YearField(),
        {"$ref": "#/components/schemas/FinancialYear"},
        "Which year is year_1.",
    ),
    Parameter("years", WholeField(1, 30), _YEARS, "How many years a new programme plans for."),
    Parameter(
        "unit",
        _UnitField(missing=f"Choose one of: {', '.join(_UNITS)}."),
        {"type": "string", "enum": list(_UNITS)},
        "What the figures are in: pounds unless said.",
    ),
    switch("cumulative", "Each figure holds those of the years before."),
    switch("savings_negative", "Savings are printed below nothing."),
    switch("years_down", "Years go down the side, with a theme in each column."),
    words("workstream", "The workstream of the themes of years_down.", 200, needed=False),
    switch("update", "Record changed figures as corrections."),
    switch("dry_run", "Say what would be recorded, and write nothing."),
)
IMPORTED: Schema = {
    "type": "object",
    "required": ["account", "changes", "written"],
    "properties": {
        "account": {
            "type": "array",
            "items": {"type": "string"},
            "description": "What was made of the table, a sentence a line.",
        },
        "changes": {"type": "boolean", "description": "Whether there was anything to record."},
        "written": {"type": "boolean", "description": "Whether it was recorded."},
    },
}


def install(blueprint: Blueprint) -> None:
    """``POST /api/imports``."""
    operation = Operation(
        name="importTable",
        tag="imports",
        method="POST",
        rule="/imports",
        summary="Import a savings table",
        about="All of it in one act, or nothing and every fault. The same table again changes "
        "nothing.",
        scope=Scope.RECORD,
        answer=IMPORTED,
        body=received.object_of(PARAMETERS),
        flags=True,
    )
    add(blueprint, operation, _import)


def _import() -> Response:
    request.max_content_length = 2 * LARGEST
    sent = received.body()
    given = received.fields(PARAMETERS, sent)
    key, person = f"import {received.key()}", viewer().person
    refusal = may(person, set(viewer().roles), object.__new__(IdentifyBenefit))
    if refusal is not None:
        raise NotAllowed(refusal)
    digest = sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
    first = earlier(person, key, digest)
    if first is not None:
        return answer(json.loads(first), headers={"Idempotent-Replayed": "true"})
    at, dry_run = now(), given.pop("dry_run", False)

    def keep(connection: Connection, done: Imported) -> None:
        kept = {"person": person, "key": key, "asked": digest, "at": at.isoformat()}
        connection.execute(insert(answers).values(answer=json.dumps(_told(done)), **kept))

    house = realise()
    assert isinstance(house, Realise)
    done = importing.import_table(
        house,
        _asked(given),
        by=person,
        at=at,
        dry_run=dry_run,
        keep=None if dry_run else keep,
        confirmed=request.headers.get(HEADER) == "yes",
    )
    if not dry_run and not done.written:
        with house.database.write() as connection:
            keep(connection, replace(done, written=False))
    return answer(_told(done))


def _asked(given: dict[str, Any]) -> Asked:
    programme, table = given.pop("programme"), given.pop("table")
    file, update = given.pop("file", "table.csv"), given.pop("update", False)
    return Asked(table.encode(), file, programme, Options(**given), update)


def _told(done: Imported) -> dict[str, Any]:
    return {"account": list(done.account), "changes": done.changes, "written": done.written}


def earlier(person: str, key: str, digest: str) -> str | None:
    """The answer that was given under this key. Raises ``KeyUsed`` when another thing was sent."""
    query = select(answers.c.asked, answers.c.answer).where(
        answers.c.person == person, answers.c.key == key
    )
    with realise().database.read() as connection:
        row = connection.execute(query).first()
    if row is None:
        return None
    if row.asked != digest:
        raise KeyUsed("This key came before with something else.")
    return str(row.answer)
