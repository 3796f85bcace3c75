"""The log as a file that anybody can read: a JSON line for each row, then for each checkpoint.

A row's line has exactly the stored columns. Names, evidence and reports are not in it: they are
kept beside the log (``backup`` has all).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from eventlog.checkpoints import Checkpoint, every, read_note, restore
from eventlog.faults import DatabaseFault
from eventlog.seal import HASHED, Row, Verdict, stored_rows, verify_rows
from eventlog.signed_note import BadNote
from eventlog.store import Store
from eventlog.tables import LIVE

COLUMNS = (*HASHED, "prev_hash", "hash")
_NUMBERS = {"position", "version", "schema_version"}
_LARGEST = 2**31
_PAGE = 1_000
#: Text is written as it is, so that the file is the same on every machine.
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BadExport(DatabaseFault):
    """The file is no export of a log, or not a whole one. Nothing was written."""


class NotEmpty(DatabaseFault):
    """The database holds a record already."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in: how many events and checkpoints, and the last hash."""

    events: int
    checkpoints: int
    hash: str


def export_log(connection: Connection) -> Iterator[str]:
    """The lines of an export, without line ends, as at one moment of the database."""
    for row in stored_rows(connection):
        yield _write(dict(zip(COLUMNS, row, strict=True)))
    for one in every(connection):
        yield _write({"checkpoint": one.note, "made_at": one.made_at})


def import_log(store: Store, connection: Connection, lines: Iterable[str]) -> Imported:
    """Write an export into an empty log, with its read tables, in the owner's transaction.

    Positions and hashes are those of the file. Raises ``BadExport`` or ``NotEmpty``.
    """
    if connection.exec_driver_sql("SELECT 1 FROM events LIMIT 1").first() is not None:
        raise NotEmpty(
            "The database holds a record already. Import the log into one that was just made: "
            "set REALISE_DATABASE_URL to another, then run: realise init"
        )
    writer, signed = _Writer(store, connection), []
    rows, numbered = _Rows(), enumerate(lines, 1)
    verdict = verify_rows(writer.written(rows.of(numbered)))
    _must_be_sound(verdict)
    writer.end()
    if rows.ended_with is not None:
        signed = [_checkpoint(*rows.ended_with), *(_checkpoint(*line) for line in numbered)]
    restore(connection, signed)
    return Imported(verdict.events, len(signed), verdict.hash)


def _must_be_sound(verdict: Verdict) -> None:
    if not verdict.sound:
        raise BadExport(f"The log in the file is not whole. {verdict} Nothing was written.")


@dataclass(slots=True)
class _Rows:
    """Reads rows until a line is something else, and keeps that line."""

    ended_with: tuple[int, str] | None = None

    def of(self, numbered: Iterator[tuple[int, str]]) -> Iterator[Row]:
        for number, line in numbered:
            found = _parsed(number, line)
            if "checkpoint" in found:
                self.ended_with = number, line
                return
            yield _row(number, found)


class _Writer:
    """Writes rows on their way to be verified, and what follows from them, in pages."""

    def __init__(self, store: Store, connection: Connection) -> None:
        self._store, self._connection = store, connection
        self._waiting: list[Row] = []
        self._reached = 0
        self._applies = [projection.for_a_rebuild() for projection in store.projections]
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        marks = ", ".join([mark] * len(COLUMNS))
        self._insert = f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({marks})"  # noqa: S608

    def written(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows; each is written only when the next is asked for, so that it was sound."""
        for row in rows:
            yield row
            self._waiting.append(row)
            if len(self._waiting) >= _PAGE:
                self.flush()

    def end(self) -> None:
        """Write what waits, and how everything stands after the last row."""
        self.flush()
        for projection in self._store.projections:
            if projection.settle is not None:
                projection.settle(self._connection, LIVE, None)

    def flush(self) -> None:
        """Write what waits."""
        if not self._waiting:
            return
        try:
            self._connection.exec_driver_sql(self._insert, self._waiting)
        except IntegrityError as fault:
            raise BadExport(
                "Two rows of the file have the same event id, stream and version, or beginning. "
                "Nothing was written."
            ) from fault
        upto = self._reached + len(self._waiting)
        page = list(self._store.read(self._reached, upto, connection=self._connection))
        for apply in self._applies:
            apply(self._connection, LIVE, page)
        self._waiting, self._reached = [], upto


def _parsed(number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadExport(
            f"Line {number} of the file is not one of a log's export. Nothing was written."
        )
    return found


def _row(number: int, found: dict[str, Any]) -> Row:
    fits = found.keys() == set(COLUMNS) and all(_fits(name, value) for name, value in found.items())
    if not fits:
        raise BadExport(f"Line {number} of the file is not a row of a log. Nothing was written.")
    return tuple(found[name] for name in COLUMNS)


def _fits(name: str, value: object) -> bool:
    if name in _NUMBERS:
        return type(value) is int and (name != "schema_version" or 0 < value < _LARGEST)
    if value is None:
        return name == "causation_id"
    return isinstance(value, str) and "\0" not in value and _is_text(value)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _checkpoint(number: int, line: str) -> Checkpoint:
    found = _parsed(number, line)
    try:
        return read_note(str(found.get("checkpoint")), str(found.get("made_at", "")))
    except BadNote as fault:
        raise BadExport(f"Line {number} of the file: {fault} Nothing was written.") from fault
