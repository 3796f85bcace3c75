"""The sample council for the walks: copied for each module from what the run loaded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import sample
from tests.conftest import RUN_DIRECTORY
from tests.looking import served


@pytest.fixture(scope="module")
def council(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sample.Sample]:
    """The sample council, which the tests of a module share."""
    folder: Path = tmp_path_factory.mktemp("sample")
    with sample.copied(request.config.stash[RUN_DIRECTORY], folder) as found:
        yield found


@pytest.fixture(scope="module")
def address(council: sample.Sample) -> Iterator[str]:
    """Where its pages are served on loopback."""
    with served(council.site()) as found:
        yield found


@pytest.fixture
def thorough(request: pytest.FixtureRequest) -> bool:
    """Whether this run is a soak, which looks at everything."""
    return bool(request.config.pluginmanager.hasplugin("tests.soaking"))
