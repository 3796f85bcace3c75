"""The seal on the record: each row's hash takes in the row before, so no row can change unseen.

This module needs nothing of the application, only the rows. docs/log-format.md says the same in
words, for anybody who wants to check the log with a program of their own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from types import NoneType
from typing import TYPE_CHECKING, TypeAlias

from eventlog.driver import Driver

if TYPE_CHECKING:
    from sqlalchemy import Connection

#: What stands before the first row.
BEGINNING = "0" * 64

#: The columns of a row, in the order in which they are hashed after ``prev_hash``.
HASHED = (
    "position", "event_id", "stream", "version", "type", "schema_version", "recorded_at",
    "actor_id", "correlation_id", "causation_id", "payload",
)  # fmt: skip

Value: TypeAlias = int | str | None
Row: TypeAlias = tuple[Value, ...]

#: How the instant of a row is written: UTC, to the microsecond.
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")

_PAGE = 5_000
#: All other kinds of value are bytes.
_PLAIN = {int, str, float, NoneType}
_LOWEST = -(2**63)


def hash_of(prev_hash: str, values: Iterable[Value]) -> str:
    """The hash of a row: lower-case hexadecimal. ``values`` are those of ``HASHED``, in order.

    Each value is written as UTF-8 after its length in bytes and a colon; an absent one as ``-``.
    """
    texts = [prev_hash, *[None if value is None else str(value) for value in values]]
    whole = "".join(["-" if text is None else f"{len(text)}:{text}" for text in texts])
    if whole.isascii():  # then a text has as many bytes as letters
        return sha256(whole.encode()).hexdigest()
    return sha256(b"".join(map(_counted, texts))).hexdigest()


def _counted(text: str | None) -> bytes:
    if text is None:
        return b"-"
    encoded = text.encode()
    return b"%d:%b" % (len(encoded), encoded)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found. ``events`` rows were sound; ``fault`` says why the next was not.

    ``position`` and ``hash`` are those of the last sound row (0 and the beginning for none).
    """

    events: int
    position: int
    hash: str
    fault: str | None = None
    fault_position: int | None = None

    @property
    def sound(self) -> bool:
        return self.fault is None

    def __str__(self) -> str:
        if self.fault is not None:
            return self.fault
        return f"The log is sound: {self.events} events, ending with hash {self.hash}."


def verify(connection: "Connection") -> Verdict:
    """Recompute the whole log from its stored bytes; stop at the first row that fails."""
    return verify_rows(stored_rows(connection))


def stored_rows(connection: "Connection", after: int = _LOWEST) -> Iterator[Row]:
    """Rows of (the columns of ``HASHED``, prev_hash, hash) after a position, in order.

    From below unless said, so that a row smuggled in before the first is seen.
    """
    columns, driver = ", ".join((*HASHED, "prev_hash", "hash")), Driver.of(connection)
    while True:
        page: list[Row] = driver.rows(
            f"SELECT {columns} FROM events WHERE position > {after:d} "  # noqa: S608 - numbers
            f"ORDER BY position LIMIT {_PAGE:d}",
        )
        yield from page
        if len(page) < _PAGE:
            return
        after = int(page[-1][0] or 0)


def verify_rows(rows: Iterable[Row]) -> Verdict:
    """Verify rows of (the columns of ``HASHED``, prev_hash, hash), in the order of position."""
    position, last_hash, last_instant = 0, BEGINNING, ""
    versions: dict[Value, int] = {}
    for row in rows:
        fault = _fault(row, position, last_hash, last_instant, versions)
        if fault is not None:
            place = row[0] if isinstance(row[0], int) else None
            return Verdict(position, position, last_hash, fault, place)
        position, last_hash, last_instant = position + 1, str(row[-1]), str(row[6])
        versions[row[2]] = versions.get(row[2], 0) + 1
    return Verdict(position, position, last_hash)


def _fault(
    row: Row, before: int, last_hash: str, last_instant: str, versions: dict[Value, int]
) -> str | None:
    """Why a row cannot stand after the rows before it, as a sentence; None when it can."""
    position, stream, version, instant = row[0], row[2], row[3], row[6]
    if position != before + 1:
        return f"Position {before + 1} is missing or out of place: position {position} comes next."
    if not _PLAIN.issuperset(map(type, row)):
        return f"Position {position}: a value is stored as bytes where text or a number belongs."
    if row[-2] != last_hash:
        return f"Position {position}: it does not follow the row before it (prev_hash differs)."
    if hash_of(last_hash, row[:-2]) != row[-1]:
        return f"Position {position}: the row was changed after it was written (hash differs)."
    if version != versions.get(stream, 0) + 1:
        return f"Position {position}: version {version} of {stream} is out of order."
    if not isinstance(instant, str) or instant < last_instant:
        return f"Position {position}: it was recorded before the row that it follows ({instant})."
    if instant != last_instant and not INSTANT.fullmatch(instant):
        return f"Position {position}: its instant is not written in full ({instant})."
    return None
