"""Discounted value at dated rates, what is allowed for optimism, and payback."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.discounting import (
    GREEN_BOOK,
    DiscountRates,
    RateStep,
    discounted,
    factor,
    less_optimism,
    more_cost,
    rates_on,
    said,
)
from benefits.money import parse_pounds as pence
from benefits.periods import FinancialYear
from reports.green_book import Discounted, MixedValues, Nominal, appraise

YEARS = [FinancialYear(2018 + number) for number in range(5)]


def by_year(*millions: int) -> dict[FinancialYear, int]:
    return dict(zip(YEARS, (pence(f"{amount}m") for amount in millions), strict=True))


#: Oxfordshire: run rates 0, 14, 32, 42, 46 less one-off costs of 4, 9, 2, 2, 1 (GBP m).
OXFORDSHIRE = appraise(YEARS, by_year(0, 14, 32, 42, 46), by_year(4, 9, 2, 2, 1), GREEN_BOOK)


def test_oxfordshires_nominal_net_is_116_million_and_pays_back_in_its_second_year() -> None:
    assert [one.net.pence // 100_000_000 for one in OXFORDSHIRE.years] == [-4, 5, 30, 40, 45]
    assert OXFORDSHIRE.net == Nominal(pence("116m"))
    assert OXFORDSHIRE.payback == FinancialYear(2019)
    assert OXFORDSHIRE.discounted_payback == FinancialYear(2019)


def test_its_value_in_the_first_years_money_is_worked_at_3_5_per_cent() -> None:
    nets = [one.discounted_net.pence for one in OXFORDSHIRE.years]
    by_hand = [
        Decimal(net) * 100_000_000 / Decimal("1.035") ** year
        for year, net in enumerate((-4, 5, 30, 40, 45))
    ]
    assert all(abs(net - hand) <= 1 for net, hand in zip(nets, by_hand, strict=True))
    assert OXFORDSHIRE.net_present_value.pence == sum(nets)
    assert OXFORDSHIRE.hundredths_per_pound == 704


def test_years_0_to_30_are_at_3_5_then_3_then_2_5_per_cent() -> None:
    assert factor(GREEN_BOOK, 0) == 1
    assert round(factor(GREEN_BOOK, 30), 4) == Decimal("0.3563")
    assert round(factor(GREEN_BOOK, 30) / factor(GREEN_BOOK, 31), 6) == Decimal("1.03")
    assert round(factor(GREEN_BOOK, 75) / factor(GREEN_BOOK, 76), 6) == Decimal("1.025")
    assert said(GREEN_BOOK) == "3.5% a year to year 30, then 3.0% to year 75, then 2.5%"


def test_the_councils_own_rates_hold_from_their_day() -> None:
    lower = DiscountRates(date(2025, 4, 1), (RateStep(0, "1.5"),))
    put_right = DiscountRates(date(2025, 4, 1), (RateStep(0, "2"),))
    assert rates_on(date(2025, 3, 31), [lower, put_right]) == GREEN_BOOK
    assert rates_on(date(2025, 4, 1), [lower]) == lower
    assert rates_on(date(2026, 1, 1), [lower, put_right]) == put_right
    assert said(lower) == "1.5% a year"
    assert discounted(pence("102"), put_right, 1) == pence("100")


def test_optimism_lowers_benefits_and_raises_costs() -> None:
    assert less_optimism(pence("1,000"), 15) == pence("850")
    assert less_optimism(pence("-1,000"), 15) == pence("-1,000")
    assert more_cost(pence("1,000"), 24) == pence("1,240")
    assert (less_optimism(1, 50), more_cost(1, 50)) == (1, 1)


def test_nominal_and_discounted_pounds_are_never_mixed() -> None:
    for left, right in ((Nominal(1), Discounted(1)), (Discounted(1), Nominal(1))):
        with pytest.raises(MixedValues):
            left + right  # type: ignore[operator]
        with pytest.raises(MixedValues):
            left - right  # type: ignore[operator]
    assert Nominal(3) - Nominal(1) == Nominal(2)
    assert Discounted(3) - Discounted(1) == Discounted(2)


def test_what_never_comes_back_has_no_payback_and_what_costs_nothing_needs_none() -> None:
    never = appraise(YEARS, by_year(0, 1, 1, 1, 1), by_year(9, 0, 0, 0, 0), GREEN_BOOK)
    assert never.payback is None
    free = appraise(YEARS, by_year(1, 1, 1, 1, 1), by_year(0, 0, 0, 0, 0), GREEN_BOOK)
    assert (free.payback, free.hundredths_per_pound) == (None, None)
    again = appraise(YEARS, by_year(0, 9, 0, 9, 9), by_year(4, 0, 9, 0, 0), GREEN_BOOK)
    assert again.payback == FinancialYear(2021)


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=40))
def test_discounting_never_raises_an_amount_and_the_years_sum_to_the_whole(
    amounts: list[int],
) -> None:
    years = [FinancialYear(2020 + number) for number in range(len(amounts))]
    found = appraise(years, dict(zip(years, amounts, strict=True)), {}, GREEN_BOOK)
    for year, amount in zip(found.years, amounts, strict=True):
        assert abs(year.discounted_benefits.pence) <= abs(amount)
    assert found.net_present_value.pence == sum(y.discounted_net.pence for y in found.years)
    assert found.years[0].discounted_benefits.pence == amounts[0]
