"""Every command that the documentation gives is one, with the options that it has."""

import re
from pathlib import Path

import click
import pytest

from entrypoints import cli
from tests.command_lines import PAGES, commands, targets
from tests.scenario import ROOT


def _parse(words: list[str]) -> None:
    """Take the words as the command line does, but do nothing."""
    command: click.Command = cli.realise
    name = "realise"
    while isinstance(command, click.Group):
        assert words, f"{name} is not a whole command"
        name, *words = words
        found = command.commands.get(name)
        assert found is not None, f"there is no command {name}"
        command = found
    if not words:
        return  # named, as “run verify” or “`realise report`”: what it takes stands elsewhere
    try:
        command.make_context(name, list(words))
    except click.exceptions.Exit:
        pass  # --help
    except click.BadParameter as fault:
        if "does not exist" not in str(fault):  # the reader's own file is not here
            raise


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(click.Option, "prompt_for_value", lambda *_: "yes")


@pytest.mark.parametrize("document", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_of_a_page_is_one(document: Path) -> None:
    for words in commands(document):
        try:
            _parse(words)
        except (AssertionError, click.UsageError) as fault:
            raise AssertionError(f"realise {' '.join(words)}: {fault}") from fault
    there = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(targets(document)) <= there


def test_the_pages_give_commands_and_a_wrong_one_is_found() -> None:
    assert sum(len(list(commands(each))) for each in PAGES) > 40
    for wrong in (["no-such"], ["verify", "--deeply"], ["backup", "a", "b"], ["token"]):
        with pytest.raises((AssertionError, click.UsageError)):
            _parse(wrong)
