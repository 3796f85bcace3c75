"""A database that gives back less than it holds, or twice the same: it is said."""

import sqlite3
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import make_url

from benefits.commands import details
from entrypoints.verifying import LogFault, check_log, verify_everything
from eventlog.audit import audit
from eventlog.database import Database
from eventlog.export_lines import COLUMNS
from eventlog.faults import DamagedRecord
from eventlog.schema import owning
from eventlog.seal import hash_of
from eventlog.store import Store
from tests.integration.attacked import switch_off
from tests.integration.sample_log import Booked, book, open_store
from tests.scenario import open_realise

#: The first byte of a page that holds entries of an index.
_LEAF = 0x0A
_SAMPLE, _IDS = "hall-1", ("first", "second", "third")


def _three(url: str) -> Store:
    store = open_store(url)
    book(store, _SAMPLE, 0, 1, 2, 3, ids=_IDS)
    return store


def _edit_index(url: str, entry: bytes, other: bytes) -> None:
    """Write another entry of the same length into the index of streams and versions."""
    path = Path(str(make_url(url).database))
    with sqlite3.connect(path) as outside:
        outside.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = outside.execute("PRAGMA page_size").fetchone()
    outside.close()
    kept = bytearray(path.read_bytes())
    leaves = [at for at in range(size, len(kept), size) if kept[at] == _LEAF]
    (place,) = [at + found for at in leaves if (found := kept[at : at + size].find(entry)) >= 0]
    kept[place : place + len(entry)] = other
    path.write_bytes(kept)


def test_an_index_that_hides_the_last_event_of_a_stream_is_named(file_log: str) -> None:
    _three(file_log).database.close()
    _edit_index(file_log, b"hall-1\x03", b"hall-9\x03")
    store = open_store(file_log)
    assert [one.event for one in store.load(_SAMPLE)] == [Booked(1), Booked(2)]
    with store.database.read() as connection:
        found = audit(connection, None)
    assert found.chain.sound
    assert not found.sound
    assert "sqlite_autoindex_events_2" in " ".join(found.damage)


def test_a_stream_with_a_gap_is_not_read(file_log: str) -> None:
    _three(file_log).database.close()
    _edit_index(file_log, b"hall-1\x03", b"hall-1\x04")
    store = open_store(file_log)
    with pytest.raises(DamagedRecord, match=r"hall-1 cannot be read whole.* realise verify"):
        store.load(_SAMPLE)
    with store.database.read() as connection, pytest.raises(DamagedRecord, match="hall-1"):
        store.load_since({_SAMPLE: 2}, connection)


def test_rows_that_an_index_gives_for_another_stream_are_not_read(file_log: str) -> None:
    _three(file_log).database.close()
    _edit_index(file_log, b"hall-1\x03", b"hall-9\x03")
    store = open_store(file_log)
    with pytest.raises(DamagedRecord, match="cannot be read whole"):
        store.load_many(["hall-9", "hall-8"])


@pytest.mark.parametrize("lived_url", ["sqlite"], indirect=True)
def test_verify_and_the_daily_check_say_that_the_file_is_damaged(
    lived_url: str, tmp_path: Path
) -> None:
    _edit_index(lived_url, b"benefit-benefit-1\x05", b"benefit-benefit-0\x05")
    realise = open_realise(lived_url, tmp_path)
    assert "The database file is damaged" in verify_everything(realise).bad[0]
    with pytest.raises(LogFault, match="The database file is damaged"):
        check_log(realise)
    realise.database.close()


def _sealed_with(url: str, owner: str, column: int, value: str) -> str:
    """What the audit says once the last row has another value, and a hash that fits it."""
    _three(url)
    with owning(Database.open(owner)) as connection:
        switch_off(connection, "events")
        query = f"SELECT {', '.join(COLUMNS)} FROM events ORDER BY position DESC LIMIT 1"
        row = [*connection.exec_driver_sql(query).one()]
        row[column] = value
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE events DROP CONSTRAINT uq_events_event_id")
        else:
            connection.exec_driver_sql("ALTER TABLE events RENAME TO old")
            connection.exec_driver_sql("CREATE TABLE events AS SELECT * FROM old")
        connection.exec_driver_sql(
            f"UPDATE events SET {COLUMNS[column]} = '{value}', "
            f"hash = '{hash_of(str(row[-2]), row[:-2])}' WHERE position = 3"
        )
        return str(audit(connection, None).chain)


