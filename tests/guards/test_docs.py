"""The documentation says what the code does today, and sends nobody to a page that is not there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benefits.events import STORED_NAMES
from tests.guards.tracked import ROOT, named, tracked_files
from tools.draw_docs import DOCS, PAGES

PAGE = re.compile(r"(?<![\w/.-])(?:docs/)?[\w-]+\.md\b")


@pytest.mark.parametrize("name", PAGES)
def test_a_drawn_page_is_what_would_be_drawn_today(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "Run: make docs"


def test_nothing_sends_the_reader_to_a_page_that_is_not_there() -> None:
    there = {path.name for path in tracked_files() if path.suffix == ".md"}
    missing = {
        named(path): sorted(lost)
        for path in tracked_files()
        if path.suffix in {".py", ".md", ".toml", ".html", ".txt", ".scss", ".sh", ".csv"}
        and path != ROOT / "tests/guards/test_docs.py"
        and (lost := {n for n in PAGE.findall(path.read_text()) if n.split("/")[-1] not in there})
    }
    assert not missing, f"These files name pages that are not there: {missing}"


def test_the_site_builds_and_no_link_or_heading_in_it_is_missing(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(tmp_path)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert "tutorial.html" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "reconciliation" in (tmp_path / "search/search_index.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "guide", sorted((DOCS / "how-to").glob("*.md")), ids=lambda path: path.stem
)
def test_the_words_in_bold_of_a_guide_stand_on_the_pages(guide: Path) -> None:
    shown = "".join(
        path.read_text(encoding="utf-8")
        for path in tracked_files()
        if path.suffix in {".py", ".html"}
        and named(path).startswith(("templates/", "entrypoints/"))
    )
    bold = re.findall(r"\*\*(.+?)\*\*", guide.read_text(encoding="utf-8"))
    assert bold
    assert not [words for words in bold if words not in shown]


@pytest.mark.parametrize("event", STORED_NAMES, ids=STORED_NAMES.get)
def test_every_event_says_in_a_sentence_what_happened(event: type) -> None:
    # Python itself gives a dataclass without a sentence its signature: "Name(...)".
    sentence = event.__doc__ or ""
    assert sentence, event
    assert not sentence.startswith(f"{event.__name__}("), event
