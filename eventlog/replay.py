"""Working the read tables out again from the log, and comparing them with the live ones."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import Connection, RowMapping, Table, delete, except_, insert, select

from eventlog.appending import take_append_lock
from eventlog.database import SqliteDatabase
from eventlog.filelock import FileLock
from eventlog.store import Store
from eventlog.tables import LIVE, TWINS

#: Told how many events have been worked through, and how many there are.
Progress: TypeAlias = Callable[[int, int], None]

_PAGE = 2_000
_SHOWN = 20
#: Two rebuilds at once wait for each other here.
_REBUILD_LOCK = 7_352_604_513


def rebuild(store: Store, progress: Progress | None = None) -> int:
    """Make every read table again from the log; gives the position that they now stand at.

    Events go on being appended while the twins are filled. The change-over is one transaction,
    so that nobody sees a half-filled table. Nothing else is done: no email, no kept table.
    """
    with _filled(store, progress) as (connection, position):
        for table in _tables(store):
            connection.execute(delete(table))
            columns = [column.name for column in table.columns]
            fresh = TWINS[table]
            connection.execute(
                insert(table).from_select(columns, select(*(fresh.c[name] for name in columns)))
            )
        return position


def compare(store: Store, progress: Progress | None = None) -> list[str]:
    """What differs between the live read tables and fresh ones, each as a sentence."""
    with _filled(store, progress) as (connection, _):
        return [
            sentence for table in _tables(store) for sentence in _differences(connection, table)
        ]


def _tables(store: Store) -> list[Table]:
    return [table for projection in store.projections for table in projection.tables]


@contextmanager
def _filled(store: Store, progress: Progress | None) -> Iterator[tuple[Connection, int]]:
    """A write transaction in which the twins stand level with the log, and nobody can append.

    The twins are emptied at the end.
    """
    with _alone(store):
        if isinstance(store.database, SqliteDatabase):
            with store.database.write() as connection:
                _empty_twins(connection, store)
            reached = 0
            # Each page is its own short transaction: an SQLite writer holds up every other.
            while (behind := store.head()[0]) - reached > _PAGE:
                with store.database.write() as connection:
                    reached = _advance(store, connection, reached, reached + _PAGE)
                _tell(progress, reached, behind)
            with store.database.write() as connection:
                yield connection, _level(store, connection, reached, progress)
                _empty_twins(connection, store)
        else:
            # PostgreSQL fills them in one transaction, and takes the log's lock only at its end.
            with store.database.write() as connection:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_REBUILD_LOCK})")
                _empty_twins(connection, store)
                reached = 0
                while (behind := store.head(connection)[0]) - reached > _PAGE:
                    reached = _advance(store, connection, reached, reached + _PAGE)
                    _tell(progress, reached, behind)
                take_append_lock(connection, store.database.lock_wait)
                yield connection, _level(store, connection, reached, progress)
                _empty_twins(connection, store)


@contextmanager
def _alone(store: Store) -> Iterator[None]:
    if isinstance(store.database, SqliteDatabase):
        path = store.database.path
        lock = FileLock(path.with_name(path.name + ".rebuild.lock"), store.database.lock_wait)
        with lock.held():
            yield
    else:
        yield


def _empty_twins(connection: Connection, store: Store) -> None:
    for table in _tables(store):
        connection.execute(delete(TWINS[table]))


def _advance(store: Store, connection: Connection, after: int, upto: int) -> int:
    events = store.read(after, upto, connection=connection)
    while page := list(islice(events, _PAGE)):
        for projection in store.projections:
            projection.apply(connection, TWINS, page)
    return upto


def _level(store: Store, connection: Connection, reached: int, progress: Progress | None) -> int:
    head, _ = store.head(connection)
    _advance(store, connection, reached, head)
    _tell(progress, head, head)
    return head


def _tell(progress: Progress | None, reached: int, behind: int) -> None:
    if progress is not None:
        progress(reached, behind)


def _differences(connection: Connection, table: Table) -> Iterator[str]:
    live, fresh = LIVE[table], TWINS[table]
    keys = [column.name for column in table.primary_key] or [c.name for c in table.columns]
    only_live = _only_in(connection, live, fresh, keys)
    only_fresh = _only_in(connection, fresh, live, keys)
    for key in sorted(only_live.keys() | only_fresh.keys(), key=repr)[:_SHOWN]:
        named = ", ".join(f"{name} {value}" for name, value in zip(keys, key, strict=True))
        row = f"{table.name}: the row {named}"
        if key not in only_fresh:
            yield f"{row} stands in the live table, and the log does not give it."
        elif key not in only_live:
            yield f"{row} is missing from the live table."
        else:
            was, should = only_live[key], only_fresh[key]
            for name in was:
                if was[name] != should[name]:
                    yield f"{row} has {name} {was[name]!r}, and the log gives {should[name]!r}."


def _only_in(
    connection: Connection, one: Table, other: Table, keys: list[str]
) -> dict[tuple[Any, ...], RowMapping]:
    columns = [column.name for column in one.columns]
    mine = select(*(one.c[name] for name in columns))
    theirs = select(*(other.c[name] for name in columns))
    rows = connection.execute(except_(mine, theirs).limit(_SHOWN * 10)).mappings()
    return {tuple(row[name] for name in keys): row for row in rows}
