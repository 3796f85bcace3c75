"""A backup, an export and what comes of them elsewhere: the same rows, whichever the database."""

import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection

from entrypoints.cli import realise
from entrypoints.verifying import LogFault
from entrypoints.wiring import rebuilding
from eventlog import audit, backup
from eventlog.backup import BackupFault, back_up
from eventlog.database import Database
from eventlog.exported import BadExport, NotEmpty, export_log, import_log
from eventlog.faults import DatabaseFault, NotInitialised
from eventlog.restoring import restore_backup
from eventlog.schema import owning, upgrade
from tests.kept import everything, lived_in, quick_reports
from tests.scenario import Scenario, open_realise, saves

Run = Callable[..., Result]
PEOPLE, EVIDENCE = "tables/people.jsonl", "tables/evidence_files.jsonl"
#: What an export of the log alone does not bring.
BESIDE = {"notices", "people", "evidence_files", "report_archive", "outbox", "job_runs"}


@pytest.fixture
def lived(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A council that has lived, and the address of its record."""
    quick_reports(monkeypatch)
    scenario = lived_in(database_url, tmp_path / "var")
    scenario.realise.database.close()
    return database_url


@pytest.fixture
def elsewhere(lived: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of the other kind, with nothing in it."""
    if lived.startswith("postgresql"):
        return f"sqlite:///{tmp_path / 'new' / 'realise.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line at an address, in the folder of the council's own files."""

    def run_it(url: str, *words: str | Path, var: str = "var") -> Result:
        monkeypatch.setenv("REALISE_DATABASE_URL", url)
        monkeypatch.setenv("REALISE_VAR", str(tmp_path / var))
        return CliRunner().invoke(realise, [str(word) for word in words])

    return run_it


def _did(result: Result) -> Result:
    assert result.exit_code == 0, (result.output, result.exception)
    return result


def _rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    found = everything(url)
    assert all(found[name] for name in BESIDE | {"events", "register", "checkpoints"})
    return found


def test_a_backup_restored_elsewhere_is_the_same_record(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "backup.zip"
    _did(run(lived, "backup", file))
    assert file.stat().st_mode & 0o777 == 0o600
    restored = _did(run(elsewhere, "restore", file))
    assert "are back" in restored.output
    assert "The read tables are what the log gives." in restored.output
    assert _rows(elsewhere) == _rows(lived)
    _did(run(elsewhere, "verify"))
    again = run(elsewhere, "restore", file)
    assert isinstance(again.exception, NotEmpty)
    _did(run(elsewhere, "checkpoint"))  # the same key goes on


def test_a_backup_brought_to_another_machine_goes_on_with_a_key_of_its_own(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    _did(run(lived, "backup", tmp_path / "backup.zip"))
    brought = _did(run(elsewhere, "restore", tmp_path / "backup.zip", var="other"))
    assert "there is a new one" in brought.output
    names = [line.split("+")[0] for line in _did(
        run(elsewhere, "checkpoint", "--public-key", var="other")
    ).output.splitlines()]  # fmt: skip
    assert len(set(names)) == 2
    assert _did(run(elsewhere, "checkpoint", var="other")).output.startswith(names[0])
    _did(run(elsewhere, "verify", var="other"))


def test_an_export_brings_the_log_elsewhere_with_the_same_positions_and_hashes(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "log.jsonl"
    _did(run(lived, "export-log", file))
    assert file.stat().st_mode & 0o777 == 0o600
    _did(run(elsewhere, "init"))
    assert "were not in the file" in _did(run(elsewhere, "import-log", file)).output
    was, now = _rows(lived), everything(elsewhere)
    assert {name: rows for name, rows in now.items() if name not in BESIDE} == {
        name: rows for name, rows in was.items() if name not in BESIDE
    }
    again = tmp_path / "again.jsonl"
    _did(run(elsewhere, "export-log", again))
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
    _did(run(lived, "backup", folder))
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
    _did(run(migrated_sqlite_url, "backup", tmp_path / "backup.zip"))
    application = postgres_url.replace("postgres:@", "realise_application:@")
    monkeypatch.setenv("REALISE_OWNER_DATABASE_URL", postgres_url)
    _did(run(application, "restore", tmp_path / "backup.zip"))
    monkeypatch.delenv("REALISE_OWNER_DATABASE_URL")
    _did(run(application, "checkpoint"))
    _did(run(application, "rebuild"))
    _did(run(application, "verify"))
    assert run(application, "import-log", tmp_path / "none.jsonl").exit_code == 1


def _spoilt(folder: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(folder / "backup.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    file = folder / "spoilt.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file


def _manifest(members: dict[str, bytes], **changes: object) -> None:
    members["manifest.json"] = json.dumps(
        {**json.loads(members["manifest.json"]), **changes}
    ).encode()


def _redone(members: dict[str, bytes], name: str, content: bytes) -> None:
    """Put other content in, and its SHA-256 into the manifest, as whoever means harm would."""
    members[name] = content
    said = json.loads(members["manifest.json"])
    said["members"][name] = {"sha256": sha256(content).hexdigest(), "size": 1, "lines": 1}
    members["manifest.json"] = json.dumps(said).encode()


def _left_out(members: dict[str, bytes], name: str) -> None:
    """Take a file out, and out of the manifest too."""
    del members[name]
    said = json.loads(members["manifest.json"])
    del said["members"][name]
    members["manifest.json"] = json.dumps(said).encode()


def test_a_spoilt_backup_restores_nothing_and_says_why(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    _did(run(lived, "backup", tmp_path / "backup.zip"))
    whole = (tmp_path / "backup.zip").read_bytes()
    damaged, cut, none = (tmp_path / name for name in ("damaged.zip", "cut.zip", "none.zip"))
    damaged.write_bytes(whole[:3000] + b"\0\0\0\0" + whole[3004:])
    cut.write_bytes(whole[:-30])
    changes: list[Callable[[dict[str, bytes]], None]] = [
        lambda m: m.update({"log.jsonl": m["log.jsonl"].replace(b"Fewer", b"fewer")}),
        lambda m: m.__delitem__("tables/people.jsonl"),
        lambda m: _left_out(m, PEOPLE),
        lambda m: _left_out(m, "tables/outbox.jsonl"),
        lambda m: m.__delitem__("manifest.json"),
        lambda m: m.update({"manifest.json": b"[]"}),
        lambda m: _manifest(m, format=2),
        lambda m: _manifest(m, revision="9999"),
        lambda m: _manifest(m, revision="junk"),
        lambda m: _manifest(m, keys=["junk"]),
        lambda m: _manifest(m, keys=5),
        lambda m: _manifest(m, position=1),
        lambda m: _manifest(m, hash="0" * 64),
        lambda m: m.update({"manifest.json": b"[" * 100_000}),
        lambda m: m.update({"manifest.json": b"\xff"}),
        lambda m: _redone(m, "log.jsonl", b"".join(m["log.jsonl"].splitlines(True)[1:-5])),
        lambda m: _redone(m, "log.jsonl", b"\xff\n"),
        lambda m: _redone(m, PEOPLE, b"nope\n"),
        lambda m: _redone(m, PEOPLE, b"[1]\n"),
        lambda m: _redone(m, PEOPLE, b"\xff\n"),
        lambda m: _redone(m, PEOPLE, b"[" * 100_000 + b"\n"),
        lambda m: _redone(m, PEOPLE, m[PEOPLE].replace(b'{"', b'{"more":1,"', 1)),
        lambda m: _redone(m, PEOPLE, m[PEOPLE] * 2),
        lambda m: _redone(m, EVIDENCE, m[EVIDENCE].replace(b'"base64":"', b'"base64":"!', 1)),
        lambda m: _redone(m, EVIDENCE, m[EVIDENCE].replace(b'"base64":', b'"base65":', 1)),
    ]
    files = [damaged, cut, none, *(_spoilt(tmp_path, change) for change in changes[:1])]
    for number, change in enumerate(changes[1:]):
        files.append(_spoilt(tmp_path, change).rename(tmp_path / f"spoilt-{number}.zip"))
    for file in files:
        result = run(elsewhere, "restore", file)
        assert result.exit_code == 1, file
        assert isinstance(result.exception, DatabaseFault), (file, result.exception)
        assert str(result.exception).endswith("."), file
        if not elsewhere.startswith("sqlite") or (tmp_path / "new" / "realise.db").exists():
            assert everything(elsewhere) == {}, file
    _did(run(elsewhere, "restore", tmp_path / "backup.zip"))


def test_a_backup_that_is_not_sound_is_put_back_only_when_asked_and_then_told(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    _did(run(lived, "backup", tmp_path / "backup.zip"))
    spoilt = _spoilt(tmp_path, lambda members: _redone(members, EVIDENCE, b""))
    result = run(elsewhere, "restore", spoilt, var="other")
    assert result.exit_code == 1
    assert "attached at position" in result.output
    assert "nothing was restored: the database is as empty as it was" in result.output
    assert "are back" not in result.output
    assert not (tmp_path / "other" / "signing-key").exists()
    assert isinstance(run(elsewhere, "verify", var="other").exception, NotInitialised)
    assert everything(elsewhere) == {}
    asked = run(elsewhere, "restore", spoilt, "--unsound", var="other")
    assert asked.exit_code == 1
    assert "Let nobody work with it" in asked.output
    assert everything(elsewhere)["events"]
    assert run(elsewhere, "verify", var="other").exit_code == 1


def test_a_log_that_does_not_verify_is_not_imported(
    lived: str, elsewhere: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _did(run(lived, "export-log", tmp_path / "log.jsonl"))
    _did(run(elsewhere, "init"))
    empty = everything(elsewhere)
    monkeypatch.setattr(audit, "damage", lambda _: ["The database file is damaged: test."])
    result = run(elsewhere, "import-log", tmp_path / "log.jsonl")
    assert isinstance(result.exception, LogFault)
    assert str(result.exception).endswith("Nothing was written.")
    assert everything(elsewhere) == empty


def test_an_export_with_a_wrong_line_is_not_imported_at_all(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    _did(run(lived, "export-log", tmp_path / "log.jsonl"))
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
