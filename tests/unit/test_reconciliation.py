"""Planned beside delivered: the worked examples of delay, erosion and in-year money."""

import pytest

from benefits.money import parse_pounds as pence
from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature, Tranche
from reports.lines import still_expected
from reports.reconciliation import (
    Cash,
    Lines,
    PennyLeftOver,
    Recurring,
    cash,
    one_offs,
    recurring,
    total,
)

Y24, Y25, Y26 = FinancialYear(2024), FinancialYear(2025), FinancialYear(2026)
SUMMER = Month(2024, 6)


def yearly(amount: str, month: str, names: FinancialYear | None = None) -> Tranche:
    begins = Month.parse(month)
    return Tranche(pence(amount), Nature.RECURRING, begins, names or begins.financial_year)


def once(amount: str, month: str, names: FinancialYear | None = None) -> Tranche:
    falls = Month.parse(month)
    return Tranche(pence(amount), Nature.ONE_OFF, falls, names or falls.financial_year)


JULY = (yearly("120,000", "2024-07"),)


def lines(
    plan: tuple[Tranche, ...] = JULY,
    forecast: tuple[Tranche, ...] | None = None,
    claimed: tuple[Tranche, ...] = (),
    verified: tuple[Tranche, ...] = (),
    original: tuple[Tranche, ...] | None = None,
) -> Lines:
    return Lines(
        "B1",
        original=plan if original is None else original,
        plan=plan,
        forecast=plan if forecast is None else forecast,
        claimed=claimed,
        verified=verified,
    )


def test_as_planned_the_cash_is_90_000_and_then_120_000_with_no_gap() -> None:
    first, second = cash(lines(), Y24, SUMMER), cash(lines(), Y25, SUMMER)
    assert (first.plan, first.still_forecast, first.gap) == (pence("90,000"), pence("90,000"), 0)
    assert (second.plan, second.still_forecast) == (pence("120,000"), pence("120,000"))
    assert recurring(lines(), Y24, SUMMER).still_forecast == pence("120,000")


def test_delayed_to_next_april_90_000_is_lost_for_good_and_120_000_slips() -> None:
    late = lines(forecast=(yearly("120,000", "2025-04", Y24),))
    annual = recurring(late, Y24, SUMMER)
    first, second = cash(late, Y24, SUMMER), cash(late, Y25, SUMMER)
    assert (annual.still_forecast, annual.slipped, annual.not_delivered) == (0, pence("120,000"), 0)
    assert (first.lost_by_delay, first.not_delivered) == (pence("90,000"), 0)
    assert (second.still_forecast, second.gap) == (pence("120,000"), 0)
    assert first.plan + second.plan == pence("210,000")
    assert first.still_forecast + second.still_forecast == pence("120,000")


def test_delayed_to_october_30_000_is_lost_and_nothing_slips() -> None:
    late = lines(forecast=(yearly("120,000", "2024-10"),))
    assert cash(late, Y24, SUMMER).lost_by_delay == pence("30,000")
    assert recurring(late, Y24, SUMMER).slipped == 0


def test_one_months_delay_costs_10_000() -> None:
    late = lines(forecast=(yearly("120,000", "2024-08"),))
    assert cash(late, Y24, SUMMER).lost_by_delay == pence("10,000")


def test_a_claim_that_starts_later_than_planned_is_delay_too() -> None:
    late = lines(verified=(yearly("120,000", "2024-09"),))
    row = cash(late, Y24, SUMMER)
    assert (row.verified, row.still_forecast) == (pence("70,000"), 0)
    assert row.lost_by_delay == pence("20,000")


def test_what_is_no_longer_forecast_at_all_will_not_be_delivered() -> None:
    cut = lines(forecast=(yearly("48,000", "2024-07"),))
    annual, money = recurring(cut, Y24, SUMMER), cash(cut, Y24, SUMMER)
    assert (annual.still_forecast, annual.not_delivered) == (pence("48,000"), pence("72,000"))
    assert (money.not_delivered, money.lost_by_delay) == (pence("54,000"), 0)


def test_part_delayed_and_part_lost_are_told_apart() -> None:
    both = lines(forecast=(yearly("60,000", "2024-10"),))
    row = cash(both, Y24, SUMMER)
    assert row.lost_by_delay == pence("15,000")
    assert row.not_delivered == pence("45,000")


