"""Overlaps: money that two sides count is deducted once, from one side."""

from dataclasses import replace
from typing import Any

import pytest

from benefits.commands import programme as asked
from benefits.events import details, gates
from benefits.events import programme as happened
from benefits.periods import FinancialYear
from benefits.plans import YearAmount
from benefits.refusals import NotFound
from benefits.vocabulary import Fund, NetOf
from tests.given import World
from tests.unit.council import RULES, Y24, Y25, council, identified, profile, validated

AGREE = asked.AgreeOverlap("o1", "b1", "b2", (YearAmount(Y24, 50_000_00),), "dee")


def two() -> World:
    """Two benefits, each with a profile of £120,000 a year from July 2024, and an MTFS line."""
    world = validated(validated(), "b2", title="Better transport")
    line = happened.MtfsLineRecorded("L1", "Care", Fund.GENERAL_FUND, (YearAmount(Y24, 9),), False)
    return world.given("mtfs-line-l1", line)


def test_an_overlap_is_declared_on_both_benefits() -> None:
    world = two()
    assert world.asked(RULES, AGREE) == [
        happened.OverlapAgreed("b1", "b2", (YearAmount(Y24, 50_000_00),), False, "dee")
    ]
    gives, keeps = world.benefit("b1").overlaps["o1"], world.benefit("b2").overlaps["o1"]
    assert (gives.other, gives.gives_up) == ("b2", (YearAmount(Y24, 50_000_00),))
    assert (keeps.other, keeps.gives_up) == ("b1", ())
    assert world.asked(RULES, AGREE) == []


def test_an_overlap_with_the_mtfs_is_declared_on_the_benefit_alone() -> None:
    world = two()
    world.asked(RULES, replace(AGREE, keeps="l1", with_mtfs=True))
    assert world.benefit("b1").overlaps["o1"].with_mtfs
    assert not world.benefit("b2").overlaps


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"overlap": "o 1"}, "The id of the overlap"),
        ({"amounts": ()}, "The overlap has no amount: give at least one."),
        ({"amounts": (YearAmount(Y24, 0),)}, "The overlap of 2024/25 is £0"),
        ({"amounts": (YearAmount(Y24, -1),)}, "it must be more than nothing."),
        ({"amounts": (YearAmount(Y24, 1), YearAmount(Y24, 2))}, "names 2024/25 twice"),
        ({"amounts": (YearAmount(FinancialYear(2028), 1),)}, "outside the programme's plan"),
        (
            {"amounts": (YearAmount(Y24, 120_000_01),)},
            (
                "“Fewer placements” plans £120,000 for 2024/25 and has £120,000 of it left to "
                "give up: "
                "£120,000.01 is more."
            ),
        ),
        ({"amounts": (YearAmount(Y25, 1),)}, "plans £0 for 2025/26 and has £0 of it left"),
        ({"agreed_by": "nobody"}, "Nobody on record"),
        ({"keeps": "b1"}, "A benefit cannot overlap with itself: name two benefits."),
    ],
)
def test_an_overlap_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in two().refused(RULES, replace(AGREE, **change))


def test_both_sides_of_an_overlap_must_be_there_and_live() -> None:
    for change in ({"gives_up": "b9"}, {"keeps": "b9"}, {"keeps": "l9", "with_mtfs": True}):
        two().refused(RULES, replace(AGREE, **change), as_a=NotFound)
    world = two().given("benefit-b2", gates.BenefitWithdrawn("No longer needed."))
    said = world.refused(RULES, AGREE)
    assert said.startswith("“Better transport” was withdrawn, so nothing overlaps with it")


def test_the_same_line_and_year_is_not_given_up_twice_to_one_side() -> None:
    world = two()
    world.asked(RULES, AGREE)
    said = world.refused(RULES, replace(AGREE, overlap="o2"))
    assert said == (
        "£50,000 of 2024/25 is already given up to “Better transport”: the same line and year is "
        "deducted once. Cancel that overlap first, or leave this year out."
    )


def test_a_line_and_year_is_not_both_existing_mtfs_and_an_overlap() -> None:
    world = two()
    world.asked(RULES, replace(AGREE, keeps="l1", with_mtfs=True))
    said = world.refused(RULES, replace(AGREE, overlap="o2"))
    assert "is already given up to the MTFS line L1 “Care”" in said


