"""Taking in a whole file of benefits, milestones or claims by a program, as its page does."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from sqlalchemy import Connection

from benefits.commands.details import IdentifyBenefit
from benefits.refusals import NotFound
from entrypoints.allowing import require_may
from entrypoints.api import received
from entrypoints.api.described import Schema
from entrypoints.api.files import SENT
from entrypoints.api.imports import switch, words
from entrypoints.api.once import Keep, Told, once
from entrypoints.api.operations import Operation, add
from entrypoints.flagged import HEADER
from entrypoints.here import now, realise, viewer
from entrypoints.importing import CONFIRM_FIRST, NotImported, benefits_of
from entrypoints.schemas import Malformed
from entrypoints.taking import uploads
from entrypoints.taking.judged import Judged
from entrypoints.taking.judging import WHAT, Opened, columns_of, judge, opened
from entrypoints.taking.uploads import LARGEST, Upload
from entrypoints.tokens import Scope
from eventlog.recorded import Recorded

_NAME: Schema = {"type": "string", "maxLength": 200, "pattern": r"^[^\x00-\x1f\x7f]+$"}
_WORDS: Schema = {"type": "array", "items": {"type": "string"}}
PARAMETERS = (
    words("file", "What the file is called.", 200, needed=True),
    words("sheet", "Which sheet of a workbook; the first unless said.", 100, needed=False),
    words("save_as", "Keep the columns under this name, for the next file.", 80, needed=False),
    switch("dry_run", "Say what each row comes to, and write nothing."),
)
_OWN: dict[str, Schema] = {
    "what": {"type": "string", "enum": list(WHAT), "description": "What the file holds."},
    "content": {**SENT["content"], "description": "The file’s bytes: CSV or XLSX."},
    "columns": {
        "description": "The file’s heading for each column, where its own names do not tell.",
        "anyOf": [
            {"type": "object", "additionalProperties": _NAME, "maxProperties": 60},
            {"type": "null"},
        ],
    },
}
_ROW: Schema = {
    "type": "object",
    "required": ["row", "standing", "said", "faults"],
    "properties": {
        "row": {"type": "integer", "description": "Its number in the sheet."},
        "standing": {"enum": ["new", "changed", "unchanged", "wrong", "skipped"]},
        "said": {"type": "string"},
        "faults": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
TAKEN: Schema = {
    "type": "object",
    "required": ["written", "rows", "told", "warnings", "columns"],
    "properties": {
        "written": {"type": "boolean", "description": "Whether anything was recorded."},
        "rows": {"type": "array", "items": _ROW},
        "told": _WORDS,
        "warnings": _WORDS,
        "columns": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


def install(blueprint: Blueprint) -> None:
    """``POST /api/programmes/…/files``."""
    body = received.object_of(PARAMETERS)
    body["properties"] |= _OWN
    body["required"] += ["what", "content"]
    operation = Operation(
        name="takeIn",
        tag="imports",
        method="POST",
        rule="/programmes/<id:programme>/files",
        summary="Take in a file of benefits, milestones or claims",
        about="All of it as one act, or nothing and every fault. The same file again changes "
        "nothing. Columns are told by their headings, by a mapping that was saved, or as said.",
        scope=Scope.RECORD,
        answer=TAKEN,
        body=body,
        flags=True,
    )
    add(blueprint, operation, _take_in)


def _take_in(programme: str) -> Response:
    request.max_content_length = 2 * LARGEST
    sent = received.body()
    one = _upload(programme, sent)
    given = received.fields(PARAMETERS, {k: v for k, v in sent.items() if k not in _OWN})
    require_may(viewer(), IdentifyBenefit, programme=programme)
    return once("file", [programme, sent], lambda keep: _taken(one, given, keep))


def _taken(one: Upload, given: dict[str, Any], keep: Keep) -> Told:
    found, judged = _judge(one)
    if given.get("dry_run"):
        return _told(found, judged, written=False)
    _refuse(found, judged)
    person, at = one.person, now()
    told = _told(found, judged, written=bool(judged.commands))

    def also(connection: Connection, _: Sequence[Recorded[Any]] = ()) -> None:
        keep(connection, told)
        if given.get("save_as"):
            name = given["save_as"]
            uploads.save_mapping(connection, one.what, name, found.mapping, person, at)

    if judged.commands:
        realise().handle(judged.commands, by=person, at=at, also=also)
    else:
        with realise().database.write() as connection:
            also(connection)
    return told


def _upload(programme: str, sent: dict[str, Any]) -> Upload:
    """The file that was sent. Raises ``Malformed`` with every fault."""
    what, columns, faults = sent.get("what"), sent.get("columns"), {}
    if not isinstance(what, str) or what not in WHAT:  # a list is no key
        faults["what"] = f"Choose one of: {', '.join(WHAT)}."
    named = isinstance(columns, dict) and all(isinstance(each, str) for each in columns.values())
    if columns is not None and not named:
        faults["columns"] = "Send the heading of each column by the column’s name."
    try:
        content = base64.b64decode(sent.get("content", ""), validate=True)
    except (binascii.Error, TypeError, ValueError):
        content = b""
    if not 0 < len(content) <= LARGEST:
        faults["content"] = f"Send the file’s bytes as base64, up to {LARGEST // 10**6} MB."
    if faults:
        raise Malformed(faults)
    name, sheet = str(sent.get("file") or ""), str(sent.get("sheet") or "")
    return Upload("", viewer().person, programme, str(what), name, content, sheet, columns)


def _judge(one: Upload) -> tuple[Opened, Judged]:
    programme = realise().programme(one.programme)
    if not programme.exists:
        raise NotFound("There is no such programme.")
    with realise().database.read() as connection:
        saved = uploads.mappings(connection, one.what)
    found = opened(one, columns_of(one.what, programme), saved)
    if found.missing:
        lost = ", ".join(f"“{column.label}” ({column.name})" for column in found.missing)
        raise NotImported(
            f"Say in `columns` which heading is: {lost}. The file has: {', '.join(found.headings)}."
        )
    benefits = benefits_of(realise(), one.programme)
    return found, judge(realise(), one, found, programme, benefits, one.person, now())


def _refuse(found: Opened, judged: Judged) -> None:
    """Every fault at once, each with its row and column. Raises ``NotImported``."""
    labels = {column.name: column.label for column in found.columns}
    faults = list(judged.faults)
    for row in judged.rows:
        for column, said in row.faults.items():
            place = (
                f"Row {row.number}, {labels[column]}" if column in labels else f"Row {row.number}"
            )
            faults.append(f"{place}: {said}")
    if faults:
        raise NotImported(*faults)
    if judged.warnings and request.headers.get(HEADER) != "yes":
        raise NotImported(*judged.warnings, CONFIRM_FIRST)


def _told(found: Opened, judged: Judged, *, written: bool) -> Told:
    rows = [
        {"row": row.number, "standing": row.standing, "said": row.said, "faults": row.faults}
        for row in judged.rows
    ]
    told = {"told": judged.told, "warnings": judged.warnings, "columns": found.mapping}
    return {"written": written, "rows": rows, **told}
