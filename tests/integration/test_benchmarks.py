"""Every benchmark runs, small: it measures, and what it measures against answers too."""

from collections.abc import Iterator

import pytest

from benchmarks.__main__ import line
from benchmarks.places import Places, places
from benchmarks.subjects import SUBJECTS, TINY


@pytest.fixture(scope="module")
def found() -> Iterator[Places]:
    with places() as made:
        yield made


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_benchmark_measures_something_beside_something(name: str, found: Places) -> None:
    figures = list(SUBJECTS[name].measured(found, TINY))
    assert figures
    for figure in figures:
        assert figure.ours > 0
        assert all(ratio > 0 for ratio in figure.ratios.values())
        assert figure.what in line(figure)
