"""Fifteen months of reports, each opening with the one before, over a year end and a withdrawal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benefits.commands import money
from benefits.periods import Month
from benefits.tranches import Nature
from benefits.vocabulary import Fund, Kind
from reports.contents import ReportContents
from reports.money_tables import CashRow, MovementTable, RecurringRow
from tests.integration.of_a_month import Y24, annual, headline, in_year, kept
from tests.scenario import Scenario, begin, line, money_of, profile, saves

ONCE = Nature.ONE_OFF


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    council = begin(migrated_sqlite_url, tmp_path)
    council.in_delivery("Homes", profile(line(120_000, "2024-07"), line(30_000, "2025-04")))
    council.in_delivery("Lease", profile(line(100.07, "2024-07"), line(15_000, "2024-12", ONCE)))
    council.in_delivery("Voids", saves(55_000, "2024-09"), fund=Fund.HRA)
    council.in_delivery("System", saves(20_000.01, "2024-06"), kind=Kind.DISBENEFIT)
    council.in_delivery("Demand", saves(70_000, "2024-08"), kind=Kind.COST_AVOIDANCE)
    receipt = saves(900_000, "2024-11", ONCE)
    council.in_delivery("Depot", receipt, kind=Kind.CAPITAL_RECEIPT, fund=Fund.CAPITAL)
    return council


def may(c: Scenario) -> None:
    c.verified("benefit-4", c.claimed("benefit-4", 20_000.01, "2024-06"), 19_999.99)


def july(c: Scenario) -> None:
    c.verified("benefit-1", c.claimed("benefit-1", 60_000, "2024-07", claim="k1"), 40_000)
    c.claimed("benefit-1", 30_000, "2024-08", claim="k2")
    c.forecast(
        "benefit-2", money_of(100.07, "2025-04", Y24), money_of(15_000, "2025-01", Y24, ONCE)
    )


def september(c: Scenario) -> None:
    c.verified("benefit-1", "k2")
    right = money_of(25_000.01, "2024-10", Y24)
    c.do(money.CorrectClaim("benefit-1", "k2", right, "It began later.", "4711"))
    c.verified("benefit-3", c.claimed("benefit-3", 60_000, "2024-09"))


def november(c: Scenario) -> None:
    c.do(money.ReportErosion("benefit-1", "e1", "k1", 10_000_03, Month(2024, 10), "A contract."))
    c.do(money.ConfirmErosion("benefit-1", "e1", "Seen."), by="fay")
    c.verified("benefit-6", c.claimed("benefit-6", 880_000, "2024-11", "", ONCE))


def january(c: Scenario) -> None:
    c.do(money.RejectClaim("benefit-1", "k2", "The ledger shows nothing."), by="fay")
    c.claimed("benefit-1", 9_000, "2025-01", Y24, ONCE, claim="k3")
    c.verified("benefit-1", "k3")


def march(c: Scenario) -> None:
    c.rebaselined("benefit-1", profile(line(90_000, "2024-07"), line(60_000, "2025-04")))
    c.withdrawn("benefit-2", "benefit-1")


def april(c: Scenario) -> None:
    c.verified("benefit-1", c.claimed("benefit-1", 20_000, "2025-04", Y24))


ACTS: dict[str, Callable[[Scenario], None]] = {
    "2024-06": may,
    "2024-08": july,
    "2024-10": september,
    "2024-12": november,
    "2025-02": january,
    "2025-04": march,
    "2025-05": april,
}


def printed(
    tables: tuple[MovementTable[RecurringRow], ...] | tuple[MovementTable[CashRow], ...],
) -> dict[str, RecurringRow | CashRow]:
    return {str(one.year): one.opening for one in tables if one.note.startswith("Cashable")}


def test_fifteen_months_tie_and_each_opens_with_what_the_last_one_printed(
    council: Scenario,
) -> None:
    before, reports = None, {}
    for number in range(15):
        month = Month(2024, 4).plus(number)
        after = month.plus(1)
        council.on(f"{after}-02")
        if str(after) in ACTS:
            ACTS[str(after)](council)
        reports[str(month)] = now = kept(council, month)
        if before is not None:
            for year, opening in printed(now.movements.recurring).items():
                was = annual(before, year)
                assert {n: getattr(opening, n) for n, _ in was.COLUMNS} == {
                    n: getattr(was, n) for n, _ in was.COLUMNS
                }
            for year, opening in printed(now.movements.cash).items():
                cash = in_year(before, year)
                assert {n: getattr(opening, n) for n, _ in cash.COLUMNS} == {
                    n: getattr(cash, n) for n, _ in cash.COLUMNS
                }
        before = now
    _by_hand(reports)


def _by_hand(reports: dict[str, ReportContents]) -> None:
    """Some of the figures on the way, worked by hand from what happened."""
    assert annual(reports["2024-07"]).verified == 40_000_00 - 19_999_99
    september = annual(reports["2024-09"])
    assert (september.verified, september.claimed) == (40_000_00 - 19_999_99 + 60_000_00, 0)
    december = annual(reports["2024-12"])
    assert december.verified == 40_000_00 - 10_000_03 - 19_999_99 + 60_000_00
    assert annual(reports["2025-02"]).slipped == 100_07
    year_end = annual(reports["2025-03"])
    assert year_end.still_forecast == 0
    assert year_end.current_plan == 90_000_00 + 55_000_00 - 20_000_01
    assert headline(reports["2025-03"], "Shortfall brought forward") == 0
    brought = headline(reports["2025-05"], "Shortfall brought forward")
    assert brought == 90_000_00 - (40_000_00 - 10_000_03) - 20_000_00
