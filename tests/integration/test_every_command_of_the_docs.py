"""Every command that a page of the documentation gives is run, on a council that has lived."""

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from entrypoints.cli import realise
from tests.command_line import Command
from tests.command_lines import PAGES, commands, fenced
from tests.conftest import RUN_DIRECTORY
from tests.copies import Copies, copying
from tests.kept import has_lived
from tests.scenario import ROOT

FAY, LEAVER, PASSWORD = "fay@northmere.example", "lee@northmere.example", "a long enough password"
#: Pages whose commands are typed in order, in a place of their own.
ELSEWHERE = {
    "README.md": "tests/integration/test_commands_of_the_pages.py",
    "tutorial.md": "tests/integration/test_tutorial.py",
}
#: What goes on until it is stopped, or needs a report of real pages, and the tests that run it.
BY_OTHERS = {
    "serve": "tests/integration/test_many_hosts.py",
    "schedule": "tests/integration/test_many_hosts.py",
    "verify-report": "tests/integration/test_tutorial.py",
}
#: What a page leaves out, where it names a command only and says beside it what it is for.
LEFT_OUT: dict[str, Sequence[str]] = {
    "data-out": ("DIR",),
    "export-log": ("new.jsonl",),
    "import-log": ("log.jsonl",),
    "restore": ("backup.zip",),
    "load-ledger": ("ledger.csv", "--by", FAY),
    "import": ("savings.csv", "--programme", "Best Value", "--first-year", "2024/25"),
    "reset-second-factor": (LEAVER,),
    "token": ("--service", "Power BI", "--name", "Warehouse", "--scope", "read"),
    "report": ("Best Value", "2024-07", "--output", "july.pdf"),
}
#: What the reader puts their own in for, or what stands elsewhere on their machine.
THEIR_OWN = {
    "EMAIL": LEAVER,
    "FOLDER": "backups",
    "/var/backups/realise/": "backups",
    "realise-backup-….zip": "backup.zip",
    "2024-10": "2024-07",
    "Best Value": "Care closer to home",
}
#: Taken into a place where nothing is yet.
INTO_NOTHING = {"init", "restore", "import-log"}
#: What a page would have the reader answer.
ANSWERED = {"add-person": ("--password", PASSWORD), "erase-person": ("--yes",)}
#: Commands of other programs, and why no test types them.
OTHERS = {
    "useradd": "makes a user of the machine",
    "install": "writes to /etc and /var",
    "git": "asks a server for the code",
    "cd": "make setup is what every run of the tests begins with",
    "cp": "writes to /etc; tests/guards/test_deploy_files.py has systemd and nginx read the files",
    "podman": "takes its base from a registry; tests/guards/test_containerfile.py reads the file",
    "systemctl": "there is no systemd where tests run",
    "nginx": "listens on ports of the machine; tests/guards/test_deploy_files.py has it read it",
    "pip": "asks a registry",
    "python3": "tests/integration/test_commands_of_the_pages.py runs it",
    "make": "tests/guards/test_commands_in_docs.py looks the targets up",
    "mkdir": "tests/integration/test_tutorial.py runs it",
    "export": "tests/integration/test_tutorial.py runs it",
    "run()": "the two ways in which a page shortens what follows",
}

Words = tuple[str, ...]


def _given() -> list[Words]:
    pages = [page for page in PAGES if page.name not in ELSEWHERE]
    found = {tuple(words) for page in pages for words in commands(page)}
    return sorted(words for words in found if words[0] not in BY_OTHERS)


def _whole(words: Words) -> list[str]:
    """The command with what the page leaves out or has the reader put in."""
    named = 2 if words[0] == "token" else 1
    rest = words[named:] or LEFT_OUT.get(words[0], ())
    if "FILE" in rest:
        rest = LEFT_OUT[words[0]]
    return [*words[:named], *(THEIR_OWN.get(word, word) for word in rest)]


@pytest.fixture(scope="module")
def lived(request: pytest.FixtureRequest) -> Iterator[Copies]:
    with copying("lived", has_lived, request.config.stash[RUN_DIRECTORY], None) as copies:
        yield copies


@pytest.fixture(scope="module")
def kept(lived: Copies, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a council, its backup, its log, and the tables that a reader brings."""
    folder = tmp_path_factory.mktemp("council")
    url = lived.fresh(folder / "var")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("REALISE_VAR", "var")
        patch.setenv("REALISE_DATABASE_URL", url)
        leaver = ["add-person", "Lee Parr", LEAVER, "--password", PASSWORD]
        for words in (leaver, ["backup", "backup.zip"], ["export-log", "log.jsonl"]):
            assert CliRunner().invoke(realise, words).exit_code == 0
    (folder / "backups").mkdir()
    (folder / "ledger.csv").write_text("Budget line,Month,Amount\n4711,2024-05,40000\n")
    (folder / "savings.csv").write_text(
        "workstream,line,kind,year_1,year_2\nHousing,Voids,saving,45000,15000\n"
    )
    return folder


@pytest.mark.parametrize("words", _given(), ids=" ".join)
def test_who_types_it_is_served(
    words: Words, kept: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    place = Path(shutil.copytree(kept, tmp_path / "council"))
    monkeypatch.chdir(place)
    monkeypatch.setenv("REALISE_VAR", "var")
    monkeypatch.setenv("REALISE_MAIL_FOLDER", "emails")
    monkeypatch.delenv("REALISE_OWNER_DATABASE_URL", raising=False)
    new = words[0] in INTO_NOTHING
    file = "new.db" if new else "var/realise.sqlite"
    monkeypatch.setenv("REALISE_DATABASE_URL", f"sqlite:///{file}")
    realise = Command(monkeypatch, capsys)
    if words[0] == "import-log":
        assert realise("init") == 0
    status = realise(*_whole(words), *ANSWERED.get(words[0], ()))
    if words[0] == "doctor":  # the last act of this council's scheduler was long ago
        assert "The database" in realise.out
        assert "answers and is current" in realise.out
    else:
        assert status == 0, f"{_whole(words)}: {realise.out} {realise.err}"
    if new and words[0] != "import-log":  # the log alone lacks the evidence and the report
        assert realise("verify") == 0


def test_every_page_is_run_here_or_by_the_test_that_is_named() -> None:
    given = {words[0] for page in PAGES for words in commands(page)}
    assert given == {words[0] for words in _given()} | set(BY_OTHERS) | {"check-table", "report"}
    for name in {*ELSEWHERE.values(), *BY_OTHERS.values()}:
        assert (ROOT / name).is_file(), name


def test_what_no_test_types_is_of_another_program_and_named_with_the_reason() -> None:
    typed = {
        line.split()[0]
        for page in PAGES
        for line in fenced(page)
        if re.match(r"[a-z][a-z0-9_-]*(\(\))? ", line) and ":" not in line.split()[0]
    }
    assert typed - {"realise", "run"} == set(OTHERS)
