"""An export that is no record of a council, or not a whole one, is taken in by no database."""

import json
from collections.abc import Iterator

import pytest

from entrypoints.wiring import rebuilding
from eventlog.checkpoints import NotConsistent
from eventlog.database import Database
from eventlog.exported import BadExport, export_log, import_log
from eventlog.schema import owning, upgrade
from eventlog.seal import HASHED, hash_of
from eventlog.signed_note import Signer, Verifier
from eventlog.store import Store
from tests.kept import everything, lived_in, quick_reports


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The export of a council that has lived."""
    folder = tmp_path_factory.mktemp("lived")
    url = f"sqlite:///{folder / 'realise.db'}"
    upgrade(url)
    with pytest.MonkeyPatch.context() as patched:
        quick_reports(patched)
        scenario = lived_in(url, folder / "var")
    with scenario.realise.read() as connection:
        found = list(export_log(connection))
    scenario.realise.database.close()
    return found


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty record."""
    database = Database.open(database_url)
    yield rebuilding(database)
    database.close()


def _take_in(store: Store, lines: list[str], *keys: Verifier) -> object:
    with owning(store.database) as connection:
        return import_log(store, connection, lines, keys or None)


def _sealed(before: str, **changes: object) -> str:
    """A row after this one, made of it with these changes, and sealed."""
    row = json.loads(before)
    row |= {"position": row["position"] + 1, "prev_hash": row["hash"], "event_id": "x"} | changes
    row["hash"] = hash_of(row["prev_hash"], [row[name] for name in HASHED])
    return json.dumps(row)


def _not_ours(lines: list[str]) -> Iterator[tuple[list[str], str]]:
    """Exports that are no record of a council, each with what must be said of it."""
    head, *rows = [line for line in lines if '"checkpoint":' not in line]
    notes = lines[len(rows) + 1 :]
    note = json.loads(notes[0])
    yield [], "The file is empty"
    yield lines[: len(rows) // 2], "cut off or put together"
    yield lines[:-1], "cut off or put together"
    yield [head.replace('"export":2', '"export":3'), *lines[1:]], "a format that is not known"
    for wrong in (5, "", "2026-11-22", "\0"):
        yield [*rows, json.dumps({**note, "made_at": wrong})], "is not a checkpoint"
    yield [*rows, notes[0]], "No key that is known here has signed it"
    first = {name: json.loads(rows[0])[name] for name in ("type", "schema_version", "payload")}
    other = _sealed(rows[-1], version=1, stream="benefit-none", **first)
    yield [*rows, other], "cannot stand where"
    for instant in ("9999", "9999-99-99T99:99:99.999999Z"):
        later = _sealed(rows[-1], version=1, stream="benefit-none", recorded_at=instant)
        yield [*rows, later], "is not a row of a log|cannot stand where|at no instant"
    unread = _sealed(rows[-1], version=1, stream="benefit-none", payload="{")
    yield [*rows, unread], "that cannot be read"


def test_each_is_refused_with_its_sentence_and_nothing_is_written(
    lines: list[str], store: Store, database_url: str
) -> None:
    empty, stranger = everything(database_url), Signer.fresh().verifier
    for changed, said in _not_ours(lines):
        with pytest.raises(BadExport) as refused:
            _take_in(store, changed, stranger)
        assert any(one in str(refused.value) for one in said.split("|")), (said, refused.value)
        assert str(refused.value).endswith("Nothing was written.")
    rows = [line for line in lines[1:] if '"checkpoint":' not in line]
    notes = lines[len(rows) + 1 :]
    with pytest.raises(BadExport, match="there was a checkpoint of"):
        _take_in(store, [*rows, *notes, notes[-1]])
    with pytest.raises(NotConsistent, match="was not signed over this log"):
        _take_in(store, [*rows[:-10], *notes[-1:]])
    assert everything(database_url) == empty


def test_one_of_the_first_format_is_taken_in_and_said_to_lack_its_first_line(
    lines: list[str], store: Store
) -> None:
    with owning(store.database) as connection:
        done = import_log(store, connection, lines[1:])
    assert done.end_was_told is False
    with store.database.read() as connection:
        assert list(export_log(connection)) == lines
