"""Importing a savings table: all of it as one act, or nothing and every fault."""

from typing import Any

from flask import Response, request
from flask_smorest import Blueprint

from benefits.commands.details import IdentifyBenefit
from benefits.refusals import NotAllowed
from benefits.savings_table import Options, Unit
from entrypoints import importing
from entrypoints.api import described, received
from entrypoints.api.described import Schema
from entrypoints.api.once import Keep, Told, once
from entrypoints.api.operations import Operation, add
from entrypoints.api.received import Parameter
from entrypoints.fields import Answer, TextField, WholeField, YearField, YesNoField
from entrypoints.flagged import HEADER
from entrypoints.here import now, realise, viewer
from entrypoints.importing import Asked, Imported
from entrypoints.tokens import Scope
from entrypoints.wiring import Realise
from workflows.permissions import may

LARGEST = 5_000_000
_UNITS = {unit.name.lower(): unit for unit in Unit}


class _UnitField(Answer):
    """The unit that the figures of a table are in."""

    def read(self, value: Any) -> Unit:
        if not isinstance(value, str) or value not in _UNITS:  # a list is no key
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
    person = viewer().person
    refusal = may(person, set(viewer().roles), object.__new__(IdentifyBenefit))
    if refusal is not None:
        raise NotAllowed(refusal)
    house, dry_run = realise(), given.pop("dry_run", False)
    assert isinstance(house, Realise)

    def take(keep: Keep) -> Told:
        done = importing.import_table(
            house,
            _asked(given),
            by=person,
            at=now(),
            dry_run=dry_run,
            keep=lambda connection, done: keep(connection, _told(done)),
            confirmed=request.headers.get(HEADER) == "yes",
        )
        if not dry_run and not done.written:
            with house.database.write() as connection:
                keep(connection, _told(done))
        return _told(done)

    return once("import", sent, take)


def _asked(given: dict[str, Any]) -> Asked:
    programme, table = given.pop("programme"), given.pop("table")
    file, update = given.pop("file", "table.csv"), given.pop("update", False)
    return Asked(table.encode(), file, programme, Options(**given), update)


def _told(done: Imported) -> Told:
    return {"account": list(done.account), "changes": done.changes, "written": done.written}
