"""What a report's own data says can be read back as the very report, and drawn as a web page."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest

from reports import drawing
from reports.attached import NotAReport
from reports.attachments import figure_lines, to_json
from reports.contents import Branding, ReportContents
from reports.entries import Trace, TracePart
from reports.money_tables import DoesNotAddUp
from reports.pages import html_of
from reports.printed import contents_of
from reports.web_pages import web_page
from tests.example_report import empty, example
from tests.report_files import FONTS

FIGURES = "/reports/care/2024-10/1/figures"
_NUMBER = re.compile(r"[0-9][0-9,.]*[0-9]|[0-9]")


@pytest.mark.parametrize("report", [example(), empty()], ids=["whole", "empty"])
def test_a_report_is_read_back_as_it_was_written(report: ReportContents) -> None:
    again = contents_of(json.loads(to_json(report))["report"])
    assert again == report
    assert list(figure_lines(again)) == list(figure_lines(report)), "and of the same basis"


@pytest.mark.parametrize(
    "damage",
    [
        {"cover": None},
        {"summary": []},
        {"risks": "none"},
        {"cover": {"month": "2024-99"}},
        {"what": 1},
    ],
)
def test_data_of_another_shape_is_refused_in_a_sentence(damage: dict[str, object]) -> None:
    whole = json.loads(to_json(example()))["report"] | damage
    with pytest.raises(NotAReport, match="cannot be read"):
        contents_of(whole)


def _numbers(html: str) -> list[str]:
    """Every number of the words of a document: attributes and drawings' coordinates are none."""
    return _NUMBER.findall(unescape(re.sub(r"<[^>]*>", " ", html)))


def _body(html: str) -> str:
    """Without what only paper says: how to type an address."""
    html = html[html.index("<body") :]
    return re.sub(r'<p class="notes">To see how a figure.*?</p>', "", html)


@pytest.mark.parametrize("report", [example(), empty()], ids=["whole", "empty"])
def test_the_web_page_holds_every_number_of_the_pdf_in_the_same_order(
    report: ReportContents,
) -> None:
    looks = Branding()
    again = contents_of(json.loads(to_json(report))["report"])
    paper = _numbers(_body(html_of(report, looks, drawing.TEMPLATES, FONTS / drawing.FONTS[0])))
    assert _numbers(web_page(again, looks, FIGURES)) == paper
    assert len(paper) > 20


def test_the_web_page_leads_from_each_figure_to_its_page_and_needs_no_style_of_its_own() -> None:
    page = web_page(example(), Branding(), FIGURES)
    for trace in example().appendix.traces:
        assert f'href="{FIGURES}/{trace.ref}"' in page
    assert " style=" not in page
    assert "<style" not in page
    assert "<script" not in page
    panes = page.count('role="region"')
    assert panes == page.count("<table") + page.count("<svg")
    assert 'href="#ref-F' not in page


def test_a_reference_never_goes_to_the_next_line_alone() -> None:
    looks = Branding()
    paper = html_of(example(), looks, drawing.TEMPLATES, FONTS / drawing.FONTS[0])
    for page in (paper, web_page(example(), looks, FIGURES)):
        beside = [before[-6:] for before in page.split('<a class="ref"')[:-1]]
        assert len(beside) > 20
        assert [each for each in beside if each != "&nbsp;"] == [", such as "[-6:]]


def test_words_that_look_like_our_own_marks_stay_words() -> None:
    report = example()
    evil = replace(report.summary, lead='A <table style="x"> of <b>1</b> & " style="y"')
    page = web_page(replace(report, summary=evil), Branding(), FIGURES)
    assert "A &lt;table style=" in page
    assert "style=&#34;y&#34;" in page


def test_parts_that_do_not_make_their_figure_are_refused() -> None:
    parts = (TracePart("B1", "Homes", 60), TracePart("B2", "Desk", 40))
    assert Trace("F1", "Plan", 100, (), parts).parts == parts
    with pytest.raises(DoesNotAddUp, match="do not make"):
        Trace("F1", "Plan", 101, (), parts)
