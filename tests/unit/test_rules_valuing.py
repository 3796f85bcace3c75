"""Valuing a benefit: its range, profile, drivers, confidence and finance's confirmation."""

from dataclasses import replace

import pytest

from benefits.commands import details as asked
from benefits.events import details as happened
from benefits.money import LARGEST
from benefits.periods import FinancialYear, Month
from benefits.plans import Component, PlannedTranche, Profile, UnitModel, YearAmount
from benefits.tranches import Nature
from benefits.vocabulary import Confidence, Fund, Kind, NetOf, Point
from tests.given import World
from tests.unit.council import JULY, RULES, Y24, identified, profile, recurring, validated

AUGUST = Month(2024, 8)


def test_a_range_is_recorded_where_no_profile_is_known() -> None:
    world = identified()
    command = asked.RecordRange("b1", 398_000_00, 1_375_000_00)
    assert world.asked(RULES, command) == [happened.RangeRecorded(398_000_00, 1_375_000_00)]
    assert world.asked(RULES, command) == []


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [
        (2_00, 1_00, "The low figure, £2, is above the high figure, £1: put the low first."),
        (-1, 1_00, "The low figure is −£0.01: it must be £0 or more."),
        (0, 0, "The high figure is £0: it must be more than nothing."),
        (0, LARGEST + 1, "The high figure is too large"),
    ],
)
def test_a_range_is_refused(low: int, high: int, sentence: str) -> None:
    assert sentence in identified().refused(RULES, asked.RecordRange("b1", low, high))


def test_a_full_year_range_may_stand_beside_a_profile_until_the_board_has_approved() -> None:
    world = identified().given("benefit-b1", happened.ProfileRecorded(profile()))
    assert world.asked(RULES, asked.RecordRange("b1", 1, 2)) == [happened.RangeRecorded(1, 2)]
    assert "Re-baseline" in validated().refused(RULES, asked.RecordRange("b1", 1, 2))


def test_a_profile_is_recorded_in_order_of_its_months() -> None:
    later, sooner = recurring(200, AUGUST), recurring(100, JULY)
    answer = identified().asked(RULES, asked.RecordProfile("b1", profile(later, sooner)))
    assert answer == [happened.ProfileRecorded(profile(sooner, later))]


def test_a_profile_is_corrected_with_a_reason_and_not_recorded_twice() -> None:
    world = identified()
    assert world.asked(RULES, asked.RecordProfile("b1", profile()))
    assert world.asked(RULES, asked.RecordProfile("b1", profile())) == []
    new = profile(recurring(90_000_00))
    said = world.refused(RULES, asked.RecordProfile("b1", new))
    assert said == "Say why the profile is corrected: a reason is needed."
    assert world.asked(RULES, asked.RecordProfile("b1", new, "Fewer places."))


def test_a_profile_changes_only_by_the_board_once_it_is_approved() -> None:
    said = validated().refused(RULES, asked.RecordProfile("b1", profile(recurring(1)), "More."))
    assert said == (
        "The board approved this profile at Validation: put a Re-baseline case to the board to "
        "change it."
    )


def ranged(committed: int, low: int | None, mid: int | None, high: int | None) -> PlannedTranche:
    return PlannedTranche(Nature.RECURRING, JULY, committed, low, mid, high)


@pytest.mark.parametrize(
    ("asked_for", "sentence"),
    [
        (Profile((), Point.STATED), "The profile has no amount: give at least one."),
        (profile(recurring(0)), "The profile: the amount of July 2024 is £0"),
        (profile(recurring(-5)), "it must be more than nothing."),
        (profile(recurring(LARGEST + 1)), "is too large: the largest amount is £100,000,000,000."),
        (
            profile(recurring(5, Month(2024, 3))),
            "March 2024 is 2023/24, outside the programme's plan window of 2024/25 to 2027/28.",
        ),
        (profile(recurring(5, Month(2028, 4))), "outside the programme's plan window"),
        (profile(ranged(5, 6, 5, 7)), "put them in order, the low first."),
        (profile(ranged(5, 4, 8, 7)), "put them in order, the low first."),
        (profile(ranged(5, 7, None, 6)), "has a low of £0.07 and a high of £0.06: put them"),
        (profile(ranged(5, 4, None, None)), "give both a low and a high figure, or neither."),
        (profile(ranged(5, None, 5, None)), "give both a low and a high figure, or neither."),
        (profile(ranged(9, 4, 5, 6)), "£0.09 is committed, outside its range of £0.04 to £0.06"),
        (profile(ranged(5, -4, None, 6)), "the low figure is −£0.04"),
        (profile(ranged(5, 4, None, 6), recurring(5, AUGUST)), "give them for all or for none."),
        (
            Profile((ranged(5, 4, 5, 6),), Point.LOW),
            "The profile commits to the low figure of July 2024, £0.04, but £0.05 is given",
        ),
        (
            Profile((ranged(5, 4, None, 6),), Point.MID),
            "The profile commits to the mid figure, and July 2024 has none",
        ),
        (Profile((recurring(5),), Point.HIGH), "or commit to a stated figure."),
        (
            replace(profile(), components=(Component("Fleet", 9, 4),)),
            "“Fleet” has a low of £0.09 above its high of £0.04",
        ),
        (replace(profile(), components=(Component(" "),)), "The name of a component is missing"),
        (replace(profile(), components=(Component("A", -1),)), "The range of “A” is −£0.01"),
        (profile(*[recurring(1)] * 501), "has more than 500 lines"),
    ],
)
def test_a_profile_is_refused(asked_for: Profile, sentence: str) -> None:
    assert sentence in identified().refused(RULES, asked.RecordProfile("b1", asked_for))