def test_a_second_use_of_a_lines_money_is_refused_and_says_where_the_first_is() -> None:
    world = two()
    line = (YearAmount(Y24, 60_000_00),)
    world.given(
        "mtfs-line-l1", happened.MtfsLineRecorded("L1", "Care", Fund.GENERAL_FUND, line, False, "")
    )
    world.asked(RULES, replace(AGREE, keeps="l1", with_mtfs=True))
    second = replace(AGREE, overlap="o2", gives_up="b2", keeps="l1", with_mtfs=True)
    assert world.refused(RULES, second) == (
        "The MTFS line L1 “Care” holds £60,000 of 2024/25, and of it is taken off already: £50,000 "
        "by “Fewer placements”. £10,000 is left, and £50,000 is more: each pound of a line is "
        "deducted once."
    )
    assert world.asked(RULES, replace(second, amounts=(YearAmount(Y24, 10_000_00),)))
    world.asked(RULES, asked.CancelOverlap("o1", "It was another line."))
    assert world.asked(RULES, replace(AGREE, overlap="o3", keeps="l1", with_mtfs=True))


def test_several_benefits_may_keep_parts_of_a_year_up_to_what_is_planned() -> None:
    world = validated(two(), "b3", title="A third")
    world.asked(RULES, AGREE)
    third = replace(AGREE, overlap="o2", keeps="b3", amounts=(YearAmount(Y24, 70_000_01),))
    assert "has £70,000 of it left to give up" in world.refused(RULES, third)
    assert world.asked(RULES, replace(third, amounts=(YearAmount(Y24, 70_000_00),)))


def test_two_benefits_do_not_give_up_the_same_money_to_each_other() -> None:
    world = two()
    world.asked(RULES, AGREE)
    back = replace(AGREE, overlap="o2", gives_up="b2", keeps="b1")
    said = world.refused(RULES, back)
    assert said == (
        "“Fewer placements” already gives up money of 2024/25 to “Better transport”: one side must "
        "keep it."
    )


def test_what_a_profile_is_already_net_of_is_recorded_to_be_shown() -> None:
    world = two()
    net = replace(profile(), net_of=(NetOf.MTFS,))
    world.given("benefit-b1", details.ProfileRecorded(net))
    more = replace(AGREE, keeps="l1", with_mtfs=True, amounts=(YearAmount(Y24, 470_000_00),))
    assert world.asked(RULES, more)


def test_a_benefit_without_a_profile_has_nothing_to_give_up() -> None:
    world = identified(two(), "b3", title="A range only")
    assert "plans £0 for 2024/25" in world.refused(RULES, replace(AGREE, gives_up="b3"))


def test_an_overlap_is_cancelled_with_a_reason_on_both_sides() -> None:
    world = two()
    command = asked.CancelOverlap("o1", "They do not overlap.")
    said = world.refused(RULES, command, as_a=NotFound)
    assert said == "There is no such overlap: look for it on the benefit's page."
    world.asked(RULES, AGREE)
    assert "a reason is needed" in world.refused(RULES, replace(command, reason=""))
    assert world.asked(RULES, command) == [happened.OverlapCancelled("They do not overlap.")]
    assert not world.benefit("b1").overlaps
    assert not world.benefit("b2").overlaps
    assert world.asked(RULES, command) == []
    assert "agree a new one instead" in world.refused(RULES, AGREE)
    assert world.asked(RULES, replace(AGREE, overlap="o2"))


def test_an_overlap_with_the_mtfs_is_cancelled_on_the_benefit_alone() -> None:
    world = two()
    world.asked(RULES, replace(AGREE, keeps="l1", with_mtfs=True))
    world.asked(RULES, asked.CancelOverlap("o1", "Wrong."))
    assert not world.benefit("b1").overlaps
    assert "benefit-l1" not in world.streams


def test_another_overlap_does_not_take_an_id_that_is_used() -> None:
    world = two()
    world.asked(RULES, AGREE)
    other = replace(AGREE, amounts=(YearAmount(Y24, 1),))
    assert "Another overlap already has this id" in world.refused(RULES, other)
    assert council().streams.keys() < world.streams.keys()
