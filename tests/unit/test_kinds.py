"""Rows that follow from what stands: replaced when it changes, or lasting from a position on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, create_engine, select

from eventlog.keeping import Register
from eventlog.kinds import STILL, Kind, Rows, Standing, kind_of, lasting_columns
from eventlog.recorded import Recorded
from eventlog.tables import LIVE

metadata = MetaData()
now = Table(
    "now",
    metadata,
    Column("jar", Text, primary_key=True),
    Column("sweet", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)
held = Table(
    "held",
    metadata,
    Column("jar", Text, primary_key=True),
    Column("sweet", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    *lasting_columns(),
)


@dataclass
class Jar:
    """A thing that events add up to: how many of each sweet it holds."""

    jar: str
    sweets: dict[str, int] = field(default_factory=dict)


def _apply(jar: Jar, recorded: Recorded[Any]) -> None:
    sweet, count = recorded.event
    jar.sweets[sweet] = jar.sweets.get(sweet, 0) + count


def _rows(table: Table) -> Any:
    def rows(jar: Jar) -> Rows:
        found = {
            (jar.jar, sweet): {"jar": jar.jar, "sweet": sweet, "count": count}
            for sweet, count in jar.sweets.items()
            if count
        }
        return {table: found} if jar.sweets else {}

    return rows


JAR = Kind("jar", Jar, _apply, (_rows(now),), (_rows(held),))
SWEET_JAR = Kind("sweet-jar", Jar, _apply)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as opened:
        yield opened
    engine.dispose()


def _happened(position: int, jar: str, sweet: str, count: int) -> Recorded[Any]:
    at = datetime(2024, 4, 2, tzinfo=UTC)
    return Recorded(
        position, "", f"jar-{jar}", position, "", 1, at, "pat", "", None, (sweet, count), ""
    )


def _all(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in connection.execute(select(table)))


def test_a_stream_is_of_the_kind_that_its_name_begins_with() -> None:
    kinds = {"jar": JAR, "sweet-jar": SWEET_JAR}
    assert kind_of(kinds, "jar-a-b") == (JAR, "a-b")
    assert kind_of(kinds, "sweet-jar-a") == (SWEET_JAR, "a")
    assert kind_of(kinds, "jars-a") is None


def test_a_lasting_row_ends_where_the_next_begins(connection: Connection) -> None:
    register = Register({"jar": JAR})
    register.keep(connection, LIVE, [_happened(3, "a", "mint", 2)])
    register.keep(connection, LIVE, [_happened(5, "a", "mint", 1)])
    register.keep(connection, LIVE, [_happened(9, "a", "mint", -3)])
    assert _all(connection, held) == [("a", "mint", 2, 3, 5), ("a", "mint", 3, 5, 9)]
    assert _all(connection, now) == []


def test_a_row_that_did_not_change_goes_on_from_where_it_began(connection: Connection) -> None:
    register = Register({"jar": JAR})
    register.keep(connection, LIVE, [_happened(1, "a", "mint", 2)])
    register.keep(connection, LIVE, [_happened(2, "a", "toffee", 1)])
    assert ("a", "mint", 2, 1, STILL) in _all(connection, held)


def test_several_events_of_one_write_leave_each_row_its_own_time(connection: Connection) -> None:
    together = [_happened(n, "a", "mint", 1) for n in (1, 2, 3)]
    Register({"jar": JAR}).keep(connection, LIVE, together)
    assert _all(connection, held) == [
        ("a", "mint", 1, 1, 2),
        ("a", "mint", 2, 2, 3),
        ("a", "mint", 3, 3, STILL),
    ]
    assert _all(connection, now) == [("a", "mint", 3)]


def test_a_write_goes_on_from_what_stood_before_it(connection: Connection) -> None:
    Register({"jar": JAR}).keep(connection, LIVE, [_happened(1, "a", "mint", 2)])
    loaded = Jar("a", {"mint": 2})
    register = Register({"jar": JAR}, {"jar-a": Standing.of(JAR, loaded)})
    register.keep(connection, LIVE, [_happened(2, "a", "mint", 5)])
    assert _all(connection, held) == [("a", "mint", 2, 1, 2), ("a", "mint", 7, 2, STILL)]


def test_an_event_of_an_unknown_kind_leaves_no_row(connection: Connection) -> None:
    Register({"sweet-jar": SWEET_JAR}).keep(connection, LIVE, [_happened(1, "a", "mint", 2)])
    assert _all(connection, held) == _all(connection, now) == []


@settings(deadline=None)  # each example makes tables: a busy machine takes its time
@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from("ab"), st.sampled_from("mt"), st.integers(-2, 2)),
            min_size=1,
            max_size=5,
        ),
        max_size=8,
    )
)
def test_at_every_position_the_lasting_rows_are_what_stood_then(
    writes: list[list[tuple[str, str, int]]],
) -> None:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    history: list[Recorded[Any]] = []
    with engine.begin() as opened:
        for write in writes:
            new = [_happened(len(history) + n, *each) for n, each in enumerate(write, 1)]
            # Each write begins anew from the streams, as an append does.
            before = {
                f"jar-{key}": Standing.of(JAR, JAR.stand(key, _of(history, key))) for key in "ab"
            }
            Register({"jar": JAR}, before).keep(opened, LIVE, new)
            history += new
        for position in range(len(history) + 1):
            at = select(held.c.jar, held.c.sweet, held.c.count).where(
                held.c.since <= position, held.c.until > position
            )
            stood = [JAR.stand(key, _of(history[:position], key)) for key in "ab"]
            expected = sorted(
                (jar.jar, sweet, count) for jar in stood for sweet, count in jar.sweets.items()
                if count
            )  # fmt: skip
            assert sorted(tuple(row) for row in opened.execute(at)) == expected
    engine.dispose()


def _of(history: list[Recorded[Any]], key: str) -> list[Recorded[Any]]:
    return [recorded for recorded in history if recorded.stream == f"jar-{key}"]
