"""How Realise opens an SQLite file: durable, and unable to undo its own record."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from eventlog.driver import Driver

#: Everything that makes or unmakes the schema. Only ``realise init`` needs these.
_SCHEMA_CHANGES = {
    getattr(sqlite3, name)
    for name in dir(sqlite3)
    if name.startswith(("SQLITE_DROP_", "SQLITE_CREATE_", "SQLITE_ALTER_"))
} | {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_REINDEX}
_CHANGES = {sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE, sqlite3.SQLITE_INSERT}
_SCHEMA_TABLES = {"sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_sequence"}
#: PRAGMAs that take a value and only look.
_LOOKING = {
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo",
    "foreign_key_list", "foreign_key_check", "integrity_check", "quick_check",
}  # fmt: skip


def _allow(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """SQLite asks this before it compiles a statement of the application."""
    refused = (
        action in _SCHEMA_CHANGES
        or (action in _CHANGES and first in _SCHEMA_TABLES)
        or (action in _CHANGES and action != sqlite3.SQLITE_INSERT and first == "events")
        or (action == sqlite3.SQLITE_PRAGMA and second is not None and first not in _LOOKING)
    )
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def connect(path: Path, wait: float, mode: str = "rw", *settings: str) -> sqlite3.Connection:
    """Open the file with every setting that durability rests on. ``wait`` is in seconds."""
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        timeout=wait,
        isolation_level=None,  # transactions are begun by us, never by the driver
        check_same_thread=False,
    )
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
                    "trusted_schema=OFF", *settings):  # fmt: skip
        connection.execute(f"PRAGMA {setting}")
    return connection


def engine(path: Path, wait: float, *, writes: bool) -> Engine:
    """An engine for the application: one that only reads, or one that writes."""

    def opened() -> sqlite3.Connection:
        connection = connect(path, wait, "rw", *([] if writes else ["query_only=ON"]))
        connection.set_authorizer(_allow)
        return connection

    made = create_engine(
        "sqlite://", creator=opened, poolclass=QueuePool, pool_size=5, max_overflow=20,
        pool_timeout=wait, hide_parameters=True,
    )  # fmt: skip

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        # IMMEDIATE: a read that turns into a write could be refused half way.
        Driver.of(connection).rows("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made
