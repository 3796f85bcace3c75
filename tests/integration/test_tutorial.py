"""A newcomer who types what docs/tutorial.md says sees what it says."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.command_line import Command
from tests.scenario import ROOT

PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def _typed(realise: Command, block: str) -> str:
    """What the lines of a block print. The pages would be served until somebody ends them."""
    said = ""
    for line in block.splitlines():
        words = shlex.split(line)
        assert words.pop(0) == "realise", line
        assert realise(*words, *(["--help"] if words == ["serve"] else [])) == 0, realise.err
        said += realise.out
    return said


def _set_up(block: str, home: Path) -> None:
    """The first block, but for the installing with which every run of the tests has begun."""
    subprocess.run(
        ["bash", "-euc", block.replace("make setup", "make --dry-run setup")],
        cwd=ROOT, env=os.environ | {"HOME": str(home)}, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def test_every_block_of_the_tutorial_in_order_prints_what_stands_below_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in [name for name in os.environ if name.startswith("REALISE_")]:
        monkeypatch.delenv(name)
    (_, first), *others = BLOCKS
    _set_up(first, tmp_path)
    monkeypatch.chdir(tmp_path / "first-report")
    realise, said, compared = Command(monkeypatch, capsys), "", 0
    for language, block in others:
        if language == "csv":
            Path("savings.csv").write_text(block, encoding="utf-8")
        elif language == "sh":
            said = _typed(realise, block)
        else:
            lost = [line for line in block.splitlines() if line not in said]
            assert not lost, f"The tutorial promises {lost}; it said: {said}"
            compared += len(block.splitlines())
    assert {language for language, _ in BLOCKS} == {"sh", "csv", "text"}
    assert compared > 10
    assert Path("october.pdf").read_bytes().startswith(b"%PDF-")
