"""The monthly report as a file: read back as a reader, a printer and a validator meet it."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from reports import pdf
from reports.attachments import to_csv, to_json
from reports.contents import Branding, ReportContents
from reports.entries import StatusException
from reports.money_tables import MoneyTable
from reports.pdf import ReportNotMade, render
from tests.example_report import BRANDING, COVER, empty, example, figures
from tests.verapdf import verdicts

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "build" / "fonts"
SECTIONS = [
    "Cover", "Contents", "1. Summary", "2. Planned and realised", "3. Reconciliation tables",
    "4. Movements since the last report", "5. Status", "6. Decisions", "7. Milestones",
    "8. Measures", "9. Risks", "Appendix A. Every benefit",
    "Appendix B. Where the figures come from", "Appendix C. What the words mean",
    "Appendix D. How to verify this report",
]  # fmt: skip


def long() -> ReportContents:
    """Tables that run over pages, words that nobody foresaw, and pence."""
    report = example(count=12)
    one = report.status.exceptions[0]
    line = report.status.mtfs[0]
    odd = replace(one, cause="Déjà vu 😀 漢字 <script>alert(1)</script> & \x07 “quoted”")
    many: tuple[StatusException, ...] = (odd, *([one] * 60))
    pence = replace(figures.THIS_YEAR, verified=383_500_001, claimed=68_499_999)
    tables = (MoneyTable("Plan year 2024/25", "Fund", figures.GROSS, (pence,), pence),)
    return replace(
        report,
        status=replace(report.status, exceptions=many, mtfs=(line,) * 61),
        planned=replace(report.planned, by_fund=tables),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One issued report, one draft, one empty draft and one with long tables, as files."""
    made = tmp_path_factory.mktemp("reports")
    for name, contents in {
        "issued": example(count=12),
        "draft": example(draft=True, count=12),
        "empty": empty(),
        "long": long(),
    }.items():
        (made / f"{name}.pdf").write_bytes(render(contents, BRANDING, FONTS))
    return made


def text_of(path: Path) -> list[str]:
    """The words of each page, in the order of the content."""
    command = ["pdftotext", "-raw", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def elements(element: Any) -> list[Any]:
    """A structure element and all below it, in reading order."""
    found, kids = [element], element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/StructElem":
            found += elements(kid)
    return found


def structure(opened: pikepdf.Pdf) -> list[Any]:
    return elements(opened.Root.StructTreeRoot.K[0])


def draw(markup: str) -> bytes:
    """A small page of our own through the same drawing, to break it on purpose."""
    files = pdf._packaged(FONTS)
    return pdf._draw(markup, files, (("figures.csv", b"a,b\n", "Figures"),), example(count=6))


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}'
    '<rect width="9" height="9"/></svg>'
)
PAGE = (
    '<!doctype html><html lang="en-GB"><head><title>A page</title>'
    '<link rel="stylesheet" href="print.css"><style>:root { --brand: #12436d }</style></head>'
    "<body><h1>One</h1><h2>Two</h2><p>Words</p>"
    f"{SVG.format('<title>A square</title>')}"
    "<table><caption>T</caption><thead><tr><th>A</th><th>B</th></tr></thead>"
    "<tbody><tr><td>1</td><td>2</td></tr></tbody></table></body></html>"
)
BROKEN = {
    "no-lang": PAGE.replace(' lang="en-GB"', ""),
    "no-title": PAGE.replace("<title>A page</title>", ""),
    "no-alternative": PAGE.replace("<title>A square</title>", ""),
    "skipped-heading": PAGE.replace("h2>", "h4>"),
    "missing-letter": PAGE.replace("Words", "Words \ue123"),
}


TAKEN_OUT = ["/StructTreeRoot", "/MarkInfo", "/Metadata", "/Lang"]


@pytest.fixture(scope="module")
def verdict(folder: Path) -> dict[tuple[str, str], list[str]]:
    """veraPDF on every report and on every page that is broken on purpose, in one go."""
    (folder / "control.pdf").write_bytes(draw(PAGE))
    for name, markup in BROKEN.items():
        (folder / f"{name}.pdf").write_bytes(draw(markup))
    for part in TAKEN_OUT:
        with pikepdf.open(folder / "control.pdf") as opened:
            del opened.Root[part]
            opened.save(folder / f"without-{part[1:]}.pdf")
    return verdicts(sorted(folder.glob("*.pdf")))


