"""Checks the whole log once, from its first row: the chain, and every checkpoint signed over it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from eventlog.checkpoints import Checkpoint, checkpoints, read_note
from eventlog.damage import damage
from eventlog.merkle import Peaks
from eventlog.seal import Row, Verdict, stored_rows, verify_rows
from eventlog.signed_note import BadNote, Verifier, text_of


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
    stored = connection.execute(select(checkpoints).order_by(checkpoints.c.size)).all()
    watch, keys = _Watch(), None if verifiers is None else tuple(verifiers)
    for row in stored:
        try:
            watch.expected.append(_vouched(row, keys))
        except BadNote as fault:
            watch.faults.append(f"The checkpoint of {row.size} events does not hold. {fault}")
    chain = verify_rows(watch.passing(stored_rows(connection)))
    if chain.sound:
        watch.ended()
        if not found:
            chain = _used_once(connection, chain)
    return Audit(chain, len(stored), watch.faults, found)


def _used_once(connection: Connection, chain: Verdict) -> Verdict:
    """The same verdict, unless an event id stands at two rows. The database groups them."""
    twice = connection.exec_driver_sql(
        "SELECT max(position) FROM events GROUP BY event_id HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
    ).scalar()
    if twice is None:
        return chain
    said = f"Position {twice}: its event id was used before."
    return replace(chain, fault=said, fault_position=int(twice))


def _vouched(row: Any, keys: tuple[Verifier, ...] | None) -> Checkpoint:
    if keys is not None:
        text_of(row.note, keys)
    said = read_note(row.note, row.made_at)
    if said.size != row.size:
        raise BadNote(f"It says that there were {said.size}.")
    return said


@dataclass(slots=True)
class _Watch:
    """Looks at rows on their way to somebody else, and compares the tree at each checkpoint."""

    expected: list[Checkpoint] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _peaks: Peaks = field(default_factory=Peaks)
    _good: int = 0
    _compared: int = 0

    def passing(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows. A row is counted when the next is asked for: only if it was sound."""
        self._compare()
        for row in rows:
            yield row
            self._peaks.add(bytes.fromhex(str(row[-1])))
            self._compare()

    def _compare(self) -> None:
        size = self._peaks.size
        while self._compared < len(self.expected) and self.expected[self._compared].size <= size:
            if self._peaks.root() == self.expected[self._compared].root:
                self._good = size
            elif not self.faults:
                self.faults.append(
                    f"Position {self._good + 1} or one after it, up to {size}, is not what was "
                    f"signed when the log had {size} events."
                )
            self._compared += 1

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
