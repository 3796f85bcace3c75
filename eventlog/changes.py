"""What an event changes of the read tables, worked out once for every kind of stream.

Only parts that were worked out anew are compared, and of a row only the columns that differ are
written.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table

from eventlog import writing
from eventlog.driver import Driver
from eventlog.facts import Worked
from eventlog.kinds import STILL, Key, Lasted, Rows, columns_of
from eventlog.tables import Tables

_Row: TypeAlias = Mapping[str, Any]


@dataclass
class Changes:
    """What has to be written, gathered by table so that each is one statement of many rows."""

    gone: dict[Table, list[Key]] = field(default_factory=dict)
    #: By the names of the columns that differ: each key, with their values.
    other: dict[tuple[Table, tuple[str, ...]], list[tuple[Key, _Row]]] = field(default_factory=dict)
    new: dict[Table, list[_Row]] = field(default_factory=dict)
    ended: dict[Table, list[tuple[Key, int]]] = field(default_factory=dict)
    begun: dict[Table, list[dict[str, Any]]] = field(default_factory=dict)
    holding: dict[tuple[Table, Key], dict[str, Any]] = field(default_factory=dict)

    def replace(self, before: Sequence[Worked[Rows]], after: Sequence[Worked[Rows]]) -> None:
        """The rows that differ: taken away, changed, or new."""
        for table in _differing(before, after):
            old, now = _together(before, table), _together(after, table)
            self.gone.setdefault(table, []).extend(key for key in old if key not in now)
            for key, row in now.items():
                was = old.get(key)
                if was is None:
                    self.new.setdefault(table, []).append(row)
                elif names := tuple(name for name in row if row[name] != was[name]):
                    self.other.setdefault((table, names), []).append((key, row))

    def succeed(self, before: Sequence[Lasted], after: Sequence[Lasted], position: int) -> None:
        """The lasting rows that differ: the old ones end at the position, the new begin there."""
        for part, fresh in zip(before, after, strict=True):
            for was, now in fresh.unlike(part):  # type: ignore[arg-type] # of the same sort
                for table in {**(was or {}), **(now or {})}:
                    rows = [one.get(table, {}) if one else {} for one in (was, now)]
                    self._succeed(table, rows[0], rows[1], position)

    def _succeed(
        self, table: Table, old: Mapping[Key, Any], now: Mapping[Key, Any], position: int
    ) -> None:
        for key, row in old.items():
            if key not in now or now[key] != row:
                self._end(table, key, position)
        for key, row in now.items():
            if key not in old or old[key] != row:
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
        driver = Driver.of(connection)
        for table, keys in self.gone.items():
            writing.delete(driver, tables[table], keys)
        for (table, names), rows in self.other.items():
            writing.update(driver, tables[table], names, rows)
        for table, ends in self.ended.items():
            writing.end(driver, tables[table], ends)
        for table, new in self.new.items():
            writing.insert(driver, tables[table], new)
        for table, begun in self.begun.items():
            writing.insert(driver, tables[table], begun)


def _differing(before: Sequence[Worked[Rows]], after: Sequence[Worked[Rows]]) -> Iterator[Table]:
    """The tables of the parts that were worked out anew."""
    anew = [each for each in zip(before, after, strict=True) if each[0] is not each[1]]
    yield from {table: None for both in anew for part in both for table in part.value}


def _together(parts: Sequence[Worked[Rows]], table: Table) -> Mapping[Key, _Row]:
    """The rows of a table, each put together of the columns that the parts give of it."""
    giving = [part.value[table] for part in parts if table in part.value]
    if len(giving) == 1:
        return giving[0]
    whole: dict[Key, dict[str, Any]] = {}
    for rows in giving:
        for key, row in rows.items():
            whole.setdefault(key, {}).update(row)
    return whole