@pytest.mark.parametrize("profile", ["PDF/UA-1", "PDF/A-3a"])
@pytest.mark.parametrize("name", ["issued", "draft", "empty", "long", "control"])
def test_every_report_is_accessible_and_archival(
    verdict: dict[tuple[str, str], list[str]], name: str, profile: str
) -> None:
    assert verdict[f"{name}.pdf", profile] == []


@pytest.mark.parametrize("name", [*BROKEN, *(f"without-{part[1:]}" for part in TAKEN_OUT)])
def test_the_validator_still_finds_what_is_broken_on_purpose(
    verdict: dict[tuple[str, str], list[str]], name: str
) -> None:
    assert verdict[f"{name}.pdf", "PDF/UA-1"]


def test_the_same_contents_give_the_same_bytes_in_another_process(folder: Path) -> None:
    program = (
        "import hashlib, sys; from pathlib import Path; from reports.pdf import render; "
        "from tests.example_report import BRANDING, example; "
        "made = render(example(count=12), BRANDING, Path(sys.argv[1])); "
        "print(hashlib.sha256(made).hexdigest())"
    )
    elsewhere = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(FONTS)],
        cwd=ROOT, env=elsewhere, capture_output=True, text=True, check=True,
    )  # fmt: skip
    here = hashlib.sha256((folder / "issued.pdf").read_bytes()).hexdigest()
    assert done.stdout.strip() == here


def test_bookmarks_name_the_sections_in_order(folder: Path) -> None:
    with pikepdf.open(folder / "issued.pdf") as opened, opened.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == SECTIONS
        planned = outline.root[3]
        assert "Run rate" in [str(item.title) for item in planned.children]


def test_every_page_after_the_cover_says_which_of_how_many(folder: Path) -> None:
    pages = text_of(folder / "issued.pdf")
    for number, words in enumerate(pages[1:], start=2):
        assert f"Page {number} of {len(pages)}" in words
        assert "Benefits realisation report, October 2024" in words


def test_the_sections_are_read_in_order(folder: Path) -> None:
    words = "\n".join(text_of(folder / "issued.pdf")[2:])
    starts = [words.index(f"\n{name}\n") if name in words else -1 for name in SECTIONS[3:]]
    assert starts == sorted(starts)
    assert -1 not in starts


def test_a_draft_says_so_in_words_on_every_page_and_an_issued_report_never(folder: Path) -> None:
    assert all("DRAFT" in words for words in text_of(folder / "draft.pdf"))
    assert not any("DRAFT" in words for words in text_of(folder / "issued.pdf"))


def test_a_report_with_nothing_in_it_says_so_in_plain_sentences(folder: Path) -> None:
    words = " ".join(" ".join(text_of(folder / "empty.pdf")).split())
    for sentence in (
        "Nothing changed this month.", "No milestone slipped this month.",
        "The board took no decision this month.", "Nothing was corrected since the last report.",
        "No shortfall is brought forward from an earlier year.", "No benefit is recorded yet.",
        "No risk is recorded.",
    ):  # fmt: skip
        assert sentence in words


def test_the_figures_travel_inside_the_file(folder: Path) -> None:
    with pikepdf.open(folder / "issued.pdf") as opened:
        held = {name: spec.get_file().read_bytes() for name, spec in opened.attachments.items()}
        assert held == {
            "figures.csv": to_csv(example(count=12)),
            "report.json": to_json(example(count=12)),
        }
        related = [str(one.AFRelationship) for one in opened.Root.AF]
        assert related == ["/Data", "/Data"]


def test_every_table_is_one_table_with_one_head_and_headers_that_name_their_scope(
    folder: Path,
) -> None:
    with pikepdf.open(folder / "long.pdf") as opened:
        tree = structure(opened)
        tables = [element for element in tree if element.S == "/Table"]
        for table in tables:
            inside = elements(table)
            assert sum(element.S == "/THead" for element in inside) <= 1
            assert sum(element.S == "/Caption" for element in inside) <= 1
            for head in (element for element in inside if element.S == "/TH"):
                assert str(head.A.Scope) in ("/Column", "/Row")
        longest = max(sum(e.S == "/TR" for e in elements(table)) for table in tables)
        assert longest == 62
        assert len({int(e.Pg.StructParents) for e in max(
            (elements(t) for t in tables), key=len) if "/Pg" in e}) > 1  # fmt: skip


