"""The read tables worked out again from the log are the live ones, and what differs is told."""

import threading

import pytest
from sqlalchemy import delete, insert, select, update

from eventlog.replay import compare, rebuild
from eventlog.store import Store
from eventlog.tables import Apply, Projection
from tests.integration import sample_log
from tests.integration.sample_log import book, halls, halls_twin, posted, story, story_twin


def _rows(store: Store) -> list[object]:
    with store.database.read() as connection:
        return [
            list(connection.execute(select(table).order_by(*table.primary_key)))
            for table in (halls, story)
        ]


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rebuild in many steps, though the log is short."""
    monkeypatch.setattr("eventlog.replay._PAGE", 7)


@pytest.mark.usefixtures("small_pages")
def test_a_rebuild_gives_the_live_tables_again(store: Store) -> None:
    for number in range(12):
        book(store, f"hall-{number % 5}", len(store.load(f"hall-{number % 5}")), 1, number)
    live = _rows(store)
    assert compare(store) == []
    with store.database.write() as connection:
        connection.execute(delete(story))
        connection.execute(update(halls).values(seats=999))
        connection.execute(insert(posted), [{"line": "kept"}])
    told: list[tuple[int, int]] = []
    assert rebuild(store, lambda *step: told.append(step)) == 24
    assert _rows(store) == live
    assert told[-1] == (24, 24)
    with store.database.read() as connection:
        assert connection.execute(select(halls_twin)).all() == []
        assert connection.execute(select(story_twin)).all() == []
        assert connection.scalars(select(posted.c.line)).all() == ["kept"]


def test_what_differs_is_told_row_by_row(store: Store) -> None:
    book(store, "hall-1", 0, 5)
    book(store, "hall-2", 0, 6)
    with store.database.write() as connection:
        connection.execute(update(halls).where(halls.c.stream == "hall-1").values(seats=50))
        connection.execute(delete(story).where(story.c.position == 1))
        connection.execute(insert(story), [{"position": 9, "line": "invented"}])
    assert compare(store) == [
        "halls: the row stream hall-1 has seats 50, and the log gives 5.",
        "story: the row position 1 is missing from the live table.",
        "story: the row position 9 stands in the live table, and the log does not give it.",
    ]
    rebuild(store)
    assert compare(store) == []


@pytest.mark.usefixtures("small_pages")
def test_events_appended_during_a_rebuild_are_in_it(store: Store) -> None:
    for version in range(30):
        book(store, "hall-1", version, 1)
    stop = threading.Event()

    def write() -> None:
        version = 0
        while not stop.is_set():
            book(store, "hall-2", version, 1)
            version += 1

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(3):
        rebuild(store)
    stop.set()
    writer.join(30)
    assert compare(store) == []


def test_two_rebuilds_at_once_do_no_harm(store: Store) -> None:
    for version in range(20):
        book(store, "hall-1", version, 1)
    rebuilding = [threading.Thread(target=rebuild, args=(store,)) for _ in range(3)]
    for thread in rebuilding:
        thread.start()
    for thread in rebuilding:
        thread.join(30)
    assert compare(store) == []


def test_a_rebuild_that_fails_leaves_the_live_tables_as_they_were(store: Store) -> None:
    book(store, "hall-1", 0, 1, 2)
    live = _rows(store)

    def break_off(*_: object) -> None:
        raise RuntimeError("an event that cannot be read")

    broken = Store(
        store.database,
        sample_log.catalogue(),
        (*sample_log.PROJECTIONS, Projection("broken", (), break_off)),
    )
    with pytest.raises(RuntimeError):
        rebuild(broken)
    assert _rows(store) == live
    assert compare(store) == []


def test_a_projection_may_remember_during_a_rebuild_and_be_helped_in_an_append(
    store: Store,
) -> None:
    calls: list[str] = []

    def afresh() -> Apply:
        calls.append("afresh")
        return sample_log.tell

    def never(*_: object) -> None:
        raise AssertionError

    helped = Store(
        store.database, sample_log.catalogue(), (Projection("story", (story,), never, afresh),)
    )
    book(helped, "hall-1", 0, 1, applying={"story": sample_log.tell})
    assert compare(helped) == []
    assert calls == ["afresh"]
