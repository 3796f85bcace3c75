"""The commands that the documentation gives, wherever they stand in it."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from tests.scenario import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_FENCED = re.compile(r"^ *```\w*\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_NAMED = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_QUOTED = re.compile(r"`([^`\n]+)`")
#: How a command may begin: the program in a checkout, and the word that docs/operate.md makes.
_BEGINS = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:\S*\.venv/bin/realise|realise|run) (?=[a-z-])")
_MAKE = re.compile(r"^make ([a-z-]+)")


def fenced(page: Path) -> Iterator[str]:
    """Every line of the page's blocks of no language, or the shell's: commands, and settings."""
    for language, block in _NAMED.findall(page.read_text(encoding="utf-8")):
        if language not in ("", "sh"):
            continue
        yield from map(str.strip, block.replace("\\\n", " ").splitlines())


def _lines(page: Path) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    for block in _FENCED.findall(text):
        yield from map(str.strip, block.replace("\\\n", " ").splitlines())
    yield from _QUOTED.findall(_FENCED.sub("", text))


def commands(page: Path) -> Iterator[list[str]]:
    """Every command of ``realise`` on the page, as its words. Drawn synopses are left out."""
    if page.name == "command-line.md":
        return
    for line in _lines(page):
        match = _BEGINS.match(line)
        if match:
            words = shlex.split(line[match.end() :], comments=True)
            yield [word for word in words if word not in ("&", "…")]


def targets(page: Path) -> Iterator[str]:
    """Every target of make that the page names."""
    for line in _lines(page):
        match = _MAKE.match(line)
        if match:
            yield match[1]
