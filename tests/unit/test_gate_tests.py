"""Each test of each gate, when it is not met, refuses with the sentence that says what to do."""

from dataclasses import replace

import pytest

from benefits.events import delivery, details, gates, money
from benefits.lifecycle import Gate, Stage
from benefits.plans import YearAmount
from benefits.tranches import Nature
from benefits.vocabulary import Direction, Fund, Grade, Kind, Point
from tests.cases import (
    ASKS,
    COUNTER,
    LATER,
    MEASURE,
    PROFILE,
    Y1,
    Y2,
    B,
    claimed,
    planned,
    profile,
    ready,
    verified,
    with_tolerance,
)
from tests.given import World
from workflows.commands import SubmitCase
from workflows.gates import NotReady, findings
from workflows.sign_off import RULES, drafted

LEFT_OUT = [
    (Gate.VALIDATION, "owner", "Owner", "Name the accountable owner."),
    (Gate.VALIDATION, "finance partner", "Finance partner", "Name the finance partner."),
    (Gate.VALIDATION, "description", "Description", "Describe the benefit."),
    (Gate.VALIDATION, "description", "Outcome", "State the observable outcome"),
    (Gate.VALIDATION, "description", "Attribution", "State the attribution"),
    (Gate.VALIDATION, "measure", "Measure", "Define a measure of what should improve"),
    (Gate.VALIDATION, "measure", "Baseline", "Give a measure with its baseline"),
    (Gate.VALIDATION, "profile", "Profile", "Record a profile by year"),
    (Gate.VALIDATION, "profile", "Range", "or a single stated figure"),
    (Gate.VALIDATION, "profile", "Kind, nature and fund", "recurring, one-off or both"),
    (Gate.VALIDATION, "overlap check", "Overlap check", "State the overlap check"),
    (Gate.VALIDATION, "investment", "Investment", "or state that there is none"),
    (Gate.VALIDATION, "confidence", "Confidence", "State the confidence"),
    (Gate.VALIDATION, "value", "Value confirmed", "Ask finance to confirm the value"),
    (Gate.DELIVERY, "delivery plan", "Delivery plan", "State the delivery plan."),
    (Gate.DELIVERY, "milestone", "Milestones", "Plan at least one milestone"),
    (Gate.DELIVERY, "equality", "Impact assessments", "assessment for equality."),
    (Gate.DELIVERY, "service", "Impact assessments", "assessment for service."),
    (Gate.DELIVERY, "community", "Impact assessments", "assessment for community."),
    (Gate.DELIVERY, "budget line", "Budget line", "Name the budget line and the amount"),
    (Gate.DELIVERY, "risk", "Risks", "Score at least one risk"),
    (Gate.REALISATION, "reached", "Milestones", "Carers recruited was reached, or waive it"),
    (Gate.REALISATION, "verified 2", "Verified", "£120,000 a year is verified of £150,000 a year"),
    (Gate.REALISATION, "reading", "Measures read", "Record a reading of Days in care."),
]


def _unmet(world: World, asked: SubmitCase) -> dict[str, str]:
    with pytest.raises(NotReady) as refusal:
        RULES[SubmitCase].decide(world.benefit("b1"), asked, world)
    assert all(finding.sentence in str(refusal.value) for finding in refusal.value.unmet)
    return {finding.name: finding.sentence for finding in refusal.value.unmet}


@pytest.mark.parametrize(("gate", "without", "name", "says"), LEFT_OUT)
def test_what_is_left_out_is_named_with_what_to_do(
    gate: Gate, without: str, name: str, says: str
) -> None:
    assert says in _unmet(ready(gate, without), ASKS[gate])[name]


def test_every_unmet_test_is_listed_at_once() -> None:
    assert set(
        _unmet(ready(Gate.VALIDATION, "owner", "value", "confidence"), ASKS[Gate.VALIDATION])
    ) == {
        "Owner",
        "Value confirmed",
        "Confidence",
    }


def _with(gate: Gate, *events: object, by: str = "pat", stage: Stage | None = None) -> World:
    return ready(gate, stage=stage).given(B, *events, by=by)


def test_a_range_alone_cannot_pass_validation() -> None:
    world = ready(Gate.VALIDATION, "profile").given(B, details.RangeRecorded(1_00, 2_00))
    assert "a range is not enough" in _unmet(world, ASKS[Gate.VALIDATION])["Profile"]


def test_a_profile_committed_to_its_low_point_needs_its_range() -> None:
    at_low = replace(PROFILE, point=Point.LOW)
    world = ready(Gate.VALIDATION, "profile").given(B, details.ProfileRecorded(at_low))
    assert "Give low and high" in _unmet(world, ASKS[Gate.VALIDATION])["Range"]


