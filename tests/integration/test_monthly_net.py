"""Gross to net in a report: each thing is taken off once, and what was off before is said."""

from pathlib import Path

import pytest

from benefits.commands import details
from benefits.commands import programme as asked
from benefits.lifecycle import Gate
from benefits.periods import FinancialYear
from benefits.plans import Profile, YearAmount
from benefits.vocabulary import Fund, NetOf, Point
from reports.money_tables import Bridge
from tests.integration.of_a_month import report
from tests.scenario import Scenario, begin, line, saves

Y25 = FinancialYear(2025)


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    return begin(migrated_sqlite_url, tmp_path)


def mtfs_line(council: Scenario, pounds: int) -> None:
    amounts = (YearAmount(Y25, pounds * 100),)
    recorded = asked.RecordMtfsLine("m1", "AD14", "Placements", Fund.GENERAL_FUND, amounts)
    council.do(recorded, by="fay")


def kept_by_mtfs(benefit: str, pounds: int) -> asked.AgreeOverlap:
    amounts = (YearAmount(Y25, pounds * 100),)
    return asked.AgreeOverlap("o1", benefit, "m1", amounts, "fay", with_mtfs=True)


def steps(bridge: Bridge) -> dict[str, int]:
    return {step.label: step.amount for step in bridge.steps if step.amount}


def test_leicestershires_2_5m_is_net_of_470_000_already_and_that_is_not_taken_off_again(
    council: Scenario,
) -> None:
    lines = (line(500_000, "2024-04"), line(2_000_000, "2025-04"))
    homes = council.identified("Proposal", Profile(lines, Point.STATED, (NetOf.MTFS,)))
    mtfs_line(council, 470_000)
    council.do(details.StateOverlapCheck(homes, True, "The line AD14."))
    council.validated(homes)
    council.do(kept_by_mtfs(homes, 470_000))
    planned = report(council, "2024-04").planned
    bridge = planned.gross_to_net[-1]
    assert (bridge.start.amount, bridge.end.amount, steps(bridge)) == (
        2_500_000_00,
        2_500_000_00,
        {},
    )
    said = next(step for step in bridge.steps if step.label == "Existing MTFS, already off")
    assert said.note.startswith("£470,000 was already taken off")
    assert planned.cash_by_year.total.plan == 8_000_000_00


def test_existing_mtfs_value_comes_off_in_the_bridge_and_not_in_the_plan(council: Scenario) -> None:
    homes = council.identified("Homes", saves(120_000, "2025-04"))
    mtfs_line(council, 20_000)
    council.validated(homes)
    council.do(kept_by_mtfs(homes, 20_000))
    planned = report(council, "2024-04").planned
    assert planned.recurring_by_year.total.current_plan == 120_000_00
    assert steps(planned.gross_to_net[-1]) == {"Less existing MTFS": -20_000_00}


def test_what_an_overlap_gives_up_is_in_gross_and_off_in_net(council: Scenario) -> None:
    keeps = council.identified("Foster first", saves(50_000, "2025-04"))
    gives = council.identified("Fewer homes", saves(120_000, "2025-04"))
    amounts = (YearAmount(Y25, 30_000_00),)
    council.described(gives)
    council.do(asked.AgreeOverlap("o1", gives, keeps, amounts, "fay"))
    council.do(details.StateOverlapCheck(gives, True, "With foster first."))
    council.do(details.ConfirmValue(gives, "After the overlap."), by="fay")
    case = council.submitted(gives, Gate.VALIDATION)
    council.voted(gives, case, "chris").voted(gives, case, "sam")
    planned = report(council, "2024-04").planned
    assert planned.recurring_by_year.total.current_plan == 90_000_00
    bridge = planned.gross_to_net[-1]
    assert (bridge.start.amount, bridge.end.amount) == (120_000_00, 90_000_00)
    assert steps(bridge) == {"Less overlap": -30_000_00}


def test_investment_shared_by_two_funds_comes_off_once_in_a_bridge_of_its_own(
    council: Scenario,
) -> None:
    council.in_delivery("Homes", saves(100_000, "2024-04"))
    council.in_delivery("Voids", saves(50_000, "2024-04"), fund=Fund.HRA)
    team = (line(5_000, "2024-04"),)
    council.do(asked.RecordGroupInvestment("care", "i", "Programme team", "staff", "base", team))
    bridges = report(council, "2024-04").planned.gross_to_net
    ends = [bridge.end.amount for bridge in bridges if "plan year 2024/25" in bridge.caption]
    assert ends == [100_000_00, 50_000_00, 145_000_00]