def test_claims_use_up_the_earliest_forecast_first() -> None:
    split = lines(
        forecast=(yearly("70,000", "2024-07"), yearly("50,000", "2025-04", Y24)),
        claimed=(yearly("80,000", "2024-07"),),
    )
    row = recurring(split, Y24, SUMMER)
    assert (row.claimed, row.still_forecast, row.slipped) == (pence("80,000"), 0, pence("40,000"))
    assert row.not_delivered == row.over_delivery == 0


def test_a_claim_delivered_next_year_still_meets_the_plan_year_that_it_names() -> None:
    late = lines(verified=(yearly("120,000", "2025-06", Y24),))
    assert recurring(late, Y24, Month(2025, 6)).verified == pence("120,000")
    assert recurring(late, Y25, Month(2025, 6)).over_delivery == 0
    assert cash(late, Y24, Month(2025, 6)).lost_by_delay == pence("90,000")
    assert cash(late, Y25, Month(2025, 6)).lost_by_delay == pence("20,000")


def test_more_than_planned_is_over_delivery_and_hides_no_other_benefits_shortfall() -> None:
    more = recurring(lines(verified=(yearly("150,000", "2024-07"),)), Y24, SUMMER)
    less = recurring(lines(forecast=()), Y24, SUMMER)
    both = total([more, less])
    assert both.current_plan == pence("240,000")
    assert both.over_delivery == pence("30,000")
    assert both.not_delivered == pence("120,000")


def test_approved_changes_lie_between_the_original_and_the_current_plan() -> None:
    changed = lines(plan=(yearly("90,000", "2024-07"),), original=JULY)
    row = recurring(changed, Y24, SUMMER)
    assert (row.original_plan, row.approved_changes) == (pence("120,000"), -pence("30,000"))
    assert cash(changed, Y24, SUMMER).approved_changes == -pence("22,500")


def test_a_start_before_the_plan_year_is_over_delivery_that_is_early() -> None:
    plan = (yearly("120,000", "2025-04"),)
    early = lines(plan=plan, verified=(yearly("120,000", "2025-01", Y25),))
    row = cash(early, Y24, Month(2025, 1))
    assert (row.over_delivery, row.early, row.late) == (pence("30,000"), pence("30,000"), 0)
    assert recurring(early, Y25, Month(2025, 1)).verified == pence("120,000")


def test_a_one_off_that_comes_a_year_late_moves_from_one_year_to_the_next() -> None:
    late = lines(plan=(once("50,000", "2024-10"),), forecast=(once("50,000", "2025-05", Y24),))
    first, second = cash(late, Y24, SUMMER), cash(late, Y25, SUMMER)
    assert (first.lost_by_delay, first.not_delivered) == (pence("50,000"), 0)
    assert (second.over_delivery, second.late, second.early) == (
        pence("50,000"),
        pence("50,000"),
        0,
    )
    assert one_offs(late, Y24, SUMMER).slipped == pence("50,000")


def test_a_one_off_that_comes_later_in_its_own_year_loses_nothing() -> None:
    late = lines(plan=(once("50,000", "2024-10"),), forecast=(once("50,000", "2025-03"),))
    row = cash(late, Y24, SUMMER)
    assert (row.gap, row.lost_by_delay) == (0, 0)


def test_planned_one_offs_are_no_part_of_the_recurring_basis() -> None:
    row = recurring(lines(plan=(once("50,000", "2024-10"),)), Y24, SUMMER)
    assert set(row.amounts().values()) == {0}


def test_100_07_a_year_met_by_three_claims_leaves_no_penny() -> None:
    parts = ("33.35", "33.35", "33.37")
    met = lines(
        plan=(yearly("100.07", "2024-07"),),
        verified=tuple(yearly(part, "2024-07") for part in parts[:2]),
        claimed=(yearly(parts[2], "2024-07"),),
    )
    row = cash(met, Y24, SUMMER)
    assert (row.plan, row.verified + row.claimed, row.gap) == (pence("75.06"), pence("75.06"), 0)


def test_the_to_date_columns_count_the_months_that_have_come() -> None:
    done = lines(verified=(yearly("120,000", "2024-08"),))
    row = cash(done, Y24, Month(2024, 10))
    assert (row.plan_to_date, row.verified_to_date) == (pence("40,000"), pence("30,000"))
    assert cash(done, Y24, Month(2024, 6)).verified_to_date == 0
    assert cash(done, Y24, Month(2025, 6)).verified_to_date == pence("80,000")


