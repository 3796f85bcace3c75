"""What the month's report says beyond the identity: overlaps, headroom, drivers, delay, risk."""

from pathlib import Path

import pytest

from benefits.commands import programme as asked
from benefits.periods import FinancialYear
from benefits.plans import YearAmount
from benefits.refusals import Refused
from benefits.vocabulary import Fund
from tests.scenario import Scenario, begin, saves

YEAR = FinancialYear(2024)


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
