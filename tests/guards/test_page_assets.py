"""What pages load is small, is all there, and holds nothing that only GOV.UK may show."""

import gzip
import re
from pathlib import Path

import pytest

from tests.guards.tracked import ROOT

STATIC = ROOT / "build" / "static"
FIRST_PAGE = (
    "app.css",
    "app.js",
    "govuk-frontend.min.js",
    "fonts/page-regular.woff2",
    "fonts/page-bold.woff2",
)
LARGEST_FIRST_PAGE = 120_000  # bytes over the wire


def _files() -> list[Path]:
    return [path for path in STATIC.rglob("*") if path.is_file()]


def test_a_first_page_loads_little() -> None:
    weights = {name: len(gzip.compress((STATIC / name).read_bytes())) for name in FIRST_PAGE}
    assert sum(weights.values()) <= LARGEST_FIRST_PAGE, weights


def test_the_stylesheet_asks_only_for_files_that_are_there() -> None:
    asked = re.findall(r'url\("?/static/([^")]+)"?\)', (STATIC / "app.css").read_text())
    assert asked, "the stylesheet asks for no font and no icon"
    assert not [name for name in asked if not (STATIC / name).is_file()]


def test_a_status_has_the_same_mark_on_a_page_as_on_paper() -> None:
    for status in ("delivered", "on_track", "at_risk", "not_delivered"):
        paper = ROOT / "templates" / "report" / "marks" / f"{status}.svg"
        assert (STATIC / "images" / paper.name).read_bytes() == paper.read_bytes()
        assert f"/static/images/{paper.name}" in (STATIC / "app.css").read_text()


@pytest.mark.parametrize("reserved", ["GDS Transport", "govuk-crest", "logotype-crown"])
def test_nothing_reserved_for_govuk_is_served(reserved: str) -> None:
    assert reserved not in (STATIC / "app.css").read_text()
    assert not [path.name for path in _files() if reserved in path.name]


def test_nothing_points_to_a_file_of_the_build() -> None:
    pointing = [path.name for path in _files() if b"sourceMappingURL" in path.read_bytes()]
    assert not pointing
