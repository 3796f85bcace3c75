"""Working the read tables out again from the log, and comparing them with the live ones."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from sqlalchemy import Connection, RowMapping, Table, delete, except_, insert, select
from sqlalchemy.exc import OperationalError, StatementError

from eventlog.appending import take_append_lock
from eventlog.database import SqliteDatabase
from eventlog.faults import NotAsWritten
from eventlog.filelock import FileLock
from eventlog.store import Store
from eventlog.tables import LIVE, TWINS
from eventlog.undisturbed import undisturbed

#: Told how many events have been worked through, and how many there are.
Progress: TypeAlias = Callable[[int, int], None]

_PAGE = 2_000
_STREAMS = 200
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


class DoesNotFollow(NotAsWritten):
    """An event does not fit what is before it, so that nothing can be worked out from the log."""


#: What comes of adding up events that nobody can have written one after the other.
_OF_WHAT_IS_STORED = (
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, StatementError,
)  # fmt: skip


@contextmanager
def _followed() -> Iterator[None]:
    """Say which event could not be added up. The fault itself stays with it, as its cause."""
    try:
        yield
    except OperationalError:  # of the database's health
        raise
    except _OF_WHAT_IS_STORED as fault:
        place = ", ".join(getattr(fault, "__notes__", ["The log"]))
        raise DoesNotFollow(
            f"{place}: it does not follow from what is before it, so the read tables cannot be "
            f"worked out ({fault!r})."
        ) from fault


class _Replay:
    """One working through of the log into the twins."""

    def __init__(self, store: Store, progress: Progress | None) -> None:
        self._store, self._progress = store, progress
        self._applies = [projection.for_a_rebuild() for projection in store.projections]
        self._reached = 0

    def empty_twins(self, connection: Connection) -> None:
        for table in _tables(self._store):
            connection.execute(delete(TWINS[table]))

    def is_far_behind(self, connection: Connection | None = None) -> bool:
        return self._store.head(connection)[0] - self._reached > _PAGE

    def advance(self, connection: Connection) -> None:
        """Work through one page more."""
        head, _ = self._store.head(connection)
        upto = min(self._reached + _PAGE, head)
        page = list(self._store.read(self._reached, upto, connection=connection))
        if page:
            with _followed():
                for apply in self._applies:
                    apply(connection, TWINS, page)
        self._reached = upto
        if self._progress is not None:
            self._progress(upto, head)

    def settle(self, connection: Connection, most: int | None = None) -> bool:
        """Write what was left for the end, of so many streams; gives whether more is left."""
        settles = [each.settle for each in self._store.projections if each.settle is not None]
        with _followed():
            return any([settle(connection, TWINS, most) for settle in settles])  # noqa: C419 - all of them

    def level(self, connection: Connection) -> int:
        """Work through the last page while nobody can append; gives the position reached."""
        while self._store.head(connection)[0] > self._reached:
            self.advance(connection)
        self.settle(connection)
        return self._reached


@contextmanager
def _filled(store: Store, progress: Progress | None) -> Iterator[tuple[Connection, int]]:
    """A write transaction in which the twins stand level with the log, and nobody can append.

    The twins are emptied at its end.
    """
    replay = _Replay(store, progress)
    fill = _fill_file if isinstance(store.database, SqliteDatabase) else _fill_server
    with undisturbed(), fill(store, replay) as connection:
        yield connection, replay.level(connection)
        replay.empty_twins(connection)


@contextmanager
def _fill_file(store: Store, replay: _Replay) -> Iterator[Connection]:
    """Each page is its own short transaction: an SQLite writer holds up every other."""
    database = store.database
    assert isinstance(database, SqliteDatabase)
    path = database.path.with_name(database.path.name + ".rebuild.lock")
    with FileLock(path, database.lock_wait).held():
        with database.write() as connection:
            replay.empty_twins(connection)
        while replay.is_far_behind():
            with database.write() as connection:
                replay.advance(connection)
        more = True
        while more:
            with database.write() as connection:
                more = replay.settle(connection, _STREAMS)
        with database.write() as connection:
            yield connection


@contextmanager
def _fill_server(store: Store, replay: _Replay) -> Iterator[Connection]:
    """PostgreSQL fills them in one transaction, and takes the log's lock only at its end."""
    with store.database.write() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_REBUILD_LOCK})")
        replay.empty_twins(connection)
        while replay.is_far_behind(connection):
            replay.advance(connection)
        replay.settle(connection)
        take_append_lock(connection, store.database.lock_wait)
        yield connection


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