def test_when_the_year_ends_what_is_still_forecast_slips_and_its_cash_is_lost() -> None:
    before, after = Month(2025, 2), Month(2025, 3)
    assert recurring(lines(), Y24, before).still_forecast == pence("120,000")
    ended = recurring(lines(), Y24, after)
    assert (ended.still_forecast, ended.slipped) == (0, pence("120,000"))
    assert cash(lines(), Y24, after).lost_by_delay == pence("90,000")
    assert cash(lines(), Y25, after).still_forecast == pence("120,000")


def test_eroded_money_counts_until_it_is_lost_and_is_expected_again_after() -> None:
    eroded = lines(verified=(*JULY, yearly("-20,000", "2025-01", Y24)))
    annual = recurring(eroded, Y24, Month(2025, 1))
    assert (annual.verified, annual.still_forecast) == (pence("100,000"), pence("20,000"))
    row = cash(eroded, Y24, Month(2025, 1))
    assert (row.verified, row.still_forecast, row.gap) == (pence("85,000"), pence("5,000"), 0)
    ended = cash(eroded, Y24, Month(2025, 3))
    assert (ended.still_forecast, ended.lost_by_delay) == (0, pence("5,000"))
    assert ended.not_delivered == 0


def test_erosion_of_money_beyond_the_forecast_brings_nothing_back() -> None:
    eroded = lines(verified=(yearly("150,000", "2024-07"), yearly("-30,000", "2025-01", Y24)))
    assert still_expected(eroded, SUMMER) == []
    assert recurring(eroded, Y24, SUMMER).over_delivery == 0


def test_erosion_that_is_no_longer_forecast_will_not_be_delivered() -> None:
    eroded = lines(
        forecast=(yearly("100,000", "2024-07"),),
        verified=(*JULY, yearly("-20,000", "2025-01", Y24)),
    )
    assert recurring(eroded, Y24, SUMMER).not_delivered == pence("20,000")
    row = cash(eroded, Y24, SUMMER)
    assert (row.not_delivered, row.lost_by_delay) == (pence("5,000"), 0)


def test_an_in_year_claim_takes_its_money_out_of_the_cash_still_forecast() -> None:
    stood_in = lines(verified=(once("10,000", "2024-07"),))
    row = cash(stood_in, Y24, SUMMER)
    assert (row.verified, row.still_forecast, row.gap) == (pence("10,000"), pence("80,000"), 0)
    assert recurring(stood_in, Y24, SUMMER).verified == 0
    assert set(one_offs(stood_in, Y24, SUMMER).amounts().values()) == {0}


def test_in_year_claims_beyond_the_recurring_plan_are_over_delivery() -> None:
    more = lines(verified=(once("100,000", "2024-07"),))
    row = cash(more, Y24, SUMMER)
    assert (row.still_forecast, row.over_delivery) == (0, pence("10,000"))
    assert (row.early, row.late) == (0, 0)


def test_a_planned_fall_in_a_saving_is_no_over_delivery() -> None:
    falls = lines(plan=(yearly("120,000", "2024-04"), yearly("-20,000", "2025-04")))
    row = recurring(falls, Y25, SUMMER)
    assert (row.current_plan, row.still_forecast, row.over_delivery) == (
        -pence("20,000"),
        -pence("20,000"),
        0,
    )
    assert cash(falls, Y25, SUMMER).gap == 0


def test_a_row_with_a_penny_over_cannot_be_made_and_names_the_benefit() -> None:
    with pytest.raises(PennyLeftOver, match=r"Benefit B7 does not reconcile.*leaves £0\.01 over"):
        Recurring("B7", Y24, 100, 0, 100, 99, 0, 0, 0, 0, 0)
    with pytest.raises(PennyLeftOver, match="original plan and approved changes"):
        Recurring("B7", Y24, 100, 1, 100, 100, 0, 0, 0, 0, 0)
    with pytest.raises(PennyLeftOver, match="the gap in cash"):
        Cash("B7", Y24, 100, 0, 100, 90, 0, 0, 0, 9, 0, 0, 0, 0, 0)


def test_nothing_totals_to_nothing_and_unlike_rows_do_not_total() -> None:
    assert set(total([], Cash.nothing(Y24)).amounts().values()) == {0}
    with pytest.raises(ValueError, match="which table is empty"):
        total([])
    with pytest.raises(ValueError, match="cannot be added"):
        total([recurring(lines(), Y24, SUMMER), one_offs(lines(), Y24, SUMMER)])
