"""A report of an invented council, rich enough that every part of the page has something on it."""

from dataclasses import replace
from datetime import UTC, datetime

from reports.contents import (
    Appendix,
    Branding,
    Cover,
    Decisions,
    Milestones,
    Movements,
    PlannedAndRealised,
    ReportContents,
    ReportStatus,
    StatusRow,
    StatusSection,
)
from reports.money_tables import Bridge, MoneyTable, RunRate
from tests.example_report import asked, benefits, beside, entries, figures, summary

BRANDING = Branding(contact="To ask for another format, write to benefits@northmere.example.")
COVER = Cover(
    council="Northmere Borough Council",
    subject="Forward Northmere",
    is_portfolio=False,
    month=figures.MONTH,
    status=ReportStatus.ISSUED,
    issuer="by schedule",
    issued_at=datetime(2024, 11, 5, 8, 30, tzinfo=UTC),
    edition=1,
    closing="The month was closed on 4 November 2024 and reviewed by finance the same day.",
    log_position=18_243,
    log_hash="9f2c4e7a51b80d3366c0aa1f7be24d915d08c37e44a1b29ce6f0d7152b3a8c4d",
    committee="Finance and Performance Scrutiny Committee",
    sponsor="Executive Director of Resources",
    plan_window="2023/24 to 2026/27",
)


def example(*, draft: bool = False, count: int = 42) -> ReportContents:
    """The whole report with so many benefits, issued or as a draft."""
    return ReportContents(
        cover=replace(COVER, status=ReportStatus.DRAFT) if draft else COVER,
        summary=summary.SUMMARY,
        planned=_planned(),
        movements=_movements(),
        status=_status(),
        decisions=Decisions(
            "Forward Northmere Programme Board", entries.TAKEN, entries.CONDITIONS, entries.COMING
        ),
        milestones=Milestones(entries.REACHED, entries.SLIPPED, entries.DUE, (beside.PROPOSED,)),
        measures=entries.MEASURES,
        counter_measures=entries.COUNTER_MEASURES,
        risks=entries.RISKS,
        appendix=Appendix(
            benefits.benefits(count), benefits.TRACES, benefits.DEFINITIONS, benefits.VERIFY
        ),
        questions=asked.QUESTIONS,
        narratives=asked.NARRATIVES,
    )


def _planned() -> PlannedAndRealised:
    gross, cash, year = figures.GROSS, figures.IN_YEAR, "2024/25"
    recurring_years = MoneyTable(
        "All workstreams by plan year",
        "Plan year",
        gross,
        figures.YEARS,
        figures.summed("All years", figures.YEARS),
    )
    cash_years = MoneyTable(
        "All workstreams by financial year",
        "Year",
        cash,
        figures.CASH_YEARS,
        figures.summed_cash("All years", figures.CASH_YEARS),
    )
    workstreams = MoneyTable(
        f"Plan year {year}", "Workstream", gross, figures.WORKSTREAMS, figures.THIS_YEAR
    )
    cash_workstreams = MoneyTable(
        f"Financial year {year}",
        "Workstream",
        cash,
        figures.CASH_WORKSTREAMS,
        figures.CASH_THIS_YEAR,
    )
    funds = MoneyTable(
        f"Plan year {year}",
        "Fund",
        gross,
        figures.FUNDS,
        figures.summed("All funds, added only to show the whole", figures.FUNDS),
    )
    return PlannedAndRealised(
        introduction=(
            "The plan for 2024/25 is worth £8,890,000 in a full year. Finance has verified "
            "£3,835,000 of it; £685,000 is claimed and waits for finance."
        ),
        year=figures.YEAR,
        bridge=Bridge.to_outturn(figures.THIS_YEAR, f"Plan year {year}, all workstreams", gross),
        gross_to_net=(figures.GROSS_TO_NET,),
        run_rate=figures.run_rate(),
        recurring_by_year=recurring_years,
        cash_by_year=cash_years,
        by_workstream=(workstreams, cash_workstreams),
        by_fund=(funds,),
        beside=(beside.DRIVERS, beside.VALUE),
    )


def _movements() -> Movements:
    return Movements(
        "Since the report of September 2024, edition 1, issued on 3 October 2024.",
        (
            figures.moved(figures.YEAR),
            figures.moved(figures.YEAR.plus(1)),
            figures.unmoved(figures.YEAR.plus(2)),
        ),
        (figures.cash_moved(),),
        entries.CORRECTIONS,
    )


def _status() -> StatusSection:
    names = ("delivered", "on_track", "at_risk", "not_delivered")
    sums = (sum(getattr(row, name) for row in figures.STRIP) for name in names)
    return StatusSection(
        "Recurring basis, and in-year for one-offs.",
        figures.STRIP,
        StatusRow("All", *sums),
        entries.EXCEPTIONS,
        entries.AGED,
        entries.SOURCES,
        entries.PRESSURES,
        entries.MTFS,
    )


def empty() -> ReportContents:
    """The first draft for a programme in which nothing has happened yet."""
    zero, no_cash = figures.recurring("No benefits", *[0] * 8), figures.cash("None", *[0] * 12)
    planned = PlannedAndRealised(
        introduction="No benefit has passed Validation.",
        year=figures.YEAR,
        bridge=Bridge.to_outturn(zero, "Nothing yet", figures.GROSS),
        gross_to_net=(),
        run_rate=RunRate("Run rate", figures.GROSS, figures.MONTH, ()),
        recurring_by_year=MoneyTable("By plan year", "Plan year", figures.GROSS, (), zero),
        cash_by_year=MoneyTable("By year", "Year", figures.IN_YEAR, (), no_cash),
        by_workstream=(),
        by_fund=(),
    )
    none = summary.SUMMARY
    return ReportContents(
        cover=replace(COVER, status=ReportStatus.DRAFT),
        summary=replace(none, headlines=(), changed=(), why=(), next=(), enquiries=()),
        planned=planned,
        movements=Movements("This is the first report.", (), (), ()),
        status=StatusSection("Recurring.", (), StatusRow("All", 0, 0, 0, 0), (), (), (), ()),
        decisions=Decisions("Programme Board", (), (), ()),
        milestones=Milestones((), (), ()),
        measures=(),
        counter_measures=(),
        risks=(),
        appendix=Appendix((), (), benefits.DEFINITIONS, benefits.VERIFY),
    )
