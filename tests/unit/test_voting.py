"""Voting: who may, on what, and what the deciding vote does."""

from dataclasses import replace
from datetime import date

import pytest

from benefits.events import details, gates, money
from benefits.events.gates import CaseDecided, CaseLapsed, Choice, Outcome, VoteCast
from benefits.lifecycle import Gate, Stage
from benefits.plans import Condition
from benefits.refusals import NotAllowed, NotFound, Stale
from tests.cases import ASKS, LATER, PLAN, B, claimed, put, ready, vote
from workflows.commands import MeetCondition
from workflows.gates import NotReady
from workflows.sign_off import RULES

CONDITION = Condition("k1", "Report monthly.", "olu", date(2024, 5, 1))


DOES = {
    Gate.VALIDATION: (gates.BenefitValidated, Stage.VALIDATED),
    Gate.DELIVERY: (gates.DeliveryStarted, Stage.IN_DELIVERY),
    Gate.REALISATION: (gates.BenefitRealised, Stage.REALISED),
    Gate.REBASELINE: (gates.PlanRebaselined, Stage.VALIDATED),
    Gate.WITHDRAWAL: (gates.BenefitWithdrawn, Stage.WITHDRAWN),
    Gate.REOPENING: (gates.BenefitReopened, Stage.IN_DELIVERY),
}


@pytest.mark.parametrize("gate", Gate)
def test_the_deciding_vote_the_decision_and_the_change_are_one_answer(gate: Gate) -> None:
    world = put(gate)
    assert [type(e) for e in world.asked(RULES, vote(world), by="chris")] == [VoteCast]
    answer = world.asked(RULES, vote(world), by="fin")
    event, stage = DOES[gate]
    assert [type(e) for e in answer] == [VoteCast, CaseDecided, event]
    assert world.benefit("b1").stage is stage


def test_validation_makes_the_plan_and_a_rebaseline_changes_it() -> None:
    world = put(Gate.VALIDATION)
    world.asked(RULES, vote(world), by="chris")
    world.asked(RULES, vote(world), by="mo")
    assert world.benefit("b1").original == world.benefit("b1").plan == PLAN
    world.asked(RULES, replace(ASKS[Gate.REBASELINE], case="case-2"))
    bound = world.benefit("b1").cases["case-2"].submitted.binds_to
    for person in ("chris", "mo"):
        world.asked(RULES, replace(vote(world), case="case-2", version=bound), by=person)
    assert world.benefit("b1").plan == tuple(line.tranche for line in LATER.tranches)
    assert world.benefit("b1").original == PLAN


def test_a_case_binds_to_the_version_before_it_was_put() -> None:
    world = ready(Gate.VALIDATION)
    before = world.benefit("b1").version
    (submitted,) = world.asked(RULES, ASKS[Gate.VALIDATION])
    assert isinstance(submitted, gates.CaseSubmitted)
    assert submitted.binds_to == before
    assert submitted.closes == date(2024, 4, 12)


@pytest.mark.parametrize("off_by", [-1, 1])
def test_a_vote_on_another_version_is_stale(off_by: int) -> None:
    world = put()
    cast = vote(world)
    said = world.refused(RULES, replace(cast, version=cast.version + off_by), "chris", Stale)
    assert "Open the pack again" in said


def test_notes_and_votes_do_not_make_a_pack_stale() -> None:
    world = put().given(B, details.NoteAdded("Hello."))
    world.asked(RULES, vote(world), by="chris")
    assert world.asked(RULES, vote(world), by="mo")


def test_a_vote_on_a_lapsed_case_is_stale_and_says_why() -> None:
    world = put().given(B, CaseLapsed("case-1", Gate.VALIDATION, "The owner changed."))
    assert "The owner changed." in world.refused(RULES, vote(world), "chris", Stale)


@pytest.mark.parametrize("person", ["pat", "olu", "fay", "zed"])
def test_only_those_with_a_seat_vote(person: str) -> None:
    world = put()
    assert "no seat" in world.refused(RULES, vote(world), person, NotAllowed)


BARRED = [
    ("you submitted the case", lambda w: w, "mo"),
    ("you own this benefit", lambda w: w.given(B, details.OwnerNamed("mo")), "pat"),
    (
        "you owned this benefit before",
        lambda w: w.given(B, details.OwnerNamed("mo"), details.OwnerNamed("olu")),
        "pat",
    ),
    ("you confirmed its value", lambda w: w.given(B, details.ValueConfirmed("x"), by="mo"), "pat"),
    (
        "you verified, rejected or graded",
        lambda w: w.given(B, claimed("c9", 1)).given(B, money.ClaimRejected("c9", "x"), by="mo"),
        "pat",
    ),
]


