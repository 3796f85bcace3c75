"""``realise verify-report``: every figure of a report again from an exported log, no database."""

import json
import re
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from benefits.commands import delivery
from benefits.periods import Month
from entrypoints import cli
from eventlog.exported import export_log
from eventlog.schema import upgrade
from tests.scenario import begin, saves


@dataclass
class Files:
    """A report that was issued after another, and the log of the council."""

    pdf: Path
    log: Path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("council")
    url = f"sqlite:///{folder / 'realise.db'}"
    upgrade(url, url)
    council = begin(url, folder)
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.on("2024-05-03").closed("2024-04")
    council.realise.reports.issue("care", Month(2024, 4), by="pat", at=council.at)
    council.on("2024-08-05")
    council.verified(homes, council.claimed(homes, 40_000, "2024-07"))
    council.do(delivery.ReachMilestone(homes, f"{homes}-starts", council.at.date()))
    council.on("2024-09-03").closed("2024-08")
    made = council.realise.reports.issue("care", Month(2024, 8), by="pat", at=council.at)
    council.on("2024-09-20").claimed(homes, 5_000, "2024-09")
    files = Files(folder / "report.pdf", folder / "log.jsonl")
    files.pdf.write_bytes(made.archived.pdf)
    with council.realise.database.read() as connection:
        files.log.write_text("".join(f"{line}\n" for line in export_log(connection)))
    return files


def run(monkeypatch: pytest.MonkeyPatch, pdf: Path, log: Path, *words: str) -> int:
    argv = ["realise", "verify-report", str(pdf), "--log", str(log), *words]
    monkeypatch.setattr(sys, "argv", argv)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not isinstance(ended.value.code, str)
    return int(ended.value.code or 0)


def altered(files: Files, folder: Path, name: str, change: tuple[bytes, bytes]) -> Path:
    """The report with other words in one of its attachments."""
    with pikepdf.open(BytesIO(files.pdf.read_bytes())) as opened:
        spec = opened.attachments[name]
        before = spec.get_file().read_bytes()
        assert before.count(change[0]) >= 1
        opened.attachments[name] = pikepdf.AttachedFileSpec(
            opened,
            before.replace(change[0], change[1], 1),
            filename=name,
            description=spec.description,
            mime_type="text/plain",
            creation_date="",
            mod_date="",
        )
        opened.save(folder / "altered.pdf")
    return folder / "altered.pdf"


def test_every_figure_of_an_issued_report_holds_also_against_a_log_that_went_on(
    files: Files, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, files.pdf, files.log) == 0
    assert capsys.readouterr().out.startswith("Every figure holds: ")


def test_an_amount_that_was_altered_is_named_with_what_the_log_gives(
    files: Files,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pdf = altered(files, tmp_path, "report.json", (b'"verified": 4000000', b'"verified": 4100000'))
    assert run(monkeypatch, pdf, files.log, "--json") == 1
    verdict = json.loads(capsys.readouterr().out)
    (one,) = verdict["differences"]
    assert (one["printed"], one["found"]) == ("4100000", "4000000")
    assert one["where"].endswith("verified)")
    assert verdict["faults"] == []


def test_a_line_of_the_table_that_was_altered_is_named(
    files: Files,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pdf = altered(files, tmp_path, "figures.csv", (b"40000.00", b"40000.01"))
    assert run(monkeypatch, pdf, files.log) == 1
    said = capsys.readouterr().out
    assert "Does not hold. figures.csv, " in said
    assert "40000.01" in said


def test_a_figure_that_was_altered_on_a_page_is_named_with_its_page(
    files: Files,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    with pikepdf.open(files.pdf) as opened:
        page = next(p for p in opened.pages if _turned(opened, p, "120,000", "210,000"))
        number = opened.pages.index(page) + 1
        opened.save(tmp_path / "altered.pdf")
    assert run(monkeypatch, tmp_path / "altered.pdf", files.log) == 1
    assert f"On page {number} of the PDF: 210,000 is printed" in capsys.readouterr().out


def _turned(opened: pikepdf.Pdf, page: pikepdf.Page, before: str, after: str) -> bool:
    """Draw one figure of a page with other digits, each taken from where the page has it."""
    codes: dict[str, bytes] = {}
    drawn = pikepdf.parse_content_stream(page)
    for step in drawn:
        operands, operator = step.operands, str(step.operator)
        if operator == "Tf":
            table = page.obj.Resources.Font[str(operands[0])].ToUnicode.read_bytes().decode()
            pairs = re.findall(r"<(\w{4})> <(\w{4})>", table)
            codes = {chr(int(text, 16)): bytes.fromhex(code) for code, text in pairs}
        elif operator == "TJ" and codes.keys() >= set(before):
            run = b"".join(bytes(p) for p in operands[0] if isinstance(p, pikepdf.String))
            if run == b"".join(codes[letter] for letter in before):
                turned = b"".join(codes[letter] for letter in after)
                operands[0][:] = [pikepdf.String(turned)]
                page.Contents = opened.make_stream(pikepdf.unparse_content_stream(drawn))
                return True
    return False


def test_a_number_inside_a_sentence_counts(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = altered(files, tmp_path, "report.json", ("£120,000".encode(), "£125,000".encode()))
    assert run(monkeypatch, pdf, files.log) == 1


def test_a_log_that_was_changed_or_cut_is_told_apart(
    files: Files,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = files.log.read_text().splitlines(keepends=True)
    cut = tmp_path / "cut.jsonl"
    cut.write_text("".join(lines[:40]))
    assert run(monkeypatch, files.pdf, cut) == 2
    assert "cut off or put together" in "".join(capsys.readouterr())
    changed = tmp_path / "changed.jsonl"
    changed.write_text("".join(lines).replace("4000000", "4000001", 1))
    assert run(monkeypatch, files.pdf, changed) == 1
    assert "the row was changed after it was written" in capsys.readouterr().out


def test_what_cannot_be_read_ends_with_status_2(
    files: Files,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    nothing = tmp_path / "nothing.pdf"
    nothing.write_bytes(b"no pdf")
    assert run(monkeypatch, nothing, files.log) == 2
    assert "not a PDF that can be read" in capsys.readouterr().err
    assert run(monkeypatch, files.pdf, files.pdf) == 2
    assert run(monkeypatch, files.pdf, tmp_path / "none") == 2
    words = tmp_path / "words.jsonl"
    words.write_text("{}\n")
    assert run(monkeypatch, files.pdf, words, "--json") == 2
    plain = tmp_path / "plain.pdf"
    with pikepdf.new() as empty:
        empty.save(plain)
    assert run(monkeypatch, plain, files.log) == 2
    assert "carries no figures" in capsys.readouterr().err
