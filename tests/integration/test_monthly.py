"""The figures of a month's report, from commands in the log to what is printed, by hand."""

from datetime import date
from pathlib import Path

import pytest

from benefits.commands import delivery, details, money
from benefits.commands import programme as asked
from benefits.periods import Month
from benefits.refusals import NotFound
from benefits.tranches import Nature
from benefits.vocabulary import Fund, Kind
from entrypoints.wiring import KINDS
from reports import entries, monthly
from reports.contents import ReportStatus
from reports.money_tables import RecurringRow
from tests.integration.of_a_month import Y24, Y25, annual, composed, headline, in_year, report
from tests.scenario import Scenario, begin, line, money_of, profile, saves
from workflows.people import SETUP


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    return begin(migrated_sqlite_url, tmp_path)


def test_120_000_from_july_is_90_000_in_its_first_year_and_120_000_in_the_next(
    council: Scenario,
) -> None:
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    contents = report(council, "2024-04")
    assert annual(contents).current_plan == annual(contents).still_forecast == 120_000_00
    assert (in_year(contents).plan, in_year(contents, Y25).plan) == (90_000_00, 120_000_00)
    assert headline(contents, "Current plan of the year") == 120_000_00
    assert headline(contents, "Verified") == 0


def test_a_delay_to_next_april_loses_90_000_and_slips_120_000(council: Scenario) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.forecast(homes, money_of(120_000, "2025-04", Y24))
    contents = report(council, "2024-04")
    assert (annual(contents).slipped, annual(contents).still_forecast) == (120_000_00, 0)
    assert in_year(contents).lost_by_delay == 90_000_00
    assert in_year(contents, Y25).still_forecast == 120_000_00
    (exception,) = contents.status.exceptions
    assert (exception.status, exception.amount) == (entries.Status.AT_RISK, 120_000_00)
    assert exception.cause.startswith("Slipped to later years: £120,000 a year of 2024/25.")
    assert "Recruitment is late." in exception.cause
    assert exception.owner == "Olu Bright, Director of Children’s Services"
    assert exception.cabinet_member.startswith("Cllr Cal Dunn")
    assert "£120,000 a year slipped to a later year." in contents.summary.changed
    assert any("Fewer homes" in one for one in contents.summary.enquiries)


def test_a_delay_to_october_loses_30_000_and_nothing_slips(council: Scenario) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.forecast(homes, money_of(120_000, "2024-10"))
    contents = report(council, "2024-04")
    assert "verified nothing of it, no claim waits for finance, and £120,000 is still" in (
        contents.planned.introduction
    )
    assert (in_year(contents).lost_by_delay, annual(contents).slipped) == (30_000_00, 0)


def test_verified_and_claimed_money_is_counted_once_and_to_date_beside_it(
    council: Scenario,
) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.on("2024-07-09")
    council.verified(homes, council.claimed(homes, 60_000, "2024-07"), 48_000)
    council.claimed(homes, 12_000, "2024-07")
    council.do(delivery.ReachMilestone(homes, f"{homes}-starts", date(2024, 7, 1)))
    contents = report(council, "2024-07")
    row = annual(contents)
    assert (row.verified, row.claimed, row.still_forecast) == (48_000_00, 12_000_00, 60_000_00)
    assert headline(contents, "Expected by year end") == 120_000_00
    cash = in_year(contents)
    assert (cash.verified, cash.verified_to_date, cash.plan_to_date) == (
        36_000_00,
        4_000_00,
        10_000_00,
    )
    sources = contents.status.cash_sources
    assert [(one.label, one.amount) for one in sources] == [("As approved", 4_000_00)]
    strip = contents.status.strip_total
    assert (strip.delivered, strip.on_track, strip.at_risk) == (48_000_00, 12_000_00, 60_000_00)


def test_earlier_years_shortfall_is_brought_forward_and_never_in_this_years_plan(
    council: Scenario,
) -> None:
    homes = council.in_delivery(
        "Fewer homes", profile(line(120_000, "2024-07"), line(1, "2025-04"))
    )
    council.on("2025-03-10")
    council.verified(homes, council.claimed(homes, 100_000, "2024-07"))
    contents = report(council, "2025-05")
    assert headline(contents, "Current plan of the year") == 1_00
    assert headline(contents, "Shortfall brought forward") == 20_000_00
    (aged,) = contents.status.aged
    assert (str(aged.due), aged.planned, aged.verified) == (Y24, 120_000_00, 100_000_00)


def test_unlike_funds_and_kinds_are_kept_apart_and_totals_say_what_they_add(
    council: Scenario,
) -> None:
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.in_delivery("Void turnaround", saves(50_000, "2024-07"), fund=Fund.HRA)
    council.in_delivery("Demand avoided", saves(70_000, "2024-07"), kind=Kind.COST_AVOIDANCE)
    depot = saves(900_000, "2024-11", Nature.ONE_OFF)
    council.in_delivery("Sale of the depot", depot, kind=Kind.CAPITAL_RECEIPT, fund=Fund.CAPITAL)
    council.in_delivery("New system", saves(20_000, "2024-07"), kind=Kind.DISBENEFIT)
    contents = report(council, "2024-04")
    assert annual(contents).current_plan == 150_000_00
    assert "all funds added together" in contents.planned.recurring_by_year.caption
    funds = contents.planned.by_fund[0]
    assert [
        (row.label, row.current_plan) for row in funds.rows if isinstance(row, RecurringRow)
    ] == [
        ("General fund", 100_000_00),
        ("HRA", 50_000_00),
    ]
    captions = [table.caption for table in contents.planned.other_kinds]
    assert captions == [
        "Cost avoidance, general fund, by plan year",
        "Cost avoidance, general fund, by financial year",
        "Capital receipts, capital, by financial year",
        "Capital receipts, planned one-offs by year",
    ]
    by_fund = contents.summary.headlines[0].by_fund
    assert [(one.fund, one.amount) for one in by_fund] == [
        ("General fund", 100_000_00),
        ("HRA", 50_000_00),
    ]


