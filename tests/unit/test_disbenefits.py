"""A disbenefit is reconciled below nothing: a cost that grows is a shortfall, as it should be."""

from dataclasses import replace

from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature, Tranche
from reports.reconciliation import Cash, Lines, cash, recurring

Y24 = FinancialYear(2024)
COST = (Tranche.planned(-20_000_00, Nature.RECURRING, Month(2024, 7)),)
PLANNED = Lines("B1", original=COST, plan=COST, forecast=COST)


def named(row: Cash) -> dict[str, int]:
    return {column: amount for column, amount in row.amounts().items() if amount}


def test_a_planned_cost_is_still_forecast_and_nothing_is_over_delivered() -> None:
    assert named(cash(PLANNED, Y24, Month(2024, 5))) == {
        "original_plan": -15_000_00,
        "plan": -15_000_00,
        "still_forecast": -15_000_00,
    }


def test_a_cost_that_grows_is_money_that_will_not_be_delivered() -> None:
    dearer = replace(COST[0], amount=-30_000_00)
    row = recurring(replace(PLANNED, forecast=(dearer,)), Y24, Month(2024, 5))
    assert (row.still_forecast, row.not_delivered) == (-30_000_00, 10_000_00)


def test_a_cost_that_is_claimed_and_verified_in_part_leaves_no_penny() -> None:
    half = replace(COST[0], amount=-8_000_01)
    row = recurring(replace(PLANNED, verified=(half,)), Y24, Month(2024, 8))
    assert (row.verified, row.still_forecast) == (-8_000_01, -11_999_99)
    year = cash(replace(PLANNED, verified=(half,)), Y24, Month(2024, 8))
    assert year.verified + year.still_forecast == year.plan == -15_000_00
