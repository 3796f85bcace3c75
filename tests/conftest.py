"""What every test may ask for: a real PostgreSQL, and a real browser's settings."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import postgres

# What is imported and collected stays: looking there for rubbish is a fifth of that time.
gc.disable()

# How long an example takes says how crowded the machine is. (A soak has a profile of its own.)
settings.register_profile("test", deadline=None)
settings.load_profile("test")

RUN_DIRECTORY = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    # The process that was started makes the run's directory; its workers are told of it.
    handed_down = getattr(config, "workerinput", None)
    if handed_down is None:
        config.stash[RUN_DIRECTORY] = postgres.make_run_directory()
    else:
        config.stash[RUN_DIRECTORY] = Path(handed_down["run_directory"])


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["run_directory"] = str(node.config.stash[RUN_DIRECTORY])
    node.workerinput["run_process"] = os.getpid()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and RUN_DIRECTORY in config.stash:
        postgres.remove_run_directory(config.stash[RUN_DIRECTORY])


@pytest.fixture(scope="session")
def postgres_server(request: pytest.FixtureRequest) -> postgres.Postgres:
    """The run's PostgreSQL, shared by all workers."""
    handed_down = getattr(request.config, "workerinput", {})
    return postgres.start(
        request.config.stash[RUN_DIRECTORY],
        owner=handed_down.get("run_process", os.getpid()),
        worker=handed_down.get("workerid", "main"),
    )


@pytest.fixture
def postgres_url(postgres_server: postgres.Postgres) -> Iterator[str]:
    """The address of an empty PostgreSQL database of this test's own."""
    name = postgres_server.create()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def migrated_postgres_url(postgres_server: postgres.Postgres) -> Iterator[str]:
    """The address of a PostgreSQL database with all of Realise's tables, empty."""
    name = postgres_server.create(postgres_server.template("migrated", _migrate))
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture
def migrated_sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an SQLite database with all of Realise's tables, empty."""
    made = request.config.stash[RUN_DIRECTORY] / "migrated.sqlite"
    with postgres.only_one(made.parent):
        if not made.exists():
            fresh = made.with_suffix(".fresh")
            _migrate(f"sqlite:///{fresh}")
            fresh.rename(made)
    shutil.copy(made, tmp_path / "realise.sqlite")
    return f"sqlite:///{tmp_path / 'realise.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database of this test's own with all the tables, empty: the test runs once on each."""
    engine = {"sqlite": "migrated_sqlite_url", "postgresql": "migrated_postgres_url"}
    url: str = request.getfixturevalue(engine[request.param])
    return url


def _migrate(url: str) -> None:
    from eventlog import schema  # only the tests that use a database pay for Alembic

    schema.upgrade(url)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, quiet, without its sandbox (which root may not use)."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "These tests need a Chromium: tools/setup.sh test installs one."
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "chromium_sandbox": False,
        "args": [
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
