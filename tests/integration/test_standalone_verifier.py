"""The log attacked by somebody who may do anything to it: an auditor with an older checkpoint sees.

The stand-alone verifier is run on an export, and knows nothing of Realise.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, make_url

from eventlog.checkpoints import checkpoint_now, every
from eventlog.database import Database
from eventlog.export_lines import COLUMNS
from eventlog.proving import prove_event, prove_growth
from eventlog.schema import owning
from eventlog.seal import HASHED, hash_of
from eventlog.signed_note import Keys, Signer
from tests.integration.attacked import KEY, KEYS, Attacked, must_be_found, sealed_again, switch_off
from tests.integration.sample_log import NOON, book, open_store
from tests.verifier import run_verifier


@pytest.fixture(params=["sqlite", "postgresql"])
def attacked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Attacked]:
    if request.param == "sqlite":
        url = owner = request.getfixturevalue("file_log")
    else:
        url, owner = request.getfixturevalue("owned_postgres")
    made = Attacked(open_store(url), Database.open(owner), tmp_path)
    for version, count in ((0, 4), (4, 5), (9, 3)):
        book(made.store, "hall-1", version, *range(count))
        if version == 4:
            made.kept.write_text(checkpoint_now(made.store.database, KEYS, NOON).note)
        elif version == 0:
            checkpoint_now(made.store.database, KEYS, NOON)
    with owning(made.owner) as connection:
        for table in ("events", "checkpoints"):
            switch_off(connection, table)
    yield made
    made.owner.close()


def test_an_untouched_log_holds(attacked: Attacked) -> None:
    verdict = attacked.verify_with_kept()
    assert verdict.status == 0, verdict
    assert "The chain is sound: 12 events" in verdict.good
    assert "2 checkpoints" in verdict.good  # the one that was kept is one of them
    assert verdict.bad == ""


@pytest.mark.parametrize(
    "column", ["position", "stream", "version", "payload", "prev_hash", "hash"]
)
def test_one_changed_value_is_found(attacked: Attacked, column: str) -> None:
    number = column in {"position", "version", "schema_version"}
    value = f"{column} + 1000" if number else f"coalesce({column}, '') || 'x'"
    attacked.change(f"UPDATE events SET {column} = {value} WHERE position = 6")
    must_be_found(attacked.verify_with_kept(), 6)


def test_a_deleted_an_inserted_and_swapped_rows_are_found(attacked: Attacked) -> None:
    swap = [
        f"UPDATE events SET position = {to} WHERE position = {was}"
        for was, to in ((4, 99), (5, 4), (99, 5))
    ]
    attacked.change(*swap)
    must_be_found(attacked.verify_with_kept(), 4)
    attacked.change(*swap)
    assert attacked.verify_with_kept().status == 0
    attacked.change(
        f"INSERT INTO events ({', '.join(COLUMNS)}) SELECT 13, 'new', 'hall-9', 1, type, "
        "schema_version, recorded_at, actor_id, correlation_id, NULL, payload, 'p', "
        f"'{'0' * 64}' FROM events WHERE position = 9"
    )
    must_be_found(attacked.verify_with_kept(), 13)
    attacked.change(
        "DELETE FROM events WHERE position = 13", "DELETE FROM events WHERE position = 7"
    )
    must_be_found(attacked.verify_with_kept(), 7)


Attack = Callable[[Connection], None]


def _edit(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE events SET payload = '{}' WHERE position = 7")
    sealed_again(connection, 7)


def _delete(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM events WHERE position = 7")
    sealed_again(connection, 7)


def _swap(connection: Connection) -> None:
    for was, to in ((6, 99), (7, 6), (99, 7)):
        connection.exec_driver_sql(f"UPDATE events SET position = {to} WHERE position = {was}")
    connection.exec_driver_sql("UPDATE events SET version = version + 100")
    connection.exec_driver_sql("UPDATE events SET prev_hash = event_id")
    sealed_again(connection, 1)


def _cut(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM events WHERE position > 7")


@pytest.mark.parametrize("attack", [_edit, _delete, _swap, _cut])
def test_a_log_made_whole_again_after_an_attack_is_told_by_the_checkpoint_that_was_kept(
    attacked: Attacked, attack: Attack
) -> None:
    with owning(attacked.owner) as connection:
        attack(connection)
        connection.exec_driver_sql("DELETE FROM checkpoints WHERE size > 4")
    assert attacked.verify().status == 0  # nothing here can know of it any more
    must_be_found(attacked.verify_with_kept(), 5, 8)


def test_an_attacker_who_signs_with_a_key_of_their_own_is_found(attacked: Attacked) -> None:
    with owning(attacked.owner) as connection:
        _edit(connection)
        connection.exec_driver_sql("DELETE FROM checkpoints")
    checkpoint_now(attacked.store.database, Keys(Signer.fresh()), NOON)
    verdict = attacked.verify()
    assert verdict.status == 1
    assert "not signed with the given key" in verdict.bad


def test_a_checkpoint_that_was_removed_is_found_by_who_kept_it(attacked: Attacked) -> None:
    attacked.change("DELETE FROM checkpoints WHERE size = 9")
    assert attacked.verify().status == 0  # the others hold
    verdict = attacked.verify_with_kept()
    assert verdict.status == 1
    assert "signed over 9 events" in verdict.bad
    assert "taken out of the record" in verdict.bad


def test_a_log_forged_whole_and_signed_with_a_fresh_key_is_found(attacked: Attacked) -> None:
    """Somebody writes another record from its first event, and calls the key as ours is called."""
    gone = ("checkpoints", "events", "halls", "story")
    attacked.change(*(f"DELETE FROM {table}" for table in gone))
    book(attacked.store, "hall-1", 0, *range(12))
    fresh = Signer(KEYS.signer.name, Signer.fresh()._private)
    checkpoint_now(attacked.store.database, Keys(fresh), NOON)
    assert "not signed with the given key" in attacked.verify().bad
    attacked.change("DELETE FROM checkpoints")
    must_be_found(attacked.verify_with_kept(), 1)


def test_an_older_copy_put_back_is_found(file_log: str, tmp_path: Path) -> None:
    store = open_store(file_log)
    book(store, "hall-1", 0, 1, 2)
    with owning(store.database):
        shutil.copy(str(make_url(file_log).database), tmp_path / "older.db")
        for name in ("-wal", "-shm"):
            shutil.copy(f"{make_url(file_log).database}{name}", tmp_path / f"older.db{name}")
    book(store, "hall-1", 2, 3)
    made = Attacked(store, store.database, tmp_path)
    made.kept.write_text(checkpoint_now(store.database, KEYS, NOON).note)
    older = open_store(f"sqlite:///{tmp_path / 'older.db'}")
    restored = Attacked(older, older.database, tmp_path)
    assert "Nothing signs it" in restored.verify().bad
    assert restored.verify("--chain-alone").status == 0
    must_be_found(restored.verify_with_kept(), 3)
    book(older, "hall-1", 2, 4, 5)  # going on from it does not hide it
    must_be_found(restored.verify_with_kept(), 1)


def test_bytes_edited_in_the_file_of_the_database_are_found(file_log: str, tmp_path: Path) -> None:
    store = open_store(file_log)
    for version in range(6):
        book(store, f"hall-{version}", 0, 7, at=NOON)
    with owning(store.database) as connection:
        connection.exec_driver_sql("SELECT 1")
    store.database.close()  # the last to leave writes everything into the one file
    file = Path(str(make_url(file_log).database))
    content = file.read_bytes()
    place = content.index(b"hall-3Booked")
    file.write_bytes(content[:place] + b"hall-8Booked" + content[place + 12 :])
    made = Attacked(open_store(file_log), store.database, tmp_path)
    must_be_found(made.verify(), 4)


def test_an_export_that_was_edited_is_found(attacked: Attacked) -> None:
    assert attacked.verify().status == 0
    export = attacked.folder / "log.jsonl"
    whole = export.read_bytes()
    head, *lines = whole.splitlines(keepends=True)
    row = json.loads(lines[4])
    extra = {**row, "more": 1}
    for changed, position in (
        (lines[:4] + lines[5:], 5),
        ([*lines[:4], b"{}\n", *lines[5:]], 5),
        ([*lines[:4], b"\xff\n", *lines[5:]], 5),
        ([*lines[:4], json.dumps(extra).encode() + b"\n", *lines[5:]], 5),
        ([*lines[:4], lines[4][:-2] + b',"version":5}\n', *lines[5:]], 5),
        ([*lines[:4], lines[4].replace(b'"version":5', b'"version":5.0'), *lines[5:]], 5),
        ([*lines[:4], lines[4].replace(b'"version":5', b'"version":true'), *lines[5:]], 5),
        ([*lines[:5], lines[4], *lines[5:]], 6),
        ([*lines[:11], lines[12], lines[11]], 12),
        ([*lines[:-1], lines[-1][:-1]], 13),
        ([*lines[:3], lines[3][:90]], 4),
        (lines[:7], 8),
        (lines[:-1], None),
        ([one.replace(b"\n", b"\r\n") for one in lines], 1),
    ):
        export.write_bytes(head + b"".join(changed))
        if position is None:
            verdict = run_verifier(attacked.folder, export, "--key", KEY)
            assert verdict.status == 1
            assert "holds 2 checkpoints, and it has 1" in verdict.bad
            continue
        must_be_found(run_verifier(attacked.folder, export, "--key", KEY), position)


def test_proofs_of_an_event_and_of_growth_hold_offline_and_break_when_changed(
    attacked: Attacked,
) -> None:
    checkpoint_now(attacked.store.database, KEYS, NOON)
    file = attacked.folder / "proof.json"
    with attacked.store.database.read() as connection:
        old, _, new = list(every(connection))
        proof = {**prove_event(connection, 6, new), **prove_growth(connection, old, new)}
    file.write_text(json.dumps(proof))
    verdict = run_verifier(attacked.folder, "--proof", file, "--key", KEY)
    assert verdict.status == 0, verdict
    assert "position 6 is in the log of 12 events" in verdict.good
    assert "only grown since it had 4" in verdict.good
    event = proof["event"]
    forged = {**event, "payload": "{}"}
    forged["hash"] = hash_of(forged["prev_hash"], [forged[name] for name in HASHED])
    for change in (
        {"event": {**event, "payload": "{}"}},
        {"event": forged},
        {"inclusion": proof["inclusion"][1:]},
        {"consistency": proof["consistency"][1:]},
        {"older_checkpoint": new.note.replace("12", "11")},
        {"checkpoint": old.note},
    ):
        file.write_text(json.dumps({**proof, **change}))
        assert run_verifier(attacked.folder, "--proof", file, "--key", KEY).status == 1, change


def test_what_cannot_be_looked_at_is_status_two(attacked: Attacked) -> None:
    assert attacked.verify("--checkpoint", "nowhere.txt").status == 2
    export = attacked.folder / "log.jsonl"
    for words in (
        (export, "--key", KEY[:-3]),
        (attacked.folder / "no.jsonl", "--key", KEY),
        (export,),
        ("--key", KEY),
        ("--proof", export, "--key", KEY),
    ):
        verdict = run_verifier(attacked.folder, *words)
        assert verdict.status == 2, words
        assert "Traceback" not in verdict.bad