def test_a_profile_may_commit_to_any_point_of_its_range() -> None:
    line = ranged(5, 4, 5, 6)
    for point, committed in ((Point.LOW, 4), (Point.MID, 5), (Point.HIGH, 6), (Point.STATED, 5)):
        asked_for = Profile((replace(line, committed=committed),), point)
        assert identified().asked(RULES, asked.RecordProfile("b1", asked_for))


def test_what_a_profile_is_net_of_is_said_once() -> None:
    twice = replace(profile(), net_of=(NetOf.OVERLAP, NetOf.INVESTMENT, NetOf.OVERLAP))
    (event,) = identified().asked(RULES, asked.RecordProfile("b1", twice))
    assert isinstance(event, happened.ProfileRecorded)
    assert event.profile.net_of == (NetOf.INVESTMENT, NetOf.OVERLAP)


def test_a_disbenefit_is_told_that_its_amounts_are_above_nothing() -> None:
    world = identified(kind=Kind.DISBENEFIT)
    said = world.refused(RULES, asked.RecordProfile("b1", profile(recurring(-100))))
    assert "a disbenefit is recorded in amounts above nothing; it is taken off for you" in said


def test_a_capital_receipt_comes_once() -> None:
    world = identified(kind=Kind.CAPITAL_RECEIPT, fund=Fund.CAPITAL)
    said = world.refused(RULES, asked.RecordProfile("b1", profile()))
    assert said == "A capital receipt comes once: plan its amounts as one-off."


# Northumberland: (450 - 207) placements x £304 x 52 weeks, phased 25/50/25.
MODEL = UnitModel(450, 207, 304_00, 52, "placements", (25, 50, 25))
HOMECARE = tuple(
    recurring(amount, FinancialYear(2024 + number).first)
    for number, amount in enumerate((960_336_00, 1_920_672_00, 960_336_00))
)


def with_drivers(model: UnitModel, *lines: PlannedTranche) -> asked.RecordProfile:
    return asked.RecordProfile("b1", Profile(lines or HOMECARE, Point.STATED, drivers=model))


def test_drivers_reproduce_the_profile_that_the_paper_prints() -> None:
    (event,) = identified().asked(RULES, with_drivers(MODEL))
    assert isinstance(event, happened.ProfileRecorded)
    assert event.profile.drivers == MODEL


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        (
            replace(MODEL, planned_volume=206),
            (
                "The drivers come to £3,857,152 a year, phased £964,288, £1,928,576 and "
                "£964,288; the "
                "profile recurs at £3,841,344, £960,336 in 2024/25, £1,920,672 in 2025/26 and "
                "£960,336 in 2026/27: put one of them right."
            ),
        ),
        (replace(MODEL, phasing=(50, 25, 25)), "put one of them right."),
        (replace(MODEL, phasing=(25, 50)), "The phasing comes to 75 per cent"),
        (replace(MODEL, phasing=(150, -50)), "A year's share in the phasing must be"),
        (replace(MODEL, phasing=()), "The number of years in the phasing"),
        (replace(MODEL, times_a_year=0), "The times a year must be a whole number from 1 to 366."),
        (replace(MODEL, unit_value=0), "The value of one unit is £0"),
        (replace(MODEL, unit_value=LARGEST), "What the drivers come to is too large"),
        (replace(MODEL, baseline_volume=-1), "The volume before must be"),
        (replace(MODEL, planned_volume=10**20), "The volume planned must be"),
        (replace(MODEL, planned_volume=450), "What the drivers come to is £0"),
        (replace(MODEL, unit=" "), "The unit is missing"),
    ],
)
def test_drivers_are_refused(model: UnitModel, sentence: str) -> None:
    assert sentence in identified().refused(RULES, with_drivers(model))


def test_confidence_has_a_reason() -> None:
    world = identified()
    command = asked.StateConfidence("b1", Confidence.HIGH, "Done before.")
    assert "a reason is needed" in world.refused(RULES, replace(command, reason=""))
    assert world.asked(RULES, command) == [
        happened.ConfidenceStated(Confidence.HIGH, "Done before.")
    ]
    assert world.asked(RULES, command) == []


def test_the_overlap_check_says_where_it_looked_and_agrees_with_the_overlaps() -> None:
    world = identified()
    none = asked.StateOverlapCheck("b1", found=False, note="Looked at every transport line.")
    assert world.asked(RULES, none)
    assert world.asked(RULES, none) == []
    assert "is missing" in world.refused(RULES, replace(none, note=""))
    gives = (YearAmount(Y24, 5),)
    world.given("benefit-b1", happened.OverlapDeclared("o1", "b2", gives, False, "pat"))
    assert "say that overlaps were found" in world.refused(RULES, none)
    assert world.asked(RULES, replace(none, found=True))


def test_finance_confirms_a_profile_that_is_there() -> None:
    world: World = identified()
    command = asked.ConfirmValue("b1", "Seen.")
    assert "There is no profile to confirm" in world.refused(RULES, command, by="fay")
    world.given("benefit-b1", happened.ProfileRecorded(profile()))
    assert world.asked(RULES, command, by="fay") == [happened.ValueConfirmed("Seen.")]
    assert world.asked(RULES, command, by="fay") == []
    assert world.asked(RULES, command, by="finn") == [happened.ValueConfirmed("Seen.")]


def test_confirming_minds_a_profile_that_changed_since() -> None:
    rule, command = RULES[asked.ConfirmValue], asked.ConfirmValue("b1", "Seen.")
    assert rule.overtaken_by(command, happened.ProfileRecorded(profile()))
    assert not rule.overtaken_by(command, happened.NoteAdded("Hello."))
