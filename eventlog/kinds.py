"""Kinds of stream: how a stream's events add up, and which rows of the read tables follow.

A read table is a pure function of what stands. A kind therefore says, for a standing thing,
which rows it has (``rows``) and which rows count from which position of the log on
(``lasting``); writing them is the difference between before and after, worked out here once
for every table.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    insert,
    update,
)

from eventlog.recorded import Recorded
from eventlog.tables import Tables

#: ``until`` of a lasting row that still holds: later than any position of the log.
STILL = 2**62

Key = tuple[Any, ...]


class Unwritten(Protocol):
    """A row that is cheap to make and to compare, and becomes columns only when it is written."""

    def columns(self) -> Mapping[str, Any]: ...


Rows = Mapping[Table, Mapping[Key, Mapping[str, Any]]]
Lasting = Mapping[Table, Mapping[Key, Mapping[str, Any] | Unwritten]]


def columns_of(row: Mapping[str, Any] | Unwritten) -> Mapping[str, Any]:
    """What is written of a lasting row."""
    return row if isinstance(row, Mapping) else row.columns()


def lasting_columns() -> tuple[Column[int], Column[int]]:
    """The two columns of a lasting row: it holds for ``since <= position < until``."""
    return (
        Column("since", BigInteger, primary_key=True),
        Column("until", BigInteger, nullable=False, default=STILL, index=True),
    )


def no_rows(_standing: Any) -> Rows:
    """For a kind that has no rows of that sort."""
    return {}


@dataclass(frozen=True)
class Kind:
    """A kind of stream: the word or words that its streams' names begin with."""

    name: str
    new: Callable[[str], Any]
    apply: Callable[[Any, Recorded[Any]], None]
    rows: Callable[[Any], Rows] = no_rows
    lasting: Callable[[Any], Lasting] = no_rows

    def stand(self, key: str, events: Iterable[Recorded[Any]]) -> Any:
        """The thing after all these events of its stream."""
        standing = self.new(key)
        for recorded in events:
            self.apply(standing, recorded)
        return standing


def kind_of(kinds: Mapping[str, Kind], stream: str) -> tuple[Kind, str] | None:
    """The kind of a stream and its key: ``mtfs-line-k3f9`` is the ``mtfs-line`` ``k3f9``."""
    for kind in kinds.values():
        if stream.startswith(f"{kind.name}-"):
            return kind, stream[len(kind.name) + 1 :]
    return None


@dataclass
class Standing:
    """A thing as it stands, with the rows that the read tables hold for it."""

    kind: Kind
    thing: Any
    rows: Rows
    lasting: Lasting

    @classmethod
    def of(cls, kind: Kind, thing: Any) -> "Standing":
        return cls(kind, thing, kind.rows(thing), kind.lasting(thing))


@dataclass
class Changes:
    """What has to be written, gathered by table so that each is one statement of many rows."""

    gone: dict[Table, list[Key]] = field(default_factory=dict)
    new: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)
    ended: dict[Table, list[tuple[Key, int]]] = field(default_factory=dict)
    begun: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)
    holding: dict[tuple[Table, Key], dict[str, Any]] = field(default_factory=dict)

    def replace(self, before: Rows, after: Rows) -> None:
        """The rows that differ: taken away by key, then written anew."""
        for table in {**before, **after}:
            old, now = before.get(table, {}), after.get(table, {})
            changed = [key for key, row in now.items() if old.get(key) != row]
            away = [key for key in old if key not in now or old[key] != now[key]]
            self.gone.setdefault(table, []).extend(away)
            self.new.setdefault(table, []).extend(dict(now[key]) for key in changed)

    def succeed(self, before: Lasting, after: Lasting, position: int) -> None:
        """The lasting rows that differ: the old ones end at the position, the new begin there."""
        for table in {**before, **after}:
            old, now = before.get(table, {}), after.get(table, {})
            if old == now:
                continue
            for key, row in old.items():
                if now.get(key) != row:
                    self._end(table, key, position)
            for key, row in now.items():
                if old.get(key) != row:
                    begun = {**columns_of(row), "since": position, "until": STILL}
                    self.begun.setdefault(table, []).append(begun)
                    self.holding[(table, key)] = begun

    def _end(self, table: Table, key: Key, position: int) -> None:
        # A row that began in this same write is not in the table yet.
        begun = self.holding.pop((table, key), None)
        if begun is None:
            self.ended.setdefault(table, []).append((key, position))
        else:
            begun["until"] = position

    def write(self, connection: Connection, tables: Tables) -> None:
        """Write everything, table by table."""
        for table, keys in self.gone.items():
            _delete(connection, tables[table], keys)
        for table, rows in self.new.items():
            if rows:
                connection.execute(insert(tables[table]), rows)
        for table, ends in self.ended.items():
            _end(connection, tables[table], ends)
        for table, begun in self.begun.items():
            if begun:
                connection.execute(insert(tables[table]), begun)


