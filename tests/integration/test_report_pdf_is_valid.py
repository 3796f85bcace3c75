"""The report's file before a validator, and what stops it from being made."""

from pathlib import Path

import pikepdf
import pytest

from reports import drawing, pdf
from reports.contents import Branding
from reports.drawing import ReportNotMade
from reports.pdf import render
from tests.example_report import empty
from tests.report_files import BROKEN, FONTS, PAGE, TAKEN_OUT, draw, elements, structure
from tests.verapdf import verdicts


@pytest.fixture(scope="module")
def verdict(
    report_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], list[str]]:
    """veraPDF on every report and on every page that is broken on purpose, in one go."""
    made = tmp_path_factory.mktemp("broken")
    (made / "control.pdf").write_bytes(draw(PAGE))
    for name, markup in BROKEN.items():
        (made / f"{name}.pdf").write_bytes(draw(markup))
    for part in TAKEN_OUT:
        with pikepdf.open(made / "control.pdf") as opened:
            del opened.Root[part]
            opened.save(made / f"without-{part[1:]}.pdf")
    return verdicts(sorted([*report_files.glob("*.pdf"), *made.glob("*.pdf")]))


@pytest.mark.parametrize("profile", ["PDF/UA-1", "PDF/A-3a"])
@pytest.mark.parametrize("name", ["issued", "draft", "empty", "long", "huge", "control"])
def test_every_report_is_accessible_and_archival(
    verdict: dict[tuple[str, str], list[str]], name: str, profile: str
) -> None:
    assert verdict[f"{name}.pdf", profile] == []


@pytest.mark.parametrize("name", [*BROKEN, *(f"without-{part[1:]}" for part in TAKEN_OUT)])
def test_the_validator_still_finds_what_is_broken_on_purpose(
    verdict: dict[tuple[str, str], list[str]], name: str
) -> None:
    assert verdict[f"{name}.pdf", "PDF/UA-1"]


def test_the_logo_stands_on_the_cover_and_is_nothing_to_read_aloud(report_files: Path) -> None:
    """The council's name stands beside it, as words."""
    with pikepdf.open(report_files / "empty.pdf") as opened:
        cover = opened.pages[0]
        assert len(cover.get_images()) == 1
        figures = [one for one in structure(opened) if one.S == "/Figure"]
        assert not [one for one in figures if one.get("/Pg") == cover.obj]


def test_every_table_is_one_table_with_one_head_and_headers_that_name_their_scope(
    report_files: Path,
) -> None:
    with pikepdf.open(report_files / "long.pdf") as opened:
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


def test_the_list_of_contents_is_tagged_as_one_and_leads_to_every_section(
    report_files: Path,
) -> None:
    with pikepdf.open(report_files / "issued.pdf") as opened:
        tree = structure(opened)
        contents = [element for element in tree if element.S == "/TOC"]
        assert len(contents) == 1
        assert sum(element.S == "/TOCI" for element in elements(contents[0])) == 15


def test_the_language_of_a_part_and_the_meaning_of_an_abbreviation_are_said(
    tmp_path: Path,
) -> None:
    words = '<p><span lang="cy">Cyngor Sir</span> and <abbr title="medium-term plan">MTFS</abbr> '
    (tmp_path / "told.pdf").write_bytes(draw(PAGE.replace("<p>", words)))
    with pikepdf.open(tmp_path / "told.pdf") as opened:
        tree = structure(opened)
        assert [str(element.Lang) for element in tree if "/Lang" in element] == ["cy"]
        assert [(str(e.E), str(e.S)) for e in tree if "/E" in e] == [("medium-term plan", "/Span")]
    found = verdicts([tmp_path / "told.pdf"])
    assert not any(found.values())


def test_page_headers_and_footers_are_no_part_of_what_is_read_aloud(report_files: Path) -> None:
    with pikepdf.open(report_files / "issued.pdf") as opened:
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


def test_a_missing_font_stops_the_report_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReportNotMade, match=r"needs the font file Inter-Regular\.ttf"):
        render(empty(), Branding(), tmp_path)


def test_a_broken_font_file_stops_the_report(tmp_path: Path) -> None:
    for name in drawing.FONTS:
        (tmp_path / name).write_bytes((FONTS / name).read_bytes())
    (tmp_path / "Inter-Bold.ttf").write_bytes(b"\0\1\0\0 this is no font")
    with pytest.raises(ReportNotMade):
        render(empty(), Branding(), tmp_path)


def test_whatever_the_drawing_complains_of_stops_the_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    complained_of = PAGE.replace("<p>", '<p><a href="#gone">x</a>')
    monkeypatch.setattr(pdf, "html_of_parts", lambda *_: [complained_of])
    with pytest.raises(ReportNotMade, match="gone"):
        render(empty(), Branding(), FONTS)


@pytest.mark.parametrize("address", ["file:///etc/hostname", "https://example.org/x.css"])
def test_a_page_can_read_no_other_file_and_no_network(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    page = PAGE.replace("<p>", f'<img alt="x" src="{address}"><p>')
    monkeypatch.setattr(pdf, "html_of_parts", lambda *_: [page])
    with pytest.raises(ReportNotMade, match="only the files that it is packaged with"):
        render(empty(), Branding(), FONTS)
