"""The command line as a person meets it: what it does, says, and the status it ends with."""

import hashlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from benefits.periods import Month
from entrypoints import scheduler
from reports import pdf
from tests.command_line import Command
from tests.scenario import ROOT, Scenario, begin, open_realise, saves

PASSWORD = "a long enough password"


# The database.


def test_init_makes_the_database_and_doing_it_again_changes_nothing(
    realise: Command, tmp_path: Path
) -> None:
    assert realise("init") == 0
    assert realise.out == "The database is ready.\n"
    file = tmp_path / "var" / "realise.db"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    assert realise("init") == 0
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_several_inits_at_once_make_one_database(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'realise.db'}"
    if kind == "postgresql":
        url = request.getfixturevalue("postgres_url")
    environment = {**os.environ, "REALISE_DATABASE_URL": url, "REALISE_VAR": str(tmp_path / "var")}
    words = [sys.executable, "-m", "entrypoints", "init"]
    started = [subprocess.Popen(words, env=environment, cwd=ROOT) for _ in range(3)]
    assert [each.wait(120) for each in started] == [0, 0, 0]
    (tmp_path / "other").mkdir()
    database = open_realise(url, tmp_path / "other").database
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM events")).scalar_one() == 0
    database.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:////nowhere/at/all.db", "has not been made yet. Run: realise init"),
        ("nonsense", "The database's address cannot be read"),
        ("mysql://a@b/c", "in an SQLite file or in PostgreSQL"),
        ("sqlite://", "in an SQLite file or in PostgreSQL"),
        ("postgresql://realise:x@127.0.0.1:9/realise", "cannot be reached"),
    ],
)
@pytest.mark.parametrize(
    "command", [("verify",), ("rebuild",), ("sample",), ("schedule", "--once")]
)
def test_a_database_that_cannot_be_used_is_said_to_be_so(
    command: tuple[str, ...], url: str, said: str, realise: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REALISE_DATABASE_URL", url)
    assert realise(*command) == 1
    assert said in realise.err
    assert "Traceback" not in realise.err


def test_a_database_without_tables_is_not_taken_for_one_of_ours(
    realise: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, postgres_url: str
) -> None:
    sqlite3.connect(tmp_path / "empty.db").close()
    (tmp_path / "notes.db").write_text("This is no database at all, but a page of notes.\n" * 99)
    for url, said in (
        (f"sqlite:///{tmp_path / 'empty.db'}", "has not been made yet"),
        (postgres_url, "has not been made yet"),
        (f"sqlite:///{tmp_path / 'notes.db'}", "is not a database"),
    ):
        monkeypatch.setenv("REALISE_DATABASE_URL", url)
        assert realise("verify") == 1
        assert said in realise.err


def test_a_setting_that_cannot_be_used_is_named(
    realise: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REALISE_PORT", "8o8o")
    assert realise("serve") == 1
    assert "REALISE_PORT is “8o8o”. Write a whole number" in realise.err


def test_a_var_that_is_a_file_is_said_to_be_so(
    realise: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("REALISE_VAR", str(tmp_path / "file"))
    assert realise("init") == 1
    assert "Traceback" not in realise.err
    assert realise.err.rstrip().endswith(".")


# Verify and rebuild.


def test_verify_says_what_holds_and_names_the_first_row_that_does_not(
    realise: Command, tmp_path: Path, migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REALISE_DATABASE_URL", migrated_sqlite_url)
    (tmp_path / "other").mkdir()
    scenario = begin(migrated_sqlite_url, tmp_path / "other")
    scenario.identified("Fewer homes", saves(120_000, "2024-07"))
    scenario.realise.database.close()
    assert realise("verify") == 0
    assert "The read tables are what the log gives." in realise.out
    with closing(sqlite3.connect(migrated_sqlite_url.removeprefix("sqlite:///"))) as attacker:
        for (name,) in attacker.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            attacker.execute(f'DROP TRIGGER "{name}"')
        attacker.execute("UPDATE events SET payload = payload || ' ' WHERE position = 7")
        attacker.commit()
    assert realise("verify") == 1
    first, *others = realise.err.splitlines()
    assert first.startswith("Position 7: ")
    assert all(one.startswith("The guard ") for one in others), others


def test_rebuild_puts_the_read_tables_right(realise: Command, council: Scenario) -> None:
    with council.realise.database.write() as connection:
        connection.execute(text("UPDATE register SET title = 'Other'"))
    assert realise("verify") == 1
    assert "register: the row benefit homes has title 'Other'" in realise.err
    assert realise("rebuild") == 0
    assert f"stand at position {council.realise.store.head()[0]} of the log" in realise.out
    assert realise("verify") == 0


# People, the sample, serving and scheduling.


def test_the_first_person_is_added_and_what_is_wrong_with_one_is_said(
    realise: Command, url: str, tmp_path: Path
) -> None:
    words = ("add-person", "Ada Moss", "ada@northmere.example", "--role", "administrator")
    assert realise(*words, "--password", PASSWORD) == 0
    assert realise.out == "Ada Moss can sign in as ada@northmere.example.\n"
    for changed, said in (
        (("add-person", "Bo", "bo@x.example", "--password", "short"), "from 12 to 200 characters"),
        (("add-person", "Bo", "ADA@northmere.example", "--password", PASSWORD), "already"),
        (("add-person", "Bo", "no address", "--password", PASSWORD), "Write the e-mail address"),
        (("add-person", "Bo", "a@b\nBcc: c@d", "--password", PASSWORD), "Write the e-mail address"),
        (("add-person", " ", "bo@x.example", "--password", PASSWORD), "Give the person's name"),
    ):
        assert realise(*changed) == 1
        assert said in realise.err
    assert realise("add-person", "Bo", "bo@x.example", "--role", "king") == 2
    (tmp_path / "other").mkdir()
    database = open_realise(url, tmp_path / "other").database
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM people")).scalar_one() == 1
        assert connection.execute(text("SELECT count(*) FROM roles")).scalar_one() == 1
    database.close()


def test_the_sample_is_not_mixed_into_a_record(realise: Command, council: Scenario) -> None:
    before = council.realise.store.head()
    assert realise("sample") == 1
    assert "The database holds a record already." in realise.err
    assert council.realise.store.head() == before


def test_serving_on_a_port_in_use_says_what_to_do(
    realise: Command, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("REALISE_PORT", str(port))
        for command in ("serve", "run"):
            assert realise(command) == 1
            assert (
                f"Port {port} of 127.0.0.1 cannot be used: Address already in use." in realise.err
            )


def test_serving_for_others_without_https_is_refused(
    realise: Command, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REALISE_HOST", "0.0.0.0")
    assert realise("serve") == 1
    assert "passwords would cross the network unprotected" in realise.err


def test_several_processes_on_one_file_are_refused(
    realise: Command, migrated_sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REALISE_DATABASE_URL", migrated_sqlite_url)
    assert realise("serve", "--processes", "2") == 2
    assert "With SQLite one process serves the pages" in realise.err


def test_schedule_once_makes_what_is_due_and_fails_aloud(
    realise: Command, council: Scenario, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object) -> bytes:
        raise ValueError("No ink for Pat Reeve.")

    months = Month(2024, 4)
    monkeypatch.setattr(scheduler, "_now", lambda: datetime(2024, 8, 20, tzinfo=UTC))
    with monkeypatch.context() as broken:
        broken.setattr(pdf, "render", cannot)
        assert realise("schedule", "--once") == 1
        assert "1 failed. The list of jobs says why" in realise.err
        assert "job failed" in realise.err
        assert "Pat Reeve" not in realise.err  # no words of a fault: they may hold a name
    assert realise("report", "care", months, "--issue") == 0
    assert realise("schedule", "--once") == 0
    assert "due runs done, 0 emails sent." in realise.out


def test_misuse_is_status_two_and_help_is_nought(realise: Command) -> None:
    assert realise("no-such-command") == 2
    assert realise("--help") == 0
    assert realise("report", "--help") == 0


def test_every_command_starts_from_a_folder_without_anything(tmp_path: Path) -> None:
    """The installed command itself, as a real process."""
    found = shutil.which("realise", path=str(Path(sys.executable).parent))
    assert found
    environment = {**os.environ, "REALISE_VAR": str(tmp_path / "var")}
    ran = subprocess.run(
        [found, "verify"], cwd=tmp_path, env=environment, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr == "The database has not been made yet. Run: realise init\n"
