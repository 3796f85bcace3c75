"""A month's report composed from the log: reconciliation, movements and all, beside reading it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from benchmarks.lives import fill
from benchmarks.measuring import Figure, Size, race
from benchmarks.places import Places
from benefits.periods import Month
from entrypoints.wiring import KINDS
from eventlog.store import Store
from reports import monthly
from tests.scenario import PROGRAMME

READING = "reading the same events, decoded"
_EVENTS_EACH = 100
_AT = datetime(2026, 10, 1, 9, tzinfo=UTC)


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """A programme of a fifth of the benefits, and of all: linear, or the ratio falls."""
    for benefits in (max(1, size["reconciled"] // 5), size["reconciled"]):
        realise = fill(places.url("sqlite"), benefits, _EVENTS_EACH)
        store, events = realise.store, realise.store.head()[0]
        asked = monthly.Request(PROGRAMME, Month(2026, 8), events, "pat", _AT, draft=True)
        yield race(
            f"compose a report of {benefits:,} benefits and {events:,} events", events,
            partial(monthly.compose, store, KINDS, asked),
            {READING: partial(_read, store)},
            rounds=min(3, size.rounds), unit="events a second",
        )  # fmt: skip


def _read(store: Store) -> int:
    return sum(1 for _ in store.read())