@pytest.mark.parametrize(("because", "makes", "submitter"), BARRED)
def test_nobody_votes_on_their_own_work_and_their_deputy_may(
    because: str, makes: object, submitter: str
) -> None:
    world = ready(Gate.VALIDATION)
    makes(world)  # type: ignore[operator]
    world.asked(RULES, ASKS[Gate.VALIDATION], by=submitter)
    assert because in world.refused(RULES, vote(world), "mo", NotAllowed)
    world.asked(RULES, vote(world), by="dee")
    assert world.asked(RULES, vote(world), by="chris")[1:]


def test_a_vote_that_was_cast_before_its_voter_was_barred_no_longer_counts() -> None:
    world = put(Gate.DELIVERY)
    world.asked(RULES, vote(world), by="fin")
    world.given(B, details.ValueConfirmed("Again."), by="fin")
    assert [type(e) for e in world.asked(RULES, vote(world), by="chris")] == [VoteCast, CaseDecided]
    assert world.benefit("b1").cases["case-1"].outcome is Outcome.DEFERRED


def test_a_holders_vote_replaces_the_deputys_and_not_the_other_way() -> None:
    world = put()
    world.asked(RULES, vote(world, Choice.REJECT), by="dee")
    world.asked(RULES, vote(world, Choice.DEFER), by="mo")
    assert "that vote stands" in world.refused(RULES, vote(world), "dee", NotAllowed)
    assert world.benefit("b1").cases["case-1"].votes["s2"].voter == "mo"


def test_a_vote_can_be_changed_until_the_decision_and_both_stand_in_the_log() -> None:
    world = put()
    world.asked(RULES, vote(world, Choice.REJECT), by="chris")
    world.asked(RULES, vote(world), by="chris")
    world.asked(RULES, vote(world), by="mo")
    cast = [r.event for r in world.streams[B] if isinstance(r.event, VoteCast)]
    assert [v.choice for v in cast] == [Choice.REJECT, Choice.APPROVE, Choice.APPROVE]
    assert "has ended" in world.refused(RULES, vote(world, Choice.REJECT), "chris")


def test_the_same_vote_again_is_nothing_new() -> None:
    world = put()
    world.asked(RULES, vote(world), by="chris")
    assert world.asked(RULES, vote(world), by="chris") == []


def test_a_test_that_no_longer_holds_refuses_the_deciding_vote() -> None:
    world = put(Gate.REBASELINE).given(B, claimed("c1", 5, LATER.tranches[1].month.financial_year))
    world.asked(RULES, vote(world), by="chris")
    world.refused(RULES, vote(world), "mo", NotReady)
    assert world.asked(RULES, vote(world, Choice.DEFER), by="mo")


def test_deferring_or_rejecting_needs_a_reason() -> None:
    world = put()
    for choice in (Choice.DEFER, Choice.REJECT, Choice.APPROVE_WITH_CONDITIONS):
        asked = (CONDITION,) if choice.approves else ()
        refused = vote(world, choice, statement=" ", conditions=asked)
        assert "statement of why" in world.refused(RULES, refused, "chris")
    assert world.asked(RULES, vote(world, statement=""), by="chris")


@pytest.mark.parametrize(
    ("conditions", "says"),
    [
        ((), "at least one condition"),
        ((replace(CONDITION, owner="nobody"),), "owner on record"),
        ((replace(CONDITION, text=" "),), "The condition"),
        ((replace(CONDITION, due=date(2024, 4, 1)),), "has gone by"),
        ((CONDITION, CONDITION), "id of its own"),
    ],
)
def test_a_condition_has_words_an_owner_and_a_due_date(
    conditions: tuple[Condition, ...], says: str
) -> None:
    world = put()
    cast = vote(world, Choice.APPROVE_WITH_CONDITIONS, conditions=conditions)
    assert says in world.refused(RULES, cast, "chris")
    assert "Conditions belong" in world.refused(RULES, vote(world, conditions=(CONDITION,)), "mo")


def test_any_condition_makes_the_outcome_with_conditions_and_holds_the_next_gate() -> None:
    world = put(Gate.VALIDATION)
    conditional = vote(world, Choice.APPROVE_WITH_CONDITIONS, conditions=(CONDITION,))
    world.asked(RULES, conditional, by="chris")
    world.asked(RULES, vote(world), by="mo")
    benefit = world.benefit("b1")
    assert benefit.cases["case-1"].outcome is Outcome.APPROVED_WITH_CONDITIONS
    assert benefit.stage is Stage.VALIDATED
    next_gate = replace(ASKS[Gate.WITHDRAWAL], case="case-2")
    assert "“Report monthly.” (due 1 May 2024)" in world.refused(RULES, next_gate)
    world.refused(RULES, MeetCondition("b1", "k9", "x"), as_a=NotFound)
    world.refused(RULES, MeetCondition("b1", "k1", " "))
    world.asked(RULES, MeetCondition("b1", "k1", "Reported."))
    assert "met already" in world.refused(RULES, MeetCondition("b1", "k1", "Again."))
    assert world.asked(RULES, next_gate)
