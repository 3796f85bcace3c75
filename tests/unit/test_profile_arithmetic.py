"""The worked examples of the money, and the promise that parts always sum to the whole."""

from hypothesis import given
from hypothesis import strategies as st

from benefits.money import parse_pounds
from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.plans import UnitModel
from benefits.profile import (
    in_year_cash,
    increments,
    laid,
    modelled,
    month_share,
    monthly_cash,
    phased,
    plan_total,
    reproduces,
    run_rate,
)
from benefits.tranches import Nature, Tranche

FIRST = FinancialYear(2018)
YEARS = [FIRST.plus(n) for n in range(5)]


def pence(written: str) -> int:
    return parse_pounds(written)


def from_april(amounts: list[str], first: FinancialYear = FIRST) -> list[Tranche]:
    return [
        Tranche.planned(pence(amount), Nature.RECURRING, first.plus(number).first)
        for number, amount in enumerate(amounts)
    ]


def once(amount: str, month: str) -> Tranche:
    return Tranche.planned(pence(amount), Nature.ONE_OFF, Month.parse(month))


def yearly(amount: str, month: str) -> Tranche:
    return Tranche.planned(pence(amount), Nature.RECURRING, Month.parse(month))


OXFORDSHIRE = from_april(["0", "14m", "18m", "10m", "4m"])


def test_oxfordshire_increments_give_the_run_rate_that_the_paper_prints() -> None:
    rates = [run_rate(OXFORDSHIRE, year) for year in YEARS]
    assert rates == [pence(p) for p in ("0", "14m", "32m", "42m", "46m")]


def test_oxfordshire_in_year_cash_over_the_five_years_is_134_million() -> None:
    assert plan_total(OXFORDSHIRE, PlanWindow(FIRST, 5)) == pence("134m")


def test_oxfordshire_cash_net_of_one_off_costs_and_its_running_total() -> None:
    costs = [pence(p) for p in ("4m", "9m", "2m", "2m", "1m")]
    net = [in_year_cash(OXFORDSHIRE, y) - cost for y, cost in zip(YEARS, costs, strict=True)]
    assert net == [pence(p) for p in ("-4m", "5m", "30m", "40m", "45m")]
    running = [sum(net[: n + 1]) for n in range(5)]
    assert running == [pence(p) for p in ("-4m", "1m", "31m", "71m", "116m")]


def test_the_leicestershire_proposal_has_a_run_rate_of_2_5_and_a_plan_total_of_8_million() -> None:
    first = FinancialYear(2026)
    plan = from_april(["0.5m", "2m"], first)
    assert increments(plan) == {first: pence("0.5m"), first.plus(1): pence("2m")}
    assert run_rate(plan, first.plus(3)) == pence("2.5m")
    assert plan_total(plan, PlanWindow(first, 4)) == pence("8m")


def test_the_leicestershire_savings_by_theme_run_up_to_the_cumulative_figures_of_the_paper() -> (
    None
):
    printed = ["18.7m", "39.1m", "60.2m", "79.1m", "99.7m", "120.6m", "141.8m", "159.9m"]
    steps = ["18.7m", "20.4m", "21.1m", "18.9m", "20.6m", "20.9m", "21.2m", "18.1m"]
    plan = from_april(steps)
    assert [run_rate(plan, FIRST.plus(n)) for n in range(8)] == [pence(p) for p in printed]


def test_120_000_a_year_from_july_is_90_000_in_its_first_year_and_120_000_in_the_next() -> None:
    plan = [yearly("120,000", "2024-07")]
    assert in_year_cash(plan, FinancialYear(2024)) == pence("90,000")
    assert in_year_cash(plan, FinancialYear(2025)) == pence("120,000")


def test_one_months_delay_of_120_000_a_year_costs_10_000() -> None:
    late = [yearly("120,000", "2024-08")]
    assert in_year_cash(late, FinancialYear(2024)) == pence("80,000")


def test_100_07_a_year_from_july_gives_75_06_in_its_first_year() -> None:
    assert in_year_cash([yearly("100.07", "2024-07")], FinancialYear(2024)) == pence("75.06")