def test_a_counter_measure_is_not_the_measure() -> None:
    world = ready(Gate.VALIDATION, "measure").given(B, COUNTER)
    assert set(_unmet(world, ASKS[Gate.VALIDATION])) == {"Measure"}


def test_a_non_cash_benefit_may_commit_to_a_measures_target_and_no_money() -> None:
    world = ready(Gate.VALIDATION, "profile", "value").given(
        B, details.ClassificationCorrected(Kind.NON_CASH, Fund.GENERAL_FUND, "It is time.")
    )
    world.given(B, details.ValueConfirmed("No money."), by="fay")
    assert world.asked(RULES, ASKS[Gate.VALIDATION])


@pytest.mark.parametrize(
    "event",
    [
        details.ProfileRecorded(profile(planned(1))),
        details.ClassificationCorrected(Kind.INCOME, Fund.GENERAL_FUND, "It is income."),
        details.OverlapDeclared("o1", "b9", (YearAmount(Y1, 1_00),), False, "pat"),
    ],
)
def test_a_confirmed_value_is_confirmed_as_it_stands(event: object) -> None:
    assert set(_unmet(_with(Gate.VALIDATION, event), ASKS[Gate.VALIDATION])) == {"Value confirmed"}


def test_an_overlap_that_is_ended_leaves_another_value_to_confirm() -> None:
    world = _with(
        Gate.VALIDATION, details.OverlapDeclared("o1", "b9", (YearAmount(Y1, 1_00),), False, "pat")
    )
    world.given(B, details.ValueConfirmed("Less the overlap."), by="fay")
    world.given(B, details.OverlapEnded("o1", "No more."))
    assert set(_unmet(world, ASKS[Gate.VALIDATION])) == {"Value confirmed"}


def test_overlaps_cannot_give_up_more_than_the_year_holds() -> None:
    world = _with(
        Gate.VALIDATION,
        details.OverlapDeclared("o1", "b9", (YearAmount(Y1, 120_000_01),), False, "pat"),
    )
    world.given(B, details.ValueConfirmed("Seen."), by="fay")
    assert _unmet(world, ASKS[Gate.VALIDATION]) == {
        "Overlaps": "The overlaps give up £0.01 more than 2024/25 holds."
        " Correct the overlap or the profile."
    }


def test_the_budget_line_must_cover_what_is_committed_every_year() -> None:
    world = _with(Gate.DELIVERY, delivery.BudgetLineNamed("4711", "Residential", 149_999_99))
    assert "budget lines for the other £0.01" in _unmet(world, ASKS[Gate.DELIVERY])["Budget line"]


def test_income_needs_no_budget_line_at_delivery() -> None:
    world = ready(Gate.DELIVERY, "budget line").given(
        B, details.ClassificationCorrected(Kind.INCOME, Fund.GENERAL_FUND, "It is income.")
    )
    assert world.asked(RULES, ASKS[Gate.DELIVERY])


@pytest.mark.parametrize(
    ("tolerance", "stands", "enough"),
    [(0, 15_000_000, True), (0, 14_999_999, False), (7, 13_950_000, True), (7, 13_949_999, False)],
)
def test_verified_money_is_held_to_the_tolerance_to_the_penny(
    tolerance: int, stands: int, enough: bool
) -> None:
    world = with_tolerance(
        ready(Gate.REALISATION, "claim 2", "verified 2", "verified 1"), tolerance
    )
    world.given(B, money.ClaimVerified("c1", stands, Grade.FINAL, "ledger", "Seen."), by="fay")
    if enough:
        assert world.asked(RULES, ASKS[Gate.REALISATION])
    else:
        assert set(_unmet(world, ASKS[Gate.REALISATION])) == {"Verified"}


def test_a_shortfall_may_be_stated_for_the_board_to_accept() -> None:
    asked = replace(ASKS[Gate.REALISATION], shortfall="The homes closed late.")
    assert ready(Gate.REALISATION, "verified 2").asked(RULES, asked)


def test_erosion_takes_from_what_is_verified() -> None:
    lost = money.ErosionReported("e1", "c1", 1, Y1.last, "Prices rose.")
    world = _with(Gate.REALISATION, lost, money.ErosionConfirmed("e1", "c1", "Agreed."), by="fay")
    assert set(_unmet(world, ASKS[Gate.REALISATION])) == {"Verified"}


