"""The story: a plain sentence for every event, that says what changed from what to what."""

from datetime import UTC, date, datetime

import pytest

from benefits.events import STORED_NAMES
from benefits.periods import FinancialYear, Month
from benefits.standing import APPLY
from benefits.tranches import Nature
from benefits.wording import OF_A_BENEFIT, OF_ALL_ELSE, describe_programme_event, sentence
from benefits.wording.writing import instant, listed, london_day, tranche, tranches
from tests.given import World
from tests.unit import council, told_of_delivery, told_of_money
from tests.unit.council import JULY
from tests.unit.told_of_all_else import TOLD_OF_ALL_ELSE

TOLD = told_of_delivery.TOLD + told_of_money.TOLD
NAMES = {"olu": "Olu Ade", "pat": "Pat Moss", "fay": "Fay Lin", "dee": "Dee Roy"}


def _titled(thing: str) -> str:
    return f"“{thing}”"


@pytest.mark.parametrize(("before", "event", "told"), TOLD)
def test_the_story_of_a_benefit_says_what_changed(
    before: tuple[object, ...], event: object, told: str
) -> None:
    world = council.identified().given("benefit-b1", *before)
    standing = world.benefit("b1")
    recorded = world.given("benefit-b1", event).streams["benefit-b1"][-1]
    assert sentence(recorded, standing, NAMES.__getitem__, _titled) == told


@pytest.mark.parametrize(("stream", "before", "event", "told"), TOLD_OF_ALL_ELSE)
def test_the_story_of_all_else_says_what_changed(
    stream: str, before: tuple[object, ...], event: object, told: str
) -> None:
    world = World().given(stream, *before)
    standing = world.thing(stream)
    recorded = world.given(stream, event).streams[stream][-1]
    assert describe_programme_event(recorded, standing, NAMES.__getitem__, _titled) == told


def test_every_event_has_its_sentence_and_a_test_of_it() -> None:
    assert set(OF_A_BENEFIT) == set(APPLY)
    assert set(OF_A_BENEFIT) | set(OF_ALL_ELSE) == set(STORED_NAMES)
    assert {type(event) for _, event, _ in TOLD} == set(OF_A_BENEFIT)
    assert {type(event) for _, _, event, _ in TOLD_OF_ALL_ELSE} == set(OF_ALL_ELSE)


def test_instants_are_written_in_londons_time() -> None:
    assert instant(datetime(2024, 10, 3, 8, 5, tzinfo=UTC)) == "3 October 2024 at 9:05am"
    assert instant(datetime(2024, 12, 3, 12, 5, tzinfo=UTC)) == "3 December 2024 at 12:05pm"
    assert london_day(datetime(2024, 7, 31, 23, 30, tzinfo=UTC)) == date(2024, 8, 1)


def test_lists_and_tranches_are_written_as_people_say_them() -> None:
    assert [listed("abc"[:size]) for size in range(4)] == ["", "a", "a and b", "a, b and c"]
    once = council.tranche(5_50, JULY, Nature.ONE_OFF)
    assert tranche(once) == "£5.50 once in July 2024"
    assert tranches([]) == "nothing"
    many = [once] * 4 + [council.tranche(2_00)] * 3
    assert tranches(many) == "7 amounts that come to £6 a year and £22 once"


def test_money_that_comes_late_names_the_plan_that_it_delivers() -> None:
    late = council.tranche(5_00, Month(2025, 4))
    late = type(late)(late.amount, late.nature, late.month, FinancialYear(2024))
    assert tranche(late) == "£5 a year from April 2025 for the plan of 2024/25"
