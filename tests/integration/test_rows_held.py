"""Rows held from the act before are those that the stream gives, whoever wrote in between."""

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select

from benefits.commands import details
from benefits.register import tables
from entrypoints.wiring import KINDS
from eventlog.held import Held
from eventlog.kinds import Standing
from eventlog.replay import compare
from tests.scenario import begin, open_realise, saves


def test_two_processes_that_change_one_benefit_in_turn_leave_the_register_right(
    database_url: str, tmp_path: Path
) -> None:
    council = begin(database_url, tmp_path)
    benefit = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    other = open_realise(database_url, tmp_path)
    for number in range(3):
        council.do(details.AddNote(benefit, f"Here {number}."))
        said = details.AddNote(benefit, f"There {number}.")
        other.handle(said, by="pat", at=council.at)
    assert compare(council.realise.store) == []
    with council.realise.read() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.register)) == 1
    other.database.close()
    council.realise.database.close()


def test_what_is_held_is_of_that_very_stream_and_the_longest_unused_is_forgotten(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    council = begin(migrated_sqlite_url, tmp_path)
    store, kind = council.realise.store, KINDS["benefit"]
    names = [council.in_delivery(title, saves(120_000, "2024-07")) for title in ("One", "Two")]
    streams = {f"benefit-{name}": (kind, name) for name in names}
    one, two = streams
    held = Held(most=1)
    with council.realise.read() as connection:
        events = store.load(one, connection)
        marked = kind.stand("marked", events)
        held.keep(events[-1], Standing(kind, marked, (), ()))
        found = held.load(store, {one: streams[one]}, connection)[one]
        assert (found.thing, found.version) == (marked, len(events)), "what is held is used"
        assert found.once_more() is not marked, "whoever changes it changes a copy"
        other = msgspec.structs.replace(events[-1], hash="0" * 64)
        held.keep(other, Standing(kind, marked, (), ()))
        found = held.load(store, {one: streams[one]}, connection)[one]
        assert found.thing.benefit == names[0], "another record is not mistaken for this one"
        held.keep(events[-1], Standing(kind, marked, (), ()))
        held.load(store, {two: streams[two]}, connection)
        found = held.load(store, {one: streams[one]}, connection)[one]
        assert found.thing.benefit == names[0], "only one is held"
    council.realise.database.close()


def _values(parts: Any) -> list[Any]:
    return [list(part.values()) for part in parts]


def test_what_came_after_what_is_held_is_added_to_it(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    council = begin(migrated_sqlite_url, tmp_path)
    store, kind = council.realise.store, KINDS["benefit"]
    name = council.in_delivery("One", saves(120_000, "2024-07"))
    stream = f"benefit-{name}"
    with council.realise.read() as connection:
        events = store.load(stream, connection)
        straight = Standing.of(kind, kind.stand(name, events))
        for number in range(1, len(events) + 1):
            held = Held()
            earlier = Standing.of(kind, kind.stand(name, events[:number]))
            held.keep(events[number - 1], earlier)
            found = held.load(store, {stream: (kind, name)}, connection)[stream].standing()
            assert found.thing == straight.thing
            for sort in ("rows", "lasting"):
                now, should = getattr(found, sort), getattr(straight, sort)
                assert _values(now) == _values(should)
    council.realise.database.close()