def test_the_list_of_contents_is_tagged_as_one_and_leads_to_every_section(folder: Path) -> None:
    with pikepdf.open(folder / "issued.pdf") as opened:
        tree = structure(opened)
        contents = [element for element in tree if element.S == "/TOC"]
        assert len(contents) == 1
        assert sum(element.S == "/TOCI" for element in elements(contents[0])) == 13


def test_page_headers_and_footers_are_no_part_of_what_is_read_aloud(folder: Path) -> None:
    with pikepdf.open(folder / "issued.pdf") as opened:
        read = {element.objgen for element in structure(opened)}
        tree = opened.Root.StructTreeRoot.ParentTree.Nums
        for marked in list(tree)[1::2]:
            parents = marked if isinstance(marked, pikepdf.Array) else [marked]
            named = [parent for parent in parents if isinstance(parent, pikepdf.Dictionary)]
            assert named
            assert all(parent.objgen in read for parent in named)
        for page in list(opened.pages)[1:]:
            marks = [one.operands for one in pikepdf.parse_content_stream(page, "BMC BDC")]
            assert sum(str(operands[0]) == "/Artifact" for operands in marks) >= 4


def test_every_letter_is_of_the_packaged_font(folder: Path) -> None:
    for name in ("issued", "long"):
        with pikepdf.open(folder / f"{name}.pdf") as opened:
            fonts = {
                str(thing.BaseFont)
                for thing in opened.objects
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
            }
        assert fonts
        assert all("Inter" in font for font in fonts), fonts


def test_odd_letters_are_named_and_markup_in_words_stays_words(folder: Path) -> None:
    words = " ".join(" ".join(text_of(folder / "long.pdf")).split())
    assert "[grinning face]" in words
    assert "<script>alert(1)</script>" in words.replace(" ", "")
    assert "3,835,000.01" in words


def test_the_file_names_its_council_its_language_and_when_it_was_made(folder: Path) -> None:
    with pikepdf.open(folder / "issued.pdf") as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert str(opened.docinfo.Author) == COVER.council
        assert str(opened.docinfo.CreationDate).startswith("D:20241105083000")
        assert "October 2024: Forward Northmere" in str(opened.docinfo.Title)


def test_a_thousand_rows_of_benefits_are_still_one_sound_report() -> None:
    made = render(example(count=340), BRANDING, FONTS)
    assert pdf.page_count(made) > 80
    with pikepdf.open(BytesIO(made)) as opened:
        names = opened.Root.Names.Dests.Names
        anchors = {str(name) for name in list(names)[::2]}
        assert {f"ref-B{number}" for number in range(1, 341)} <= anchors


def test_a_missing_font_stops_the_report_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReportNotMade, match=r"needs the font file Inter-Regular\.woff2"):
        render(empty(), Branding(), tmp_path)


def test_a_broken_font_file_stops_the_report(tmp_path: Path) -> None:
    for name in pdf.FONTS:
        (tmp_path / name).write_bytes((FONTS / name).read_bytes())
    (tmp_path / "Inter-Bold.woff2").write_bytes(b"wOF2 this is no font")
    with pytest.raises(ReportNotMade):
        render(empty(), Branding(), tmp_path)


def test_whatever_the_drawing_complains_of_stops_the_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "html_of", lambda *_: PAGE.replace("<p>", '<p><a href="#gone">x</a>'))
    with pytest.raises(ReportNotMade, match="gone"):
        render(empty(), Branding(), FONTS)


@pytest.mark.parametrize("address", ["file:///etc/hostname", "https://example.org/x.css"])
def test_a_page_can_read_no_other_file_and_no_network(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    page = PAGE.replace("<p>", f'<img alt="x" src="{address}"><p>')
    monkeypatch.setattr(pdf, "html_of", lambda *_: page)
    with pytest.raises(ReportNotMade, match="only the files that it is packaged with"):
        render(empty(), Branding(), FONTS)
