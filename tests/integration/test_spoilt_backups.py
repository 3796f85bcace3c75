"""A backup or a log that is not what it was, or is not sound, is not put back, and says so."""

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from entrypoints.verifying import LogFault
from eventlog import audit
from eventlog.faults import DatabaseFault, NotInitialised
from tests.integration.conftest import Run
from tests.kept import did, everything

PEOPLE, EVIDENCE = "tables/people.jsonl", "tables/evidence_files.jsonl"


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
    did(run(lived, "backup", tmp_path / "backup.zip"))
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
    did(run(elsewhere, "restore", tmp_path / "backup.zip"))


def test_a_backup_that_is_not_sound_is_put_back_only_when_asked_and_then_told(
    lived: str, elsewhere: str, tmp_path: Path, run: Run
) -> None:
    did(run(lived, "backup", tmp_path / "backup.zip"))
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
    did(run(lived, "export-log", tmp_path / "log.jsonl"))
    did(run(elsewhere, "init"))
    empty = everything(elsewhere)
    monkeypatch.setattr(audit, "damage", lambda _: ["The database file is damaged: test."])
    result = run(elsewhere, "import-log", tmp_path / "log.jsonl")
    assert isinstance(result.exception, LogFault)
    assert str(result.exception).endswith("Nothing was written.")
    assert everything(elsewhere) == empty
