"""Who types the commands of README.md and of the pages on keeping the record is served."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.command_line import Command
from tests.command_lines import commands
from tests.scenario import ROOT, Scenario, begin, saves

#: These go on until they are stopped; tests/integration/test_run.py and others start them.
_GO_ON = {"serve", "schedule", "run"}


def _of(page: str) -> list[list[str]]:
    found = [words for words in commands(ROOT / page) if len(words) > 1 or words[0] == "verify"]
    return [words for words in found if words[0] not in _GO_ON]


@pytest.fixture
def realise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REALISE_VAR", str(tmp_path / "var"))
    for name in ("REALISE_DATABASE_URL", "REALISE_OWNER_DATABASE_URL", "REALISE_MAIL_FOLDER"):
        monkeypatch.delenv(name, raising=False)
    return Command(monkeypatch, capsys)


def test_the_readme_brings_a_council_from_a_table_to_a_report_and_a_backup(
    realise: Command, tmp_path: Path
) -> None:
    (tmp_path / "savings.csv").write_text(
        "workstream,line,kind,year_1,year_2\nHousing,Voids,saving,45000,15000\n"
    )
    done = []
    for words in [["init"], *_of("README.md")]:
        asked = (
            [*words, "--password", "a long enough password"] if words[0] == "add-person" else words
        )
        assert realise(*asked) == 0, f"{words}: {realise.err}"
        done.append(words[0])
    assert {"init", "add-person", "import", "report", "verify", "backup"} <= set(done)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_the_record_is_kept_and_verified_as_the_pages_say(
    realise: Command, tmp_path: Path, migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    council: Scenario = begin(migrated_sqlite_url, tmp_path / "var")
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    monkeypatch.setenv("REALISE_DATABASE_URL", migrated_sqlite_url)
    kept, looked = _of("docs/keep-the-record.md"), _of("docs/verify-the-log.md")
    assert ["backup", "FOLDER"] in kept
    assert ["restore", "FILE"] in kept
    assert ["export-log", "log.jsonl"] in looked
    assert ["checkpoint", "--public-key"] in looked
    (tmp_path / "backups").mkdir()
    assert realise("backup", "backups") == 0, realise.err
    assert realise("checkpoint") == 0
    (tmp_path / "older.txt").write_text(realise.out)
    assert realise("checkpoint", "--public-key") == 0
    key = realise.out.strip()
    assert realise("export-log", "log.jsonl") == 0
    assert realise("prove", "42") == 0
    (tmp_path / "proof.json").write_text(realise.out)
    for words in (["log.jsonl", "--checkpoint", "older.txt"], ["--proof", "proof.json"]):
        program = [sys.executable, str(ROOT / "tools" / "realise_verify.py"), *words, "--key", key]
        subprocess.run(program, check=True, capture_output=True, cwd=tmp_path)
    (made,) = (tmp_path / "backups").iterdir()
    assert zipfile.is_zipfile(made)
    monkeypatch.setenv("REALISE_DATABASE_URL", "sqlite:///trial.db")
    monkeypatch.setenv("REALISE_OWNER_DATABASE_URL", "sqlite:///trial.db")
    assert realise("restore", str(made)) == 0, realise.err
    assert realise("verify") == 0
    council.realise.database.close()


def test_a_day_that_is_none_is_said_in_a_sentence(
    realise: Command, migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REALISE_DATABASE_URL", migrated_sqlite_url)
    for wrong in ("2024-99-01", "tomorrow", "01/02/2024"):
        assert realise("show", "register", "--as-known", wrong) == 2
        assert f"“{wrong}” is no day. Write one like 2024-10-31." in realise.err
    assert realise("show", "register", "--as-known", "2024-10-31") == 0
