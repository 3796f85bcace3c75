"""What a month's report lists one by one: decisions, milestones, measures, exceptions."""

from datetime import date
from pathlib import Path

import pytest

from benefits.commands import delivery, money
from benefits.commands import programme as asked
from benefits.events.gates import Choice
from benefits.lifecycle import Gate
from benefits.periods import FinancialYear, Month
from benefits.plans import Condition, YearAmount
from benefits.vocabulary import Direction, Fund, Status
from tests.integration.of_a_month import Y25, annual, kept, report
from tests.scenario import Scenario, begin, saves


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    return begin(migrated_sqlite_url, tmp_path)


def test_a_benefit_that_no_board_has_approved_is_in_the_appendix_and_in_no_total(
    council: Scenario,
) -> None:
    idea = council.identified("Shared fleet", saves(70_000, "2025-04"))
    council.described(idea)
    council.submitted(idea, Gate.VALIDATION)
    contents = report(council, "2024-04")
    assert annual(contents, Y25).current_plan == 0
    (entry,) = contents.appendix.benefits
    assert (entry.status, entry.stage, entry.years[0].plan) == (None, "identified", 70_000_00)
    assert "in no total" in entry.note
    (coming,) = contents.decisions.coming
    assert (coming.subject, coming.gate, coming.by) == (
        "Shared fleet",
        "Validation gate",
        date(2024, 4, 12),
    )


def test_decisions_are_printed_with_every_seat_and_conditions_that_are_overdue(
    council: Scenario,
) -> None:
    homes = council.identified("Fewer homes", saves(120_000, "2024-07"))
    council.described(homes)
    case = council.submitted(homes, Gate.VALIDATION)
    advice = Condition("c1", "Obtain written advice.", "ola", date(2024, 4, 25))
    conditional = Choice.APPROVE_WITH_CONDITIONS
    council.voted(homes, case, "chris", conditional, "The advice must be in writing.", [advice])
    council.voted(homes, case, "sam")
    contents = report(council, "2024-04")
    (decision,) = contents.decisions.taken
    assert decision.outcome == "Approved with conditions"
    assert [(vote.seat, vote.voter, vote.vote) for vote in decision.votes] == [
        ("Chair", "Chris Vane", "Approve with conditions"),
        ("Member", "Mo Amin", "Did not vote"),
        ("Finance", "Sam Tully", "Approve"),
    ]
    (condition,) = contents.decisions.conditions
    assert (condition.owner, condition.state) == ("Ola Marsh", "Overdue since 25 April 2024")
    assert any("overdue" in one for one in contents.summary.enquiries)


def test_milestones_measures_risks_and_pressures_are_printed_with_what_they_say(
    council: Scenario,
) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.on("2024-05-07").do(
        delivery.ForecastMilestone(homes, f"{homes}-starts", date(2024, 10, 1), "No carers."),
        delivery.ReadMeasure(homes, f"{homes}-days", date(2024, 5, 6), "79"),
        delivery.DefineMeasure(
            homes, "m9", "Families content", "per cent", Direction.UP, "90", date(2024, 4, 1),
            counter=True, tolerance=5,
        ),
        delivery.ReadMeasure(homes, "m9", date(2024, 5, 6), "84"),
    )  # fmt: skip
    pressure = money.RecordPressure(homes, "p1", Month(2024, 5), 40_000_00, "New placements.")
    council.do(pressure, by="fay")
    contents = report(council, "2024-05")
    (slipped,) = contents.milestones.slipped
    assert (slipped.days_late, slipped.cost_of_delay) == (92, 30_000_00)
    assert contents.measures[0].verdict == "Has reached its target of 1 April 2025"
    assert contents.counter_measures[0].verdict == "Worse than its limit"
    assert contents.counter_measures[0].aim == "not below 85.5"
    assert [(risk.score, risk.mitigation) for risk in contents.risks] == [("C3", "Recruit early.")]
    assert contents.status.pressures[0].amount == 40_000_00


def test_exceptions_of_the_medium_term_plan_are_listed_both_ways(council: Scenario) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    year = FinancialYear(2024)
    amounts = (YearAmount(year, 100_000_00),)
    council.do(
        asked.RecordMtfsLine("m1", "AD14", "Placements", Fund.GENERAL_FUND, amounts),
        asked.RecordMtfsLine("m2", "AD17", "Supported living", Fund.GENERAL_FUND, amounts),
        by="fay",
    )
    council.do(asked.AdmitToMtfs("m1", homes, year, 100_000_00), by="fay")
    found = report(council, "2024-04").status.mtfs
    assert [(one.line or one.benefit, one.amount) for one in found] == [
        ("AD17 Supported living", 100_000_00),
        ("Fewer homes", 20_000_00),
    ]


def test_an_override_is_said_with_its_reason_and_makes_no_money_delivered(
    council: Scenario,
) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    override = delivery.OverrideStatus(homes, Status.AT_RISK, "Demand rises.", date(2024, 6, 30))
    council.do(override)
    (exception,) = report(council, "2024-04").status.exceptions
    assert exception.cause.startswith("Demand rises.")
    assert exception.override == "Set by hand until 30 June 2024."
    assert report(council, "2024-07").status.strip_total.delivered == 0


def test_a_date_reached_after_the_month_waits_for_the_next_report(council: Scenario) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.on("2024-08-02")
    council.do(delivery.ReachMilestone(homes, f"{homes}-starts", date(2024, 8, 1)))
    july = kept(council, Month(2024, 7)).milestones
    (slipped,) = july.slipped
    assert slipped.note.startswith("Overdue: no new date is given.")
    assert july.reached == ()
    council.on("2024-09-02")
    august = kept(council, Month(2024, 8)).milestones
    assert [(one.expected, one.days_late) for one in august.reached] == [(date(2024, 8, 1), 31)]
    assert (august.slipped, report(council, "2024-09").milestones.reached) == ((), ())


def test_a_decision_is_printed_in_one_report_only(council: Scenario) -> None:
    homes = council.identified("Fewer homes", saves(120_000, "2024-07"))
    council.validated(homes)
    council.on("2024-05-02")
    assert len(kept(council, Month(2024, 4)).decisions.taken) == 1
    assert report(council, "2024-05").decisions.taken == ()
