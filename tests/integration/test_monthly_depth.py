"""What the month's report says beyond the identity: overlaps, headroom, drivers, delay, risk."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benefits.commands import delivery, details, money
from benefits.commands import programme as asked
from benefits.discounting import OptimismBias
from benefits.periods import FinancialYear, Month
from benefits.plans import PlannedTranche, Profile, UnitModel, YearAmount
from benefits.refusals import Refused
from benefits.slippage import proposed
from benefits.tranches import Nature
from benefits.vocabulary import Fund, Point
from entrypoints.wiring import KINDS
from reports.as_known import as_known
from reports.monthly import Request
from reports.side_tables import SideTable
from tests.integration.of_a_month import annual, in_year, report
from tests.scenario import Scenario, begin, line, money_of, profile, saves
from workflows import commands

YEAR = FinancialYear(2024)
ONCE, RECURRING = Nature.ONE_OFF, Nature.RECURRING


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    return begin(migrated_sqlite_url, tmp_path)


def mtfs_line(council: Scenario, line: str, pounds: int) -> None:
    amounts = (YearAmount(YEAR, pounds * 100),)
    council.do(
        asked.RecordMtfsLine(line, line.upper(), "Placements", Fund.GENERAL_FUND, amounts), by="fay"
    )


def test_a_pound_of_an_mtfs_line_is_taken_off_once_across_benefits(council: Scenario) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    buses = council.in_delivery("Fewer buses", saves(120_000, "2024-07"))
    mtfs_line(council, "m1", 60_000)
    amounts = (YearAmount(YEAR, 50_000_00),)
    council.do(asked.AgreeOverlap("o1", homes, "m1", amounts, "fay", with_mtfs=True))
    second = asked.AgreeOverlap("o2", buses, "m1", amounts, "fay", with_mtfs=True)
    with pytest.raises(Refused, match="£50,000 by “Fewer homes”"):
        council.do(second)
    council.do(asked.CancelOverlap("o1", "Another line."))
    council.do(second)
    assert council.benefit(buses).overlaps["o2"].with_mtfs
    assert not council.benefit(homes).overlaps


def side(tables: tuple[SideTable, ...], title: str) -> SideTable:
    return next(table for table in tables if table.title == title)


def amounts(table: SideTable) -> list[tuple[int | None, ...]]:
    """The rows in whole pounds."""
    return [
        tuple(None if amount is None else amount // 100 for amount in row.amounts)
        for row in table.rows
    ]


def test_a_milestone_moved_from_july_to_october_proposes_a_forecast_that_loses_30_000(
    council: Scenario,
) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"), milestone="2024-06-30")
    council.do(delivery.ForecastMilestone(homes, f"{homes}-starts", date(2024, 9, 30), "Builders."))
    found = report(council, "2024-04")
    table = side(found.milestones.beside, "Forecasts that milestones propose")
    assert amounts(table) == [(30_000, 10_000, 0, 60_000)]
    assert "“The new service starts” moved. Proposed: £120,000 a year from October 2024" in (
        table.rows[0].note
    )
    assert annual(found).still_forecast == 120_000_00
    tranches = proposed(council.benefit(homes))
    assert tranches is not None
    council.forecast(homes, *tranches, reason="The builders are late.")
    after = report(council, "2024-04")
    assert after.milestones.beside == ()
    assert in_year(after).lost_by_delay == 30_000_00


def test_a_unit_model_is_split_into_volume_price_and_timing(council: Scenario) -> None:
    model = UnitModel(100, 60, 100_00, 12, "placements")
    plan = replace(saves(48_000, "2024-04"), drivers=model)
    homes = council.in_delivery("Fewer homes", plan)
    council.forecast(
        homes, money_of(36_000, "2024-04"), money_of(6_000, "2025-04", "2024/25"), reason="Slow."
    )
    council.on("2024-06-03").do(
        delivery.ReadDrivers(homes, Month(2024, 5), 70, 110_00, "Counted on 31 May.")
    )
    table = side(report(council, "2024-05").planned.beside, "What drives the difference")
    assert amounts(table) == [(48_000, 39_600, -8_400, -6_000, 3_600, -6_000)]
    assert "a change of 30 placements of the 40 planned in all, worth £110 each" in (
        table.rows[0].note
    )
    assert all(t.title != table.title for t in report(council, "2024-04").planned.beside)


def test_the_likely_range_repeats_and_its_forecast_is_that_of_the_cash_table(
    council: Scenario,
) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.on("2024-08-02")
    council.verified(homes, council.claimed(homes, 40_000, "2024-07"))
    council.claimed(homes, 5_000, "2024-08", nature=Nature.ONE_OFF)
    found = report(council, "2024-08")
    table = side(found.planned.beside, "The likely range")
    p10, p50, p90, expected, plan = table.rows[0].amounts
    cash = in_year(found)
    assert expected == cash.verified + cash.claimed + cash.still_forecast
    assert plan == cash.plan == 90_000_00
    assert p10 is not None
    assert p50 is not None
    assert p90 is not None
    assert 30_000_00 < p10 < p50 < p90 < 95_000_00
    assert report(council, "2024-08").planned.beside == found.planned.beside


def test_past_confidence_is_set_beside_what_it_delivered(council: Scenario) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.on("2025-04-04")
    council.verified(homes, council.claimed(homes, 90_000, "2024-07"))
    title = "What past confidence delivered"
    assert all(one.title != title for one in report(council, "2025-02").planned.beside)
    table = side(report(council, "2025-03").planned.beside, title)
    assert [(row.label, row.note) for row in table.rows] == [
        ("High confidence", "75% of 1 plan year of a benefit.")
    ]
    assert amounts(table) == [(120_000, 90_000)]


def test_value_for_money_is_nominal_and_discounted_apart(council: Scenario) -> None:
    homes = council.identified("Fewer homes", saves(120_000, "2024-07"))
    council.do(
        details.RecordInvestment(
            homes, "i1", "Refit", "building", "reserves", (line(100_000, "2024-04", ONCE),)
        )
    )
    council.validated(homes).started(homes)
    council.do(
        commands.SetOptimismBias(
            (OptimismBias("building", 20), OptimismBias("cash-releasing saving", 10)), "Past work."
        ),
        by="ada",
    )
    tables = report(council, "2024-05").planned.beside
    place = next(number for number, one in enumerate(tables) if one.title == "Value for money")
    nominal, discounted = tables[place : place + 2]
    assert amounts(nominal) == [
        (81_000, 120_000, -39_000),
        (108_000, 0, 108_000),
        (108_000, 0, 108_000),
        (108_000, 0, 108_000),
    ]
    assert nominal.words == ("All that was spent has come back by the end of 2025/26.",)
    assert discounted.rows[1].amounts[0] == 104_347_83
    assert "3.5% a year to year 30" in discounted.words[0]
    assert "building 20%" in discounted.words[1]


def test_headroom_is_the_low_end_less_the_line_and_what_is_verified_beyond_is_released(
    council: Scenario,
) -> None:
    ranged = PlannedTranche(RECURRING, Month(2024, 4), 40_000_00, 34_000_00, 37_000_00, 40_000_00)
    homes = council.in_delivery("Fewer homes", Profile((ranged,), Point.HIGH))
    mtfs_line(council, "m1", 33_000)
    council.do(asked.AdmitToMtfs("m1", homes, YEAR, 33_000_00), by="fay")
    council.on("2024-05-02")
    council.verified(homes, council.claimed(homes, 35_000, "2024-05"))
    table = side(report(council, "2024-05").status.beside, "Headroom in the medium-term plan")
    assert amounts(table) == [(33_000, 34_000, 1_000, 35_000, 2_000)]


def test_pressure_is_shown_beside_what_was_delivered_and_changes_no_status(
    council: Scenario,
) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-04"))
    council.on("2024-06-02")
    council.verified(homes, council.claimed(homes, 120_000, "2024-04"))
    before = report(council, "2024-05").status.strip_total
    council.do(
        money.RecordPressure(homes, "p1", Month(2024, 5), 30_000_00, "Prices rose."), by="fay"
    )
    status = report(council, "2024-05").status
    table = side(status.beside, "Delivered, and what pressure consumed")
    assert amounts(table) == [(20_000, 30_000, -10_000)]
    assert status.strip_total == before
    assert status.exceptions == ()


def test_what_replaces_a_withdrawn_benefit_is_followed_to_its_end(council: Scenario) -> None:
    first = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    second = council.in_delivery("Foster first", saves(100_000, "2024-07"))
    third = council.in_delivery("Family hubs", saves(90_000, "2024-07"))
    council.withdrawn(first, second).withdrawn(second, third)
    council.on("2024-07-05")
    council.verified(third, council.claimed(third, 60_000, "2024-07"))
    table = side(report(council, "2024-07").status.beside, "Delivered another way")
    assert amounts(table) == [(120_000, 90_000, 60_000)]
    assert table.rows[0].note.startswith("Replaced by Foster first (B")
    assert "then Family hubs (B" in table.rows[0].note


def test_what_delivers_earlier_years_plans_is_shown_apart_from_this_years(
    council: Scenario,
) -> None:
    plan = profile(line(120_000, "2024-04"), line(60_000, "2025-04"))
    homes = council.in_delivery("Fewer homes", plan)
    council.on("2025-05-06")
    for pounds, year in ((120_000, "2024/25"), (12_000, "2025/26")):
        council.verified(homes, council.claimed(homes, pounds, "2025-04", year))
    table = side(report(council, "2025-04").status.beside, "This year’s plan and earlier years’")
    assert amounts(table) == [(1_000, 10_000, 0, 11_000)]


def test_a_month_as_it_was_known_is_laid_beside_the_month_as_it_is_known_now(
    council: Scenario,
) -> None:
    homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.on("2024-08-05")
    claim = council.claimed(homes, 60_000, "2024-07")
    then = council.realise.store.head()[0]
    council.on("2024-09-05").verified(homes, claim, 40_000)
    now = council.realise.store.head()[0]
    request = Request("care", Month(2024, 7), now, "pat", council.at, draft=True)
    found = as_known(council.realise.store, KINDS, request, then, now)
    assert (found.then, found.now) == (then, now)
    verified = next(one for one in found.of("Summary") if one.row == "Verified")
    assert (verified.then, verified.now, verified.change) == (0, 40_000_00, 40_000_00)
    rows = [one for one in found.of("Planned and realised") if one.row == "2024/25"]
    assert ("Claimed, not yet verified", 60_000_00, 0) in [
        (one.figure, one.then, one.now) for one in rows
    ]
    assert found.sections[0] == "Summary"
    assert len(found.changed) < found.figures
    same = as_known(council.realise.store, KINDS, request, now, now)
    assert (same.changed, same.sections) == ((), ())
