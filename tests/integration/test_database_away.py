"""A full disk, or a database that goes away: a sentence, nothing half done, and it recovers."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from entrypoints.scheduler import look
from entrypoints.verifying import verify_everything
from eventlog import sqlite
from eventlog.database import DatabaseUnavailable, DiskFull, NotInitialised
from eventlog.seal import verify
from eventlog.store import Store
from tests import postgres
from tests.integration.sample_log import book, counted, open_store
from tests.kept import lived_in, quick_reports

_BACKUP = """
import resource, sys
from entrypoints.cli import main
from eventlog import backup

new = backup._new

def small(file):
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))
    return new(file)

backup._new = small
sys.argv = ["realise", "backup", sys.argv[1]]
main()
"""
ROOT = Path(__file__).resolve().parents[2]


def _whole(store: Store, events: int) -> None:
    with store.database.read() as connection:
        verdict = verify(connection)
    assert (verdict.sound, verdict.events) == (True, events)
    assert counted(store) == (events, events, events, events)


def _written_until_full(store: Store) -> int:
    """Append ten events at a time, after the first, while there is room; gives the version."""
    version = 1
    for _ in range(2_000):
        try:
            book(store, "hall-1", version, *range(10))
        except DiskFull:
            break
        version += 10
    assert 1 < version < 20_000
    return version


def test_a_full_disk_is_said_in_a_sentence_and_what_was_written_stays(
    file_log: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(open_store(file_log), "hall-1", 0, 1)
    real: Callable[..., object] = sqlite.connect

    def small(path: Path, wait: float, mode: str = "rw", *settings: str) -> object:
        return real(path, wait, mode, *settings, "max_page_count=150")

    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "connect", small)
        full = open_store(file_log)
        version = _written_until_full(full)
        with pytest.raises(DiskFull, match="Make room, then try again"):
            book(full, "hall-1", version, *range(10))
        _whole(full, version)
    roomy = open_store(file_log)
    book(roomy, "hall-1", version, 1)
    _whole(roomy, version + 1)


def test_a_full_disk_of_a_server_is_said_in_the_same_words(postgres_url: str) -> None:
    store = open_store(postgres_url)
    for code, fault in (("53100", DiskFull), ("58030", DatabaseUnavailable)):
        raising = f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $$"
        with pytest.raises(fault) as said, store.database.write() as connection:
            connection.exec_driver_sql(raising)
        assert str(said.value).endswith(".")
    store.database.close()


def test_a_backup_for_which_there_is_no_room_says_so_and_leaves_nothing(
    migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_reports(monkeypatch)
    lived_in(migrated_sqlite_url, tmp_path / "var").realise.database.close()
    monkeypatch.setenv("REALISE_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setenv("REALISE_VAR", str(tmp_path / "var"))
    folder = tmp_path / "backups"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", _BACKUP, folder / "b.zip"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(folder.iterdir()) == []


@contextmanager
def _away(server: postgres.Postgres, url: str) -> Iterator[None]:
    """Nobody can connect to this database, and whoever was connected is thrown out."""
    name = make_url(url).database
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        try:
            yield
        finally:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def test_a_server_that_goes_away_is_said_in_a_sentence_and_found_again(
    postgres_server: postgres.Postgres, owned_postgres: tuple[str, str]
) -> None:
    store = open_store(owned_postgres[0])
    book(store, "hall-1", 0, 1)
    with _away(postgres_server, owned_postgres[0]):
        for _ in range(2):
            with pytest.raises(DatabaseUnavailable, match="then try again"):
                book(store, "hall-1", 1, 2)
            with pytest.raises(DatabaseUnavailable):
                store.load("hall-1")
    book(store, "hall-1", 1, 2)
    _whole(store, 2)


def test_a_server_that_goes_away_in_the_middle_of_a_write_has_written_nothing(
    postgres_server: postgres.Postgres, owned_postgres: tuple[str, str]
) -> None:
    store = open_store(owned_postgres[0])
    book(store, "hall-1", 0, 1)

    def leave(*_: object) -> None:
        with _away(postgres_server, owned_postgres[0]):
            pass

    with pytest.raises(DatabaseUnavailable):
        book(store, "hall-1", 1, 2, also=leave)
    _whole(store, 1)
    book(store, "hall-1", 1, 2)
    _whole(store, 2)


def test_a_file_that_goes_away_is_said_in_a_sentence_and_found_again(file_log: str) -> None:
    store = open_store(file_log)
    book(store, "hall-1", 0, 1)
    file = Path(str(make_url(file_log).database))
    file.rename(file.with_suffix(".away"))
    for _ in range(2):
        with pytest.raises(NotInitialised):
            book(store, "hall-1", 1, 2)
    file.with_suffix(".away").rename(file)
    book(store, "hall-1", 1, 2)
    _whole(store, 2)


def test_the_scheduler_outlives_a_database_that_is_away(
    migrated_postgres_url: str,
    postgres_server: postgres.Postgres,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick_reports(monkeypatch)
    realise = lived_in(migrated_postgres_url, tmp_path).realise
    with _away(postgres_server, migrated_postgres_url):
        look(realise)
    look(realise)
    assert verify_everything(realise).bad == []
    realise.database.close()