@pytest.fixture(params=["sqlite", "postgresql"])
def owned(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The addresses of the sample log: the application's, and the owner's."""
    if request.param == "sqlite":
        return (request.getfixturevalue("file_log"),) * 2
    both: tuple[str, str] = request.getfixturevalue("owned_postgres")
    return both


def test_an_event_id_that_stands_twice_is_named(owned: tuple[str, str]) -> None:
    said = _sealed_with(*owned, COLUMNS.index("event_id"), _IDS[0])
    assert said == "Position 3: its event id was used before."


def test_an_instant_that_is_not_written_in_full_is_named(owned: tuple[str, str]) -> None:
    said = _sealed_with(*owned, COLUMNS.index("recorded_at"), "9")
    assert said == "Position 3: its instant is not written in full (9)."


#: An index of streams and versions that has no entry for the last event, and says that it has all.
_HIDES = (
    "ALTER TABLE events DROP CONSTRAINT uq_events_stream_version",
    "CREATE UNIQUE INDEX uq_events_stream_version ON events (stream, version) WHERE version < 3",
    "SET LOCAL allow_system_table_mods = on",
    "UPDATE pg_index SET indpred = NULL WHERE indexrelid = 'uq_events_stream_version'::regclass",
)


def _hide_on_postgresql(owner: str) -> None:
    with owning(Database.open(owner)) as connection:
        for statement in _HIDES:
            connection.exec_driver_sql(statement)


def test_on_postgresql_an_index_that_gives_fewer_rows_than_its_table_is_named(
    owned_postgres: tuple[str, str],
) -> None:
    application, owner = owned_postgres
    store = _three(application)
    with store.database.read() as connection:
        assert audit(connection, None).sound
    _hide_on_postgresql(owner)
    with store.database.read() as connection:
        found = audit(connection, None)
        assert connection.exec_driver_sql("SHOW enable_seqscan").scalar() == "on"
    assert found.chain.sound
    (said,) = found.damage
    assert "uq_events_stream_version of the log is damaged: its table has 3 rows" in said


def test_what_amcheck_says_of_an_index_is_told_where_this_role_may_ask_it(
    owned_postgres: tuple[str, str],
) -> None:
    application, owner = owned_postgres
    store = _three(application)
    says = (
        "CREATE FUNCTION bt_index_check(regclass, boolean) RETURNS void LANGUAGE plpgsql AS $$ "
        "BEGIN IF $1 = 'pk_events'::regclass THEN RAISE 'item order invariant violated'; END IF; "
        "END $$"
    )
    with owning(Database.open(owner)) as connection:
        connection.exec_driver_sql(says)
    with store.database.read() as connection:
        (said,) = audit(connection, None).damage
    assert "pk_events of the log is damaged: item order invariant violated. Rows can" in said
    with owning(Database.open(owner)) as connection:
        connection.exec_driver_sql(
            "REVOKE ALL ON FUNCTION bt_index_check(regclass, boolean) FROM PUBLIC"
        )
    with store.database.read() as connection:
        assert audit(connection, None).sound


@pytest.mark.parametrize("lived_url", ["sqlite"], indirect=True)
def test_a_process_that_knew_more_events_of_a_thing_than_an_index_gives_writes_no_more_of_it(
    lived_url: str, tmp_path: Path
) -> None:
    realise, at = open_realise(lived_url, tmp_path), datetime(2024, 9, 1, tzinfo=UTC)
    note = partial(realise.handle, by="pat", at=at)
    last = note(details.AddNote("benefit-1", "Once.")).written[0]
    realise.database.close()
    entry = f"benefit-benefit-{{}}{chr(last.version)}"
    _edit_index(lived_url, entry.format(1).encode(), entry.format(9).encode())
    head = realise.store.head()
    with pytest.raises(DamagedRecord, match="benefit-benefit-1 cannot be read whole"):
        note(details.AddNote("benefit-1", "Twice."))
    assert realise.store.head() == head
    realise.database.close()
