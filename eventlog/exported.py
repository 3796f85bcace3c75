"""The log as a file that anybody can read: what it holds, a JSON line a row, then the checkpoints.

A row's line has exactly the stored columns. Names, evidence and reports are not in it: they are
kept beside the log (``backup`` has all).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from eventlog.appending import last_row
from eventlog.checkpoints import Checkpoint, every, read_note, restore
from eventlog.driver import Driver
from eventlog.export_lines import COLUMNS, BadLine, ExportLines, Head, Note, written
from eventlog.faults import DatabaseFault
from eventlog.seal import Row, Verdict, stored_rows, verify_rows
from eventlog.signed_note import BadNote
from eventlog.store import Store
from eventlog.tables import LIVE

_PAGE = 1_000


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
    """The lines of an export, without line ends, as at one moment of the database."""
    yield _head(connection).line()
    for row in stored_rows(connection):
        yield written(dict(zip(COLUMNS, row, strict=True)))
    for one in every(connection):
        yield written({"checkpoint": one.note, "made_at": one.made_at})


def _head(connection: Connection) -> Head:
    position, sealed, _ = last_row(Driver.of(connection))
    signed = connection.exec_driver_sql("SELECT count(*) FROM checkpoints").scalar_one()
    return Head(position, sealed, int(signed))


def import_log(store: Store, connection: Connection, lines: Iterable[str]) -> Imported:
    """Write an export into an empty log, with its read tables, in the owner's transaction.

    Positions and hashes are those of the file. Raises ``BadExport`` or ``NotEmpty``.
    """
    if connection.exec_driver_sql("SELECT 1 FROM events LIMIT 1").first() is not None:
        raise NotEmpty(
            "The database holds a record already. Import the log into one that was just made: "
            "set REALISE_DATABASE_URL to another, then run: realise init"
        )
    try:
        return _taken_in(_Writer(store, connection), connection, ExportLines(lines))
    except BadLine as fault:
        raise BadExport(f"{fault} Nothing was written.") from fault


def _taken_in(writer: "_Writer", connection: Connection, read: ExportLines) -> Imported:
    verdict = verify_rows(writer.written(read.rows()))
    _must_be_sound(verdict)
    read.must_be_whole(verdict)
    writer.end()
    restore(connection, [_checkpoint(one) for one in read.notes])
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


def _checkpoint(line: Note) -> Checkpoint:
    try:
        return read_note(line.note, line.made_at)
    except BadNote as fault:
        raise BadLine(f"Line {line.number} of the file: {fault}") from fault
