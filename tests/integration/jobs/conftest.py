"""A council with one benefit in delivery, whose reports are made without being drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from entrypoints import logs
from reports import pdf
from tests.scenario import Scenario, begin, saves


@pytest.fixture(autouse=True)
def plain_log() -> None:
    """Faults are logged as the scheduler logs them, not drawn in colours for a developer."""
    logs.configure(quiet=True)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports without drawing, a few bytes each; every figure is worked out all the same."""
    monkeypatch.setattr(pdf, "render", lambda contents, *_: repr(contents.cover).encode())
    monkeypatch.setattr(pdf, "page_count", lambda _: 1)


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    yield scenario
    scenario.realise.database.close()
