"""Ten days' slip may cost nothing or one month."""

from datetime import date

import pytest

from benefits.delay import cost_of_delay, counts_from, driven, months_lost, unclaimed
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


def test_a_milestone_drives_the_earliest_saving_from_its_month_on() -> None:
    january = Tranche.planned(pence("60,000"), Nature.RECURRING, Month(2025, 1))
    april = Tranche.planned(pence("24,000"), Nature.RECURRING, Month(2024, 4))
    assert driven([april, january, JULY], Month(2024, 6)) == [JULY]
    assert driven([april, january, JULY], Month(2024, 8)) == [january]
    assert driven([JULY], Month(2023, 6)) == [JULY]


def test_a_saving_of_which_no_month_was_said_begins_with_the_milestone_of_its_year() -> None:
    april = Tranche.planned(pence("70,000"), Nature.RECURRING, Month(2024, 4))
    next_april = Tranche.planned(pence("77,000"), Nature.RECURRING, Month(2025, 4))
    planned, now = date(2024, 7, 6), date(2024, 11, 1)
    begins = counts_from(planned)
    moved = driven([april, next_april], begins)
    assert [(t.amount, t.month, t.plan_year) for t in moved] == [(pence("70,000"), begins, Y24)]
    assert cost_of_delay(moved, months_lost(planned, now)) == {Y24: pence("17,500")}
    assert driven([next_april], begins) == [next_april]


def test_a_one_off_is_driven_by_no_milestone() -> None:
    sale = Tranche.planned(pence("50,000"), Nature.ONE_OFF, Month(2024, 7))
    assert driven([sale], Month(2024, 7)) == []


def test_what_is_claimed_already_is_not_delayed_by_a_milestone_still_to_come() -> None:
    claim = Tranche.planned(pence("84,000"), Nature.RECURRING, Month(2024, 8))
    other = Tranche.planned(pence("500,000"), Nature.RECURRING, Month(2025, 8))
    left = unclaimed([JULY], [claim, other])
    assert [t.amount for t in left] == [pence("36,000")]
    assert cost_of_delay(left, 1) == {Y24: pence("3,000")}
    assert unclaimed([JULY], [claim, claim]) == []
