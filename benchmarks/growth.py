"""A council that grows: appends and pages should stay flat, work over the whole log linear."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count

from benchmarks.lives import begun, grow
from benchmarks.measuring import Figure, Size, seconds
from benchmarks.places import Places, opened
from benchmarks.whole_log import READING
from benefits.events.details import NoteAdded
from entrypoints.wiring import catalogue, rebuilding
from eventlog import seal
from eventlog.database import Database
from eventlog.recorded import Batch
from eventlog.replay import rebuild
from eventlog.store import Store

_EVENTS_EACH, _NOW = 100, datetime(2026, 10, 1, tzinfo=UTC)
FIRST = "the same when the log was shortest"


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """Each figure at a tenth, a half and all of the size, beside what it was at the tenth."""
    database = opened(places.made("sqlite"))
    begun(database)
    store, grown, first, numbers = Store(database, catalogue()), 0, dict[str, float](), count()
    whole = size["growth"] // _EVENTS_EACH
    for benefits in (whole // 10, whole // 2, whole):
        grow(database, grown + 1, benefits - grown, _EVENTS_EACH)
        grown = benefits
        events = store.head()[0]
        for what, rate in _rates(database, store, events, numbers):
            ratio = rate / first.setdefault(what, rate)
            yield Figure(f"{what}, {events:,} events", rate, {FIRST: first[what]}, {FIRST: ratio})


def _rates(
    database: Database, store: Store, events: int, numbers: Iterator[int]
) -> Iterator[tuple[str, float]]:
    """What is done a second with a log of so many events; whole-log work by the event."""
    work = partial(_append, store, 50, numbers)
    work()
    yield "appends", 50 / seconds(work)
    yield "loads of a benefit", 20 / seconds(lambda: [store.load("benefit-b1") for _ in range(20)])
    yield READING, events / seconds(lambda: sum(1 for _ in store.read()))
    yield "verified events", events / seconds(lambda: _verify(database))
    yield "rebuilt events", events / seconds(lambda: rebuild(rebuilding(database)))


def _append(store: Store, times: int, numbers: Iterator[int]) -> None:
    for _, number in zip(range(times), numbers, strict=False):
        batch = Batch(f"grown-{number}", 0, (NoteAdded("One more."),))
        store.append([batch], actor="pat", at=_NOW, correlation="bench")


def _verify(database: Database) -> None:
    with database.read() as connection:
        assert seal.verify(connection).sound
