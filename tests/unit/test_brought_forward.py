"""Earlier years' shortfalls, and how a year's verified cash was met."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.money import parse_pounds as pence
from benefits.periods import FinancialYear, Month
from benefits.profile import in_year_cash
from benefits.tranches import Nature, Tranche
from reports.brought_forward import HowMet, Shortfall, aged, brought_forward, how_met
from reports.lines import Lines, PennyLeftOver
from tests.unit.test_no_penny_left_over import YEARS, any_lines

Y22, Y23, Y24 = FinancialYear(2022), FinancialYear(2023), FinancialYear(2024)


def yearly(amount: str, month: str, names: FinancialYear | None = None) -> Tranche:
    begins = Month.parse(month)
    return Tranche(pence(amount), Nature.RECURRING, begins, names or begins.financial_year)


def once(amount: str, month: str, names: FinancialYear | None = None) -> Tranche:
    falls = Month.parse(month)
    return Tranche(pence(amount), Nature.ONE_OFF, falls, names or falls.financial_year)


PLAN = (yearly("100", "2022-04"), yearly("50", "2023-04"), yearly("30", "2024-04"))


def test_brought_forward_is_the_plan_of_earlier_years_less_what_is_verified_for_them() -> None:
    benefit = Lines(
        "B1", plan=PLAN, verified=(yearly("60", "2022-04"), yearly("10", "2024-06", Y22))
    )
    assert brought_forward(benefit, Y24) == (
        Shortfall(Y22, pence("30"), 2),
        Shortfall(Y23, pence("50"), 1),
    )


def test_claimed_money_is_not_yet_verified_and_this_years_plan_is_not_brought_forward() -> None:
    benefit = Lines("B1", plan=PLAN[1:], claimed=(yearly("50", "2023-04"),))
    assert brought_forward(benefit, Y24) == (Shortfall(Y23, pence("50"), 1),)
    assert brought_forward(benefit, Y23) == ()


def test_one_benefits_excess_never_lowers_anothers_shortfall() -> None:
    short = Lines("B1", plan=PLAN[:1])
    over = Lines("B2", plan=PLAN[:1], verified=(yearly("300", "2022-04"),))
    assert aged([over, short, short], Y24) == (Shortfall(Y22, pence("200"), 2),)


def test_eroded_money_is_short_again() -> None:
    verified = (yearly("100", "2022-04"), yearly("-40", "2023-10", Y22))
    assert brought_forward(Lines("B1", plan=PLAN[:1], verified=verified), Y24) == (
        Shortfall(Y22, pence("40"), 2),
    )


def test_in_year_claims_against_a_recurring_plan_are_met_from_one_offs_up_to_the_gap() -> None:
    benefit = Lines(
        "B1",
        plan=PLAN[:1],
        verified=(yearly("80", "2022-04"), once("15", "2022-09"), once("15", "2022-10")),
    )
    met = how_met(benefit, Y22, replaces_withdrawn=False)
    assert (met.as_approved, met.another_way, met.from_one_offs) == (pence("90"), 0, pence("20"))


def test_a_one_off_that_was_planned_is_as_approved() -> None:
    sale = once("15", "2022-09")
    benefit = Lines("B1", plan=(*PLAN[:1], sale), verified=(sale,))
    assert how_met(benefit, Y22, replaces_withdrawn=False).from_one_offs == 0
    alone = Lines("B1", plan=(sale,), verified=(once("20", "2022-09"),))
    assert how_met(alone, Y22, replaces_withdrawn=False).as_approved == pence("20")


def test_a_benefit_that_replaces_a_withdrawn_one_is_met_another_way() -> None:
    benefit = Lines("B2", plan=PLAN[:1], verified=(yearly("80", "2022-04"), once("5", "2022-09")))
    met = how_met(benefit, Y22, replaces_withdrawn=True)
    assert (met.as_approved, met.another_way, met.from_one_offs) == (0, pence("80"), pence("5"))


def test_to_date_counts_only_the_months_that_have_come() -> None:
    benefit = Lines("B1", plan=PLAN[:1], verified=(yearly("60", "2022-04"), once("30", "2022-09")))
    met = how_met(benefit, Y22, replaces_withdrawn=False, upto=Month(2022, 9))
    assert (met.verified, met.from_one_offs) == (pence("60"), pence("20"))


@given(any_lines, st.booleans(), st.sampled_from(YEARS), st.none() | st.integers(0, 11))
def test_how_it_was_met_sums_to_the_verified_cash(
    lines: Lines, replaces: bool, year: FinancialYear, number: int | None
) -> None:
    upto = None if number is None else year.first.plus(number)
    met = how_met(lines, year, replaces_withdrawn=replaces, upto=upto)
    parts = (met.as_approved, met.another_way, met.from_one_offs)
    assert sum(parts) == met.verified == in_year_cash(lines.verified, year, upto)
    assert min(parts) >= 0


def test_a_penny_over_in_how_it_was_met_names_the_benefit() -> None:
    with pytest.raises(PennyLeftOver, match=r"Benefit B1 .* £0\.01 over"):
        HowMet("B1", Y22, 100, 50, 40, 9)


def test_a_year_met_exactly_is_not_listed_and_a_year_a_penny_short_is() -> None:
    met = Lines("B1", plan=PLAN[:1], verified=(yearly("100", "2022-04"),))
    assert brought_forward(met, Y24) == ()
    penny = Lines("B1", plan=(yearly("0.01", "2022-04"),))
    assert brought_forward(penny, Y24) == (Shortfall(Y22, 1, 2),)
