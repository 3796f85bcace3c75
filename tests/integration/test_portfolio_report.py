"""The report of all programmes: their figures together, each programme like a workstream."""

from pathlib import Path

import pytest

from benefits.commands import programme
from benefits.periods import Month
from benefits.refusals import NotFound
from entrypoints.cli.opening import programme_named
from entrypoints.wiring import KINDS, catalogue
from eventlog.exported import export_log
from eventlog.read_export import read_export
from reports import monthly
from reports.attached import attached
from reports.contents import ReportContents
from reports.issued import PORTFOLIO
from reports.money_tables import RecurringRow
from reports.references import check_references
from reports.report_verified import verify_report
from tests.browsers import Browsers
from tests.integration.of_a_month import annual, report
from tests.scenario import Scenario, begin, saves, started_programme
from tests.verapdf import verdicts

APRIL = Month(2024, 4)


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    return begin(migrated_sqlite_url, tmp_path)


@pytest.fixture
def two(council: Scenario) -> Scenario:
    """Two programmes, each with a benefit in delivery; the second allows a tolerance."""
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    started_programme(council, "roads", "Better roads", ("Potholes",))
    council.do(programme.SetTolerance("roads", 5, "Small works vary."), by="ada")
    council.in_delivery(
        "Patching", saves(30_000.07, "2024-07"), programme="roads", workstream="Potholes"
    )
    return council


def portfolio(council: Scenario, month: Month = APRIL) -> ReportContents:
    store = council.realise.store
    request = monthly.Request(PORTFOLIO, month, store.head()[0], "pat", council.at, draft=True)
    contents = monthly.compose(store, KINDS, request).contents
    check_references(contents)
    return contents


def test_every_figure_is_the_sum_of_the_programmes_own(two: Scenario) -> None:
    whole, care = portfolio(two), report(two, "2024-04")
    assert annual(care).current_plan == 120_000_00
    assert annual(whole).current_plan == 150_000_07
    assert whole.cover.is_portfolio
    assert whole.cover.subject == "All programmes"
    table = whole.planned.by_workstream[0]
    rows = [row for row in table.rows if isinstance(row, RecurringRow)]
    assert [(row.label, row.current_plan) for row in rows] == [
        ("Care closer to home", 120_000_00),
        ("Better roads", 30_000_07),
    ]
    refs = [entry.ref for entry in whole.appendix.benefits]
    assert len(refs) == len(set(refs)) == 2


def test_a_council_without_programmes_has_no_portfolio(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    council = begin(migrated_sqlite_url, tmp_path)
    store = council.realise.store
    request = monthly.Request(PORTFOLIO, APRIL, 0, "pat", council.at, draft=True)
    with pytest.raises(NotFound, match="There is no programme"):
        monthly.compose(store, KINDS, request)


def test_it_is_issued_to_everybodys_recipients_and_opens_the_next(
    two: Scenario, tmp_path: Path
) -> None:
    two.do(programme.SetRecipients("care", ("cleo",)), programme.SetRecipients("roads", ("cal",)))
    two.on("2024-05-03")
    done = two.realise.reports.issue(PORTFOLIO, APRIL, by="pat", at=two.at)
    assert done.fresh
    assert programme_named(two.realise, "Portfolio") == PORTFOLIO
    two.on("2024-06-04").claimed("benefit-1", 60_000, "2024-05")
    may = portfolio(two, Month(2024, 5))
    assert "Since the report of April 2024" in may.movements.since
    (opening,) = [t.opening for t in may.movements.recurring if str(t.year) == "2024/25"]
    assert opening.current_plan == 150_000_07
    file = tmp_path / "portfolio.pdf"
    file.write_bytes(done.archived.pdf)
    assert verdicts([file]) == {
        ("portfolio.pdf", "PDF/UA-1"): [],
        ("portfolio.pdf", "PDF/A-3a"): [],
    }
    with two.realise.database.read() as connection:
        log = read_export(export_log(connection), catalogue())
    verdict = verify_report(attached(done.archived.pdf), log, KINDS)
    assert verdict.holds, (verdict.faults, verdict.differences[:3])


def test_the_page_of_reports_offers_all_programmes_together(two: Scenario, tmp_path: Path) -> None:
    reader = Browsers(two, tmp_path).of("pat")
    page = reader.get("/reports").text
    assert "All programmes" in page
    assert "~portfolio/2024-" in page
    assert two.realise.programme(PORTFOLIO).workstreams == ["Care closer to home", "Better roads"]
