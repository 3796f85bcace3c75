"""``realise check-table``: its exit status, its JSON, and files that somebody made to do harm."""

import io
import json
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from entrypoints import cli

TABLES = Path(__file__).parents[1] / "data" / "tables"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    monkeypatch.setattr(sys, "argv", ["realise", "check-table", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    code = ended.value.code
    assert not isinstance(code, str)
    return int(code or 0)


@pytest.mark.parametrize(
    ("name", "options", "status"),
    [
        ("northumberland_home_to_school_transport", [], 0),
        ("northumberland_communities_first", [], 0),
        ("leicestershire_savings_by_theme_millions", [], 0),
        ("northumberland_third_party_by_year", [], 1),
        ("northumberland_third_party_by_year", ["--allow-rounding"], 0),
        ("northumberland_technology_investment_thousands", [], 1),
        ("northumberland_technology_investment_thousands", ["--allow-rounding"], 1),
    ],
)
def test_the_exit_status_is_the_verdict(
    monkeypatch: pytest.MonkeyPatch, name: str, options: list[str], status: int
) -> None:
    assert run(monkeypatch, TABLES / f"{name}.csv", *options) == status


def test_the_unit_may_be_said_and_machines_are_answered_in_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = TABLES / "northumberland_one_off_investment.csv"
    assert run(monkeypatch, file, "--unit", "thousands", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "does not add up"
    assert {"-150000", "151000"} <= {found["difference"] for found in told["breaks"]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "No figure was found"),
        (b"only,words\nin,here\n", "No figure was found"),
        (b"a\0b", "neither text nor a workbook"),
        (b"\x81\x8d\x8f", "not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "XLS of the old kind"),
        (b"PK\x03\x04 and then nothing", "The workbook is broken"),
        (b"x" * 20_000_001, "larger than 20 MB"),
        (None, "There is no file"),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_what_cannot_be_read_ends_with_status_2_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    content: bytes | None,
    sentence: str,
    as_json: bool,
) -> None:
    file = tmp_path / "table"
    if content is not None:
        file.write_bytes(content)
    assert run(monkeypatch, file, *(["--json"] if as_json else [])) == 2
    said = capsys.readouterr()
    if as_json:
        assert sentence in str(json.loads(said.out)) or "nothing to check" in said.out
    else:
        assert sentence in said.out + said.err


def test_a_csv_of_windows_with_semicolons_is_read_and_said_to_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes("Line;Year 1;Year 2;Total\nA;£1,000;£2;£1,002\n".encode("cp1252"))
    assert run(monkeypatch, file) == 0
    assert "code page 1252" in capsys.readouterr().out


def workbook(
    sheet: str, strings: str = "", styles: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    """A workbook as small as one can be, with these cells."""
    head = f'<worksheet xmlns="{MAIN}"><sheetData>'
    sheets = '<sheet name="Savings" sheetId="1" r:id="rId1"/>'
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"{head}{sheet}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
    }
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, (more or {}).pop(name, text.encode()))
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return packed.getvalue()


WORDS = "<si><t>Year 1</t></si><si><r><t>Year</t></r><r><t> 2</t></r></si><si><t>Total</t></si>"
STYLES = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs>'
ROWS = (
    '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c>'
    '<c r="D2" t="s"><v>2</v></c><c r="E2" t="inlineStr"><is><t>Share</t></is></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>Buses</t></is></c><c r="B3"><v>0.1</v></c>'
    '<c r="C3"><v>0.2</v></c><c r="D3"><v>{total}</v></c><c r="E3" s="1"><v>0.5</v></c></row>'
)


@pytest.mark.parametrize(("total", "status"), [("0.30000000000000004", 0), ("0.4", 1), ("4E5", 1)])
def test_a_workbook_is_checked_as_it_is_stored(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    total: str,
    status: int,
) -> None:
    file = tmp_path / "table.xlsx"
    file.write_bytes(workbook(ROWS.format(total=total), WORDS, STYLES))
    assert run(monkeypatch, file) == status
    out = capsys.readouterr().out
    assert "Column “Share” is taken as percentages" in out
    assert "as the workbook stores them" in out


BOMB = f'<!DOCTYPE x [<!ENTITY a "{"a" * 1000}">]><worksheet xmlns="{MAIN}"/>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (workbook('<row r="1"><c r="XFD1048576"><v>1</v></c></row>'), "more than 5,000 rows"),
        (workbook('<row r="1"><c r="A1"><v>1</v>'), "The workbook is broken"),
        (workbook("", more={"padding": bytes(50_000_000)}), "unpacks to far more than a table"),
        (workbook("", more={"xl/worksheets/sheet1.xml": BOMB.encode()}), "The workbook is broken"),
        (workbook("", more={"xl/workbook.xml": b"<workbook/>"}), "holds no sheet"),
        (workbook("")[:-40], "The workbook is broken"),
    ],
)
def test_a_workbook_made_to_do_harm_gets_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    content: bytes,
    sentence: str,
) -> None:
    file = tmp_path / "table.xlsx"
    file.write_bytes(content)
    assert run(monkeypatch, file) == 2
    assert sentence in capsys.readouterr().err
    assert run(monkeypatch, file, "--sheet", "Costs") == 2