def _key_columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.primary_key.columns if column.name != "since"]


def _delete(connection: Connection, table: Table, keys: Sequence[Key]) -> None:
    columns = _key_columns(table)
    statement = delete(table).where(*_matches(columns))
    if keys:
        connection.execute(statement, [_bound(columns, key) for key in keys])


def _end(connection: Connection, table: Table, ends: Sequence[tuple[Key, int]]) -> None:
    columns = _key_columns(table)
    statement = (
        update(table)
        .where(*_matches(columns))
        .where(table.c.until == STILL)
        .values(until=bindparam("ends_at"))
    )
    if ends:
        rows = [{**_bound(columns, key), "ends_at": position} for key, position in ends]
        connection.execute(statement, rows)


def _matches(columns: Sequence[Column[Any]]) -> list[ColumnElement[bool]]:
    return [column == bindparam(f"k_{column.name}") for column in columns]


def _bound(columns: Sequence[Column[Any]], key: Key) -> dict[str, Any]:
    return {f"k_{column.name}": value for column, value in zip(columns, key, strict=True)}


class Register:
    """Keeps the read tables in step with the log, for every kind of stream.

    ``standings`` are things as they stood before the events to come, by stream. A rebuild starts
    with none and remembers each; a single append is given those that it loaded.
    """

    def __init__(
        self, kinds: Mapping[str, Kind], standings: dict[str, Standing] | None = None
    ) -> None:
        self.kinds = kinds
        self.standings = {} if standings is None else standings
        #: Streams that moved since their rows were written, with the rows that are.
        self._unsettled: dict[str, Rows] = {}

    def keep(
        self, connection: Connection, tables: Tables, recorded: Sequence[Recorded[Any]]
    ) -> None:
        """Bring the read tables up to the last of these events (in position order)."""
        self.follow(connection, tables, recorded)
        self.settle(connection, tables)

    def follow(
        self, connection: Connection, tables: Tables, recorded: Sequence[Recorded[Any]]
    ) -> None:
        """Write the lasting rows, and leave those of how things stand for ``settle``.

        A rebuild goes through a stream's events in hundreds of pages, and how it stood at the
        end of each is of no use to anybody.
        """
        changes = Changes()
        for event in recorded:
            standing = self._standing(event.stream)
            if standing is None:
                continue
            self._unsettled.setdefault(event.stream, standing.rows)
            standing.kind.apply(standing.thing, event)
            lasting = standing.kind.lasting(standing.thing)
            changes.succeed(standing.lasting, lasting, event.position)
            standing.lasting = lasting
        changes.write(connection, tables)

    def settle(self, connection: Connection, tables: Tables, most: int | None = None) -> bool:
        """Write how things stand, of so many streams at most; gives whether any are left."""
        changes = Changes()
        for stream in list(itertools.islice(self._unsettled, most)):
            standing = self.standings[stream]
            standing.rows = standing.kind.rows(standing.thing)
            changes.replace(self._unsettled.pop(stream), standing.rows)
        changes.write(connection, tables)
        return bool(self._unsettled)

    def _standing(self, stream: str) -> Standing | None:
        if stream not in self.standings:
            found = kind_of(self.kinds, stream)
            if found is None:
                return None
            kind, key = found
            self.standings[stream] = Standing.of(kind, kind.new(key))
        return self.standings[stream]
