"""Writing to the log, on each database: the lock, the expected versions, the chain, the rows."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from eventlog.driver import Driver
from eventlog.faults import RowsNotKept
from eventlog.seal import BEGINNING, HASHED, Row, hash_of

#: The largest version that both databases can keep.
LARGEST = 2**63 - 1
_COLUMNS = ", ".join((*HASHED, "prev_hash", "hash"))
_SOME = 500


class Conflict(Exception):
    """A stream is not at the version that the writer had seen. Nothing was written."""

    def __init__(self, stream: str, expected: int, actual: int) -> None:
        super().__init__(
            f"Somebody else has changed {stream} in the meantime: it is at version {actual}, "
            f"not {expected}. Look at it again, then repeat what you did."
        )
        self.stream, self.expected, self.actual = stream, expected, actual


class EventIdReused(Exception):
    """An event id of the log came again with something else. Nothing was written."""

    def __init__(self, event_id: str) -> None:
        super().__init__(
            f"The event id {event_id} is in the log already, with other content. "
            "Send a retry exactly as it was, or give new events new ids."
        )
        self.event_id = event_id


@dataclass(frozen=True, slots=True)
class Draft:
    """An event ready to be written, its place in the log not yet known."""

    event_id: str
    stream: str
    type: str
    schema_version: int
    payload: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One append: what is to be written, by whom, and what the streams must be at."""

    guards: tuple[tuple[str, int], ...]
    drafts: tuple[Draft, ...]
    at: str
    actor: str
    correlation: str
    causation: str | None
    #: The event ids that the writer named: only these can be in the log already.
    named: tuple[str, ...]


#: The rows as they stand in the log, and whether they had been there before.
Written: TypeAlias = tuple[list[Row], bool]


class Appender(Protocol):
    """How one database takes an entry, in the transaction of ``driver``."""

    def __call__(self, driver: Driver, entry: Entry) -> Written: ...


def rows_by_id(driver: Driver, event_ids: Sequence[str]) -> list[Row]:
    """Stored rows (columns of HASHED, prev_hash, hash) of these event ids, in order of position."""
    found: list[Row] = []
    for start in range(0, len(event_ids), _SOME):
        some = event_ids[start : start + _SOME]
        marks = ", ".join([driver.mark] * len(some))
        statement = f"SELECT {_COLUMNS} FROM events WHERE event_id IN ({marks})"  # noqa: S608 - marks
        found += driver.rows(statement, some)
    return sorted(found, key=lambda row: int(row[0] or 0))


def append_on_sqlite(driver: Driver, entry: Entry) -> Written:
    """Append under the write lock that the transaction holds already."""
    stored = rows_by_id(driver, entry.named)
    if stored:
        _same_again(entry, stored)
        return stored, True
    for stream, expected in entry.guards:
        actual = _version(driver, stream)
        if actual != expected:
            raise Conflict(stream, expected, actual)
    rows = list(_chained(driver, entry))
    if rows:
        _insert(driver, rows)
    return rows, False


def _insert(driver: Driver, rows: list[Row]) -> None:
    """Write the rows, and look whether they are there."""
    marks = ", ".join("?" * len(rows[0]))
    statement = f"INSERT INTO events ({_COLUMNS}) VALUES ({marks})"  # noqa: S608 - marks
    try:
        driver.run(statement, rows)
    except DBAPIError as fault:
        # Our trigger refuses a row when the one before it was not kept.
        if getattr(fault.orig, "sqlite_errorcode", 0) == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
            raise RowsNotKept from fault
        raise
    # A trigger that somebody put there can let a row fall without a word.
    kept = "SELECT hash FROM events WHERE position >= ? ORDER BY position"
    if driver.rows(kept, rows[0][:1]) != [(row[-1],) for row in rows]:
        raise RowsNotKept


def _same_again(entry: Entry, stored: list[Row]) -> None:
    """Raise ``EventIdReused`` unless every draft is stored just as it is."""
    kept = {row[1]: (row[2], row[4], row[5], row[7], row[10]) for row in stored}
    for draft in entry.drafts:
        mine = (draft.stream, draft.type, draft.schema_version, entry.actor, draft.payload)
        if kept.get(draft.event_id, mine) != mine:
            raise EventIdReused(draft.event_id)
    if len(kept) < len(entry.drafts):
        raise EventIdReused(str(stored[0][1]))


def _version(driver: Driver, stream: str) -> int:
    ((found,),) = driver.rows(
        "SELECT coalesce(max(version), 0) FROM events WHERE stream = ?", (stream,)
    )
    return int(found)


