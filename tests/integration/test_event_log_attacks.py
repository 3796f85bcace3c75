"""SQL thrown at the log: the database itself refuses to change or remove what happened."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from eventlog.faults import DatabaseFault, RowsNotKept
from eventlog.grants import application_is_owner
from eventlog.seal import verify
from eventlog.store import Store
from tests.integration.sample_log import Booked, book, open_store

_ROW = "('x', 'hall-1', 9, 'Booked', 1, '2026', 'p', 'c', NULL, '{}', 'y', 'z')"
_COLUMNS = (
    "position, event_id, stream, version, type, schema_version, recorded_at, actor_id, "
    "correlation_id, causation_id, payload, prev_hash, hash"
)

Addresses = tuple[str, str]
_COPY = "type, schema_version, recorded_at, actor_id, correlation_id, causation_id, payload"

CHANGES = [
    "UPDATE events SET payload = '{}'",
    "UPDATE events SET payload = payload WHERE position = 1",
    "DELETE FROM events",
    "DELETE FROM events WHERE position = 2",
    (
        f"INSERT INTO events ({_COLUMNS}) SELECT {_COLUMNS} FROM events WHERE position = 1 "
        "ON CONFLICT (position) DO UPDATE SET payload = 'changed'"
    ),
]
SQLITE_CHANGES = [
    *(
        f"{verb} INTO events ({_COLUMNS}) SELECT {position}, {event_id}, {stream}, {version}, "
        f"{_COPY}, {prev_hash}, 'n' FROM events WHERE position = 2"
        for verb, position, event_id, stream, version, prev_hash in (
            ("INSERT OR REPLACE", "position", "'n'", "'s'", "1", "'n'"),
            ("REPLACE", "4", "event_id", "'s'", "1", "hash"),
            ("REPLACE", "4", "'n'", "stream", "version", "hash"),
            ("REPLACE", "4", "'n'", "'s'", "1", "prev_hash"),
            ("INSERT OR IGNORE", "position", "'n'", "'s'", "1", "'n'"),
            ("INSERT", "7", "'n'", "'s'", "1", "'n'"),
            ("INSERT", "NULL", "'n'", "'s'", "1", "'n'"),
        )
    ),
    "UPDATE OR REPLACE events SET position = 1 WHERE position = 2",
]
SQLITE_SCHEMA = [
    "DROP TRIGGER events_refuse_update",
    "DROP TABLE events",
    "DROP INDEX ix_halls_seats",
    "ALTER TABLE events RENAME TO old_events",
    "ALTER TABLE events ADD COLUMN more TEXT",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA foreign_keys = OFF",
    "UPDATE sqlite_master SET sql = '' WHERE name = 'events_refuse_update'",
    "DELETE FROM sqlite_schema WHERE name = 'events_refuse_update'",
    "ATTACH DATABASE ':memory:' AS other",
    "CREATE TEMP TRIGGER quiet BEFORE INSERT ON events BEGIN SELECT 1; END",
    "VACUUM",
]
POSTGRESQL_CHANGES = [
    "TRUNCATE events",
    "TRUNCATE events CASCADE",
    "TRUNCATE ONLY events RESTART IDENTITY CASCADE",
    "UPDATE events SET payload = '{}' WHERE false",
    "MERGE INTO events e USING (SELECT 1 AS n) g ON e.position = g.n WHEN MATCHED THEN DELETE",
    (
        "MERGE INTO events e USING (SELECT 1 AS n) g ON e.position = g.n "
        "WHEN MATCHED THEN UPDATE SET payload = ''"
    ),
]
#: Rows that are not the next of the chain: a wrong position, a wrong version, another past.
NOT_NEXT = [
    f"INSERT INTO events ({_COLUMNS}) SELECT {position}, 'n', {stream}, {version}, {_COPY}, "
    f"{prev_hash}, 'n' FROM events WHERE position = 3"
    for position, stream, version, prev_hash in (
        ("5", "stream", "4", "hash"),
        ("0", "stream", "4", "hash"),
        ("4", "stream", "9", "hash"),
        ("4", "'s'", "2", "hash"),
        ("4", "stream", "4", "'other'"),
    )
]
POSTGRESQL_ROLE = [
    *NOT_NEXT,
    f"INSERT INTO events ({_COLUMNS}) VALUES (4, {_ROW[1:]}",
    "DROP TABLE events",
    "DROP TRIGGER events_refuse_change ON events",
    "ALTER TABLE events DISABLE TRIGGER ALL",
    "DROP FUNCTION append_events_v2",
    "CREATE OR REPLACE FUNCTION events_refuse_v1() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
    "CREATE TABLE more (n int)",
    "ALTER TABLE events DISABLE TRIGGER events_refuse_change",
    "ALTER TABLE events DISABLE RULE ALL",
    "ALTER TABLE events OWNER TO CURRENT_USER",
    "CREATE TRIGGER quiet BEFORE INSERT ON events EXECUTE FUNCTION events_refuse_v1()",
    "CREATE RULE quiet AS ON INSERT TO events DO INSTEAD NOTHING",
    "COPY events FROM PROGRAM 'true'",
    "SET ROLE postgres",
    "SET session_replication_role = replica",
    "DELETE FROM alembic_version",
    "SELECT events_refuse_v1()",
]


def _filled(url: str) -> Store:
    store = open_store(url)
    book(store, "hall-1", 0, 1, 2, 3)
    return store


def _got_through(store: Store, statements: list[str]) -> list[str]:
    """The statements that the database carried out. Whatever came of them, the log is whole."""
    done = []
    for statement in statements:
        try:
            with store.database.write() as connection:
                connection.exec_driver_sql(statement)
            done.append(statement)
        except (DBAPIError, DatabaseFault):
            continue
    with store.database.read() as connection:
        verdict = verify(connection)
    assert (verdict.sound, verdict.events) == (True, 3)
    assert [one.event for one in store.load("hall-1")] == [Booked(1), Booked(2), Booked(3)]
    book(store, "hall-1", 3, 4)
    return done


def test_nothing_in_the_log_is_changed_or_removed(log_url: str) -> None:
    assert _got_through(_filled(log_url), CHANGES) == []


def test_the_application_cannot_change_an_sqlite_log_nor_its_guards(file_log: str) -> None:
    assert _got_through(_filled(file_log), [*SQLITE_CHANGES, *SQLITE_SCHEMA]) == []


def test_the_applications_role_can_only_select_and_append(owned_postgres: Addresses) -> None:
    statements = [*POSTGRESQL_CHANGES, *POSTGRESQL_ROLE]
    assert _got_through(_filled(owned_postgres[0]), statements) == []


def test_any_other_program_is_refused_by_the_triggers_of_an_sqlite_log(file_log: str) -> None:
    store = _filled(file_log)
    outside = sqlite3.connect(str(make_url(file_log).database), isolation_level=None)
    for statement in [*CHANGES, *SQLITE_CHANGES, *NOT_NEXT]:
        with pytest.raises(sqlite3.IntegrityError, match="event log"):
            outside.execute(statement)
    outside.close()
    assert [one.event for one in store.load("hall-1")] == [Booked(1), Booked(2), Booked(3)]


def test_even_the_owner_is_refused_by_the_triggers_in_replica_mode_too(
    owned_postgres: Addresses,
) -> None:
    application, owner = owned_postgres
    _filled(application)
    with psycopg.connect(owner, autocommit=True) as connection:
        for mode in ("origin", "replica"):
            connection.execute(f"SET session_replication_role = {mode}")
            for statement in [*CHANGES, *POSTGRESQL_CHANGES]:
                with pytest.raises(psycopg.Error, match="only grow"):
                    connection.execute(statement)
            for statement in NOT_NEXT:
                with pytest.raises(psycopg.Error, match="takes the next row"):
                    connection.execute(statement)


def test_copy_lets_in_no_row_that_is_not_the_next(owned_postgres: Addresses) -> None:
    _filled(owned_postgres[0])
    row = (9, "n", "hall-1", 4, "Booked", 1, "2026", "p", "c", None, "{}", "x", "y")
    for url, said in zip(owned_postgres, ("permission denied", "takes the next row"), strict=True):
        with psycopg.connect(url) as connection, pytest.raises(psycopg.Error, match=said):
            _copied(connection, row)


def _copied(connection: psycopg.Connection, row: tuple[object, ...]) -> None:
    with connection.cursor().copy(f"COPY events ({_COLUMNS}) FROM STDIN") as copy:
        copy.write_row(row)


def test_a_reading_connection_of_an_sqlite_log_cannot_write(file_log: str) -> None:
    store = open_store(file_log)
    with pytest.raises(Exception, match="cannot be written"), store.database.read() as connection:
        connection.exec_driver_sql("INSERT INTO posted VALUES ('x')")


def test_a_temporary_table_of_the_same_name_does_not_lead_the_append_astray(
    owned_postgres: Addresses,
) -> None:
    store = open_store(owned_postgres[0])
    with store.database.write() as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE events (LIKE public.events) ON COMMIT DROP")
        book(store, "hall-1", 0, 1, connection=connection)
        assert connection.exec_driver_sql("SELECT count(*) FROM pg_temp.events").scalar() == 0
    assert len(store.load("hall-1")) == 1


def test_who_could_switch_the_guards_off_is_known(owned_postgres: Addresses) -> None:
    application, owner = owned_postgres
    for url, expected in ((application, False), (owner, True)):
        with open_store(url).database.read() as connection:
            assert application_is_owner(connection) is expected


def test_the_lock_file_stands_beside_the_database(file_log: str) -> None:
    book(open_store(file_log), "hall-1", 0, 1)
    assert Path(f"{make_url(file_log).database}.lock").exists()


def test_an_append_that_a_foreign_trigger_swallows_is_refused_and_not_acknowledged(
    file_log: str,
) -> None:
    store = _filled(file_log)
    with sqlite3.connect(str(make_url(file_log).database)) as outside:
        outside.execute(
            "CREATE TRIGGER quiet BEFORE INSERT ON EVENTS WHEN NEW.version > 4 "
            "BEGIN SELECT RAISE(IGNORE); END"
        )
    outside.close()
    for seats in ((4, 5), (4, 5, 6)):
        with pytest.raises(RowsNotKept, match="realise verify"):
            book(store, "hall-1", 3, *seats)
    assert [one.event for one in store.load("hall-1")] == [Booked(1), Booked(2), Booked(3)]
    book(store, "hall-1", 3, 4)


@pytest.mark.parametrize(
    "deed",
    [
        "CREATE RULE quiet AS ON INSERT TO events DO INSTEAD NOTHING",
        (
            "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN NULL; END $$; "
            "CREATE TRIGGER quiet BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION quiet()"
        ),
    ],
)
def test_an_append_that_the_owner_makes_fall_is_refused_on_the_server_too(
    owned_postgres: Addresses, deed: str
) -> None:
    store = _filled(owned_postgres[0])
    with psycopg.connect(owned_postgres[1], autocommit=True) as owner:
        owner.execute(deed)
    for seats in ((4,), (4, 5)):
        with pytest.raises(RowsNotKept, match="realise verify"):
            book(store, "hall-1", 3, *seats)
    assert [one.event for one in store.load("hall-1")] == [Booked(1), Booked(2), Booked(3)]
