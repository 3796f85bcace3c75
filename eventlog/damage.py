"""What the database itself finds wrong with how it keeps its tables and indexes.

An index that lost an entry hides a row from everybody who looks by it, while the row stands and
the chain is whole: only the database can compare the two.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

#: After so many findings nobody reads on.
_MOST = 20
#: Each index of the log on PostgreSQL, with its columns as they are written.
_INDEXES = """
SELECT pg_class.relname, pg_index.indexrelid, indrelid::regclass::text AS of,
    (SELECT string_agg(quote_ident(attname), ', ' ORDER BY place)
     FROM unnest(indkey) WITH ORDINALITY AS keys (number, place)
     JOIN pg_attribute ON attrelid = indrelid AND attnum = number) AS columns
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid IN (to_regclass('events'), to_regclass('checkpoints'))
  AND indpred IS NULL AND indexprs IS NULL
ORDER BY 1
"""
#: The ways to rows that a plan may take, for a count that takes one of them.
_WAYS = ("seqscan", "sort", "incremental_sort", "bitmapscan", "indexscan", "indexonlyscan")
_BY_INDEX, _BY_TABLE = {"indexscan", "indexonlyscan"}, {"seqscan"}
_MAY_ASK = """
SELECT bool_or(has_function_privilege(oid, 'EXECUTE')) FROM pg_proc
WHERE oid = to_regprocedure('bt_index_check(regclass, boolean)')
"""


class _Index(NamedTuple):
    name: str
    oid: int
    of: str
    columns: str


def damage(connection: Connection) -> list[str]:
    """A sentence for each thing that the database finds wrong with itself; none when it is whole.

    SQLite reads its whole file for it. PostgreSQL counts the rows of the log by each index and
    without, and asks its extension amcheck where that is there and this role may.
    """
    if connection.dialect.name == "sqlite":
        return _of_the_file(connection)
    found = [_Index(*row) for row in connection.exec_driver_sql(_INDEXES)]
    asks = connection.exec_driver_sql(_MAY_ASK).scalar()
    return [
        f"The index {one.name} of the log is damaged: {said}. Rows can be hidden by it. Stop "
        "recording, and have the owner of the database run REINDEX, then realise verify."
        for one in found
        for said in (_hidden(connection, one), _unlike(connection, one) if asks else "")
        if said
    ]


def _of_the_file(connection: Connection) -> list[str]:
    try:
        said = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST:d})").scalars().all()
    except DBAPIError as fault:
        said = [str(fault.orig)]
    return [f"The database file is damaged: {one}." for one in said if one != "ok"]


def _hidden(connection: Connection, index: _Index) -> str:
    """What is said of an index that gives another number of rows than its table."""
    counting = f"SELECT count(*) FROM (SELECT {index.columns} FROM {index.of}"  # noqa: S608
    with _only_by(connection, _BY_TABLE):
        there = connection.exec_driver_sql(f"{counting}) AS found").scalar_one()
    with _only_by(connection, _BY_INDEX):
        ordered = f"{counting} ORDER BY {index.columns}) AS found"
        given = connection.exec_driver_sql(ordered).scalar_one()
    return "" if given == there else f"its table has {there:,} rows and it gives {given:,}"


@contextmanager
def _only_by(connection: Connection, ways: set[str]) -> Iterator[None]:
    """Within this, a plan takes these ways to the rows, as far as there are any."""
    names = [f"enable_{way}" for way in _WAYS]
    asked = ", ".join(f"current_setting('{name}')" for name in names)
    before = connection.exec_driver_sql(f"SELECT {asked}").one()
    _set(connection, {f"enable_{way}": "on" if way in ways else "off" for way in _WAYS})
    yield
    _set(connection, dict(zip(names, before, strict=True)))


def _set(connection: Connection, values: dict[str, str]) -> None:
    said = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in values.items())
    connection.exec_driver_sql(f"SELECT {said}")


def _unlike(connection: Connection, index: _Index) -> str:
    """What amcheck says of an index that is not in order, or lacks a row of its table."""
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"SELECT bt_index_check({index.oid:d}::regclass, true)")
    except DBAPIError as fault:
        return str(fault.orig).partition("\n")[0].rstrip(".")
    return ""
