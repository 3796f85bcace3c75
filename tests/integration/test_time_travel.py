"""Any read table as it was known at a position or on a day is what the live one was then."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Connection, select

from entrypoints.cli import realise as command
from entrypoints.wiring import rebuilding
from eventlog.as_known import as_known
from tests.kept import lived_in, quick_reports
from tests.scenario import Scenario

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def watched(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Scenario, dict[int, Rows]]]:
    """A council's life, and what every read table held after each of its acts."""
    quick_reports(monkeypatch)
    seen: dict[int, Rows] = {}
    do = Scenario.do

    def watch(scenario: Scenario, *asked: object, by: str = "pat") -> Scenario:
        do(scenario, *asked, by=by)
        if len(seen) < 12 or scenario.at.month > 6:  # the first acts, and the later ones
            store = rebuilding(scenario.realise.database)
            with scenario.realise.read() as connection:
                seen[store.head(connection)[0]] = _tables(scenario, connection)
        return scenario

    monkeypatch.setattr(Scenario, "do", watch)
    scenario = lived_in(database_url, tmp_path)
    yield scenario, seen
    scenario.realise.database.close()


def _tables(scenario: Scenario, connection: Connection) -> Rows:
    tables = [t for one in rebuilding(scenario.realise.database).projections for t in one.tables]
    return {
        table.name: [tuple(row) for row in connection.execute(
            select(table).order_by(*table.primary_key)
        )]
        for table in tables
    }  # fmt: skip


def test_every_read_table_as_known_at_a_position_is_what_it_was_then(
    watched: tuple[Scenario, dict[int, Rows]],
) -> None:
    scenario, seen = watched
    assert len(seen) > 15
    for position, rows in seen.items():
        with as_known(rebuilding(scenario.realise.database), position) as connection:
            known = _tables(scenario, connection)
        assert known == rows, position
    last = max(seen)
    with as_known(rebuilding(scenario.realise.database), last + 1_000) as connection:
        assert _tables(scenario, connection) == seen[last]


def test_a_table_is_shown_as_it_was_known_on_a_day(
    watched: tuple[Scenario, dict[int, Rows]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario, _ = watched
    monkeypatch.setenv("REALISE_DATABASE_URL", scenario.realise.settings.database_url)
    monkeypatch.setenv("REALISE_VAR", str(tmp_path))

    def lines(*words: str) -> int:
        done = CliRunner().invoke(command, ["show", "claims", *words])
        assert done.exit_code == 0, done.output
        return len(done.output.strip().splitlines()) - 1

    assert lines() == lines("--as-known", "2024-07-09") == 1
    assert lines("--as-known", "2024-07-08") == lines("--position", "0") == 0
    refused = CliRunner().invoke(command, ["show", "people"])
    assert refused.exit_code == 2
    assert "There is no table people" in refused.output
