"""An issued report on the web and the pages of its figures: as printed, whatever came since."""

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest

from benefits.commands.details import LabelBenefit
from benefits.periods import Month
from eventlog import schema
from reports.attached import attached
from reports.attachments import figure_lines
from reports.issued import PORTFOLIO
from reports.printed import contents_of, printed
from tests.desks import Desks, at_their_desks
from tests.scenario import begin, saves
from tests.undrawn import undrawn

MONTH = "/reports/care/2024-05"


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    folder = tmp_path_factory.mktemp("council")
    url = f"sqlite:///{folder / 'realise.sqlite'}"
    schema.upgrade(url)
    council = begin(url, folder)
    council.in_delivery("One reception desk", saves(80_000, "2024-05"), benefit="desk")
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.on("2024-06-03")
    with undrawn():
        for programme in ("care", PORTFOLIO):
            council.realise.reports.issue(programme, Month(2024, 5), by="pat", at=council.at)
    # What came since, which no page of the issued report may show.
    council.do(LabelBenefit("desk", title="Another name"))
    with at_their_desks(council, folder) as found:
        yield found


def test_the_web_page_is_what_was_printed_and_not_how_things_stand_now(desks: Desks) -> None:
    page = desks["cleo"].get(f"{MONTH}/1").text
    assert "One reception desk" in page
    assert "Another name" not in page
    assert f'href="{MONTH}/1/figures/F1"' in page
    assert f"{MONTH}/1" in desks["cleo"].get(MONTH).text


def test_its_data_are_those_of_the_file(desks: Desks) -> None:
    found = attached(desks["cleo"].get(f"{MONTH}/1.pdf").data)
    assert desks["aud"].get(f"{MONTH}/1.csv").data == found.figures
    data = json.loads(desks["aud"].get(f"{MONTH}/1.json").data)
    assert data["report"] == found.report


@pytest.mark.parametrize("report", ["care", PORTFOLIO])
def test_every_reference_of_a_report_has_a_page_with_all_its_figures(
    desks: Desks, report: str
) -> None:
    where = f"/reports/{report}/2024-05/1"
    contents = printed(desks["cleo"].get(f"{where}.pdf").data)
    traces = contents.appendix.traces
    entries = contents.appendix.benefits
    assert len(traces) > 5
    behind = {one.ref: one.events for one in traces} | {one.ref: one.events for one in entries}
    for ref, events in behind.items():
        page = desks["cleo"].get(f"{where}/figures/{ref}")
        assert page.status_code == 200
        for *_, amount, held in figure_lines(contents):
            if held == ref:
                assert f"{abs(amount) // 100:,}" in page.text
        for position in events[:50]:
            assert f'href="/events/{position}"' in page.text


def test_a_figure_says_what_each_benefit_gives_and_leads_to_the_benefit(desks: Desks) -> None:
    page = desks["cleo"].get(f"{MONTH}/1/figures/F1").text
    assert "£200,000" in page
    assert "£120,000" in page
    assert "/benefits/homes" in page
    assert f"{MONTH}/1/figures/B" in page
    assert "Recurring, a full year’s worth" in page, "its basis"


def test_what_is_typed_from_paper_leads_to_the_figure(desks: Desks) -> None:
    pdf = desks["cleo"].get(f"{MONTH}/1.pdf").data
    position = contents_of(attached(pdf).report).cover.log_position
    answer = desks["cleo"].get(f"/f/{position}-f2")
    assert (answer.status_code, answer.location) == (302, f"{MONTH}/1/figures/F2")
    latest = desks["cleo"].get(f"{MONTH}/figures/F2")
    assert latest.location == f"{MONTH}/1/figures/F2"


@pytest.mark.parametrize(
    "path",
    [
        "/f/F2",
        "/f/999999-F2",
        "/f/0-F2",
        "/f/" + "9" * 40 + "-F2",
        f"{MONTH}/1/figures/F9999",
        f"{MONTH}/1/figures/zz",
        f"{MONTH}/2",
        f"{MONTH}/0",
        f"{MONTH}/x",
        f"{MONTH}/2.csv",
        f"{MONTH}/2.json",
        "/reports/none/2024-05/1",
        "/reports/care/2024-13/1",
        "/reports/care/2024-04/figures/F1",
    ],
)
def test_what_was_not_issued_is_not_found(desks: Desks, path: str) -> None:
    assert desks["cleo"].get(path).status_code == 404


def test_a_page_number_out_of_bounds_is_the_nearest_page(desks: Desks) -> None:
    for page in ("0", "-1", "9999", "x", "9" * 30):
        assert desks["cleo"].get(f"{MONTH}/1/figures/F1?page={page}").status_code == 200


def test_every_figure_of_the_table_stands_on_the_web_page(desks: Desks) -> None:
    page = desks["cleo"].get(f"{MONTH}/1").text
    words = re.sub(r"<[^>]*>", " ", page)
    table = desks["cleo"].get(f"{MONTH}/1.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    sections = {"Bridge", "Status", "Benefits", "Planned and realised"}
    amounts = {row["pounds"] for row in rows if row["section"] in sections}
    assert amounts
    for amount in amounts:
        assert f"{abs(int(float(amount))):,}" in words
