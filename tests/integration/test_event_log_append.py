"""Appending and loading: what the log promises to whoever writes to it and reads it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert

from eventlog.recorded import Batch, NotAnInstant
from eventlog.seal import BEGINNING, verify
from eventlog.store import BadAppend, Conflict, EventIdReused, Store
from tests.integration.sample_log import (
    EVENING,
    NOON,
    Booked,
    Cancelled,
    book,
    counted,
    posted,
)


def test_an_empty_log_has_nothing_and_says_where_it_begins(store: Store) -> None:
    assert store.head() == (0, BEGINNING)
    assert store.load("hall-1") == []
    assert list(store.read()) == []


def test_what_was_appended_is_loaded_as_it_was_given_back(store: Store) -> None:
    given = store.append(
        [Batch("hall-1", 0, (Booked(3, "naïve “£5”\n\t\x01 🏛"), Cancelled("rain")))],
        actor="p-7",
        at=NOON,
        correlation="request-1",
        causation="cause-1",
    )
    assert given == store.load("hall-1") == list(store.read())
    first = given[0]
    assert (first.position, first.version, first.type, first.schema_version) == (1, 1, "Booked", 1)
    assert (first.actor, first.correlation, first.causation) == ("p-7", "request-1", "cause-1")
    assert first.recorded_at == NOON
    assert first.event == Booked(3, "naïve “£5”\n\t\x01 🏛")
    assert store.head() == (2, given[1].hash)


def test_streams_are_counted_apart_and_the_log_as_a_whole(store: Store) -> None:
    book(store, "hall-1", 0, 1)
    book(store, "hall-2", 0, 2)
    book(store, "hall-1", 1, 3)
    found = store.load_many(["hall-1", "hall-2", "hall-3"])
    assert [(one.position, one.version) for one in found["hall-1"]] == [(1, 1), (3, 2)]
    assert [(one.position, one.version) for one in found["hall-2"]] == [(2, 1)]
    assert found["hall-3"] == []


def test_a_stream_can_be_seen_as_it_was_known_at_a_position(store: Store) -> None:
    book(store, "hall-1", 0, 1, 2, 3)
    assert [one.position for one in store.load("hall-1", upto=2)] == [1, 2]
    assert store.load("hall-1", upto=0) == []
    assert len(store.load("hall-1", upto=2**70)) == 3


def test_the_log_is_read_in_part_and_by_type(store: Store) -> None:
    book(store, "hall-1", 0, *range(1, 6))
    store.append(
        [Batch("hall-1", 5, (Cancelled("rain"),))], actor="p-1", at=NOON, correlation="c-1"
    )
    assert [one.position for one in store.read(after=2, upto=4)] == [3, 4]
    assert [one.position for one in store.read(types=["Cancelled"])] == [6]
    assert list(store.read(types=[])) == []


@pytest.mark.parametrize("expected", [0, 2, 2**31 + 1, 2**63 - 1, 2**63, 2**70])
def test_a_wrong_version_is_refused_too_low_or_too_high(store: Store, expected: int) -> None:
    book(store, "hall-1", 0, 1)
    with pytest.raises(Conflict) as refusal:
        book(store, "hall-1", expected, 2)
    assert (refusal.value.stream, refusal.value.actual) == ("hall-1", 1)
    assert counted(store) == (1, 1, 1, 1)


def test_a_stream_that_must_not_exist_yet_cannot_begin_twice(store: Store) -> None:
    book(store, "hall-1", 0, 1)
    with pytest.raises(Conflict, match="hall-1"):
        book(store, "hall-1", 0, 1)


def test_a_guard_with_no_events_lets_through_or_refuses_the_whole_append(store: Store) -> None:
    book(store, "hall-1", 0, 1)
    going = [Batch("hall-1", 1), Batch("hall-9", 0), Batch("hall-2", 0, (Booked(5),))]
    store.append(going, actor="p-1", at=NOON, correlation="c-1")
    stale = [Batch("hall-2", 1, (Booked(6),)), Batch("hall-1", 2)]
    with pytest.raises(Conflict):
        store.append(stale, actor="p-1", at=NOON, correlation="c-1")
    assert counted(store) == (2, 2, 2, 2)


def test_an_append_of_nothing_is_no_event_and_no_error(store: Store) -> None:
    assert store.append([], actor="p-1", at=NOON, correlation="c-1") == []
    assert store.append([Batch("hall-1", 0)], actor="p-1", at=NOON, correlation="c-1") == []
    assert store.head()[0] == 0


def test_an_append_of_thousands_over_several_streams_is_one_act(store: Store) -> None:
    batches = [
        Batch(f"hall-{number}", 0, (Booked(1), Booked(2), Booked(3))) for number in range(700)
    ]
    given = store.append(batches, actor="p-1", at=NOON, correlation="c-1")
    assert [one.position for one in given] == list(range(1, 2101))
    assert {one.version for one in given} == {1, 2, 3}
    assert len(store.load_many([f"hall-{number}" for number in range(700)])) == 700
    with store.database.read() as connection:
        assert verify(connection).events == 2100


def test_an_append_with_one_stale_stream_writes_nothing_at_all(store: Store) -> None:
    book(store, "hall-2", 0, 1)
    batches = [Batch("hall-1", 0, (Booked(1),)), Batch("hall-2", 0, (Booked(1),))]
    with pytest.raises(Conflict, match="hall-2"):
        store.append(batches, actor="p-1", at=NOON, correlation="c-1")
    assert counted(store) == (1, 1, 1, 1)


def test_a_retry_with_the_same_ids_gives_the_first_answer_and_writes_nothing(store: Store) -> None:
    told: list[int] = []
    first = book(store, "hall-1", 0, 4, 5, ids=("e-1", "e-2"))
    book(store, "hall-1", 2, 6)
    again = book(
        store, "hall-1", 0, 4, 5, ids=("e-1", "e-2"), at=EVENING,
        also=lambda _, recorded: told.append(len(recorded)),
    )  # fmt: skip
    assert again == first
    assert told == []
    assert counted(store) == (3, 3, 3, 3)


def test_an_event_id_with_other_content_or_stream_or_company_is_refused(store: Store) -> None:
    book(store, "hall-1", 0, 4, ids=("e-1",))
    for stream, expected, seats, ids in (
        ("hall-1", 1, (5,), ("e-1",)),
        ("hall-2", 0, (4,), ("e-1",)),
        ("hall-1", 0, (4, 5), ("e-1", "e-2")),
    ):
        with pytest.raises(EventIdReused) as refusal:
            book(store, stream, expected, *seats, ids=ids)
        assert refusal.value.event_id == "e-1"
    assert counted(store) == (1, 1, 1, 1)


def test_an_append_that_cannot_be_one_is_refused_before_anything_is_asked(store: Store) -> None:
    one = Booked(1)
    for batches in (
        [Batch("hall-1", 0, (one, one), ("e-1", "e-1"))],
        [Batch("hall-1", 0, (one,)), Batch("hall-1", 1, (one,))],
        [Batch("hall-1", 0, (one,), ("e-1", "e-2"))],
        [Batch("hall-1", -1, (one,))],
        [Batch("", 0, (one,))],
        [Batch("hall\0", 0, (one,))],
    ):
        with pytest.raises(BadAppend):
            store.append(batches, actor="p-1", at=NOON, correlation="c-1")
    with pytest.raises(BadAppend):
        store.append([Batch("hall-1", 0, (one,))], actor="", at=NOON, correlation="c-1")
    with pytest.raises(NotAnInstant):
        book(store, "hall-1", 0, 1, at=datetime(2026, 11, 22, 12, 0))  # noqa: DTZ001


def test_the_time_recorded_never_goes_back_and_is_kept_as_utc(store: Store) -> None:
    summer = timezone(timedelta(hours=1))
    book(store, "hall-1", 0, 1, at=datetime(2026, 7, 1, 9, 0, tzinfo=summer))
    book(store, "hall-1", 1, 1, at=EVENING)
    book(store, "hall-1", 2, 1, at=NOON)
    stamps = [one.recorded_at for one in store.load("hall-1")]
    assert stamps == [datetime(2026, 7, 1, 8, 0, tzinfo=UTC), EVENING, EVENING]
    with store.database.read() as connection:
        texts = connection.exec_driver_sql("SELECT recorded_at FROM events ORDER BY position")
        assert texts.scalars().first() == "2026-07-01T08:00:00.000000Z"


def test_what_goes_with_an_append_is_kept_with_it_or_not_at_all(store: Store) -> None:
    def send(connection, recorded) -> None:  # type: ignore[no-untyped-def]
        connection.execute(insert(posted), [{"line": one.stream} for one in recorded])

    def fail(connection, recorded) -> None:  # type: ignore[no-untyped-def]
        send(connection, recorded)
        raise RuntimeError("the outbox is full")

    book(store, "hall-1", 0, 1, also=send)
    with pytest.raises(RuntimeError):
        book(store, "hall-1", 1, 1, also=fail)
    with store.database.read() as connection:
        assert connection.execute(posted.select()).all() == [("hall-1",)]
    assert counted(store) == (1, 1, 1, 1)
    assert book(store, "hall-1", 1, 1)[0].position == 2


def test_several_appends_may_share_a_transaction(store: Store) -> None:
    with store.database.write() as connection:
        book(store, "hall-1", 0, 1, connection=connection)
        book(store, "hall-1", 1, 2, connection=connection)
        assert len(store.load("hall-1", connection)) == 2
        assert [one.position for one in store.read(connection=connection)] == [1, 2]
    assert counted(store) == (2, 2, 2, 2)


def test_a_reader_sees_one_moment_throughout(store: Store) -> None:
    book(store, "hall-1", 0, 1)
    with store.database.read() as connection:
        before = store.head(connection)
        book(store, "hall-1", 1, 2)
        assert store.head(connection) == before
    assert store.head()[0] == 2
