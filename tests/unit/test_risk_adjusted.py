"""The likely range repeats, keeps to its ends and says what it rests on; calibration looks back."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from benefits.money import parse_pounds as pence
from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Confidence
from reports.calibration import Calibration, calibrate, stood_when
from reports.drawn import WHOLE, triangular
from reports.lines import Lines
from reports.risk_adjusted import (
    Likely,
    Uncertain,
    method,
    range_of,
    runs_for,
    simulate,
)

Y24, Y25, Y26 = FinancialYear(2024), FinancialYear(2025), FinancialYear(2026)
WINDOW = PlanWindow(Y24, 4)
SEED = "care 2024-10"
APRIL = Tranche.planned(pence("120,000"), Nature.RECURRING, Y24.first)


def _benefit(
    ref: str, confidence: Confidence | None, share: tuple[int, int, int] | None = None
) -> Uncertain:
    return Uncertain(ref, (), (), (APRIL,), confidence, share)


def test_verified_money_is_certain() -> None:
    done = Uncertain("B1", (APRIL,), (), (), Confidence.LOW)
    found = simulate([done], Y24.first, WINDOW, SEED)
    assert found.year_end == Likely(*[pence("120,000")] * 4)
    assert found.plan_total == Likely(*[pence("480,000")] * 4)


def test_a_range_is_a_share_of_the_committed_figure() -> None:
    assert range_of(80, None, 120, 100) == (800_000, 1_000_000, 1_200_000)
    assert range_of(80, 90, 120, 80) == (1_000_000, 1_125_000, 1_500_000)
    assert range_of(80, 130, 120, 80) is None
    assert range_of(0, None, 0, 0) is None
    assert range_of(-80, None, -120, -100) == (800_000, 1_000_000, 1_200_000)


def test_a_range_of_one_figure_and_sure_timing_leaves_only_the_months() -> None:
    exact = _benefit("B1", Confidence.HIGH, (WHOLE, WHOLE, WHOLE))
    found = simulate([exact], Y24.first, WINDOW, SEED)
    assert {found.year_end.p10, found.year_end.p90} == {pence("110,000"), pence("120,000")}
    assert found.year_end.expected == pence("120,000")


def test_the_same_seed_gives_the_same_range_and_another_month_another() -> None:
    many = [_benefit(f"B{number}", Confidence.MEDIUM) for number in range(30)]
    assert simulate(many, Y24.first, WINDOW, SEED) == simulate(many, Y24.first, WINDOW, SEED)
    assert simulate(many, Y24.first, WINDOW, SEED) != simulate(
        many, Y24.first, WINDOW, "care 2024-11"
    )


def test_the_range_is_the_one_that_every_computer_draws() -> None:
    two = [_benefit("B1", Confidence.MEDIUM), _benefit("B2", None, (500_000, 900_000, WHOLE))]
    found = simulate(two, Y24.first, WINDOW, SEED)
    assert (found.runs, found.seed) == (2_000, SEED)
    assert found.year_end == GOLDEN_YEAR
    assert found.plan_total == GOLDEN_PLAN


GOLDEN_YEAR = Likely(13_664_300, 16_551_100, 19_657_900, 24_000_000)
GOLDEN_PLAN = Likely(69_246_100, 78_063_500, 85_987_000, 96_000_000)


def test_the_run_rate_has_a_range_for_each_month_that_holds_what_is_verified() -> None:
    claimed = Tranche.planned(pence("12,000"), Nature.RECURRING, Y24.month(4))
    open_money = Uncertain("B1", (APRIL,), (claimed,), (APRIL,), Confidence.LOW)
    once = Tranche(pence("500,000"), Nature.ONE_OFF, Y24.first, Y24)
    found = simulate([open_money], Y24.month(7), WINDOW, SEED).run_rate
    alone = simulate([replace(open_money, verified=(APRIL, once))], Y24.month(7), WINDOW, SEED)
    assert list(found) == [Y24.month(7).plus(number) for number in range(42)]
    assert alone.run_rate == found  # what comes once runs in no month
    low, high = found[Y24.month(7)]
    # Only verified and claimed money runs at once; what was due in April comes later, if at all.
    assert pence("120,000") < low < high < pence("132,000")
    assert list(found.values()) == sorted(found.values())
    low, high = found[WINDOW.last.last]
    assert pence("180,000") < low < high < pence("252,000")


def test_lower_confidence_brings_less_and_a_wider_range() -> None:
    ranges = [
        simulate([_benefit("B1", level)], Y24.first, WINDOW, SEED).year_end
        for level in (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)
    ]
    for surer, less_sure in pairwise(ranges):
        assert surer.p50 > less_sure.p50
        assert surer.p90 - surer.p10 < less_sure.p90 - less_sure.p10


def test_a_large_programme_has_fewer_runs() -> None:
    assert [runs_for(n) for n in (0, 1, 100, 400, 5_000)] == [2_000, 2_000, 2_000, 500, 250]


@given(
    st.lists(st.integers(-3 * WHOLE, 3 * WHOLE), min_size=3, max_size=3).map(sorted),
    st.integers(0, WHOLE - 1),
)
def test_a_draw_stays_within_its_range_and_rises_with_what_was_drawn(
    share: list[int], drawn: int
) -> None:
    least, peak, most = share
    found = triangular((least, peak, most), drawn)
    assert least <= found <= most
    assert found <= triangular((least, peak, most), min(WHOLE - 1, drawn + 1)) + 1


def test_the_method_names_its_runs_its_seed_and_its_assumptions() -> None:
    words = " ".join(method(2_000, "event 12, which began the programme"))
    for said in ("2,000", "event 12", "independently", "certain", "90% to 105%"):
        assert said in words


def recurring(pounds: str, year: FinancialYear) -> Tranche:
    return Tranche.planned(pence(pounds), Nature.RECURRING, year.first)


def test_calibration_says_what_each_confidence_delivered_in_ended_years() -> None:
    low = [(date(2024, 1, 5), Confidence.LOW)]
    high = [(date(2024, 1, 5), Confidence.LOW), (date(2024, 3, 9), Confidence.HIGH)]
    short = Lines("B1", plan=(recurring("100", Y24),), verified=(recurring("40", Y24),))
    over = Lines("B2", plan=(recurring("100", Y24),), verified=(recurring("150", Y24),))
    open_year = Lines("B3", plan=(recurring("100", Y26),))
    found = calibrate([(short, low), (over, low), (short, high), (open_year, high)], Month(2026, 3))
    assert found == (
        Calibration(Confidence.LOW, 2, pence("200"), pence("140")),
        Calibration(Confidence.HIGH, 1, pence("100"), pence("40")),
    )
    assert [one.per_cent for one in found] == [70, 40]
    assert calibrate([(short, low)], Month(2025, 2)) == ()


def test_the_confidence_of_a_plan_year_is_the_one_it_began_with() -> None:
    stated = [
        (date(2024, 6, 1), Confidence.LOW),
        (date(2025, 2, 1), Confidence.MEDIUM),
        (date(2025, 9, 1), Confidence.HIGH),
    ]
    assert stood_when(stated, Y24) is Confidence.LOW
    assert stood_when(stated, Y25) is Confidence.MEDIUM
    assert stood_when(stated, Y26) is Confidence.HIGH
    assert stood_when(stated, FinancialYear(2023)) is None
