"""Who the log is measured against: the raw drivers, and the library ``eventsourcing``.

Its native recorders keep no chain of hashes, no guard of other streams and no event id.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

import psycopg
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from sqlalchemy import make_url

from benchmarks.places import OPENED

LIBRARY = "eventsourcing"
TEXT = "A note of an ordinary length, as people write them when they have a minute. " * 5
Save = Callable[[int], None]

_TABLE = "CREATE TABLE floor (position {key}, payload TEXT NOT NULL)"


class Notes(Aggregate):
    """The library's own kind of stream: notes are added to it."""

    @event("NoteAdded")
    def add(self, text: str) -> None:
        """Keep the note; nothing is worked out from it."""


class Notebook(Application[UUID]):
    """The library's application, as its documentation sets one up."""

    is_snapshotting_enabled = False
    log_section_size = 5_000
    env: ClassVar[dict[str, str]] = {"COMPRESSOR_TOPIC": "", "CIPHER_TOPIC": ""}


def notebook(url: str) -> Notebook:
    """The library's application on a database, with its native recorder."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        settings = {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(address.database),
            "SQLITE_LOCK_TIMEOUT": "10",
        }
    else:
        settings = {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(address.database),
            "POSTGRES_HOST": str(address.host or address.query["host"]),
            "POSTGRES_PORT": str(address.port or 5432),
            "POSTGRES_USER": str(address.username),
            "POSTGRES_PASSWORD": "-",
        }
    made = Notebook(env=settings)
    OPENED.callback(made.close)
    return made


def library_saves(url: str, at_once: int = 1) -> Save:
    """``application.save()`` of so many new events of one aggregate."""
    application, notes = notebook(url), Notes()
    application.save(notes)

    def save(times: int) -> None:
        for _ in range(times):
            for _ in range(at_once):
                notes.add(TEXT)
            application.save(notes)

    return save


def driver_saves(url: str, _: int = 1) -> Save:
    """The floor: one INSERT of one row a transaction with the driver alone."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_saves(Path(str(address.database)))
    return _postgresql_saves(url)


def _sqlite_saves(path: Path) -> Save:
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    OPENED.callback(connection.close)
    for setting in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {setting}")
    connection.execute(
        _TABLE.format(key="INTEGER PRIMARY KEY").replace("TABLE", "TABLE IF NOT EXISTS")
    )

    def save(times: int) -> None:
        for _ in range(times):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO floor (payload) VALUES (?)", (TEXT,))
            connection.execute("COMMIT")

    return save


def _postgresql_saves(url: str) -> Save:
    connection: psycopg.Connection[Any] = psycopg.connect(url, autocommit=True)
    OPENED.callback(connection.close)
    connection.execute("SELECT pg_advisory_lock(1)")
    connection.execute(
        _TABLE.format(key="bigserial PRIMARY KEY").replace("TABLE", "TABLE IF NOT EXISTS")
    )
    connection.execute("SELECT pg_advisory_unlock(1)")

    def save(times: int) -> None:
        for _ in range(times):
            connection.execute("INSERT INTO floor (payload) VALUES (%s)", (TEXT,), prepare=True)

    return save