def test_the_cash_to_date_counts_the_month_that_it_is_taken_up_to() -> None:
    plan = [yearly("120,000", "2024-07"), once("7,000", "2024-09")]
    assert in_year_cash(plan, FinancialYear(2024), Month(2024, 6)) == 0
    assert in_year_cash(plan, FinancialYear(2024), Month(2024, 8)) == pence("20,000")
    assert in_year_cash(plan, FinancialYear(2024), Month(2024, 9)) == pence("37,000")
    assert in_year_cash(plan, FinancialYear(2024), Month(2023, 9)) == 0
    assert in_year_cash(plan, FinancialYear(2024), Month(2026, 9)) == pence("97,000")


def test_a_one_off_counts_once_and_is_no_part_of_increments_or_the_run_rate() -> None:
    plan = [once("50,000", "2024-10")]
    assert [in_year_cash(plan, FinancialYear(y)) for y in (2024, 2025)] == [pence("50,000"), 0]
    assert increments(plan) == {}
    assert run_rate(plan, FinancialYear(2025)) == 0


PLACEMENTS = UnitModel(450, 207, pence("304"), 52, "placements", (25, 50, 25))


def test_the_drivers_of_the_paper_reproduce_its_profile() -> None:
    assert PLACEMENTS.total == pence("3,841,344")
    assert phased(PLACEMENTS) == [pence("960,336"), pence("1,920,672"), pence("960,336")]
    assert reproduces(PLACEMENTS, modelled(PLACEMENTS, FIRST))


def test_drivers_do_not_reproduce_a_profile_that_is_a_penny_out_or_phased_otherwise() -> None:
    assert not reproduces(PLACEMENTS, from_april(["960,336", "1,920,672", "960,336.01"]))
    assert not reproduces(PLACEMENTS, from_april(["1,920,672", "960,336", "960,336"]))
    assert not reproduces(PLACEMENTS, [])


def test_drivers_that_wait_a_year_reproduce_a_profile_that_starts_a_year_on() -> None:
    model = UnitModel(10, 0, 100, 1, "visits", (0, 100))
    assert reproduces(model, [yearly("10", "2024-04")])


amounts = st.integers(-(10**12), 10**12)
months = st.integers(0, 60).map(lambda n: Month(2022, 4).plus(n))
tranches = st.builds(Tranche.planned, amounts, st.sampled_from(Nature), months)


@given(amounts)
def test_the_twelve_months_of_an_annual_amount_sum_to_it(annual: int) -> None:
    assert sum(month_share(annual, number) for number in range(1, 13)) == annual


@given(st.lists(tranches, max_size=6), st.integers(2022, 2027))
def test_the_months_of_a_year_sum_to_its_cash(plan: list[Tranche], start: int) -> None:
    year = FinancialYear(start)
    by_month = monthly_cash(plan, year.months())
    assert sum(by_month.values()) == in_year_cash(plan, year)
    running = 0
    for month in year.months():
        running += by_month[month]
        assert in_year_cash(plan, year, month) == running


@given(st.lists(st.lists(tranches, max_size=4), max_size=5), st.integers(2022, 2027))
def test_layers_always_sum_to_the_whole(lists: list[list[Tranche]], start: int) -> None:
    year = FinancialYear(start)
    together = [tranche for layer in lists for tranche in layer]
    assert sum(laid(lists, year)) == in_year_cash(together, year)


@given(
    st.tuples(*[st.integers(1, 10**9)] * 3),
    st.integers(0, 11),
    st.integers(0, 3),
)
def test_three_claims_that_meet_a_plan_exactly_leave_no_penny(
    parts: tuple[int, ...], month: int, later: int
) -> None:
    begins = Month(2024, 4).plus(month)
    claims = [[Tranche.planned(part, Nature.RECURRING, begins)] for part in parts]
    plan = [Tranche.planned(sum(parts), Nature.RECURRING, begins)]
    year = FinancialYear(2024).plus(later)
    assert sum(laid(claims, year)) == in_year_cash(plan, year)


def test_three_claims_worked_singly_would_have_left_a_penny() -> None:
    claims = [
        [yearly("33.35", "2024-07")],
        [yearly("33.35", "2024-07")],
        [yearly("33.37", "2024-07")],
    ]
    year = FinancialYear(2024)
    assert sum(in_year_cash(claim, year) for claim in claims) != pence("75.06")
    assert sum(laid(claims, year)) == pence("75.06")
