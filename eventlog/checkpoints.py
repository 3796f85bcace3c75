"""Signed checkpoints: what the whole log was at one moment, in three lines that others can keep.

A checkpoint names the log, says how many events it had and gives the root of the tree over them
(``merkle``), signed (``signed_note``): the C2SP form tlog-checkpoint. Whoever keeps one can tell
later whether the log has only grown since. One that does not follow from the last is not made.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, Column, Connection, Table, Text, insert, select

from eventlog.appending import take_append_lock
from eventlog.database import LOCK_WAIT, Database, metadata
from eventlog.faults import DatabaseFault, NotAsWritten
from eventlog.merkle import EMPTY, Peaks
from eventlog.recorded import instant_text
from eventlog.seal import BEGINNING, Row, hash_of, stored_rows
from eventlog.signed_note import BadNote, Keys, Verifier, text_of
from eventlog.stored import misfit, stored

#: One row a checkpoint. ``note`` is the whole of it; ``last_hash`` and ``peaks`` let the next one
#: go on from here. Kept, not rebuilt; nothing changes or removes a row.
checkpoints = Table(
    "checkpoints",
    metadata,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("made_at", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("last_hash", Text, nullable=False),
    Column("peaks", Text, nullable=False),
)


class NotConsistent(DatabaseFault):
    """The log does not follow from its last checkpoint. Nothing was signed or written."""


class BadCheckpoint(NotAsWritten, BadNote):
    """A checkpoint that is kept cannot be read."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The first ``size`` events have the tree with this root. ``note`` is the signed text."""

    size: int
    root: bytes
    origin: str
    note: str
    made_at: str

    @property
    def root_text(self) -> str:
        """The root as the note writes it, in base64."""
        return b64encode(self.root).decode()


#: Done in the transaction of a checkpoint that is new.
Also: TypeAlias = Callable[[Connection, Checkpoint], None]


def checkpoint_now(
    database: Database, keys: Keys, at: datetime, also: Also | None = None
) -> Checkpoint:
    """Sign the log as it stands; the last checkpoint again when nothing was added since.

    It is made at ``at``, or when its last event was recorded where another host's clock was ahead.
    Raises ``NotConsistent`` when the log does not follow from the last one.
    """
    with database.write() as connection:
        return make(connection, keys, at, also, database.lock_wait)


def make(
    connection: Connection,
    keys: Keys,
    at: datetime,
    also: Also | None = None,
    lock_wait: float = LOCK_WAIT,
) -> Checkpoint:
    """The same in a transaction of ``database.write()``; it holds up every append to its end."""
    take_append_lock(connection, lock_wait)
    before = connection.execute(_LAST_FIRST.limit(1)).first()
    peaks, last_hash, made_at = Peaks(), BEGINNING, instant_text(at)
    if before is not None:
        peaks, last_hash = _reached(connection, before, keys.verifiers)
    for row in stored_rows(connection, peaks.size):
        last_hash = _next_hash(row, peaks.size, last_hash)
        peaks.add(bytes.fromhex(last_hash))
        made_at = max(made_at, str(row[6]))
    if before is not None and peaks.size == before.size:
        return _read(before)
    root = b64encode(peaks.root()).decode()
    note = keys.signer.sign(f"{keys.signer.name}\n{peaks.size}\n{root}\n")
    return _keep(connection, note, peaks, last_hash, made_at, also)


def _keep(
    connection: Connection, note: str, peaks: Peaks, last_hash: str, at: str, also: Also | None
) -> Checkpoint:
    row = {
        "size": peaks.size, "made_at": at, "note": note, "last_hash": last_hash,
        "peaks": " ".join(one.hex() for one in peaks.hashes),
    }  # fmt: skip
    connection.execute(insert(checkpoints), [row])
    made = read_note(note, at)
    if also is not None:
        also(connection, made)
    return made


