"""Loading a ledger extract by a program: every line once, however often it is sent."""

import json
from hashlib import sha256
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from sqlalchemy import Connection, insert

from entrypoints.api import received
from entrypoints.api.described import Schema
from entrypoints.api.imports import LARGEST, earlier, switch, words
from entrypoints.api.operations import Operation, add, answer
from entrypoints.here import now, realise, viewer
from entrypoints.taking.loading import Loaded, load_ledger
from entrypoints.tokens import Scope
from workflows.repeats import answers

PARAMETERS = (
    words("table", "The extract as CSV, with a heading row.", LARGEST, needed=True, lines=True),
    words("file", "What the file is called.", 150, needed=False),
    switch("dry_run", "Say what would be loaded, and keep nothing."),
)
LOADED: Schema = {
    "type": "object",
    "required": ["new", "known"],
    "properties": {
        "new": {"type": "integer", "description": "How many lines had not been loaded before."},
        "known": {"type": "integer", "description": "How many had."},
    },
}


def install(blueprint: Blueprint) -> None:
    """``POST /api/ledger``."""
    operation = Operation(
        name="loadLedger",
        tag="imports",
        method="POST",
        rule="/ledger",
        summary="Load a ledger extract",
        about="For finance. The columns are budget line, month, amount and, if there is one, "
        "description, under those names or as saved on the ledger's page. All of it is loaded, or "
        "nothing and every fault. The same lines again change nothing.",
        scope=Scope.RECORD,
        answer=LOADED,
        body=received.object_of(PARAMETERS),
    )
    add(blueprint, operation, _load)


def _load() -> Response:
    request.max_content_length = 2 * LARGEST
    sent = received.body()
    given = received.fields(PARAMETERS, sent)
    key, person, at = f"ledger {received.key()}", viewer().person, now()
    digest = sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
    first = earlier(person, key, digest)
    if first is not None:
        return answer(json.loads(first), headers={"Idempotent-Replayed": "true"})

    def keep(connection: Connection, done: Loaded) -> None:
        kept = {"person": person, "key": key, "asked": digest, "at": at.isoformat()}
        connection.execute(insert(answers).values(answer=json.dumps(_told(done)), **kept))

    done = load_ledger(
        realise(),
        given["table"].encode(),
        given.get("file", "ledger.csv"),
        person,
        at,
        dry_run=given.get("dry_run", False),
        keep=keep,
    )
    return answer(_told(done))


def _told(done: Loaded) -> dict[str, Any]:
    return {"new": done.new, "known": done.known}
