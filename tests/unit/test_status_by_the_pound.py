"""Each pound of the plan has one status; the strip sums to the plan and over-delivery."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.money import parse_pounds as pence
from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Status
from reports.reconciliation import Lines, one_offs, recurring
from reports.status import NotAnOverride, Override, Signs, Strip, strip, total
from tests.unit.test_no_penny_left_over import YEARS, any_lines, months

Y24 = FinancialYear(2024)
SPRING, AUTUMN = Month(2024, 5), Month(2024, 10)


def yearly(amount: str, month: str = "2024-07", names: FinancialYear = Y24) -> Tranche:
    return Tranche(pence(amount), Nature.RECURRING, Month.parse(month), names)


PLAN = (yearly("120"),)


def lines(
    forecast: tuple[Tranche, ...] = PLAN,
    claimed: tuple[Tranche, ...] = (),
    verified: tuple[Tranche, ...] = (),
) -> Lines:
    return Lines("B1", PLAN, PLAN, forecast, claimed, verified)


def amounts(one: Strip) -> tuple[int, int, int, int]:
    return (one.delivered, one.on_track, one.at_risk, one.not_delivered)


def of(*pounds: str) -> tuple[int, ...]:
    return tuple(pence(p) for p in pounds)


def test_verified_is_delivered_and_claimed_is_on_track() -> None:
    stands = strip(lines(verified=(yearly("50"),), claimed=(yearly("70"),)), Y24, AUTUMN)
    assert amounts(stands) == of("50", "70", "0", "0")


def test_forecast_is_on_track_until_its_month_has_passed_unclaimed() -> None:
    assert amounts(strip(lines(), Y24, SPRING)) == of("0", "120", "0", "0")
    assert amounts(strip(lines(), Y24, Month(2024, 7))) == of("0", "0", "120", "0")
    part = lines(claimed=(yearly("100"),))
    assert amounts(strip(part, Y24, AUTUMN)) == of("0", "100", "20", "0")


def test_slipped_is_at_risk_and_what_will_not_come_is_red() -> None:
    stands = strip(lines(forecast=(yearly("80", "2025-04"),)), Y24, SPRING)
    assert amounts(stands) == of("0", "0", "80", "40")


@pytest.mark.parametrize("signs", [Signs(milestone_overdue=True), Signs(low_confidence=True)])
def test_an_overdue_milestone_or_low_confidence_puts_what_is_on_track_at_risk(signs: Signs) -> None:
    stands = strip(lines(verified=(yearly("50"),), claimed=(yearly("30"),)), Y24, SPRING, signs)
    assert amounts(stands) == of("50", "0", "70", "0")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.ON_TRACK, of("50", "70", "0", "0")),
        (Status.AT_RISK, of("50", "0", "70", "0")),
        (Status.WILL_NOT_BE_DELIVERED, of("50", "0", "0", "70")),
    ],
)
def test_an_override_moves_what_is_not_verified_while_it_lasts(
    status: Status, expected: tuple[int, ...]
) -> None:
    benefit = lines(verified=(yearly("50"),))
    signs = Signs(override=Override(status, "The contract is signed.", AUTUMN))
    assert amounts(strip(benefit, Y24, AUTUMN, signs)) == expected
    after = AUTUMN.plus(1)
    assert strip(benefit, Y24, after, signs) == strip(benefit, Y24, after)


def test_no_override_makes_money_delivered() -> None:
    with pytest.raises(NotAnOverride, match="only finance's verification"):
        Override(Status.DELIVERED, "We feel it is.", AUTUMN)


def test_over_delivery_is_in_the_strip_and_never_red() -> None:
    stands = strip(lines(verified=(yearly("150"),)), Y24, AUTUMN)
    assert amounts(stands) == of("150", "0", "0", "0")
    assert stands.worst() is Status.DELIVERED


def test_one_offs_count_by_the_year_they_were_planned_for() -> None:
    sale = Tranche.planned(pence("30"), Nature.ONE_OFF, Month(2024, 9))
    benefit = Lines("B1", (sale,), (sale,), (sale,), verified=(sale,))
    assert amounts(strip(benefit, Y24, AUTUMN)) == of("30", "0", "0", "0")


@pytest.mark.parametrize(
    ("pounds", "tolerance", "worst"),
    [
        (("100", "0", "0", "0"), 0, Status.DELIVERED),
        (("60", "40", "0", "0"), 0, Status.ON_TRACK),
        (("60", "39", "0", "1"), 0, Status.WILL_NOT_BE_DELIVERED),
        (("60", "35", "0", "5"), 5, Status.ON_TRACK),
        (("60", "34", "0", "6"), 5, Status.WILL_NOT_BE_DELIVERED),
        (("60", "34", "2", "4"), 5, Status.AT_RISK),
        (("0", "0", "0", "0"), 5, Status.ON_TRACK),
    ],
)
def test_a_benefit_shows_its_worst_status_above_tolerance(
    pounds: tuple[str, ...], tolerance: int, worst: Status
) -> None:
    delivered, on_track, at_risk, red = of(*pounds)
    plan = sum(of(*pounds))
    assert Strip(delivered, on_track, at_risk, red, plan).worst(tolerance) is worst


signs = st.builds(
    Signs,
    st.booleans(),
    st.booleans(),
    st.none()
    | st.builds(
        Override,
        st.sampled_from([s for s in Status if s is not Status.DELIVERED]),
        st.just("Because."),
        months,
    ),
)


@given(st.lists(st.tuples(any_lines, signs), max_size=4), months, st.sampled_from(YEARS))
def test_the_strip_always_sums_to_the_plan_and_over_delivery(
    benefits: list[tuple[Lines, Signs]], upto: Month, year: FinancialYear
) -> None:
    whole = total(strip(one, year, upto, known) for one, known in benefits)
    rows = [w(one, year, upto) for one, _ in benefits for w in (recurring, one_offs)]
    assert sum(amounts(whole)) == sum(r.current_plan + r.over_delivery for r in rows)
    assert min(amounts(whole)) >= 0
    assert whole.delivered == sum(r.verified for r in rows)


def test_the_strip_of_many_benefits_sums_each_status() -> None:
    one, other = Strip(1, 20, 300, 4000, 4321), Strip(5, 60, 700, 8000, 8765)
    assert total([one, other]) == Strip(6, 80, 1000, 12000, 13086)
    assert total([]) == Strip(0, 0, 0, 0, 0)


def test_without_a_tolerance_a_single_penny_is_shown() -> None:
    assert Strip(9_999, 0, 0, 1, 10_000).worst() is Status.WILL_NOT_BE_DELIVERED
    assert Strip(9_999, 1, 0, 0, 10_000).worst() is Status.ON_TRACK
    assert Strip(1, 0, 0, 0, 1).worst() is Status.DELIVERED
