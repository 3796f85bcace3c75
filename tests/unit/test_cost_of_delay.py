"""Ten days' slip may cost nothing or one month."""

from datetime import date

import pytest

from benefits.delay import cost_of_delay, counts_from, months_lost
from benefits.money import parse_pounds as pence
from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature, Tranche

Y24, Y25 = FinancialYear(2024), FinancialYear(2025)
JULY = Tranche.planned(pence("120,000"), Nature.RECURRING, Month(2024, 7))


@pytest.mark.parametrize(
    ("day", "lag", "month"),
    [
        (date(2024, 7, 1), 0, Month(2024, 7)),
        (date(2024, 7, 2), 0, Month(2024, 8)),
        (date(2024, 12, 31), 0, Month(2025, 1)),
        (date(2024, 7, 1), 2, Month(2024, 9)),
        (date(2024, 7, 15), 2, Month(2024, 10)),
    ],
)
def test_a_saving_counts_from_the_first_month_that_begins_on_or_after_its_milestone(
    day: date, lag: int, month: Month
) -> None:
    assert counts_from(day, lag) == month


def test_ten_days_may_cost_nothing_or_one_month_and_coming_sooner_costs_nothing() -> None:
    assert months_lost(date(2024, 6, 10), date(2024, 6, 20)) == 0
    assert months_lost(date(2024, 6, 25), date(2024, 7, 5)) == 1
    assert months_lost(date(2024, 6, 25), date(2024, 5, 5), 3) == 0


def test_one_months_delay_of_120_000_a_year_costs_10_000_and_nine_cost_the_years_90_000() -> None:
    assert cost_of_delay([JULY], 1) == {Y24: pence("10,000")}
    assert cost_of_delay([JULY], 9) == {Y24: pence("90,000")}
    assert cost_of_delay([JULY], 10) == {Y24: pence("90,000"), Y25: pence("10,000")}


def test_a_one_off_is_only_moved_and_no_delay_costs_nothing() -> None:
    sale = Tranche.planned(pence("50,000"), Nature.ONE_OFF, Month(2024, 7))
    assert cost_of_delay([sale], 3) == {}
    assert cost_of_delay([JULY], 0) == {}
