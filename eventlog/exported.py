"""The log as a file that anybody can read: what it holds, a JSON line a row, then the checkpoints.

A row's line has exactly the stored columns. Names, evidence and reports are not in it: they are
kept beside the log (``backup`` has all).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from eventlog.appending import last_row
from eventlog.catalogue import UnknownEvent
from eventlog.checkpoints import Checkpoint, notes, read_note, restore
from eventlog.driver import Driver
from eventlog.export_lines import COLUMNS, BadLine, ExportLines, Head, Note, written
from eventlog.faults import DatabaseFault, NotAsWritten
from eventlog.seal import Row, Verdict, stored_rows, verify_rows
from eventlog.signed_note import BadNote, Verifier, text_of
from eventlog.store import Store
from eventlog.tables import LIVE

_PAGE = 1_000
_Keys: TypeAlias = tuple[Verifier, ...] | None
#: What rows and rules of the read tables say of events that cannot stand where they do.
_UNFIT = (
    ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError,
    IntegrityError, DataError,
)  # fmt: skip


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
    #: Whether the file said how much it holds; one of an older Realise may lack its end unseen.
    end_was_told: bool = True


def export_log(connection: Connection) -> Iterator[str]:
    """The lines of an export, without line ends, as at one moment of the database.

    What was changed is exported as it stands, for others to find. Raises ``NotAsWritten`` where
    no line can be written.
    """
    yield _head(connection).line()
    for row in stored_rows(connection):
        if bytes in map(type, row):
            raise NotAsWritten(
                f"Position {row[0]} cannot be exported: a value is stored as bytes where text or "
                "a number belongs. Run: realise verify"
            )
        yield written(dict(zip(COLUMNS, row, strict=True)))
    for note, made_at in notes(connection):
        yield written({"checkpoint": note, "made_at": made_at})


def _head(connection: Connection) -> Head:
    position, sealed, _ = last_row(Driver.of(connection))
    signed = connection.exec_driver_sql("SELECT count(*) FROM checkpoints").scalar_one()
    return Head(position, sealed, int(signed))


def import_log(
    store: Store,
    connection: Connection,
    lines: Iterable[str],
    verifiers: Iterable[Verifier] | None = None,
) -> Imported:
    """Write an export into an empty log, with its read tables, in the owner's transaction.

    Positions and hashes are those of the file. ``verifiers`` are the public keys whose signatures
    count; with None no signature is looked at, only the tree of each checkpoint.

    Raises ``BadExport`` or ``NotEmpty``; then the transaction is to be given up.
    """
    if connection.exec_driver_sql("SELECT 1 FROM events LIMIT 1").first() is not None:
        raise NotEmpty(
            "The database holds a record already. Import the log into one that was just made: "
            "set REALISE_DATABASE_URL to another, then run: realise init"
        )
    try:
        keys = None if verifiers is None else tuple(verifiers)
        return _taken_in(_Writer(store, connection), connection, ExportLines(lines), keys)
    except BadLine as fault:
        raise BadExport(f"{fault} Nothing was written.") from fault


def _taken_in(
    writer: "_Writer", connection: Connection, read: ExportLines, keys: "_Keys"
) -> Imported:
    verdict = verify_rows(writer.written(read.rows()))
    _must_be_sound(verdict)
    read.must_be_whole(verdict)
    writer.end()
    restore(connection, _checkpoints(read.notes, keys))
    return Imported(verdict.events, len(read.notes), verdict.hash, read.head is not None)


def _must_be_sound(verdict: Verdict) -> None:
    if not verdict.sound:
        raise BadExport(f"The log in the file is not whole. {verdict} Nothing was written.")


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
        with _fitting(1, self._reached):
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
        with _fitting(self._reached + 1, upto):
            page = list(self._store.read(self._reached, upto, connection=self._connection))
            for apply in self._applies:
                apply(self._connection, LIVE, page)
        self._waiting, self._reached = [], upto


@contextmanager
def _fitting(first: int, last: int) -> Iterator[None]:
    """Whatever cannot be made of events that are sealed well, and yet none of ours, is said."""
    try:
        yield
    except UnknownEvent as fault:
        raise BadLine(str(fault)) from fault
    except _UNFIT as fault:
        raise BadLine(
            f"An event at one of the positions {first:,} to {last:,} cannot stand where it does: "
            "it is sealed, but it is not what Realise records of such a thing."
        ) from fault


def _checkpoints(notes: Iterable[Note], keys: _Keys) -> list[Checkpoint]:
    found: dict[int, Checkpoint] = {}
    for line in notes:
        one = _checkpoint(line, keys)
        if one.size in found:
            raise BadLine(
                f"Line {line.number} of the file: there was a checkpoint of {one.size:,} events."
            )
        found[one.size] = one
    return list(found.values())


def _checkpoint(line: Note, keys: _Keys) -> Checkpoint:
    try:
        if keys is not None:
            text_of(line.note, keys)
        return read_note(line.note, line.made_at)
    except BadNote as fault:
        raise BadLine(f"Line {line.number} of the file, a checkpoint: {fault}") from fault
