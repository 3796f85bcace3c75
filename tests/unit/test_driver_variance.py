"""Volume, price and timing of a unit model sum to the whole; its readings are recorded once."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.commands.delivery import ReadDrivers
from benefits.driver_variance import driver_variance, latest_reading, split
from benefits.events import delivery, gates, money
from benefits.events.details import ProfileRecorded
from benefits.money import parse_pounds as pence
from benefits.periods import Month
from benefits.plans import DriverReading, Profile, UnitModel
from benefits.profile import modelled
from benefits.rules.table import RULES
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Point
from tests.given import World
from tests.unit.council import Y24, Y25, council, identified, recurring

B = "benefit-b1"
#: The paper's own: (450 - 207) x 304 x 52 = 3,841,344, phased 25/50/25.
MODEL = UnitModel(450, 207, pence("304"), 52, "placements", (25, 50, 25))
PLAN = modelled(MODEL, Y24)
PROFILE = Profile(
    tuple(recurring(one.amount, one.month) for one in PLAN), Point.STATED, drivers=MODEL
)
#: What one placement is worth in a year: 304 x 52 = 15,808.
PLACEMENT = pence("15,808")
OCTOBER = Month(2024, 10)


def read(volume: int, value: str = "", month: Month = OCTOBER) -> DriverReading:
    return DriverReading(month, volume, pence(value) if value else None, "", 9)


def approved(profile: Profile = PROFILE) -> World:
    world = identified().given(B, ProfileRecorded(profile))
    return world.given(B, gates.BenefitValidated("k", tuple(t.tranche for t in profile.tranches)))


def test_fewer_placements_ended_than_planned_is_volume_when_nothing_more_is_forecast() -> None:
    found = split(MODEL, PLAN, read(400), 0)
    assert found.planned == pence("960,336")
    assert (found.units, found.actual) == (50, 50 * PLACEMENT)
    assert found.difference == pence("790,400") - pence("960,336")
    assert (found.volume, found.price, found.timing) == (pence("-169,936"), 0, 0)


def test_what_is_forecast_to_come_later_is_timing_and_the_rest_is_volume() -> None:
    found = split(MODEL, PLAN, read(400), pence("100,000"))
    assert (found.timing, found.volume) == (pence("-100,000"), pence("-69,936"))
    assert split(MODEL, PLAN, read(400), pence("900,000")).volume == 0


def test_more_placements_ended_than_planned_is_early_as_far_as_less_is_forecast_later() -> None:
    found = split(MODEL, PLAN, read(380), pence("-50,000"))
    assert found.difference == 70 * PLACEMENT - pence("960,336")
    assert (found.timing, found.volume) == (pence("50,000"), pence("96,224"))


def test_another_price_of_the_units_that_came_is_price() -> None:
    found = split(MODEL, PLAN, read(400, "280"), 0)
    assert found.price == -50 * 24_00 * 52
    assert found.volume == pence("-169,936")


def test_a_volume_that_went_the_wrong_way_brings_less_than_nothing() -> None:
    found = split(MODEL, PLAN, read(460), 0)
    assert (found.units, found.actual) == (-10, -10 * PLACEMENT)
    growing = replace(MODEL, baseline_volume=207, planned_volume=450)
    assert split(growing, PLAN, read(257), 0).units == 50


@given(
    st.integers(0, 2_000),
    st.integers(0, 2_000),
    st.integers(1, 90_000),
    st.integers(1, 366),
    st.lists(st.integers(0, 100), min_size=1, max_size=4).filter(any),
    st.integers(0, 3_000),
    st.none() | st.integers(1, 90_000),
    st.integers(-(10**10), 10**10),
    st.integers(0, 60),
)
def test_volume_price_and_timing_sum_to_the_whole_to_the_penny(
    before: int,
    after: int,
    value: int,
    times: int,
    phasing: list[int],
    volume: int,
    now: int | None,
    moved: int,
    at: int,
) -> None:
    model = UnitModel(before, after, value, times, "units", tuple(phasing))
    reading = DriverReading(Month(2024, 4).plus(at), volume, now, "", 1)
    found = split(model, modelled(model, Y24), reading, moved)
    assert found.volume + found.price + found.timing == found.actual - found.planned
    assert abs(found.timing) <= abs(moved)


def test_a_benefit_is_split_at_its_latest_reading_and_by_its_own_forecast() -> None:
    world = approved()
    assert driver_variance(world.benefit("b1")) is None
    world.given(
        B,
        delivery.DriversRead(Month(2024, 9), 440),
        delivery.DriversRead(OCTOBER, 410, pence("304")),
        delivery.DriversRead(OCTOBER, 400, pence("304"), "Counted again."),
    )
    benefit = world.benefit("b1")
    found = driver_variance(benefit)
    assert found is not None
    assert (found.units, found.timing) == (50, 0)
    september = driver_variance(benefit, Month(2024, 9))
    assert september is not None
    assert september.units == 10
    assert latest_reading(benefit, Month(2024, 8)) is None
    first, *rest = PLAN
    less = Tranche(50 * PLACEMENT, Nature.RECURRING, first.month, Y24)
    late = Tranche(first.amount - less.amount, Nature.RECURRING, Y25.first, Y24)
    world.given(B, money.ForecastRecorded((less, late, *rest), "Fewer moves in summer."))
    found = driver_variance(world.benefit("b1"))
    assert found is not None
    assert (found.volume, found.timing) == (0, -late.amount)


READ = ReadDrivers("b1", Month(2024, 9), 400, pence("290"), "From the placements system.")


def test_a_reading_of_the_unit_model_is_recorded_once() -> None:
    world = approved()
    happened = delivery.DriversRead(Month(2024, 9), 400, pence("290"), READ.note)
    assert world.asked(RULES, READ) == [happened]
    assert world.asked(RULES, READ) == []
    assert world.asked(RULES, replace(READ, volume=401))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"month": Month(2024, 11)}, "November 2024"),
        ({"volume": -1}, "The units of the month"),
        ({"unit_value": 0}, "The value of one unit"),
        ({"note": "x" * 5001}, "The note has 5,001 characters"),
    ],
)
def test_a_reading_of_the_unit_model_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in approved().refused(RULES, replace(READ, **change))


def test_a_benefit_without_a_unit_model_has_nothing_to_read() -> None:
    assert "has no unit model" in identified(council()).refused(RULES, READ)
    plain = approved(replace(PROFILE, drivers=None)).given(B, delivery.DriversRead(OCTOBER, 1))
    assert driver_variance(plain.benefit("b1")) is None