def _reached(connection: Connection, row: Any, verifiers: Iterable[Verifier]) -> tuple[Peaks, str]:
    """The tree and hash that the last checkpoint ended with, if the log still holds them."""
    try:
        said = _read(row)
        text_of(row.note, verifiers)
        peaks = Peaks(row.size, [bytes.fromhex(one) for one in row.peaks.split()])
    except (BadNote, ValueError) as fault:
        raise NotConsistent(
            f"The last checkpoint, of {row.size} events, cannot be gone on from. {fault} Nothing "
            "was signed. Put back the file of the key that signed it, or add that key’s public "
            "text to the file here, on a line of its own."
        ) from fault
    stands = connection.exec_driver_sql(
        f"SELECT hash FROM events WHERE position = {row.size:d}"  # noqa: S608 - a number
    ).scalar()
    last_hash = stands or (BEGINNING if row.size == 0 else "")
    if said.size != row.size or peaks.root() != said.root or last_hash != row.last_hash:
        raise NotConsistent(
            f"The log is not the one that was signed when it had {row.size} events: it was cut, "
            "changed or replaced by an older copy since. Nothing was signed. Run: realise verify"
        )
    return peaks, last_hash


def _next_hash(row: Row, before: int, last_hash: str) -> str:
    if (row[0], row[-2]) != (before + 1, last_hash) or hash_of(last_hash, row[:-2]) != row[-1]:
        raise NotConsistent(
            f"Position {before + 1} of the log is not whole: nothing was signed. "
            "Run: realise verify"
        )
    return str(row[-1])


_LAST_FIRST = select(checkpoints).order_by(checkpoints.c.size.desc())


def latest(connection: Connection, upto: int | None = None) -> Checkpoint | None:
    """The last checkpoint, or the last of at most ``upto`` events; None when there is none."""
    query = _LAST_FIRST.limit(1)
    if upto is not None:
        query = query.where(checkpoints.c.size <= upto)
    row = connection.execute(query).first()
    return None if row is None else _read(row)


def notes(connection: Connection) -> Iterator[tuple[str, str]]:
    """The text of each checkpoint as it stands and when it was made, the first first.

    One that cannot be read is given too: it is for the reader to find. Raises ``NotAsWritten``
    for one that is no text at all.
    """
    for row in stored(connection, checkpoints):
        _must_fit(row)
        yield row.note, row.made_at


def every(connection: Connection) -> Iterator[Checkpoint]:
    """All checkpoints, the first first. Raises ``BadCheckpoint``."""
    for row in connection.execute(_LAST_FIRST.order_by(None).order_by(checkpoints.c.size)):
        yield _read(row)


def recent(connection: Connection, most: int) -> list[Checkpoint]:
    """The last checkpoints, the latest first. Raises ``BadCheckpoint``."""
    query = select(checkpoints).order_by(checkpoints.c.size.desc()).limit(most)
    return [_read(row) for row in connection.execute(query)]


def _read(row: Any) -> Checkpoint:
    _must_fit(row)
    try:
        return read_note(row.note, row.made_at)
    except BadNote as fault:
        raise BadCheckpoint(
            f"The checkpoint of {row.size} events cannot be read. {fault} Run: realise verify"
        ) from fault


def _must_fit(row: Any) -> None:
    wrong = misfit(checkpoints, row)
    if wrong:
        raise BadCheckpoint(f"The checkpoint of {row.size} events {wrong} Run: realise verify")


def read_note(note: str, made_at: str = "") -> Checkpoint:
    """What a checkpoint says; its signature is not looked at. Raises ``BadNote``."""
    origin, size, root, *_ = [*note.partition("\n\n")[0].split("\n"), "", "", ""]
    try:
        decoded = b64decode(root, validate=True)
    except (NotBase64, ValueError):
        decoded = b""
    plain = size.isascii() and size.isdecimal() and size == str(int(size[:20]))
    if not origin or not plain or len(decoded) != len(EMPTY):
        raise BadNote("This is not a checkpoint: it is a name, a number and a root, each a line.")
    return Checkpoint(int(size), decoded, origin, note, made_at)


def restore(connection: Connection, found: Iterable[Checkpoint]) -> None:
    """Put checkpoints of an export back beside the log that is there. Raises ``NotConsistent``.

    The tree is worked out anew from the rows, so one that does not fit them is refused.
    """
    peaks, last_hash, rows = Peaks(), BEGINNING, stored_rows(connection)
    for one in sorted(found, key=lambda checkpoint: checkpoint.size):
        for row in islice(rows, one.size - peaks.size):
            last_hash = str(row[-1])
            peaks.add(bytes.fromhex(last_hash))
        if (peaks.size, peaks.root()) != (one.size, one.root):
            raise NotConsistent(
                f"The checkpoint of {one.size} events was not signed over this log. "
                "Nothing was written."
            )
        _keep(connection, one.note, peaks, last_hash, one.made_at, None)
