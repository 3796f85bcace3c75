"""A savings table held against the record: what is new, known, corrected, refused or told."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from benefits.commands.details import (
    IdentifyBenefit,
    RecordInvestment,
    RecordProfile,
    RecordRange,
)
from benefits.commands.programme import AddWorkstream, RecordGroupInvestment
from benefits.events import details, gates, programme
from benefits.plans import PlannedTranche, Profile
from benefits.savings_table import Options, PlannedBenefit, PlannedInvestment, SavingsTable
from benefits.savings_table.identity import line_id, programme_id
from benefits.savings_table.known import OnRecord
from benefits.savings_table.taking_in import Taken, take_in
from benefits.tranches import Nature
from benefits.vocabulary import Fund, Kind, NetOf, Point
from tests.given import World
from tests.unit.council import JULY, Y24, Y25, council, identified, profile, validated, withdrawn

LINE = PlannedBenefit(
    workstream="Adults",
    group="",
    line="Fewer placements",
    printed_kind="saving",
    title="Fewer placements",
    kind=Kind.CASH_RELEASING,
    fund=Fund.GENERAL_FUND,
    nature=Nature.RECURRING,
    profile={Y24: 120_000_00},
    lines=(2,),
)
TEAM = PlannedInvestment(
    workstream="Adults",
    group="Care",
    line="Team",
    printed_kind="recurring investment",
    nature=Nature.RECURRING,
    profile={Y24: 10_000_00},
    lines=(3,),
)


def taken(
    world: World,
    *benefits: PlannedBenefit,
    investments: tuple[PlannedInvestment, ...] = (),
    update: bool = False,
) -> Taken:
    """What becomes of a table, held against all that happened."""
    streams = [name for name in world.streams if name.startswith("benefit-")]
    known = {b.benefit: b for b in map(world.thing, streams)}
    record = OnRecord(world.thing("programme-p1"), known)
    table = SavingsTable(benefits, investments, years=(Y24,), options=Options(first_year=Y24))
    return take_in(table, record, "savings.csv", update=update)


def commands(of: Taken) -> list[object]:
    return [step.command for step in of.steps]


def test_a_new_line_is_put_on_the_register_with_its_profile_and_where_it_was_read() -> None:
    key = line_id("p1", LINE)
    found = taken(council(), LINE)
    assert commands(found) == [
        IdentifyBenefit(
            key,
            "p1",
            "Adults",
            "Fewer placements",
            Kind.CASH_RELEASING,
            Fund.GENERAL_FUND,
            source="savings.csv (line 2)",
        ),
        RecordProfile(
            key,
            Profile((PlannedTranche(Nature.RECURRING, Y24.first, 120_000_00),), Point.STATED),
        ),
    ]
    assert (found.new_benefits, found.known, found.refusals) == (1, 0, [])


def test_a_range_stands_beside_the_profile_and_a_workstream_is_added_once() -> None:
    line = replace(LINE, workstream="Roads", low=1_00, high=2_00)
    other = replace(line, workstream="ROADS", line="Lights", title="Lights", profile={}, lines=(3,))
    found = commands(taken(council(), line, other))
    assert [type(command) for command in found] == [
        AddWorkstream,
        IdentifyBenefit,
        RecordRange,
        RecordProfile,
        IdentifyBenefit,
        RecordRange,
    ]
    assert {c.workstream for c in found if isinstance(c, IdentifyBenefit)} == {"Roads"}


def test_an_investment_belongs_to_the_benefit_named_or_else_to_its_group() -> None:
    own = replace(TEAM, group="", line=LINE.line, benefit=LINE.line)
    found = commands(taken(council(), LINE, investments=(own, TEAM)))
    assert isinstance(found[2], RecordInvestment)
    assert found[2].benefit == line_id("p1", LINE)
    assert isinstance(found[3], RecordGroupInvestment)
    assert (found[3].workstream, found[3].group) == ("Adults", "Care")


def test_a_benefit_typed_by_hand_under_the_same_key_is_known() -> None:
    world = identified().given("benefit-b1", details.ProfileRecorded(profile()))
    found = taken(world, replace(LINE, line="fewer  PLACEMENTS", title="fewer  PLACEMENTS"))
    assert (found.steps, found.known, found.refusals) == ([], 1, [])


def test_an_amount_that_counts_from_july_is_the_figure_of_its_year() -> None:
    world = identified().given(
        "benefit-b1",
        details.ProfileRecorded(profile(PlannedTranche(Nature.RECURRING, JULY, 120_000_00))),
    )
    assert taken(world, LINE).known == 1


def test_a_changed_figure_is_refused_with_its_line_and_what_it_was() -> None:
    world = identified().given("benefit-b1", details.ProfileRecorded(profile()))
    found = taken(world, replace(LINE, profile={Y24: 130_000_00}))
    assert found.steps == []
    (sentence,) = found.refusals
    assert sentence.startswith("Line 2: “Fewer placements” is known already: the record has £120,0")
    assert "and the file has £130,000 a year" in sentence
    assert sentence.endswith("import with --update.")


def test_an_update_corrects_with_a_reason_and_keeps_what_no_table_prints() -> None:
    before = replace(profile(), net_of=(NetOf.MTFS,))
    world = identified().given("benefit-b1", details.ProfileRecorded(before))
    found = taken(world, replace(LINE, profile={Y24: 130_000_00}), update=True)
    (command,) = commands(found)
    assert isinstance(command, RecordProfile)
    assert command.reason == "Corrected by import of savings.csv"
    assert command.profile.net_of == (NetOf.MTFS,)
    assert [line.committed for line in command.profile.tranches] == [130_000_00]
    assert (found.corrected, found.refusals) == (1, [])


@pytest.mark.parametrize("update", [False, True])
@pytest.mark.parametrize(
    ("world", "advice"), [(validated, "put a Re-baseline case"), (withdrawn, "It was withdrawn")]
)
def test_what_a_board_approved_or_was_withdrawn_is_not_corrected(
    world: Callable[[], World], advice: str, update: bool
) -> None:
    found = taken(world(), replace(LINE, profile={Y25: 1_00}), update=update)
    assert found.steps == []
    assert advice in found.refusals[0]


def test_a_group_investment_is_held_once_a_benefit_that_it_serves_is_approved() -> None:
    tranches = (PlannedTranche(Nature.RECURRING, Y24.first, 9_000_00),)
    recorded = programme.GroupInvestmentRecorded("i1", "Team", "Staff", "Reserves", tranches)
    world = council().given("programme-p1", replace(recorded, workstream="Adults", group="Care"))
    identified(world).given("benefit-b1", details.LabelsRecorded(group="Care"))
    (command,) = commands(taken(world, investments=(TEAM,), update=True))
    assert isinstance(command, RecordGroupInvestment)
    assert (command.investment, command.spent_on) == ("i1", "Staff")
    plan = tuple(line.tranche for line in tranches)
    world.given(
        "benefit-b1",
        details.ProfileRecorded(Profile(tranches, Point.STATED)),
        gates.BenefitValidated("case1", plan),
    )
    found = taken(world, investments=(TEAM,), update=True)
    assert found.steps == []
    assert "has passed Validation" in found.refusals[0]


def test_half_a_range_is_refused() -> None:
    found = taken(council(), replace(LINE, high=2_00))
    assert found.refusals == [
        (
            "Line 2: “Fewer placements” has a high end of £2 and no low end: write both, the same "
            "figure twice where there is one."
        )
    ]


def test_what_is_missing_now_is_told_and_stays() -> None:
    event = details.BenefitIdentified(
        "p1", "Adults", "Old line", Kind.CASH_RELEASING, Fund.GENERAL_FUND, "", "a.csv (line 9)"
    )
    world = council().given("benefit-old", event)
    key = line_id("p1", TEAM)
    tranches = (PlannedTranche(Nature.RECURRING, Y24.first, 10_000_00),)
    world.given(
        "programme-p1",
        programme.GroupInvestmentRecorded(key, "Team", "x", "y", tranches, "Adults", "Care"),
    )
    identified(world)
    found = taken(world, LINE, update=True)
    assert found.told[-1] == (
        "Imported before and not in this file, and left as they are: “Old line”, “Team”."
    )


def test_a_profile_or_range_that_the_file_no_longer_prints_stays_and_is_told() -> None:
    world = identified().given(
        "benefit-b1", details.RangeRecorded(1_00, 2_00), details.ProfileRecorded(profile())
    )
    found = taken(world, replace(LINE, profile={}, fund=Fund.HRA), update=True)
    assert (found.steps, found.known) == ([], 1)
    assert [said.split("” ")[1] for said in found.told] == [
        "has a profile on record and none in the file: it stays.",
        "has a range on record and none in the file: it stays.",
        (
            "is cash-releasing saving of the fund general fund on record, and cash-releasing "
            "saving of the fund HRA in the file: the record stays."
        ),
    ]


def test_the_same_key_makes_the_same_id_and_another_kind_another() -> None:
    assert line_id("p1", LINE) == line_id("p1", replace(LINE, line="FEWER placements "))
    others = {
        line_id("p2", LINE),
        line_id("p1", replace(LINE, group="x")),
        line_id("p1", replace(LINE, printed_kind="income")),
        line_id("p1", LINE),
    }
    assert len(others) == 4


def test_a_new_programme_does_not_take_the_id_of_one_that_was_renamed() -> None:
    first = programme_id("Better Lives", ())
    assert programme_id("better lives", {first}) != first
    assert programme_id(" BETTER  lives", ()) == first


def test_a_recurring_line_that_is_one_off_on_record_is_a_changed_figure() -> None:
    once = PlannedTranche(Nature.ONE_OFF, Y24.first, 120_000_00)
    world = identified().given("benefit-b1", details.ProfileRecorded(profile(once)))
    assert taken(world, LINE).refusals
