"""Signed checkpoints on both databases: made, gone on from, refused and audited."""

import threading
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from eventlog.audit import Audit, audit
from eventlog.checkpoints import (
    NotConsistent,
    checkpoint_now,
    checkpoints,
    every,
    latest,
    restore,
)
from eventlog.database import Database
from eventlog.faults import DatabaseFault
from eventlog.merkle import root_of
from eventlog.schema import owning
from eventlog.seal import HASHED, hash_of
from eventlog.signed_note import Keys, Signer, text_of
from eventlog.store import Store
from tests.integration.sample_log import EVENING, NOON, book, open_store, three_checkpoints

KEYS = Keys(Signer.fresh())


def _audit(store: Store, keys: Keys = KEYS) -> Audit:
    with store.database.read() as connection:
        return audit(connection, keys.verifiers)


def test_a_checkpoint_is_the_signed_root_of_all_the_rows(store: Store) -> None:
    made = three_checkpoints(store, KEYS)
    with store.database.read() as connection:
        hashes = connection.exec_driver_sql("SELECT hash FROM events ORDER BY position")
        leaves = [bytes.fromhex(one) for one in hashes.scalars()]
        assert list(every(connection)) == made
        assert latest(connection) == made[-1]
        assert latest(connection, 11) == made[1]
        assert latest(connection, 2) is None
    for checkpoint, size in zip(made, (3, 5, 12), strict=True):
        assert (checkpoint.size, checkpoint.root) == (size, root_of(leaves[:size]))
        lines = text_of(checkpoint.note, KEYS.verifiers).split("\n")
        assert lines == [KEYS.signer.name, str(size), checkpoint.root_text, ""]
    assert _audit(store).sound


def test_a_log_that_has_not_grown_keeps_its_last_checkpoint(store: Store) -> None:
    told: list[int] = []
    empty = checkpoint_now(store.database, KEYS, NOON, lambda _, one: told.append(one.size))
    assert empty.size == 0
    book(store, "hall-1", 0, 1)
    for _ in range(2):
        last = checkpoint_now(store.database, KEYS, EVENING, lambda _, one: told.append(one.size))
        assert last.size == 1
    assert told == [0, 1]
    assert _audit(store).sound


def test_a_checkpoint_is_never_made_before_its_last_event(store: Store) -> None:
    """Another host's clock may run days ahead: that is no fault of the record, now or ever."""
    book(store, "hall-1", 0, 1)
    made = checkpoint_now(store.database, KEYS, NOON - timedelta(days=3))
    with store.database.read() as connection:
        recorded = connection.exec_driver_sql("SELECT recorded_at FROM events").scalar()
    assert made.made_at == recorded
    assert _audit(store).faults == []


def test_many_make_checkpoints_while_others_write(store: Store) -> None:
    def write(number: int) -> None:
        for version in range(10):
            book(store, f"hall-{number}", version, 1)
            checkpoint_now(store.database, KEYS, NOON + timedelta(seconds=version))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert checkpoint_now(store.database, KEYS, NOON).size == 40
    found = _audit(store)
    assert found.sound
    assert found.checkpoints > 1


def test_a_checkpoint_whose_transaction_fails_was_never_made(store: Store) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no room for the email")

    book(store, "hall-1", 0, 1)
    with pytest.raises(RuntimeError):
        checkpoint_now(store.database, KEYS, NOON, fail)
    with store.database.read() as connection:
        assert latest(connection) is None


def test_the_database_refuses_to_change_or_remove_a_checkpoint(log_url: str) -> None:
    store = open_store(log_url)
    three_checkpoints(store, KEYS)
    for statement in (
        "UPDATE checkpoints SET note = ''",
        "DELETE FROM checkpoints",
        "INSERT INTO checkpoints SELECT size, 'x', 'x', 'x', 'x' FROM checkpoints WHERE size = 3",
    ):
        with pytest.raises((DBAPIError, DatabaseFault)), store.database.write() as connection:
            connection.exec_driver_sql(statement)
    assert _audit(store).checkpoints == 3


