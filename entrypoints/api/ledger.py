"""Loading a ledger extract by a program: every line once, however often it is sent."""

from flask import Response, request
from flask_smorest import Blueprint

from entrypoints.api import received
from entrypoints.api.described import Schema
from entrypoints.api.imports import LARGEST, switch, words
from entrypoints.api.once import Keep, Told, once
from entrypoints.api.operations import Operation, add
from entrypoints.here import now, realise, viewer
from entrypoints.taking.loading import Loaded, load_ledger
from entrypoints.tokens import Scope

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

    def load(keep: Keep) -> Told:
        return _told(
            load_ledger(
                realise(),
                given["table"].encode(),
                given.get("file", "ledger.csv"),
                viewer().person,
                now(),
                dry_run=given.get("dry_run", False),
                keep=lambda connection, done: keep(connection, _told(done)),
            )
        )

    return once("ledger", sent, load)


def _told(done: Loaded) -> Told:
    return {"new": done.new, "known": done.known}
