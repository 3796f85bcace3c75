"""The statements that write read tables: of a handful of shapes, each made once and kept.

They go to the driver as the log's own do; SQLAlchemy's work on each was more than the database's.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table

from eventlog.driver import Driver, named
from eventlog.kinds import STILL, Key


def insert(driver: Driver, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new rows. A column that a row does not name has its default."""
    if not rows:
        return
    columns = _columns(table)
    values = [[row.get(name, default) for name, default in columns] for row in rows]
    driver.fill(table.name, [name for name, _ in columns], values)


def delete(driver: Driver, table: Table, keys: Sequence[Key]) -> None:
    """Take rows away, by their keys."""
    if keys:
        driver.run(_delete(table, driver.mark), keys)


def update(
    driver: Driver,
    table: Table,
    names: tuple[str, ...],
    rows: Sequence[tuple[Key, Mapping[str, Any]]],
) -> None:
    """Give these columns of rows, found by their keys, the values that are in ``rows``."""
    values = [(*(row[name] for name in names), *key) for key, row in rows]
    driver.run(_update(table, names, driver.mark), values)


def end(driver: Driver, table: Table, ends: Sequence[tuple[Key, int]]) -> None:
    """End lasting rows that still hold, each at its position."""
    if ends:
        driver.run(_end(table, driver.mark), [(position, *key, STILL) for key, position in ends])


@cache
def _columns(table: Table) -> tuple[tuple[str, Any], ...]:
    """The names of a table's columns, each with its default."""
    return tuple((column.name, getattr(column.default, "arg", None)) for column in table.columns)


@cache
def _delete(table: Table, mark: str) -> str:
    return f"DELETE FROM {named(table.name)} WHERE {_matches(table, mark)}"  # noqa: S608 - ours


@cache
def _update(table: Table, names: tuple[str, ...], mark: str) -> str:
    sets = ", ".join(f"{named(name)} = {mark}" for name in names)
    return f"UPDATE {named(table.name)} SET {sets} WHERE {_matches(table, mark)}"  # noqa: S608 - ours


@cache
def _end(table: Table, mark: str) -> str:
    where = f"{_matches(table, mark)} AND until = {mark}"
    return f"UPDATE {named(table.name)} SET until = {mark} WHERE {where}"  # noqa: S608 - our own names


def _matches(table: Table, mark: str) -> str:
    """Where a row's key is such values; the position that it holds from is no part of it."""
    names = [column.name for column in table.primary_key.columns if column.name != "since"]
    return " AND ".join(f"{named(name)} = {mark}" for name in names)
