"""``realise load-ledger``: a program sends what came out of the ledger, as often as it likes."""

from pathlib import Path

import pytest
import xlsxwriter

from tests.command_line import Command
from tests.programs import program
from tests.scenario import begin
from tests.web import web_of, web_settings

EXTRACT = "Budget line,Month,Amount\n4711,2024-05,40000\n9999,2024-05,lots\n"
FAY = "fay@northmere.example"


def test_an_extract_is_loaded_whole_or_not_at_all_and_once(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    migrated_sqlite_url: str,
    tmp_path: Path,
) -> None:
    begin(migrated_sqlite_url, tmp_path).realise.database.close()
    monkeypatch.setenv("REALISE_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setenv("REALISE_VAR", str(tmp_path / "var"))
    realise, file = Command(monkeypatch, capsys), tmp_path / "ledger.csv"
    file.write_text(EXTRACT)
    assert realise("load-ledger", file, "--by", FAY) == 1
    assert "Row 3: “lots” is not an amount of money" in realise.err
    assert "Nothing was loaded." in realise.err
    file.write_text(EXTRACT.replace("lots", "1"))
    assert realise("load-ledger", file, "--by", "pat@northmere.example") == 1
    assert "Only finance" in realise.err
    assert realise("load-ledger", file, "--by", FAY, "--dry-run") == 0
    assert "2 lines new" in realise.out
    assert realise("load-ledger", file, "--by", FAY) == 0
    assert realise("load-ledger", file, "--by", FAY) == 0
    assert "0 lines new, 2 loaded already" in realise.out


def test_a_savings_table_may_be_a_workbook(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    migrated_sqlite_url: str,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("REALISE_DATABASE_URL", migrated_sqlite_url)
    monkeypatch.setenv("REALISE_VAR", str(tmp_path / "var"))
    book = xlsxwriter.Workbook(tmp_path / "table.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["workstream", "line", "kind", "2024/25"])
    sheet.write_row(1, 0, ["Care", "Homes", "saving", 1000])
    book.close()
    realise = Command(monkeypatch, capsys)
    assert realise("import", tmp_path / "table.xlsx", "--programme", "Care") == 0, realise.err
    assert "Recorded." in realise.out


def test_a_program_of_finance_loads_an_extract_and_a_repeat_gets_the_first_answer(
    database_url: str, tmp_path: Path
) -> None:
    council = begin(database_url, tmp_path).realise
    app = web_of(council, web_settings(tmp_path))
    fay, pat = program(app, council, "fay"), program(app, council, "pat")
    body = {"table": EXTRACT.replace("lots", "1")}
    assert pat.post("/ledger", body).status_code == 403
    assert fay.post("/ledger", {**body, "dry_run": True}).json == {"new": 2, "known": 0}
    first = fay.post("/ledger", body, key="the-ledger-of-may")
    assert first.json == {"new": 2, "known": 0}
    assert fay.post("/ledger", body, key="the-ledger-of-may").data == first.data
    assert fay.post("/ledger", body).json == {"new": 0, "known": 2}
    broken = fay.post("/ledger", {"table": EXTRACT})
    assert broken.status_code == 409
    assert "Row 3: “lots” is not an amount of money" in broken.get_json()["detail"]
    council.database.close()