def test_even_the_owner_is_refused_on_postgresql(owned_postgres: tuple[str, str]) -> None:
    three_checkpoints(open_store(owned_postgres[0]), KEYS)
    with psycopg.connect(owned_postgres[1], autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        for statement in ("UPDATE checkpoints SET note = ''", "TRUNCATE checkpoints"):
            with pytest.raises(psycopg.Error, match="only grow"):
                owner.execute(statement)


@pytest.fixture(params=["sqlite", "postgresql"])
def tampering(request: pytest.FixtureRequest) -> tuple[Store, Database]:
    """A log with three checkpoints, and its database as somebody opens it who may do anything."""
    if request.param == "sqlite":
        url = owner = request.getfixturevalue("file_log")
    else:
        url, owner = request.getfixturevalue("owned_postgres")
    store = open_store(url)
    three_checkpoints(store, KEYS)
    with owning(Database.open(owner)) as connection:
        for table in ("events", "checkpoints"):
            _switch_off(connection, table)
    return store, Database.open(owner)


def _switch_off(connection: Connection, table: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        return
    names = connection.exec_driver_sql(
        f"SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '{table}'"
    ).scalars()
    for name in list(names):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def _reseal(connection: Connection, changed: int, payload: str) -> None:
    """Change a row and give it and every row after it the hash that then fits."""
    columns = (*HASHED, "prev_hash", "hash")
    rows = connection.exec_driver_sql(
        f"SELECT {', '.join(columns)} FROM events WHERE position >= {changed} ORDER BY position"
    ).all()
    last = rows[0][-2]
    for row in rows:
        values = [*row[:10], payload if row[0] == changed else row[10]]
        sealed = hash_of(last, values)
        connection.exec_driver_sql(
            f"UPDATE events SET payload = '{values[10]}', prev_hash = '{last}', "
            f"hash = '{sealed}' WHERE position = {row[0]}"
        )
        last = sealed


def test_a_log_that_was_sealed_again_after_an_edit_is_found_and_never_signed(
    tampering: tuple[Store, Database],
) -> None:
    store, owner = tampering
    with owning(owner) as connection:
        _reseal(connection, 4, '{"note":"","seats":400}')
    found = _audit(store)
    assert found.chain.sound
    assert found.faults == [
        "Position 4 or one after it, up to 5, is not what was signed when the log had 5 events."
    ]
    with pytest.raises(NotConsistent, match="Nothing was signed"):
        checkpoint_now(store.database, KEYS, EVENING)


def test_a_cut_tail_is_found_and_never_signed(tampering: tuple[Store, Database]) -> None:
    store, owner = tampering
    with owning(owner) as connection:
        connection.exec_driver_sql("DELETE FROM events WHERE position > 8")
        connection.exec_driver_sql("DELETE FROM story WHERE position > 8")
    found = _audit(store)
    assert found.chain.sound
    assert found.faults == [
        (
            "Position 9 and those after it are gone: the log had 12 events when it was signed, "
            "and has 8."
        )
    ]
    with pytest.raises(NotConsistent):
        checkpoint_now(store.database, KEYS, EVENING)
    book(store, "hall-1", 8, 1, 2, 3, 4, 5, 6)  # others in their place do not hide it
    assert not _audit(store).sound
    with pytest.raises(NotConsistent):
        checkpoint_now(store.database, KEYS, EVENING)


def test_a_new_row_that_is_not_whole_is_not_signed(tampering: tuple[Store, Database]) -> None:
    store, owner = tampering
    book(store, "hall-2", 0, 1)
    with owning(owner) as connection:
        connection.exec_driver_sql("UPDATE events SET actor_id = 'x' WHERE position = 13")
    with pytest.raises(NotConsistent, match="Position 13"):
        checkpoint_now(store.database, KEYS, EVENING)
    assert str(_audit(store).chain).startswith("Position 13")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE checkpoints SET note = replace(note, '12', '11') WHERE size = 12",
        "UPDATE checkpoints SET size = 11 WHERE size = 12",
        "UPDATE checkpoints SET note = 'nothing' WHERE size = 12",
        (
            "UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE size = 5) "
            "WHERE size = 12"
        ),
    ],
)
def test_a_changed_checkpoint_is_found_and_not_gone_on_from(
    tampering: tuple[Store, Database], change: str
) -> None:
    store, owner = tampering
    book(store, "hall-2", 0, 1)
    with owning(owner) as connection:
        connection.exec_driver_sql(change)
    assert len(_audit(store).faults) == 1
    with pytest.raises(NotConsistent):
        checkpoint_now(store.database, KEYS, EVENING)


@pytest.mark.parametrize("change", ["peaks = 'ab'", "peaks = ''", "last_hash = 'x'"])
def test_a_checkpoint_with_a_damaged_beginning_for_the_next_is_not_gone_on_from(
    tampering: tuple[Store, Database], change: str
) -> None:
    store, owner = tampering
    with owning(owner) as connection:
        connection.exec_driver_sql(f"UPDATE checkpoints SET {change} WHERE size = 12")
    with pytest.raises(NotConsistent):
        checkpoint_now(store.database, KEYS, EVENING)


def test_a_new_key_goes_on_only_where_the_old_one_is_known(store: Store) -> None:
    three_checkpoints(store, KEYS)
    book(store, "hall-2", 0, 1)
    fresh = Signer.fresh()
    with pytest.raises(NotConsistent, match="No key that is known"):
        checkpoint_now(store.database, Keys(fresh), EVENING)
    keys = Keys(fresh, (KEYS.signer.verifier,))
    assert checkpoint_now(store.database, keys, EVENING).origin == fresh.name
    assert _audit(store, keys).sound
    assert len(_audit(store).faults) == 1


def test_checkpoints_are_put_back_beside_the_log_that_they_were_signed_over(
    tampering: tuple[Store, Database],
) -> None:
    store, owner = tampering
    with store.database.read() as connection:
        before = connection.execute(select(checkpoints).order_by(checkpoints.c.size)).all()
        found = list(every(connection))
    with owning(owner) as connection:
        connection.exec_driver_sql("DELETE FROM checkpoints")
        restore(connection, reversed(found))
        again = connection.execute(select(checkpoints).order_by(checkpoints.c.size)).all()
        connection.exec_driver_sql("DELETE FROM checkpoints")
        _reseal(connection, 12, "{}")
        with pytest.raises(NotConsistent, match="12 events was not signed"):
            restore(connection, found)
    assert again == before
