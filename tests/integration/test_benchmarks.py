"""Every benchmark runs, small: it measures, and what it measures against answers too."""

from collections.abc import Iterator

import pytest

from benchmarks.__main__ import line
from benchmarks.places import Places, places
from benchmarks.subjects import QUICK, SUBJECTS, TINY


def test_another_size_changes_what_is_named_and_says_so() -> None:
    other = QUICK.but(["reconciled=1000", "pages=9"])
    assert (other["reconciled"], other["pages"]) == (1_000, 9)
    assert {**other.of, "reconciled": QUICK["reconciled"], "pages": QUICK["pages"]} == QUICK.of
    assert other.name == "quick but reconciled 1,000, pages 9"
    assert QUICK.but([]) == QUICK
    assert QUICK.but(["pages=9"], 1).rounds == QUICK.but([], 1).rounds == 1
    for wrong in ("benefit=3", "pages", "pages=-1"):
        with pytest.raises(ValueError, match=f"“{wrong}” is no amount"):
            QUICK.but([wrong])


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
