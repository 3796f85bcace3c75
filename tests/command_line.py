"""``realise`` run in the test's own process, as its main function runs it."""

import sys

import pytest

from entrypoints import cli


class Command:
    """``realise`` as a person runs it: the status it ends with, and what it says and where."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.out = self.err = ""

    def __call__(self, *words: object) -> int:
        self._monkeypatch.setattr(sys, "argv", ["realise", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        self.out, self.err = self._capsys.readouterr()
        if isinstance(ended.value.code, str):
            self.err += ended.value.code
            return 1
        return int(ended.value.code or 0)
