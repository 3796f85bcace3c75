"""The stand-alone verifier tells a report that was issued from any other file."""

from pathlib import Path

import pytest

from eventlog.exported import export_log
from reports import archive
from tests.kept import JULY, lived_in, quick_reports
from tests.scenario import PROGRAMME
from tests.verifier import run_verifier


def test_a_report_is_told_from_one_that_was_changed_and_one_that_was_replaced(
    migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_reports(monkeypatch)
    council = lived_in(migrated_sqlite_url, tmp_path / "var")
    reports, keys = council.realise.reports, council.realise.keys()
    assert keys is not None
    with council.realise.read() as connection:
        first = archive.fetch(connection, PROGRAMME, JULY)
    assert first is not None
    second = reports.issue(
        PROGRAMME, JULY, by="pat", at=council.at, reissue=True, reason="A misprint."
    ).archived
    files = [tmp_path / f"{name}.pdf" for name in ("first", "second", "changed")]
    for file, content in zip(files, (first.pdf, second.pdf, second.pdf[:-1] + b"x"), strict=True):
        file.write_bytes(content)
    export = tmp_path / "log.jsonl"
    with council.realise.read() as connection:
        export.write_text("".join(f"{line}\n" for line in export_log(connection)))
    council.realise.database.close()
    words = (export, "--key", str(keys.signer.verifier))
    one, two, three = (run_verifier(tmp_path, *words, "--report", file) for file in files)
    assert (one.status, two.status, three.status) == (0, 0, 1)
    assert "edition 1, issued at position" in one.good
    assert "Edition 2 has replaced it." in one.good
    assert "replaced" not in two.good
    assert "or it was changed" in three.bad
