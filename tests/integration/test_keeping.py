"""A backup, an export and what comes of them elsewhere: the same rows, whichever the database."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from entrypoints.wiring import rebuilding
from eventlog import backup
from eventlog.backup import BackupFault, back_up
from eventlog.database import Database
from eventlog.exported import BadExport, NotEmpty, export_log, import_log
from eventlog.restoring import restore_backup
from eventlog.schema import owning, upgrade
from tests.integration.conftest import Run
from tests.kept import did, everything, lived_in, quick_reports
from tests.scenario import Scenario, open_realise, saves

#: What an export of the log alone does not bring.
BESIDE = {"notices", "people", "evidence_files", "report_archive", "outbox", "job_runs"}


def _rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    found = everything(url)
    assert all(found[name] for name in BESIDE | {"events", "register", "checkpoints"})
    return found


def test_a_backup_restored_elsewhere_is_the_same_record(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "backup.zip"
    did(run(lived, "backup", file))
    assert file.stat().st_mode & 0o777 == 0o600
    restored = did(run(elsewhere, "restore", file))
    assert "are back" in restored.output
    assert "The read tables are what the log gives." in restored.output
    assert _rows(elsewhere) == _rows(lived)
    did(run(elsewhere, "verify"))
    again = run(elsewhere, "restore", file)
    assert isinstance(again.exception, NotEmpty)
    did(run(elsewhere, "checkpoint"))  # the same key goes on


def test_a_backup_brought_to_another_machine_goes_on_with_a_key_of_its_own(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    did(run(lived, "backup", tmp_path / "backup.zip"))
    brought = did(run(elsewhere, "restore", tmp_path / "backup.zip", var="other"))
    assert "there is a new one" in brought.output
    names = [line.split("+")[0] for line in did(
        run(elsewhere, "checkpoint", "--public-key", var="other")
    ).output.splitlines()]  # fmt: skip
    assert len(set(names)) == 2
    assert did(run(elsewhere, "checkpoint", var="other")).output.startswith(names[0])
    did(run(elsewhere, "verify", var="other"))


def test_an_export_brings_the_log_elsewhere_with_the_same_positions_and_hashes(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "log.jsonl"
    did(run(lived, "export-log", file))
    assert file.stat().st_mode & 0o777 == 0o600
    did(run(elsewhere, "init"))
    assert "were not in the file" in did(run(elsewhere, "import-log", file)).output
    was, now = _rows(lived), everything(elsewhere)
    assert {name: rows for name, rows in now.items() if name not in BESIDE} == {
        name: rows for name, rows in was.items() if name not in BESIDE
    }
    again = tmp_path / "again.jsonl"
    did(run(elsewhere, "export-log", again))
    assert again.read_bytes() == file.read_bytes()
    assert isinstance(run(elsewhere, "import-log", file).exception, NotEmpty)
    verified = run(elsewhere, "verify")
    assert verified.exit_code == 1
    assert "is not kept" in verified.output  # the report and the evidence stayed behind


def test_a_backup_named_as_a_folder_gets_a_name_and_never_replaces_another(
    lived: str, tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    did(run(lived, "backup", folder))
    (made,) = folder.iterdir()
    assert made.name.startswith("realise-backup-")
    before = made.read_bytes()
    assert isinstance(run(lived, "backup", made).exception, BackupFault)
    assert isinstance(run(lived, "backup", tmp_path / "no" / "x.zip").exception, BackupFault)
    assert made.read_bytes() == before
    assert list(folder.iterdir()) == [made]


def test_events_written_during_a_backup_are_not_half_in_it(
    lived: str, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = open_realise(lived, tmp_path / "var")
    before = everything(lived)

    def interrupted(connection: Connection) -> Iterator[str]:
        yield from export_log(connection)
        at = datetime(2025, 1, 1, tzinfo=UTC)
        Scenario(here, at).identified("Written meanwhile", saves(1, "2025-04"), benefit="late")
        here.checkpoint_now(at)

    monkeypatch.setattr(backup, "export_log", interrupted)
    back_up(rebuilding(here.database), tmp_path / "b.zip", "now")
    assert len(everything(lived)["events"]) > len(before["events"])
    if elsewhere.startswith("sqlite"):
        (tmp_path / "new").mkdir()
    restored, owner = Database.open(elsewhere), Database.open(elsewhere)
    restore_backup(rebuilding(restored), owner, tmp_path / "b.zip")
    restored.close()
    here.database.close()
    assert everything(elsewhere) == before


@pytest.mark.usefixtures("owned_postgres")  # makes the application's role
def test_with_two_roles_the_owner_restores_and_the_application_goes_on(
    migrated_sqlite_url: str,
    postgres_url: str,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quick_reports(monkeypatch)
    lived_in(migrated_sqlite_url, tmp_path / "var").realise.database.close()
    did(run(migrated_sqlite_url, "backup", tmp_path / "backup.zip"))
    application = postgres_url.replace("postgres:@", "realise_application:@")
    monkeypatch.setenv("REALISE_OWNER_DATABASE_URL", postgres_url)
    did(run(application, "restore", tmp_path / "backup.zip"))
    monkeypatch.delenv("REALISE_OWNER_DATABASE_URL")
    did(run(application, "checkpoint"))
    did(run(application, "rebuild"))
    did(run(application, "verify"))
    assert run(application, "import-log", tmp_path / "none.jsonl").exit_code == 1


def test_an_export_with_a_wrong_line_is_not_imported_at_all(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    did(run(lived, "export-log", tmp_path / "log.jsonl"))
    lines = (tmp_path / "log.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    if elsewhere.startswith("sqlite"):
        (tmp_path / "new").mkdir()
    upgrade(elsewhere)
    empty = everything(elsewhere)
    database = Database.open(elsewhere)
    store = rebuilding(database)
    row = json.loads(lines[21])
    for wrong in (
        "not json", "[]", "{}", lines[20], lines[22], "[" * 100_000, f"{lines[21]}\r",
        lines[21].replace("{", '{"position":21,', 1),
        json.dumps({**row, "payload": '{"n":1}'}), json.dumps({**row, "position": "21"}),
        json.dumps({**row, "actor_id": "\ud800"}), json.dumps({**row, "actor_id": "a\0b"}),
        json.dumps({**row, "schema_version": 2**40}), json.dumps({**row, "version": 2**70}),
        json.dumps({**row, "type": "unheard-of"}), json.dumps({**row, "more": 1}),
    ):  # fmt: skip
        changed = [*lines[:21], wrong, *lines[22:]]
        with pytest.raises(BadExport, match="Nothing was written"), owning(database) as connection:
            import_log(store, connection, changed)
    for changed in ([*lines[:-3], lines[-1].replace("\\n", "\\n1", 1)], [*lines, lines[0]]):
        with pytest.raises(Exception, match="Nothing was written"), owning(database) as connection:
            import_log(store, connection, changed)
    assert everything(elsewhere) == empty
    with owning(database) as connection:
        done = import_log(store, connection, lines)
    assert (done.events, done.end_was_told) == (len(_rows(lived)["events"]), True)
    database.close()
