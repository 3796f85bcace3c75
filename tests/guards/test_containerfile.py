"""The Containerfile builds from the locks, runs without rights, and names what is there."""

import re

from tests.guards.tracked import ROOT

LINES = (ROOT / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def _those(word: str) -> list[str]:
    return [line.removeprefix(word).strip() for line in LINES if line.startswith(f"{word} ")]


def test_the_image_is_built_apart_from_where_it_runs_and_from_the_locks() -> None:
    assert [line.split()[0] for line in _those("FROM")] == [
        "docker.io/library/python:3.11-slim-bookworm"
    ] * 2
    steps = " ".join(_those("RUN"))
    assert "--require-hashes -r requirements.lock" in steps
    for named in re.findall(r"\b(?:tools/\S+|requirements\S*)", steps):
        assert (ROOT / named).exists(), named
    assert _those("USER") == ["10001"]


def test_the_image_has_the_libraries_that_the_reports_are_drawn_with() -> None:
    setup = (ROOT / "tools" / "setup.sh").read_text(encoding="utf-8")
    asked = set(re.findall(r"say (lib(?:pango|harfbuzz)[\w.+-]+)", setup))
    assert asked
    assert all(name in " ".join(_those("RUN")) for name in asked)


def test_what_a_checkout_holds_of_its_own_stays_out_of_the_image() -> None:
    left_out = (ROOT / ".containerignore").read_text(encoding="utf-8").split()
    assert {".git", ".venv", "build", "node_modules", "var"} <= set(left_out)