def _chained(driver: Driver, entry: Entry) -> Iterable[Row]:
    position, prev_hash, stamp = last_row(driver)
    stamp = max(stamp, entry.at)
    versions = dict(entry.guards)
    for draft in entry.drafts:
        position += 1
        versions[draft.stream] += 1
        values = (
            position, draft.event_id, draft.stream, versions[draft.stream], draft.type,
            draft.schema_version, stamp, entry.actor, entry.correlation, entry.causation,
            draft.payload,
        )  # fmt: skip
        sealed = hash_of(prev_hash, values)
        yield (*values, prev_hash, sealed)
        prev_hash = sealed


def last_row(driver: Driver) -> tuple[int, str, str]:
    """Position, hash and instant of the last row; those of the beginning when there is none."""
    last = driver.rows(
        "SELECT position, hash, recorded_at FROM events ORDER BY position DESC LIMIT 1"
    )
    if not last:
        return 0, BEGINNING, ""
    position, sealed, stamp = last[0]
    return int(position), str(sealed), str(stamp)


#: The number of the lock that every append takes on PostgreSQL (migration 0001 says the same).
_APPEND_LOCK = 7_352_604_511


def take_append_lock(connection: Connection, lock_wait: float) -> None:
    """Hold up every append until this transaction ends. On SQLite a writer does so anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "SELECT set_config('lock_timeout', %s, true)", (f"{int(lock_wait * 1000)}ms",)
        )
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_APPEND_LOCK})")


#: The codes with which the database's function refuses (migrations/versions/0001_event_log.py).
_CONFLICT, _REUSED = "RL001", "RL002"
#: A row was not kept; or the next was refused, because one before it was not.
_NOT_KEPT = {"RL005", "RL000"}

_CALL = """
SELECT out_position, out_version, out_recorded_at, out_prev_hash, out_hash, out_stored_before
FROM append_events_v2(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::integer[],
                      %s::text[], %s::text, %s::text, %s::text, %s::text, %s::integer)
"""


_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\""})


class PostgresqlAppender:
    """Appends through the database's own function, in one round trip."""

    def __init__(self, lock_wait: float) -> None:
        """``lock_wait`` is in seconds."""
        self._milliseconds = max(1, int(lock_wait * 1000))

    def __call__(self, driver: Driver, entry: Entry) -> Written:
        try:
            answer = driver.rows(_CALL, self._arguments(entry))
        except DBAPIError as fault:
            raise _refusal(fault) or fault from fault
        if answer and answer[0][5]:
            return rows_by_id(driver, [draft.event_id for draft in entry.drafts]), True
        rows: list[Row] = [
            (
                position, draft.event_id, draft.stream, version, draft.type, draft.schema_version,
                stamp, entry.actor, entry.correlation, entry.causation, draft.payload, before, seal,
            )
            for draft, (position, version, stamp, before, seal, _) in zip(
                entry.drafts, answer, strict=True
            )
        ]  # fmt: skip
        return rows, False

    def _arguments(self, entry: Entry) -> tuple[Any, ...]:
        drafts = entry.drafts
        return (
            _array([stream for stream, _ in entry.guards]),
            _array([str(expected) for _, expected in entry.guards]),
            _array([draft.event_id for draft in drafts]),
            _array([draft.stream for draft in drafts]),
            _array([draft.type for draft in drafts]),
            _array([str(draft.schema_version) for draft in drafts]),
            _array([draft.payload for draft in drafts]),
            entry.at, entry.actor, entry.correlation, entry.causation, self._milliseconds,
        )  # fmt: skip


def _array(texts: Sequence[str]) -> str:
    """An array as PostgreSQL reads it from text: a fifth of the time of the driver's own way."""
    return "{" + ",".join([f'"{text.translate(_ESCAPES)}"' for text in texts]) + "}"


def _refusal(fault: DBAPIError) -> Conflict | EventIdReused | RowsNotKept | None:
    code = getattr(fault.orig, "sqlstate", None)
    if code in _NOT_KEPT:
        return RowsNotKept()
    if code not in (_CONFLICT, _REUSED):
        return None
    diagnosis = getattr(fault.orig, "diag", None)
    said = json.loads(getattr(diagnosis, "message_detail", None) or "{}")
    if code == _CONFLICT:
        return Conflict(said["stream"], int(said["expected"]), int(said["actual"]))
    return EventIdReused(said["event_id"])
