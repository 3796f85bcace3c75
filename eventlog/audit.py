"""Checks the whole log once, from its first row: the chain, and every checkpoint signed over it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from eventlog.checkpoints import Checkpoint, checkpoints, read_note
from eventlog.damage import damage
from eventlog.merkle import Peaks
from eventlog.recorded import instant_text
from eventlog.seal import BEGINNING, Row, Verdict, stored_rows, verify_rows
from eventlog.signed_note import BadNote, Verifier, text_of
from eventlog.stored import as_stored, misfit, stored

#: A checkpoint is never made before its last event, but older ones carry their host's own clock,
#: and the clocks of two hosts differ by less than this.
_ASTRAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found: the chain's verdict, and a sentence for each checkpoint that fails."""

    chain: Verdict
    checkpoints: int
    faults: list[str]
    #: What the database itself finds wrong with its tables and indexes.
    damage: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return self.chain.sound and not self.faults and not self.damage


def audit(connection: Connection, verifiers: Iterable[Verifier] | None) -> Audit:
    """Read every row once. ``verifiers`` are the public keys whose signatures count.

    With None no signature is looked at, only whether the tree is what each checkpoint says.
    """
    found = damage(connection)
    watch, keys = _Watch(), None if verifiers is None else tuple(verifiers)
    with as_stored(connection):
        kept = list(stored(connection, checkpoints))
        for row in kept:
            try:
                watch.expected.append(_vouched(row, keys))
            except BadNote as fault:
                watch.faults.append(f"The checkpoint of {row.size} events does not hold. {fault}")
        chain = verify_rows(watch.passing(stored_rows(connection)))
    if chain.sound:
        watch.ended()
        if not found:
            chain = _used_once(connection, chain)
    return Audit(chain, len(kept), watch.faults, found)


def _used_once(connection: Connection, chain: Verdict) -> Verdict:
    """The same verdict, unless an event id stands at two rows. The database groups them."""
    twice = connection.exec_driver_sql(
        "SELECT max(position) FROM events GROUP BY event_id HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
    ).scalar()
    if twice is None:
        return chain
    said = f"Position {twice}: its event id was used before."
    return replace(chain, fault=said, fault_position=int(twice))


@dataclass(frozen=True, slots=True)
class _Vouched:
    """What a signed note says, and what is kept beside it."""

    said: Checkpoint
    made_at: datetime
    last_hash: str
    peaks: str

    @property
    def size(self) -> int:
        return self.said.size


def _vouched(row: Any, keys: tuple[Verifier, ...] | None) -> _Vouched:
    wrong = misfit(checkpoints, row)
    if wrong:
        raise BadNote(f"It {wrong}")
    if keys is not None:
        text_of(row.note, keys)
    said = read_note(row.note, row.made_at)
    if said.size != row.size:
        raise BadNote(f"It says that there were {said.size}.")
    made_at = _instant(row.made_at)
    if made_at is None:
        raise BadNote(f"It was made at no instant ({row.made_at}).")
    return _Vouched(said, made_at, row.last_hash, row.peaks)


def _instant(text: object) -> datetime | None:
    """The instant that is written as the log writes one; None for anything else."""
    try:
        found = datetime.fromisoformat(str(text))
        return found if instant_text(found) == text else None
    except (ValueError, OverflowError):
        return None


@dataclass(slots=True)
class _Watch:
    """Looks at rows on their way to somebody else, and compares the tree at each checkpoint."""

    expected: list[_Vouched] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _peaks: Peaks = field(default_factory=Peaks)
    _good: int = 0
    _compared: int = 0
    _differs: bool = False
    _last_hash: str = BEGINNING
    _last_instant: object = None

    def passing(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows. A row is counted when the next is asked for: only if it was sound."""
        self._compare()
        for row in rows:
            yield row
            self._last_hash, self._last_instant = str(row[-1]), row[6]
            self._peaks.add(bytes.fromhex(self._last_hash))
            self._compare()

    def _compare(self) -> None:
        size = self._peaks.size
        while self._compared < len(self.expected) and self.expected[self._compared].size <= size:
            one = self.expected[self._compared]
            if self._peaks.root() == one.said.root:
                self._good = size
                self._beside(one)
            elif not self._differs:
                self._differs = True
                self.faults.append(
                    f"Position {self._good + 1} or one after it, up to {size}, is not what was "
                    f"signed when the log had {size} events."
                )
            self._compared += 1

    def _beside(self, one: _Vouched) -> None:
        """What is kept beside a note that is right."""
        name = f"The checkpoint of {one.size} events"
        if one.last_hash != self._last_hash:
            self.faults.append(f"{name} has another last_hash than the log had there.")
        if one.peaks != " ".join(part.hex() for part in self._peaks.hashes):
            self.faults.append(f"{name} has other peaks than the tree of the log had there.")
        recorded = _instant(self._last_instant)
        if recorded is not None and one.made_at + _ASTRAY < recorded:
            self.faults.append(
                f"{name} says that it was made at {instant_text(one.made_at)}, and the last of "
                f"them was recorded at {self._last_instant}, after that."
            )

    def ended(self) -> None:
        """The log has no more rows than those that have passed."""
        if self._compared < len(self.expected):
            last = self.expected[-1].size
            self.faults.append(
                f"Position {self._peaks.size + 1} and those after it are gone: the log had {last} "
                f"events when it was signed, and has {self._peaks.size}."
            )


#: Gives the leaves of the tree from one index up to another.
Leaves = Callable[[int, int], Iterator[bytes]]


def leaves_of(connection: Connection) -> Leaves:
    """The leaves of the log in this database: the bytes of each row's hash."""

    def leaves(begin: int, end: int) -> Iterator[bytes]:
        found = connection.exec_driver_sql(
            f"SELECT hash FROM events WHERE position > {begin:d} "  # noqa: S608 - numbers
            f"AND position <= {end:d} ORDER BY position"
        )
        return (bytes.fromhex(str(one)) for one in found.scalars())

    return leaves
