"""A milestone that moves proposes a forecast, says what it costs, and a person accepts it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from benefits.benefit import Benefit
from benefits.commands.money import RecordForecast
from benefits.events import delivery, details, gates, money
from benefits.money import parse_pounds as pence
from benefits.periods import FinancialYear, Month
from benefits.profile import in_year_cash
from benefits.rules.table import RULES
from benefits.slippage import proposal, proposed, slippage
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Cause
from tests.given import World
from tests.unit import council
from tests.unit.council import Y24, Y25, profile, recurring, tranche

JULY = tranche(pence("120,000"))
B = "benefit-b1"


def driven(*moved: delivery.MilestoneForecast, lag: int = 0) -> World:
    """120,000 a year from July, which begins when the contract is let on 30 June."""
    step = delivery.MilestonePlanned("m1", "Contract let", date(2024, 6, 30), None, True, lag)
    return council.validated().given(B, step, *moved)


def moved(day: date) -> delivery.MilestoneForecast:
    return delivery.MilestoneForecast("m1", day, "Tenders were late.")


def _of(world: World) -> Benefit:
    return world.benefit("b1")


def test_july_to_october_loses_30_000_in_the_year_and_slips_nothing() -> None:
    found = proposal(_of(driven(moved(date(2024, 9, 30)))))
    assert found is not None
    assert found.tranches == (Tranche(pence("120,000"), Nature.RECURRING, Month(2024, 10), Y24),)
    assert found.milestones == ("m1",)
    assert found.costs.lost_in(Y24) == pence("30,000")
    assert found.costs.lost_in(Y25) == 0
    assert found.costs.slipped == 0
    assert [amount for _, amount in found.costs.by_month] == [pence("10,000")] * 3
    assert (found.costs.part_year, found.costs.full_year_effect) == (
        pence("60,000"),
        pence("60,000"),
    )


def test_july_to_next_april_loses_90_000_for_good_and_slips_120_000() -> None:
    found = proposal(_of(driven(moved(date(2025, 3, 31)))))
    assert found is not None
    assert found.costs.lost_in(Y24) == pence("90,000")
    assert found.costs.slipped == pence("120,000")
    assert found.costs.months == 9
    assert (found.costs.part_year, found.costs.full_year_effect) == (pence("120,000"), 0)
    assert sum(in_year_cash(found.tranches, year) for year in (Y24, Y25)) == pence("120,000")


def test_ten_days_that_keep_the_month_propose_nothing_and_ten_that_do_not_cost_10_000() -> None:
    assert proposed(_of(driven(moved(date(2024, 7, 1))))) is None
    found = proposal(_of(driven(moved(date(2024, 7, 10)))))
    assert found is not None
    assert found.costs.lost_in(Y24) == pence("10,000")


def test_a_milestone_reached_on_another_day_than_expected_proposes_too() -> None:
    world = driven().given(B, delivery.MilestoneReached("m1", date(2024, 8, 5)))
    tranches = proposed(_of(world))
    assert tranches is not None
    assert tranches[0].month == Month(2024, 9)


def test_what_is_accepted_with_a_reason_is_proposed_no_more() -> None:
    world = driven(moved(date(2024, 9, 30)))
    tranches = proposed(_of(world))
    assert tranches is not None
    answer = world.asked(RULES, RecordForecast("b1", tranches, "The contract is late."), by="pat")
    assert answer == [money.ForecastRecorded(tranches, "The contract is late.")]
    assert proposed(_of(world)) is None


def test_a_forecast_recorded_since_is_a_persons_own_and_is_left_alone() -> None:
    world = driven(moved(date(2024, 9, 30)))
    world.given(B, money.ForecastRecorded((JULY,), "An interim contract holds the date."))
    assert proposed(_of(world)) is None
    world.given(B, moved(date(2024, 10, 31)))
    tranches = proposed(_of(world))
    assert tranches is not None
    assert tranches[0].month == Month(2024, 11)


def test_a_milestone_that_is_brought_back_proposes_the_planned_month_again_and_never_earlier() -> (
    None
):
    world = driven(moved(date(2024, 9, 30)))
    late = proposed(_of(world))
    assert late is not None
    world.given(B, money.ForecastRecorded(late, "Late."), moved(date(2024, 5, 15)))
    found = proposal(_of(world))
    assert found is not None
    assert found.tranches == (JULY,)
    assert found.costs.lost_in(Y24) == pence("-30,000")
    assert [amount for _, amount in found.costs.by_month] == [pence("-10,000")] * 3


def test_what_is_claimed_stays_and_only_the_rest_moves() -> None:
    world = council.delivering(planned=profile(recurring(pence("120,000"))))
    world.given(
        B,
        delivery.MilestonePlanned("m9", "Second site", date(2024, 6, 30), None, True),
        money.ClaimMade("c1", tranche(pence("40,000")), "R1"),
        delivery.MilestoneForecast("m9", date(2024, 9, 30), "Builders."),
    )
    assert proposed(_of(world)) == (
        Tranche(pence("40,000"), Nature.RECURRING, Month(2024, 7), Y24),
        Tranche(pence("80,000"), Nature.RECURRING, Month(2024, 10), Y24),
    )


def test_only_the_money_that_begins_with_the_milestone_moves() -> None:
    plan = profile(
        recurring(pence("60,000"), Month(2024, 7)), recurring(pence("24,000"), Y25.first)
    )
    world = council.validated(planned=plan).given(
        B,
        delivery.MilestonePlanned("m1", "First", date(2024, 6, 30), None, True),
        delivery.MilestonePlanned("m2", "Second", date(2025, 3, 31), None, True),
        delivery.MilestonePlanned("m3", "Told", date(2024, 6, 30)),
        moved(date(2024, 8, 31)),
        delivery.MilestoneForecast("m3", date(2025, 1, 1), "It drives nothing."),
    )
    assert proposed(_of(world)) == (
        Tranche(pence("60,000"), Nature.RECURRING, Month(2024, 9), Y24),
        Tranche(pence("24,000"), Nature.RECURRING, Y25.first, Y25),
    )


def test_money_filed_under_april_moves_only_when_its_milestone_is_late() -> None:
    plan = profile(recurring(pence("120,000"), Y24.first))
    world = council.validated(planned=plan).given(
        B, delivery.MilestonePlanned("m1", "Let", date(2024, 6, 10), None, True)
    )
    assert proposed(_of(world.given(B, moved(date(2024, 6, 20))))) is None
    found = proposal(_of(world.given(B, moved(date(2024, 9, 30)))))
    assert found is not None
    assert found.tranches[0].month == Month(2024, 10)


def test_a_one_off_moves_and_no_month_of_it_costs_anything() -> None:
    sale = tranche(pence("50,000"), Month(2024, 7), Nature.ONE_OFF)
    found = slippage([sale], [Tranche(sale.amount, sale.nature, Month(2025, 5), Y24)])
    assert (found.lost_in(Y24), found.lost_in(Y25)) == (pence("50,000"), pence("-50,000"))
    assert (found.by_month, found.slipped) == ((), 0)


def test_before_validation_and_after_a_re_baseline_nothing_is_proposed_twice() -> None:
    step = delivery.MilestonePlanned("m1", "Contract let", date(2024, 6, 30), None, True)
    early = council.identified().given(B, details.ProfileRecorded(profile()), step)
    assert proposed(_of(early.given(B, moved(date(2024, 9, 30))))) is None
    later = profile(recurring(pence("120,000"), Month(2024, 10)))
    plan = tuple(line.tranche for line in later.tranches)
    world = driven(moved(date(2024, 9, 30)))
    world.given(B, gates.PlanRebaselined("k", plan, later, Cause.SLIPPED, "Late."))
    assert proposed(_of(world)) is None
    tranches = proposed(_of(world.given(B, moved(date(2024, 12, 31)))))
    assert tranches is not None
    assert tranches[0].month == Month(2025, 1)


@given(
    st.lists(st.tuples(st.integers(1, 9_999_999), st.integers(0, 40)), min_size=1, max_size=4),
    st.integers(-30, 900),
    st.integers(0, 6),
)
def test_a_proposal_keeps_every_penny_and_its_months_sum_to_what_the_years_lose(
    lines: list[tuple[int, int]], days: int, lag: int
) -> None:
    plan = profile(*(recurring(amount, Month(2024, 4).plus(at)) for amount, at in lines))
    day = date(2024, 6, 30)
    world = council.validated(planned=plan).given(
        B,
        delivery.MilestonePlanned("m1", "Let", day, None, True, lag),
        moved(day + timedelta(days=days)),
    )
    benefit = _of(world)
    found = proposal(benefit)
    if found is None:
        return
    for year in {t.plan_year for t in benefit.plan}:
        assert sum(t.amount for t in found.tranches if t.plan_year == year) == sum(
            t.amount for t in benefit.plan if t.plan_year == year
        )
    assert all(t.amount > 0 for t in found.tranches)
    lost = sum(one.amount for one in found.costs.lost)
    assert lost == sum(amount for _, amount in found.costs.by_month)
    years = range(2024, 2035)
    assert lost == sum(
        in_year_cash(benefit.plan, FinancialYear(y))
        - in_year_cash(found.tranches, FinancialYear(y))
        for y in years
    )
