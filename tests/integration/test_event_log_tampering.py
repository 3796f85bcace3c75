"""Somebody who owns the database changes the log behind Realise's back: verification finds it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from eventlog.database import Database
from eventlog.schema import owning
from eventlog.seal import HASHED, Verdict, hash_of, verify
from tests.integration.sample_log import book, open_store

_COLUMNS = (*HASHED, "prev_hash", "hash")
_NUMBERS = {"position", "version", "schema_version"}


class Tamperer:
    """Somebody with the owner's powers, who has switched the guards off."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        if connection.dialect.name == "sqlite":
            for trigger in ("update", "delete", "replace", "gap"):
                connection.exec_driver_sql(f"DROP TRIGGER events_refuse_{trigger}")
        else:
            connection.exec_driver_sql("ALTER TABLE events DISABLE TRIGGER ALL")

    def verdict_after(self, *statements: str) -> Verdict:
        """What verification says of the log so changed. The change is undone."""
        with self.connection.begin_nested() as trial:
            for statement in statements:
                self.connection.exec_driver_sql(statement)
            verdict = verify(self.connection)
            trial.rollback()
        return verdict


@pytest.fixture(params=["sqlite", "postgresql"])
def tamperer(request: pytest.FixtureRequest) -> Iterator[Tamperer]:
    """Somebody who may do anything to a sample log of nine events."""
    if request.param == "sqlite":
        url = owner = request.getfixturevalue("file_log")
    else:
        url, owner = request.getfixturevalue("owned_postgres")
    store = open_store(url)
    for version in range(3):
        book(store, "hall-1", 2 * version, 1, 2)
        book(store, "hall-2", version, 3)
    with owning(Database.open(owner)) as connection:
        made = Tamperer(connection)
        assert made.verdict_after().sound
        yield made


def _changed(column: str) -> str:
    value = f"{column} + 1000" if column in _NUMBERS else f"coalesce({column}, '') || 'x'"
    return f"UPDATE events SET {column} = {value} WHERE position = 4"


def test_one_changed_value_of_any_column_is_found(tamperer: Tamperer) -> None:
    for column in _COLUMNS:
        verdict = tamperer.verdict_after(_changed(column))
        assert not verdict.sound
        assert verdict.position == 3
        assert verdict.fault_position == (5 if column == "position" else 4)
        assert str(verdict).startswith("Position 4")


def test_removed_rows_are_found(tamperer: Tamperer) -> None:
    for position in (1, 5, 8):
        verdict = tamperer.verdict_after(f"DELETE FROM events WHERE position = {position}")
        assert str(verdict).startswith(f"Position {position} is missing")


def test_two_rows_that_changed_places_are_found(tamperer: Tamperer) -> None:
    verdict = tamperer.verdict_after(
        "UPDATE events SET position = 100 WHERE position = 4",
        "UPDATE events SET position = 4 WHERE position = 5",
        "UPDATE events SET position = 5 WHERE position = 100",
    )
    assert verdict.fault_position == 4


def test_inserted_rows_are_found(tamperer: Tamperer) -> None:
    for position in (0, -3, 10, 12):
        verdict = tamperer.verdict_after(
            f"INSERT INTO events ({', '.join(_COLUMNS)}) SELECT {position}, 'new', 'hall-9', 1, "
            "type, schema_version, recorded_at, actor_id, correlation_id, NULL, payload, 'p', 'h' "
            "FROM events WHERE position = 9"
        )
        assert verdict.fault_position == position


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 9}, "version 9 of hall-2 is out of order"),
        ({"recorded_at": "2020-01-01T00:00:00.000000Z"}, "recorded before"),
    ],
)
def test_a_row_that_was_sealed_again_must_still_be_in_order(
    tamperer: Tamperer, changes: dict[str, int | str], said: str
) -> None:
    found = tamperer.connection.exec_driver_sql(
        f"SELECT {', '.join(_COLUMNS)} FROM events WHERE position = 9"
    ).one()
    row = {**dict(zip(_COLUMNS, found, strict=True)), **changes}
    row["hash"] = hash_of(row["prev_hash"], [row[name] for name in HASHED])
    sets = ", ".join(f"{name} = '{row[name]}'" for name in (*changes, "hash"))
    verdict = tamperer.verdict_after(f"UPDATE events SET {sets} WHERE position = 9")
    assert verdict.fault_position == 9
    assert said in str(verdict)


def test_a_cut_tail_leaves_a_shorter_log_than_the_head_seen_before(tamperer: Tamperer) -> None:
    whole = verify(tamperer.connection)
    verdict = tamperer.verdict_after("DELETE FROM events WHERE position > 7")
    assert verdict.sound  # a chain cannot know what came after: only an earlier head can
    assert verdict.position == 7
    assert (verdict.position, verdict.hash) != (whole.position, whole.hash)
