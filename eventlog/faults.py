"""What can be wrong with the database, each as a sentence that says what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted


class DatabaseFault(Exception):
    """The database could not do what was asked. Nothing was written."""


class DatabaseUnavailable(DatabaseFault):
    """The database is not there, or is not one that can be used."""


class DatabaseBusy(DatabaseFault):
    """Somebody else held the database for longer than we may wait. Trying again is safe."""


class DiskFull(DatabaseFault):
    """There is no room left where the database is kept."""


class DamagedRecord(DatabaseFault):
    """The record gives back something else than was written to it."""


class RowsNotKept(DatabaseFault):
    """The database said yes to rows and kept none, or others. Nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing was recorded: the database did not keep what was written to it, so something "
            "stands in the way of the log. Run realise verify: it names what is not ours."
        )


class NotAsWritten(DatabaseFault):
    """The database holds what Realise has never written. ``str()`` names it."""


class NotInitialised(DatabaseFault):
    """The database has no tables of Realise yet."""


class NotCurrent(DatabaseFault):
    """The tables are of another version of Realise."""


class MadeByNewer(NotCurrent):
    """The tables are of a version that came after this one."""

    def __init__(self) -> None:
        super().__init__(
            "The database was made by a newer Realise than this one. "
            "Run that one, or restore an earlier backup."
        )


BUSY = "The database is busy: somebody else has been writing to it for too long. Try again."
FULL = "The disk of the database is full. Make room, then try again; nothing was written."
DAMAGED = (
    "The record of {stream} cannot be read whole: the database is damaged. Record nothing more, "
    "run realise verify, and restore a backup that passes it."
)
NO_TEXT = "The database at {place} holds bytes where text belongs. Run: realise verify"
EMPTY = "The database has not been made yet. Run: realise init"

_SQLITE = {
    sqlite3.SQLITE_BUSY: (DatabaseBusy, BUSY),
    sqlite3.SQLITE_LOCKED: (DatabaseBusy, BUSY),
    sqlite3.SQLITE_FULL: (DiskFull, FULL),
    sqlite3.SQLITE_READONLY: (DatabaseUnavailable, "The database at {place} cannot be written to."),
    sqlite3.SQLITE_CANTOPEN: (DatabaseUnavailable, "The database at {place} cannot be opened."),
    sqlite3.SQLITE_IOERR: (DatabaseUnavailable, "The disk of the database at {place} has failed."),
    sqlite3.SQLITE_CORRUPT: (DatabaseUnavailable, "The database at {place} is damaged."),
    sqlite3.SQLITE_NOTADB: (DatabaseUnavailable, "The file at {place} is not a database."),
}
_POSTGRESQL = {
    "55P03": (DatabaseBusy, BUSY),
    "40P01": (DatabaseBusy, BUSY),
    "40001": (DatabaseBusy, BUSY),
    "57014": (DatabaseBusy, BUSY),
    "53100": (DiskFull, FULL),
    "42P01": (NotInitialised, EMPTY),
    "42883": (NotInitialised, EMPTY),
    "3D000": (DatabaseUnavailable, "There is no such database: {place}. Make it, then try again."),
    "28P01": (DatabaseUnavailable, "The database at {place} refused the name or password."),
    "28000": (DatabaseUnavailable, "The database at {place} refused the name or password."),
}
#: Classes of PostgreSQL's codes that mean the server went away or would not let us in.
_GONE = {"08", "53", "57", "58"}


def _sqlite_fault(fault: sqlite3.Error, place: str) -> DatabaseFault | None:
    # Python keeps the extended code; its low byte is the plain one.
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_ERROR and "no such table" in str(fault):
        return NotInitialised(EMPTY)
    if "Could not decode to UTF-8" in str(fault):
        return NotAsWritten(NO_TEXT.format(place=place))
    kind, sentence = _SQLITE.get(code, (None, ""))
    return None if kind is None else kind(sentence.format(place=place))


def _postgresql_fault(fault: BaseException, place: str) -> DatabaseFault | None:
    code: str | None = getattr(fault, "sqlstate", None)
    if code is not None and code in _POSTGRESQL:
        kind, sentence = _POSTGRESQL[code]
        return kind(sentence.format(place=place))
    lost = code is None and type(fault).__name__ in {"OperationalError", "ConnectionTimeout"}
    if lost or (code is not None and code[:2] in _GONE):
        return DatabaseUnavailable(
            f"The database at {place} cannot be reached. Check that it is running, then try again."
        )
    return None


def as_sentence(fault: DBAPIError, place: str) -> DatabaseFault | None:
    """The sentence for a driver's error, or None when it is not about the database's health."""
    origin = fault.orig
    if isinstance(origin, sqlite3.Error):
        return _sqlite_fault(origin, place)
    return None if origin is None else _postgresql_fault(origin, place)


@contextmanager
def said_plainly(place: str) -> Iterator[None]:
    """Turn what a driver says about a database at ``place`` into a ``DatabaseFault``."""
    try:
        yield
    except PoolExhausted as fault:
        raise DatabaseBusy(BUSY) from fault
    except DBAPIError as fault:
        sentence = as_sentence(fault, place)
        if sentence is None:
            raise
        raise sentence from fault
