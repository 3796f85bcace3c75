"""Re-baseline, withdrawal and reopening: a plan never falls below what is verified for it."""

from dataclasses import replace

import pytest

from benefits.approved import GivesUpTooMuch, approved_plan
from benefits.events import details, gates, money
from benefits.lifecycle import Gate, Stage
from benefits.parts import Overlap
from benefits.periods import FinancialYear
from benefits.plans import YearAmount
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Cause, NetOf
from tests.cases import (
    ASKS,
    BEGUN,
    LATER,
    PROFILE,
    Y1,
    Y2,
    B,
    claimed,
    planned,
    profile,
    ready,
    verified,
)
from tests.given import World
from workflows.commands import SubmitCase
from workflows.gates import NotReady
from workflows.sign_off import RULES

ASK = ASKS[Gate.REBASELINE]


def _names(world: World, asked: SubmitCase) -> set[str]:
    with pytest.raises(NotReady) as refusal:
        RULES[SubmitCase].decide(world.benefit("b1"), asked, world)
    return {finding.name for finding in refusal.value.unmet}


def _delivering(*events: object) -> World:
    world = ready(Gate.REBASELINE, stage=Stage.IN_DELIVERY)
    for event in events:
        world.given(B, event, by="fay" if isinstance(event, money.ClaimVerified) else "pat")
    return world


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"profile": None}, "New profile"),
        ({"profile": PROFILE}, "New profile"),
        ({"cause": None}, "Cause"),
        ({"summary": " "}, "Reason"),
        ({"profile": profile(planned(1, FinancialYear(2028)))}, "Profile in order"),
    ],
)
def test_a_rebaseline_says_what_why_and_for_which_years(
    change: dict[str, object], name: str
) -> None:
    assert name in _names(_delivering(), replace(ASK, **change))  # type: ignore[arg-type]


def test_no_plan_year_falls_below_what_is_verified_for_it() -> None:
    world = _delivering(claimed("c1", 120_000), verified("c1", 120_000))
    lower = replace(ASK, profile=profile(planned(119_999), planned(30_000, Y2)))
    assert _names(world, lower) == {"Verified money"}
    assert world.asked(RULES, replace(ASK, profile=profile(planned(120_000))))


def test_verified_money_that_was_lost_again_does_not_hold_the_plan_up() -> None:
    lost = (
        money.ErosionReported("e1", "c1", 60_000_00, Y1.last, "Gone."),
        money.ErosionConfirmed("e1", "c1", "Yes."),
    )
    world = _delivering(claimed("c1", 120_000), verified("c1", 120_000), *lost)
    assert world.asked(RULES, replace(ASK, profile=profile(planned(60_000))))


def test_one_offs_hold_their_plan_year_up_too() -> None:
    world = _delivering(
        gates.PlanRebaselined(
            "x", (Tranche.planned(500_00, Nature.ONE_OFF, Y1.first),), PROFILE, Cause.PRICE, "x"
        ),
        claimed("c1", 500, Y1, Nature.ONE_OFF),
        verified("c1", 500),
    )
    assert _names(world, replace(ASK, profile=profile(planned(499, Y1, Nature.ONE_OFF)))) == {
        "Verified money"
    }


def test_months_of_money_that_met_a_recurring_plan_do_not_hold_it_up() -> None:
    world = _delivering(claimed("c1", 5_000, Y2, Nature.ONE_OFF), verified("c1", 5_000))
    assert world.asked(RULES, ASK)


def test_a_claim_of_a_year_that_changes_is_decided_first() -> None:
    assert _names(_delivering(claimed("c1", 10, Y2)), ASK) == {"Unverified claims"}


def test_a_claim_of_a_year_that_stays_may_wait() -> None:
    assert _delivering(claimed("c1", 10, Y1)).asked(RULES, ASK)


def test_an_overlap_agreed_after_validation_counts_from_a_rebaseline_of_the_same_profile() -> None:
    world = _delivering(
        details.OverlapDeclared("o1", "b9", (YearAmount(Y2, 10_000_00),), False, "pat")
    )
    assert sum(t.amount for t in world.benefit("b1").plan) == 150_000_00
    assert world.asked(RULES, replace(ASK, profile=PROFILE))


