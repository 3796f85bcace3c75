"""Reading: a benefit's stream, the whole log decoded, its verification, and a rebuild."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from benchmarks.appending import AT
from benchmarks.lives import begun, grow
from benchmarks.measuring import Figure, Size, race
from benchmarks.peers import LIBRARY, TEXT, Notebook, Notes, notebook
from benchmarks.places import NAMES, OPENED, Places, opened
from benefits.events.details import NoteAdded
from entrypoints.wiring import catalogue, rebuilding
from eventlog import seal
from eventlog.recorded import Batch
from eventlog.replay import rebuild
from eventlog.store import Store

DRIVER = "SELECT of the same rows with the driver"
HASHING = "SELECT and SHA-256 of the same bytes"
READING = "reading the same events, decoded"
_PAGE = 5_000
_COLUMNS = ", ".join((*seal.HASHED, "prev_hash", "hash"))


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """Every figure of reading, on both databases."""
    for kind, name in NAMES.items():
        yield from _streams(places, size, kind, name)
        yield from _whole(places, size, kind, name)


def _streams(places: Places, size: Size, kind: str, name: str) -> Iterator[Figure]:
    for events in (100, 1_000):
        store = Store(opened(places.made(kind)), catalogue())
        notes = tuple(NoteAdded(TEXT) for _ in range(events))
        batch = Batch("benefit-b1", 0, notes)
        store.append([batch], actor="pat", at=AT, correlation="bench")
        library = notebook(places.url(kind))
        aggregate = _noted(library, events)
        times = max(1, size["loads"] * 100 // events)
        ours = partial(_often, times, partial(store.load, "benefit-b1"))
        theirs = partial(_often, times, partial(library.repository.get, aggregate.id))
        yield race(
            f"load a benefit of {events:,} events, {name}", times, ours, {LIBRARY: theirs},
            rounds=size.rounds, target=(LIBRARY, 3.0),
        )  # fmt: skip


def _whole(places: Places, size: Size, kind: str, name: str) -> Iterator[Figure]:
    url, events = places.made(kind), size["whole_log"]
    database = opened(url)
    begun(database)
    grow(database, 1, events // 100, 100)
    store = Store(database, catalogue())
    events, rows = store.head()[0], driver_rows(url)
    library = notebook(places.url(kind))
    _noted(library, size["library_log"])

    def reading() -> int:
        return sum(1 for _ in store.read())

    def verified() -> None:
        with database.read() as connection:
            assert seal.verify(connection).sound

    count = size["library_log"]
    what = f"of {events:,} events, {name}"
    yield race(
        f"read the whole log {what}, decoded", events, reading, {DRIVER: lambda: _drained(rows())},
        rounds=size.rounds, target=(DRIVER, 1 / 3),
    )  # fmt: skip
    yield race(
        f"read {count:,} events in order, decoded, {name}", count,
        lambda: _drained(store.read(0, count)),
        {LIBRARY: lambda: _drained(_notifications(library))},
        rounds=size.rounds, target=(LIBRARY, 2.0),
    )  # fmt: skip
    yield race(
        f"verify the chain {what}", events, verified, {HASHING: lambda: _hashed(rows())},
        rounds=size.rounds, target=(HASHING, 0.5),
    )  # fmt: skip
    yield race(
        f"rebuild of all read tables {what}", events, lambda: rebuild(rebuilding(database)),
        {READING: reading}, rounds=size.rounds, target=(READING, 1 / 6),
    )  # fmt: skip


def driver_rows(url: str) -> Callable[[], Iterator[Any]]:
    """The floor of reading: every column of every row in order, with the driver alone."""
    address = make_url(url)
    query = f"SELECT {_COLUMNS} FROM events WHERE position > {{}} ORDER BY position LIMIT {_PAGE}"  # noqa: S608
    connection: Any
    if address.get_backend_name() == "sqlite":
        connection = sqlite3.connect(Path(str(address.database)))
    else:
        connection = psycopg.connect(url, autocommit=True)
    OPENED.callback(connection.close)

    def rows() -> Iterator[Any]:
        page = connection.execute(query.format(0)).fetchall()
        while page:
            yield from page
            page = connection.execute(query.format(page[-1][0])).fetchall()

    return rows


def _noted(library: Notebook, events: int) -> Notes:
    notes = Notes()
    while notes.version < events:
        for _ in range(min(50, events - notes.version)):
            notes.add(TEXT)
        library.save(notes)
    return notes


def _notifications(library: Notebook) -> Iterator[Any]:
    """The library's whole log, decoded, by its notification log."""
    start: int | None = 1
    while True:
        page = library.notification_log.select(start, limit=_PAGE)
        if not page:
            return
        yield from map(library.mapper.to_domain_event, page)
        start = int(page[-1].id) + 1


def _hashed(rows: Iterator[Any]) -> None:
    for row in rows:
        sha256("".join(map(str, row)).encode()).digest()


def _drained(things: Iterator[Any]) -> None:
    for _ in things:
        pass


def _often(times: int, work: Callable[[], object]) -> None:
    for _ in range(times):
        work()