def test_money_of_single_months_does_not_stand_in_for_a_run_rate() -> None:
    world = ready(Gate.REALISATION, "claim 2", "verified 2")
    world.given(B, claimed("c2", 30_000, Y2, Nature.ONE_OFF)).given(
        B, verified("c2", 30_000), by="fay"
    )
    assert set(_unmet(world, ASKS[Gate.REALISATION])) == {"Verified"}


def test_one_offs_count_by_their_verified_total() -> None:
    world = ready(Gate.REALISATION)
    plan = tuple(t.tranche for t in (*PROFILE.tranches, planned(500, Y2, Nature.ONE_OFF)))
    world.given(B, gates.PlanRebaselined("x", plan, PROFILE, ASKS[Gate.REBASELINE].cause, "y"))  # type: ignore[arg-type]
    assert "£0 once is verified of £500 once" in _unmet(world, ASKS[Gate.REALISATION])["Verified"]
    world.given(B, claimed("c3", 500, Y1, Nature.ONE_OFF)).given(B, verified("c3", 500), by="fay")
    assert world.asked(RULES, ASKS[Gate.REALISATION])


def test_every_claim_that_counts_is_final() -> None:
    graded = money.ClaimGraded("c2", Grade.INTERIM, "Half a year seen.")
    found = _unmet(_with(Gate.REALISATION, graded, by="fay"), ASKS[Gate.REALISATION])
    assert "Not yet Final: £30,000 a year from April 2025" in found["Final claims"]


@pytest.mark.parametrize(
    ("direction", "reading", "held"),
    [
        (Direction.UP, "85.5", True),
        (Direction.UP, "85.4", False),
        (Direction.DOWN, "94.5", True),
        (Direction.DOWN, "94.6", False),
    ],
)
def test_a_counter_measure_may_worsen_by_its_tolerance_and_no_more(
    direction: Direction, reading: str, held: bool
) -> None:
    counter = replace(COUNTER, direction=direction)
    world = _with(
        Gate.REALISATION, counter, delivery.MeasureRead("m2", Y1.first.first_day, reading)
    )
    if held:
        assert world.asked(RULES, ASKS[Gate.REALISATION])
    else:
        assert (
            "worsened past tolerance" in _unmet(world, ASKS[Gate.REALISATION])["Counter-measures"]
        )


@pytest.mark.parametrize(
    ("tolerance", "reading", "there"),
    [(0, "80", True), (0, "80.1", False), (5, "84", True), (5, "84.1", False)],
)
def test_a_non_cash_benefit_is_realised_by_its_readings(
    tolerance: int, reading: str, there: bool
) -> None:
    world = with_tolerance(
        ready(Gate.REALISATION, "claim 1", "verified 1", "claim 2", "verified 2", "reading"),
        tolerance,
    )
    world.given(B, details.ClassificationCorrected(Kind.NON_CASH, Fund.GENERAL_FUND, "Time."))
    world.given(B, delivery.MeasureRead("m1", Y1.last.last_day, reading))
    if there:
        assert world.asked(RULES, ASKS[Gate.REALISATION])
    else:
        assert "has not reached its target" in _unmet(world, ASKS[Gate.REALISATION])["Verified"]


def test_a_non_cash_benefit_without_a_target_cannot_be_realised_by_readings() -> None:
    world = _with(
        Gate.REALISATION,
        replace(MEASURE, targets=()),
        details.ClassificationCorrected(Kind.NON_CASH, Fund.GENERAL_FUND, "Time."),
    )
    assert "No target is set" in _unmet(world, ASKS[Gate.REALISATION])["Verified"]


def test_no_gate_is_asked_while_another_case_is_before_the_board() -> None:
    for gate in Gate:
        world = ready(gate)
        world.asked(RULES, replace(ASKS[gate], case="first"))
        assert "before the board already" in _unmet(world, ASKS[gate])["One case at a time"]


@pytest.mark.parametrize("stage", [Stage.VALIDATED, Stage.IN_DELIVERY])
def test_later_profile_is_the_one_that_tests_use(stage: Stage) -> None:
    (asked,) = ready(Gate.REBASELINE, stage=stage).asked(RULES, ASKS[Gate.REBASELINE])
    assert isinstance(asked, gates.CaseSubmitted)
    assert asked.profile == LATER


def test_a_pack_shows_the_full_year_range_beside_a_single_stated_figure() -> None:
    world = ready(Gate.VALIDATION).given(B, details.RangeRecorded(1_500_000_00, 2_300_000_00))
    asked = drafted(world.benefit("b1"), ASKS[Gate.VALIDATION], world)
    told = {each.name: each.sentence for each in findings(world.benefit("b1"), asked, world)}
    assert told["Range"].endswith("with a full-year range of £1,500,000 to £2,300,000.")
