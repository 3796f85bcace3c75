"""One log, the same to the last byte on SQLite and on PostgreSQL."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventlog.recorded import Batch
from eventlog.seal import hash_of, verify
from eventlog.store import Store
from tests.integration.sample_log import Booked, Cancelled, catalogue, open_store
from tests.unit.test_seal import golden

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_WORD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
_EVENT = st.builds(Booked, st.integers(-(2**63), 2**63 - 1), _TEXT) | st.builds(Cancelled, _TEXT)
_AT = st.datetimes(datetime(1999, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_APPEND = st.tuples(_WORD, st.lists(_EVENT, max_size=3), _WORD, _AT, _WORD, st.none() | _WORD)


@pytest.fixture
def pair(file_log: str, owned_postgres: tuple[str, str]) -> list[Store]:
    """An empty log on each database."""
    return [Store(open_store(url).database, catalogue()) for url in (file_log, owned_postgres[0])]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(append=_APPEND)
def test_both_databases_write_the_same_bytes_and_hashes(
    pair: list[Store], append: tuple[str, list[Booked], str, datetime, str, str | None]
) -> None:
    stream, events, actor, at, correlation, causation = append
    ids = None
    rows = []
    for store in pair:
        before = store.head()[0]
        recorded = store.append(
            [Batch(stream, len(store.load(stream)), tuple(events), ids)],
            actor=actor,
            at=at,
            correlation=correlation,
            causation=causation,
        )
        ids = tuple(one.event_id for one in recorded)
        with store.database.read() as connection:
            found = connection.exec_driver_sql(
                f"SELECT * FROM events WHERE position > {before} ORDER BY position"
            )
            rows.append([tuple(row) for row in found])
            assert verify(connection).sound
    assert rows[0] == rows[1]
    assert len(rows[0]) == len(events)


def test_the_golden_rows_are_what_both_databases_write(
    file_log: str, owned_postgres: tuple[str, str]
) -> None:
    call = (
        "SELECT out_hash FROM append_events_v1(ARRAY[%s], ARRAY[%s::bigint], ARRAY[%s], ARRAY[%s],"
        " ARRAY[%s], ARRAY[%s::integer], ARRAY[%s], %s, %s, %s, %s, 1000)"
    )
    server, file = open_store(owned_postgres[0]), open_store(file_log)
    marks = ", ".join("?" * 13)
    for row in golden():
        (position, event_id, stream, version, kind, shape, at, actor, correlation, causation,
         payload, before, sealed) = row  # fmt: skip
        assert isinstance(version, int)
        given_values = (stream, version - 1, event_id, stream, kind, shape, payload, at, actor,
                        correlation, causation)  # fmt: skip
        with server.database.write() as connection:
            assert connection.exec_driver_sql(call, given_values).scalar_one() == sealed
        with file.database.write() as connection:
            connection.exec_driver_sql(f"INSERT INTO events VALUES ({marks})", row)
        assert hash_of(str(before), row[:11]) == sealed
        assert server.head() == file.head() == (position, sealed)
