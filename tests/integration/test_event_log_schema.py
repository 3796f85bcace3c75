"""Making and upgrading the database: again, several at once, from any folder, and when it fails."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

from eventlog.database import Database
from eventlog.faults import DatabaseUnavailable, NotCurrent, NotInitialised
from eventlog.schema import check_current, owning, upgrade
from tests.integration.sample_log import book, open_store

ROOT = Path(__file__).resolve().parents[2]
_UPGRADE = "import sys; from eventlog.schema import upgrade; upgrade(sys.argv[1])"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


def _check(url: str) -> None:
    database = Database.open(url)
    try:
        with database.read() as connection:
            check_current(connection)
    finally:
        database.close()


def test_a_database_that_was_not_made_says_what_to_run(empty_url: str) -> None:
    with pytest.raises(NotInitialised, match="realise init"):
        _check(empty_url)


def test_several_upgrades_at_once_from_another_folder_make_one_database(
    empty_url: str, tmp_path: Path
) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _UPGRADE, empty_url],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for _ in range(3)
    ]
    assert [one.wait(60) for one in running] == [0, 0, 0]
    upgrade(empty_url)
    _check(empty_url)


def test_a_database_of_a_newer_version_is_left_alone(empty_url: str) -> None:
    upgrade(empty_url)
    with owning(Database.open(empty_url)) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NotCurrent, match="newer"):
        _check(empty_url)
    with pytest.raises(NotCurrent, match="newer"):
        upgrade(empty_url)


def test_a_database_that_cannot_be_had_says_so_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "note.db").write_text("This is a note, not a database. " * 50)
    for url in (
        "mysql://host/x", "nonsense", "sqlite://", f"sqlite:///{tmp_path}/no/folder.db",
        f"sqlite:///{tmp_path}/note.db", "postgresql://nobody:x@127.0.0.1:1/realise",
    ):  # fmt: skip
        with pytest.raises(DatabaseUnavailable) as refusal:
            upgrade(url)
        assert str(refusal.value).endswith(".")
        assert ":x@" not in str(refusal.value)


def test_the_role_of_the_application_gets_what_it_needs_and_no_more(
    owned_postgres: tuple[str, str],
) -> None:
    application, owner = owned_postgres
    upgrade(application, owner)
    with open_store(application).database.read() as connection:
        found = connection.exec_driver_sql(
            "SELECT c.relname, string_agg(p, ',' ORDER BY p) FROM pg_class c, "
            "unnest(ARRAY['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','TRIGGER']) AS p "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace "
            "AND has_table_privilege(c.oid, p) GROUP BY 1"
        )
        rights = {str(name): str(may) for name, may in found}
    assert rights.pop("events") == rights.pop("alembic_version") == "SELECT"
    assert rights.pop("checkpoints") == "INSERT,SELECT"
    assert set(rights.values()) == {"DELETE,INSERT,SELECT,UPDATE"}


def _migration(name: str) -> object:
    path = ROOT / "migrations" / "versions" / f"{name}.py"
    found = importlib.util.spec_from_file_location(name, path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_functions_and_triggers_are_what_the_migrations_wrote(
    migrated_postgres_url: str, migrated_sqlite_url: str
) -> None:
    first, gaps = _migration("0001_event_log"), _migration("0009_refuse_gaps_on_postgresql")
    looked_for = _migration("0027_rows_are_looked_for")
    statements = [*first.POSTGRESQL, *gaps.STATEMENTS, *looked_for.STATEMENTS]  # type: ignore[attr-defined]
    written = "\n".join(statements).replace("{lock}", str(first.LOCK))  # type: ignore[attr-defined]
    server, file = open_store(migrated_postgres_url), open_store(migrated_sqlite_url)
    with server.database.read() as connection:
        functions = connection.exec_driver_sql(
            "SELECT proname, prosrc, prosecdef, proconfig::text, "
            "has_function_privilege('pg_monitor', oid, 'EXECUTE') FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace ORDER BY 1"
        ).all()
        triggers = connection.exec_driver_sql(
            "SELECT tgname, tgenabled, tgtype FROM pg_trigger WHERE tgrelid = 'events'::regclass "
            "ORDER BY 1"
        ).all()
    assert [row[0] for row in functions] == [
        "append_events_v1",
        "append_events_v2",
        "events_refuse_gap_v1",
        "events_refuse_v1",
    ]
    assert all(row[1] in written for row in functions)
    assert [row[2] for row in functions] == [True, False, False, False]
    assert all("search_path=pg_catalog" in row[3] and not row[4] for row in functions)
    assert triggers == [
        ("events_refuse_change", "A", 2 + 8 + 16 + 32),
        ("events_refuse_gap", "A", 1 + 2 + 4),
    ]
    with file.database.read() as connection:
        stored = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_schema WHERE tbl_name = 'events' AND sql IS NOT NULL"
        ).scalars()
        assert sorted(stored) == sorted(text.strip() for text in first.SQLITE)  # type: ignore[attr-defined]
    server.database.close()
    file.database.close()


def test_a_percent_sign_in_a_folder_or_a_space_does_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "50% of #1?"
    folder.mkdir()
    url = make_url("sqlite://").set(database=str(folder / "a b.db"))
    upgrade(url.render_as_string(hide_password=False))
    _check(url.render_as_string(hide_password=False))
    assert (folder / "a b.db").exists()


def test_the_durability_that_was_asked_for_is_what_the_file_has(file_log: str) -> None:
    store = open_store(file_log)
    book(store, "hall-1", 0, 1)
    with store.database.write() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
