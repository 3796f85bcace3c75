"""A council with one benefit in delivery, whose reports are made without being drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from entrypoints import logs
from tests.scenario import Scenario, begin, saves
from tests.undrawn import undrawn


@pytest.fixture(autouse=True)
def plain_log() -> None:
    """Faults are logged as the scheduler logs them, not drawn in colours for a developer."""
    logs.configure(quiet=True)


@pytest.fixture
def quick() -> Iterator[None]:
    """Reports without drawing; every figure is worked out all the same."""
    with undrawn():
        yield


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    yield scenario
    scenario.realise.database.close()
