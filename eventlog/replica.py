"""Reading from a copy that PostgreSQL keeps of the database, once it has everything we have.

The copy follows by streaming replication, a moment behind. What is read from it is right only when
all that the database itself held at the time of asking is there: events, and what is kept beside.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import text

from eventlog.database import Database
from eventlog.faults import DatabaseFault
from eventlog.store import Store

R = TypeVar("R")

#: How long a copy is waited for, in seconds, and how often it is asked.
PATIENCE, PAUSE = 5.0, 0.05
_HERE = "SELECT CAST(pg_current_wal_insert_lsn() AS text)"
_THERE = (
    "SELECT pg_is_in_recovery() "
    "AND pg_last_wal_replay_lsn() >= CAST(CAST(:place AS text) AS pg_lsn)"
)


def from_copy(store: Store, copy: Store | None, read: Callable[[Store], R]) -> R:
    """What ``read`` makes of the copy if it has caught up, else of the database itself.

    A copy that goes away in the middle, or puts the reader off, is left for the database itself.
    """
    if copy is not None:
        try:
            if caught_up(store.database, copy.database):
                return read(copy)
        except DatabaseFault:
            pass  # the copy is a help and never a need
    return read(store)


def caught_up(database: Database, copy: Database, patience: float | None = None) -> bool:
    """Whether the copy has all that the database has now, after waiting for so many seconds."""
    with database.read() as connection:
        place = connection.execute(text(_HERE)).scalar_one()
    until = time.monotonic() + (PATIENCE if patience is None else patience)
    while True:
        with copy.read() as connection:
            if connection.execute(text(_THERE), {"place": place}).scalar_one():
                return True
        if time.monotonic() > until:
            return False
        time.sleep(PAUSE)