@pytest.mark.parametrize(
    "claims",
    [
        (claimed("c1", 10), verified("c1", 10)),
        (claimed("c1", 10, Y1, Nature.ONE_OFF), verified("c1", 10)),
    ],
)
def test_a_benefit_with_verified_money_cannot_be_withdrawn(claims: tuple[object, ...]) -> None:
    world = _delivering(*claims)
    assert _names(world, ASKS[Gate.WITHDRAWAL]) == {"Verified money"}
    assert "re-baseline down to what is verified" in world.refused(RULES, ASKS[Gate.WITHDRAWAL])


def test_a_benefit_with_a_claim_that_waits_cannot_be_withdrawn() -> None:
    assert _names(_delivering(claimed("c1", 10)), ASKS[Gate.WITHDRAWAL]) == {"Unverified claims"}


@pytest.mark.parametrize(("replacement", "let"), [("b2", True), ("b1", False), ("b9", False)])
def test_a_replacement_is_another_benefit_on_the_register(replacement: str, let: bool) -> None:
    world = ready(Gate.WITHDRAWAL).given("benefit-b2", BEGUN)
    asked = replace(ASKS[Gate.WITHDRAWAL], replacement=replacement)
    if let:
        assert world.asked(RULES, asked)
    else:
        assert _names(world, asked) == {"Replacement"}


def test_a_realised_benefit_is_reopened_when_finance_has_decided_its_claims() -> None:
    world = ready(Gate.REOPENING).given(B, claimed("c9", 10))
    assert _names(world, ASKS[Gate.REOPENING]) == {"Unverified claims"}
    world.given(B, money.ClaimRejected("c9", "No."), by="fay")
    assert _names(world, replace(ASKS[Gate.REOPENING], summary="")) == {"Reason"}
    assert world.asked(RULES, ASKS[Gate.REOPENING])


@pytest.mark.parametrize(
    ("gate", "extra"),
    [
        (Gate.VALIDATION, {"profile": LATER}),
        (Gate.WITHDRAWAL, {"cause": Cause.PRICE}),
        (Gate.DELIVERY, {"replacement": "b2"}),
        (Gate.REBASELINE, {"shortfall": "Some."}),
    ],
)
def test_a_case_carries_only_what_belongs_to_its_gate(gate: Gate, extra: dict[str, object]) -> None:
    said = ready(gate).refused(RULES, replace(ASKS[gate], **extra))  # type: ignore[arg-type]
    assert "Leave" in said


def _overlap(*amounts: YearAmount, with_mtfs: bool = False) -> Overlap:
    return Overlap("o1", "b9", amounts, with_mtfs, "pat", 1)


def test_the_approved_plan_gives_overlaps_up_from_recurring_money_first() -> None:
    both = profile(planned(50, Y1, Nature.ONE_OFF), planned(100), planned(30, Y2))
    plan = approved_plan(both, [_overlap(YearAmount(Y1, 120_00))])
    assert plan == (
        Tranche.planned(30_00, Nature.ONE_OFF, Y1.first),
        Tranche.planned(30_00, Nature.RECURRING, Y2.first),
    )


def test_overlaps_that_were_already_taken_off_are_not_taken_off_again() -> None:
    net = replace(PROFILE, net_of=(NetOf.OVERLAP,))
    assert sum(t.amount for t in approved_plan(net, [_overlap(YearAmount(Y1, 1))])) == 150_000_00


def test_existing_mtfs_value_stands_in_the_bridge_and_not_in_the_plan() -> None:
    plan = approved_plan(PROFILE, [_overlap(YearAmount(Y1, 1), with_mtfs=True)])
    assert sum(t.amount for t in plan) == 150_000_00


def test_overlaps_of_one_year_together_cannot_give_up_more_than_it_holds() -> None:
    with pytest.raises(GivesUpTooMuch, match=r"£0\.01 more than 2025/26 holds"):
        approved_plan(PROFILE, [_overlap(YearAmount(Y2, 30_000_00)), _overlap(YearAmount(Y2, 1))])
