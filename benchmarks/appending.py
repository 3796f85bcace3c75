"""Appending: one event in a transaction by one writer and by four, and ten at once."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import make_url

from benchmarks.crowd import crowd
from benchmarks.delay import wire
from benchmarks.measuring import Figure, Size, race
from benchmarks.peers import LIBRARY, TEXT, Save, driver_saves, library_saves
from benchmarks.places import NAMES, Places, opened
from benefits.events.details import NoteAdded
from entrypoints.wiring import catalogue
from eventlog.recorded import Batch
from eventlog.store import Store

AT = datetime(2026, 1, 1, tzinfo=UTC)
AWAY = 0.0007
DRIVER = "one INSERT with the driver"
#: The least ratio to the library: one event by one writer, by four; ten at once; each 0.7 ms away.
_TARGETS = {"sqlite": 0.6, "postgresql": 2.0}


def our_saves(url: str, at_once: int = 1) -> Save:
    """``Store.append`` of so many new events of one stream."""
    store, stream = Store(opened(url), catalogue()), f"benefit-{uuid4()}"
    note, version = NoteAdded(TEXT), 0

    def save(times: int) -> None:
        nonlocal version
        for _ in range(times):
            batch = Batch(stream, version, (note,) * at_once)
            store.append([batch], actor="bench", at=AT, correlation="bench")
            version += at_once

    return save


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """Every figure of appending, on both databases."""
    for kind, name in NAMES.items():
        for writers in (1, size["writers"]):
            what = f"append one event, {writers} writer{'s' * (writers > 1)}, {name}"
            target = (LIBRARY, _TARGETS[kind])
            yield _figure(places, size, kind, what, target, writers=writers)
        target = (LIBRARY, 1.3 if kind == "postgresql" else 0.6)
        yield _figure(places, size, kind, f"append ten events at once, {name}", target, at_once=10)
    for writers in (1, size["writers"]):
        what = f"append one event, {writers} writer{'s' * (writers > 1)}, PostgreSQL 0.7 ms away"
        yield _figure(places, size, "postgresql", what, (LIBRARY, 4.0), writers=writers, away=True)


def _figure(
    places: Places,
    size: Size,
    kind: str,
    what: str,
    target: tuple[str, float],
    *,
    writers: int = 1,
    at_once: int = 1,
    away: bool = False,
) -> Figure:
    times = max(1, size["appends"] // (2 if at_once > 1 or writers > 1 else 1))
    with ExitStack() as stack:
        urls = [places.made(kind), places.url(kind), places.url(kind)]
        if away:
            port = stack.enter_context(wire(str(places.server.directory / "data"), AWAY))
            urls = [_through(url, port) for url in urls]
            times = max(1, times // 4)
        ours, library, driver = (
            stack.enter_context(crowd(opens, url, writers, times, at_once))
            for opens, url in zip((our_saves, library_saves, driver_saves), urls, strict=True)
        )
        count = times * writers * at_once
        others = {LIBRARY: library} if at_once > 1 else {LIBRARY: library, DRIVER: driver}
        return race(what, count, ours, others, rounds=size.rounds, target=target)


def _through(url: str, port: int) -> str:
    address = make_url(url).set(host="127.0.0.1", port=port, query={})
    return address.render_as_string(hide_password=False)
