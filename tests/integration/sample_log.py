"""A small log of bookings, on either database, for the tests of the event log itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    update,
)

from eventlog.catalogue import Catalogue
from eventlog.checkpoints import Checkpoint, checkpoint_now
from eventlog.database import Database, naming
from eventlog.grants import grant_application
from eventlog.recorded import Batch, Recorded
from eventlog.schema import owning
from eventlog.signed_note import Keys
from eventlog.store import Store
from eventlog.tables import Projection, Tables, twin

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Booked:
    """Somebody booked seats."""

    seats: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A booking was cancelled."""

    reason: str


def catalogue() -> Catalogue:
    """The two kinds of event of this log."""
    made = Catalogue()
    made.register("Booked", Booked)
    made.register("Cancelled", Cancelled)
    return made


tables = MetaData(naming_convention=naming)
halls = Table(
    "halls",
    tables,
    Column("stream", Text, primary_key=True),
    Column("seats", Integer, nullable=False, index=True),
    Column("events", Integer, nullable=False),
)
story = Table(
    "story",
    tables,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("line", Text, nullable=False),
)
halls_twin, story_twin = twin(halls), twin(story)
posted = Table("posted", tables, Column("line", Text, nullable=False))


def _keep_halls(connection: Connection, now: Tables, recorded: Sequence[Recorded[Any]]) -> None:
    table = now[halls]
    streams = {one.stream for one in recorded}
    known = set(connection.scalars(select(table.c.stream).where(table.c.stream.in_(streams))))
    new = [{"stream": name, "seats": 0, "events": 0} for name in sorted(streams - known)]
    if new:
        connection.execute(insert(table), new)
    connection.execute(
        update(table)
        .where(table.c.stream == bindparam("hall"))
        .values(seats=table.c.seats + bindparam("more"), events=table.c.events + 1),
        [{"hall": one.stream, "more": getattr(one.event, "seats", 0)} for one in recorded],
    )


def tell(connection: Connection, now: Tables, recorded: Sequence[Recorded[Any]]) -> None:
    """A line of the story for each event."""
    connection.execute(
        insert(now[story]),
        [{"position": one.position, "line": f"{one.type} {one.stream}"} for one in recorded],
    )


PROJECTIONS = (
    Projection("halls", (halls,), _keep_halls),
    Projection("story", (story,), tell),
)


def make_tables(url: str, owner_url: str | None = None) -> None:
    """Make the sample's read tables beside the log."""
    with owning(Database.open(owner_url or url)) as connection:
        tables.create_all(connection, checkfirst=True)
        if owner_url is not None:
            role = Database.open(url).url.username  # type: ignore[attr-defined]
            grant_application(connection, role)


def open_store(url: str, lock_wait: float = 20) -> Store:
    """The sample log at an address. ``close_stores`` closes it after the test."""
    database = Database.open(url, lock_wait)
    _OPEN.append(database)
    return Store(database, catalogue(), PROJECTIONS)


_OPEN: list[Database] = []


def close_stores() -> None:
    """Close every log that a test has opened."""
    while _OPEN:
        _OPEN.pop().close()


def book(
    store: Store,
    stream: str,
    expected: int,
    *seats: int,
    ids: tuple[str, ...] | None = None,
    at: datetime = NOON,
    **more: Any,
) -> list[Recorded[Any]]:
    """Append bookings to one stream."""
    batch = Batch(stream, expected, tuple(Booked(number) for number in seats), ids)
    return store.append([batch], actor="p-1", at=at, correlation="c-1", **more)


def counted(store: Store) -> tuple[int, int, int, int]:
    """How many events there are, the last position, lines told, and bookings counted."""
    with store.database.read() as connection:
        rows, last = connection.exec_driver_sql(
            "SELECT count(*), coalesce(max(position), 0) FROM events"
        ).one()
        lines = connection.scalar(select(func.count()).select_from(story))
        total = connection.scalar(select(func.coalesce(func.sum(halls.c.events), 0)))
    return int(rows), int(last), int(lines or 0), int(total or 0)


def three_checkpoints(store: Store, keys: Keys) -> list[Checkpoint]:
    """Checkpoints of the first 3, 5 and 12 events."""
    made = []
    for version, count in ((0, 3), (3, 2), (5, 7)):
        book(store, "hall-1", version, *range(count))
        made.append(checkpoint_now(store.database, keys, NOON))
    return made
