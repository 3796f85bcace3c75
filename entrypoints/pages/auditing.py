"""Everything that an auditor needs to verify the record without Realise, as files to take away.

The export of the log has the words of exempt benefits, so it is for those alone who may read the
whole record; a part of it could not be verified. Checkpoints, keys and the verifier say nothing
of any benefit.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Response, abort, render_template

from benefits.refusals import NotAllowed
from benefits.wording.writing import instant
from entrypoints.access import allowed
from entrypoints.accesses import reads_exempt
from entrypoints.exported import as_read, attachment
from entrypoints.here import realise, today
from entrypoints.pages.audit import READERS
from entrypoints.views.grids import Cell, grid
from entrypoints.wiring import Realise
from eventlog.checkpoints import latest, recent
from eventlog.database import Database
from eventlog.exported import export_log
from eventlog.narrowed import is_narrowed

pages = Blueprint("auditing", __name__)

VERIFIER = Path(__file__).resolve().parents[2] / "tools" / "realise_verify.py"
#: How many checkpoints are offered, the latest first: one kept from long ago tells most.
OFFERED = 50
NOT_WHOLE = (
    "The export holds the words of exempt benefits, and a part of the log cannot be verified. It "
    "is for those who may read the whole record, such as an auditor."
)
_NDJSON, _TEXT = "application/x-ndjson", "text/plain; charset=utf-8"


@pages.get("/audit/check")
@allowed(*READERS)
def index() -> str:
    """What to take away, and the commands to run on it."""
    with realise().database.read() as connection:
        made = recent(connection, OFFERED)
    rows: list[list[str | Cell]] = [
        [
            Cell(f"{one.size:,} events", f"/audit/check/checkpoint-{one.size}.txt"),
            instant(datetime.fromisoformat(one.made_at)),
            one.root_text,
        ]
        for one in made
    ]
    return render_template(
        "pages/check_the_record.html",
        keys=_keys(),
        table=grid("The latest checkpoints", ["Checkpoint", "Made", "Root of the tree"], rows),
        newest=made[0].size if made else 0,
        whole=not is_narrowed(),
        not_whole=NOT_WHOLE,
    )


@pages.get("/audit/check/log.jsonl")
@allowed(*READERS)
def log() -> Response:
    """The whole log, sent as it is read: a line for each row, then for each checkpoint."""
    if is_narrowed():
        raise NotAllowed(NOT_WHOLE)
    reads_exempt()
    lines = Response(as_read(_lines(_house().database)), mimetype=_NDJSON)
    return attachment(f"log-{today().isoformat()}.jsonl", lines)


def _lines(database: Database) -> Iterator[str]:
    with database.read() as connection:
        for line in export_log(connection):
            yield f"{line}\n"


@pages.get("/audit/check/checkpoint-<int(max=9999999999):size>.txt")
@allowed(*READERS)
def checkpoint(size: int) -> Response:
    """One checkpoint, as it was signed."""
    with realise().database.read() as connection:
        found = latest(connection, size)
    if found is None or found.size != size:
        abort(404)
    return attachment(f"checkpoint-{size}.txt", Response(found.note, content_type=_TEXT))


@pages.get("/audit/check/key-<int(max=999):number>.txt")
@allowed(*READERS)
def key(number: int) -> Response:
    """A public key: 1 signs today, the others signed before it."""
    found = _keys()
    if not 1 <= number <= len(found):
        abort(404)
    answer = Response(f"{found[number - 1]}\n", content_type=_TEXT)
    return attachment(f"realise-key-{number}.txt", answer)


@pages.get("/audit/check/realise_verify.py")
@allowed(*READERS)
def verifier() -> Response:
    """The stand-alone verifier: one file that can be read."""
    return attachment(VERIFIER.name, Response(VERIFIER.read_bytes(), content_type=_TEXT))


def _keys() -> list[str]:
    known = _house().keys()
    return [str(one) for one in known.verifiers] if known else []


def _house() -> Realise:
    house = realise()
    assert isinstance(house, Realise)
    return house
