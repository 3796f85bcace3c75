"""Non-financial measures and their readings."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benefits.commands import delivery as asked
from benefits.events import delivery as happened
from benefits.plans import MeasureTarget
from benefits.refusals import NotFound
from benefits.vocabulary import Direction
from tests.unit.council import RULES, identified

FALLS = asked.DefineMeasure(
    "b1", "m1", "Falls", "a month", Direction.DOWN, "1,040.5", date(2024, 5, 1)
)
MAY, JUNE = MeasureTarget(date(2025, 5, 1), "30"), MeasureTarget(date(2025, 6, 1), "20")


def test_a_measure_is_defined_with_its_targets_in_order() -> None:
    (event,) = identified().asked(RULES, replace(FALLS, targets=(JUNE, MAY)))
    assert isinstance(event, happened.MeasureDefined)
    assert (event.baseline, event.targets) == ("1040.5", (MAY, JUNE))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"measure": ""}, "The id of the measure"),
        ({"title": ""}, "The title of the measure is missing"),
        ({"unit": ""}, "The unit of the measure is missing"),
        ({"baseline": "many"}, "The baseline, “many”, is not a number that can be recorded"),
        ({"baseline": "NaN"}, "is not a number that can be recorded"),
        ({"baseline": "Infinity"}, "is not a number that can be recorded"),
        ({"baseline": "1e3"}, "is not a number that can be recorded"),
        ({"baseline": "1000000000000001"}, "is not a number that can be recorded"),
        ({"baseline": "9" * 20}, "is not a number that can be recorded"),
        ({"baseline": "0.1234567"}, "with at most six decimal places"),
        ({"baseline_day": date(2024, 10, 16)}, "which is in the future"),
        ({"baseline_day": date(1066, 10, 14)}, "give a day from 1 January 1990 on."),
        ({"counter": True, "tolerance": 101}, "must be a whole number from 0 to 100."),
        ({"counter": True, "tolerance": -1}, "must be a whole number from 0 to 100."),
        ({"tolerance": 5}, "Only a counter-measure has a tolerance"),
        ({"targets": (MAY, MAY)}, "Two targets are of the same day"),
        ({"targets": (MeasureTarget(date(2024, 5, 1), "1"),)}, "after the baseline of 1 May 2024"),
        ({"targets": (MeasureTarget(date(9999, 5, 1), "1"),)}, "by 31 December 2149"),
        ({"targets": (replace(MAY, value="few"),)}, "The target of 1 May 2025, “few”, is not a"),
    ],
)
def test_a_measure_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in identified().refused(RULES, replace(FALLS, **change))


def test_a_measure_is_defined_anew_with_a_reason() -> None:
    world = identified()
    assert world.asked(RULES, FALLS)
    assert world.asked(RULES, FALLS) == []
    new = replace(FALLS, baseline="41")
    assert "Say why the measure is defined anew" in world.refused(RULES, new)
    assert world.asked(RULES, replace(new, reason="Counted again."))
    evidence = replace(new, baseline_evidence="The audit.", reason="Evidence found.")
    assert world.asked(RULES, evidence)


READ = asked.ReadMeasure("b1", "m1", date(2024, 9, 1), "38")


def test_a_measure_is_read() -> None:
    world = identified()
    assert "There is no such measure" in world.refused(RULES, READ, as_a=NotFound)
    world.asked(RULES, FALLS)
    assert world.asked(RULES, READ) == [happened.MeasureRead("m1", date(2024, 9, 1), "38")]
    assert world.asked(RULES, READ) == []
    assert world.asked(RULES, replace(READ, value="39"))
    late = replace(FALLS, baseline_day=date(2024, 9, 2), reason="Later.")
    assert "“Falls” was read on 1 September 2024" in world.refused(RULES, late)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": date(2024, 10, 16)}, "is 16 October 2024, which is in the future"),
        ({"day": date(2024, 4, 30)}, "before the baseline of 1 May 2024: put the day right."),
        ({"value": ""}, "The reading, “”, is not a number that can be recorded"),
        ({"note": "x" * 5001}, "The note has 5,001 characters"),
    ],
)
def test_a_reading_is_refused(change: dict[str, Any], sentence: str) -> None:
    world = identified()
    world.asked(RULES, FALLS)
    assert sentence in world.refused(RULES, replace(READ, **change))
