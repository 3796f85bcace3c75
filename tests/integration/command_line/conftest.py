"""``realise`` on a database of the test's own, on both engines, with a small council."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command_line import Command
from tests.scenario import Scenario, begin, saves
from tests.undrawn import undrawn


@pytest.fixture
def realise(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    """``realise`` with its own files in a folder of this test's own."""
    for name in [name for name in os.environ if name.startswith("REALISE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REALISE_VAR", str(tmp_path / "var"))
    return Command(monkeypatch, capsys)


@pytest.fixture
def url(database_url: str, monkeypatch: pytest.MonkeyPatch, realise: Command) -> str:
    """A database with its tables, empty, that ``realise`` uses."""
    monkeypatch.setenv("REALISE_DATABASE_URL", database_url)
    return database_url


@pytest.fixture
def council(url: str, tmp_path: Path) -> Iterator[Scenario]:
    """A programme that began in April 2024."""
    (tmp_path / "other").mkdir()
    scenario = begin(url, tmp_path / "other")
    scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    scenario.on("2024-05-20")
    yield scenario
    scenario.realise.database.close()


@pytest.fixture
def quick() -> Iterator[None]:
    """Reports without drawing."""
    with undrawn():
        yield