def test_gross_to_net_takes_each_thing_off_once(council: Scenario) -> None:
    homes = council.identified("Fewer homes", saves(120_000, "2024-07"))
    council.do(
        details.RecordInvestment(
            homes, "i1", "Support workers", "staff", "base budget", (line(15_000, "2024-07"),)
        )
    )
    council.validated(homes)
    team = (line(5_000, "2024-04"),)
    council.do(
        asked.RecordGroupInvestment("care", "i2", "Programme team", "staff", "base budget", team)
    )
    contents = report(council, "2024-04")
    bridge = contents.planned.gross_to_net[0]
    assert (bridge.start.amount, bridge.end.amount) == (120_000_00, 100_000_00)
    step = next(step for step in bridge.steps if "investment" in step.label)
    assert (step.amount, step.note) == (-20_000_00, "Support workers and Programme team")


def test_a_withdrawn_benefit_changes_the_plan_and_what_replaces_it_is_another_way(
    council: Scenario,
) -> None:
    old = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    new = council.in_delivery("Foster first", saves(100_000, "2024-07"))
    council.withdrawn(old, new)
    council.on("2024-07-09")
    council.verified(new, council.claimed(new, 100_000, "2024-07"))
    contents = report(council, "2024-07")
    row = annual(contents)
    assert (row.original_plan, row.approved_changes, row.current_plan) == (
        220_000_00,
        -120_000_00,
        100_000_00,
    )
    causes = {row.label for row in contents.movements.recurring[0].causes}
    assert {"Newly approved", "Replaced", "Claimed", "Verified"} == causes
    (source,) = contents.status.cash_sources
    assert source.label.startswith("Another way")
    entry = next(one for one in contents.appendix.benefits if one.name == "Fewer homes")
    assert "Replaced by Foster first" in entry.note
    assert entry.status is None


@pytest.mark.parametrize("month", ["2023-05", "2024-04", "2027-03", "2031-06"])
def test_a_programme_with_nothing_gives_a_sensible_report_in_any_month(
    council: Scenario, month: str
) -> None:
    contents = report(council, month)
    assert "nothing to reconcile" in contents.summary.lead
    assert contents.movements.since.startswith("This is the first report")
    assert all(one.amount == 0 for one in contents.summary.headlines)


def test_before_the_plan_window_the_report_says_when_the_plan_begins(council: Scenario) -> None:
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    contents = report(council, "2023-05")
    assert contents.summary.lead.startswith("The plan begins in 2024/25.")
    assert "£120k" in contents.summary.lead
    assert headline(contents, "Current plan of the year") == 0
    assert contents.planned.run_rate.points[0].month == Month(2023, 5)


def test_after_the_plan_window_what_was_promised_is_all_brought_forward(council: Scenario) -> None:
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    contents = report(council, "2030-05")
    assert headline(contents, "Shortfall brought forward") == 120_000_00
    assert annual(contents).slipped == 120_000_00
    assert "£120k of earlier years’ plans" in contents.summary.lead


def test_the_cover_says_whether_the_month_is_closed_and_where_the_record_stood(
    council: Scenario,
) -> None:
    council.on("2024-05-02")
    assert report(council, "2024-04").cover.closing.startswith("Not closed")
    council.closed("2024-04", reviewed=False)
    assert "finance has not reviewed it" in report(council, "2024-04").cover.closing
    council.do(asked.ReviewMonth("care", Month(2024, 4)), by="fay")
    cover = report(council, "2024-04").cover
    assert cover.closing == "The month is closed (PMO) and reviewed (finance)."
    assert (cover.log_position, cover.log_hash) == council.realise.store.head()
    assert (cover.council, cover.issuer) == ("Northmere Borough Council", "by Pat Reeve")
    assert (cover.status, cover.plan_window) == (ReportStatus.DRAFT, "2024/25 to 2027/28")


def test_a_draft_of_the_command_line_says_that_it_made_it(council: Scenario) -> None:
    council.on("2024-05-02")
    upto = council.realise.store.head()[0]
    request = monthly.Request("care", Month(2024, 4), upto, SETUP, council.at, draft=True)
    made = monthly.compose(council.realise.store, KINDS, request).contents
    assert made.cover.issuer == "by the command line"


def test_a_position_gives_the_figures_as_they_were_known_then(council: Scenario) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    known = council.realise.store.head()[0]
    council.forecast(homes, money_of(120_000, "2025-04", Y24))
    assert annual(report(council, "2024-04")).slipped == 120_000_00
    before = report(council, "2024-04", position=known)
    assert (annual(before).slipped, before.cover.log_position) == (0, known)


def test_a_correction_says_which_month_it_concerns_and_why(council: Scenario) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    claim = council.on("2024-07-09").claimed(homes, 30_000, "2024-07")
    right = money_of(25_000, "2024-07")
    council.do(money.CorrectClaim(homes, claim, right, "Counted twice.", "4711"))
    (correction,) = report(council, "2024-07").movements.corrections
    assert correction.sentence.startswith("For July 2024: the claim of £30,000 a year")
    assert correction.reason == "Counted twice."


def test_an_unknown_programme_is_not_found(council: Scenario) -> None:
    request = monthly.Request("none", Month(2024, 4), 3, "pat", council.at, draft=True)
    with pytest.raises(NotFound):
        monthly.compose(council.realise.store, KINDS, request)


def test_the_same_request_gives_the_same_report(council: Scenario) -> None:
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    first, second = composed(council, "2024-04"), composed(council, "2024-04")
    assert first == second
