"""Asking, voting and deciding: who may vote, on what, and what the deciding vote does."""

from dataclasses import replace
from datetime import date

import pytest

from benefits.events import details, gates, money
from benefits.events.gates import CaseDecided, CaseLapsed, Choice, Outcome, VoteCast
from benefits.lifecycle import Gate, Stage
from benefits.plans import Condition
from benefits.refusals import NotAllowed, NotFound, Stale
from tests.cases import ASKS, BOARD, LATER, PLAN, B, claimed, council, happened, ready, vote
from tests.given import World
from workflows.commands import EndCase, MeetCondition, RetractCase, SeatKind, Tie
from workflows.events import BoardRulesSet, SeatFilled, SeatVacated
from workflows.gates import NotReady
from workflows.sign_off import RULES

CONDITION = Condition("k1", "Report monthly.", "olu", date(2024, 5, 1))


def put(gate: Gate = Gate.VALIDATION, stage: Stage | None = None) -> World:
    world = ready(gate, stage=stage)
    world.asked(RULES, ASKS[gate])
    return world


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
    for choice in (Choice.DEFER, Choice.REJECT):
        world.refused(RULES, vote(world, choice, statement=" "), "chris")
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


def test_the_finance_seat_must_approve_where_the_gate_asks() -> None:
    world = put(Gate.DELIVERY)
    world.asked(RULES, vote(world), by="chris")
    assert [type(e) for e in world.asked(RULES, vote(world), by="mo")] == [VoteCast]
    assert len(world.asked(RULES, vote(world), by="fin")) == 3


@pytest.mark.parametrize(
    ("gate", "stage", "needed"),
    [
        (Gate.REBASELINE, Stage.VALIDATED, False),
        (Gate.REBASELINE, Stage.IN_DELIVERY, True),
        (Gate.WITHDRAWAL, Stage.VALIDATED, False),
        (Gate.WITHDRAWAL, Stage.IN_DELIVERY, True),
        (Gate.REOPENING, Stage.REALISED, False),
    ],
)
def test_in_delivery_a_changed_plan_needs_the_finance_seat(
    gate: Gate, stage: Stage, needed: bool
) -> None:
    world = put(gate, stage)
    world.asked(RULES, vote(world), by="chris")
    assert (len(world.asked(RULES, vote(world), by="mo")) == 1) == needed


def test_a_case_fails_as_soon_as_it_can_no_longer_succeed() -> None:
    world = put(Gate.DELIVERY)
    answer = world.asked(RULES, vote(world, Choice.REJECT), by="fin")
    assert [type(e) for e in answer] == [VoteCast, CaseDecided]
    case = world.benefit("b1").cases["case-1"]
    assert case.outcome is Outcome.REJECTED
    assert "The finance seat must approve" in case.because


def test_a_failed_case_ends_by_the_more_of_defer_and_reject_and_defers_when_equal() -> None:
    for choices, outcome in [
        ((Choice.REJECT, Choice.REJECT), Outcome.REJECTED),
        ((Choice.DEFER, Choice.REJECT), Outcome.DEFERRED),
    ]:
        world = put()
        for person, choice in zip(("chris", "mo"), choices, strict=True):
            world.asked(RULES, vote(world, choice), by=person)
        assert world.benefit("b1").cases["case-1"].outcome is outcome


NOT_ABLE = [
    ((SeatVacated("s2"), SeatVacated("s3")), Gate.VALIDATION, "its quorum of 2"),
    ((BoardRulesSet(1, 4, Tie.CHAIR, 5),), Gate.VALIDATION, "the 4 approvals needed"),
    ((SeatVacated("s3"),), Gate.DELIVERY, "The finance seat must approve"),
    ((SeatFilled("s3", SeatKind.FINANCE, "fay"),), Gate.DELIVERY, "The finance seat must approve"),
]


@pytest.mark.parametrize(("changes", "gate", "says"), NOT_ABLE)
def test_a_case_that_the_board_could_not_decide_is_not_put(
    changes: tuple[object, ...], gate: Gate, says: str
) -> None:
    world = ready(gate).given(BOARD, *changes)
    assert says in world.refused(RULES, ASKS[gate])


def test_a_case_ends_only_when_its_days_are_over() -> None:
    world = put().on(date(2024, 4, 12), hour=22)  # still the 12th in London, until 23:00 UTC
    assert "until the end of 12 April 2024" in world.refused(RULES, EndCase("b1", "case-1"))
    world.on(date(2024, 4, 12), hour=23)
    assert "no vote can be cast" in world.refused(RULES, vote(world), "chris")
    (lapsed,) = world.asked(RULES, EndCase("b1", "case-1"), by="scheduler")
    assert isinstance(lapsed, CaseLapsed)
    assert "0 of the 2 votes" in lapsed.because
    assert "ended already" in world.refused(RULES, EndCase("b1", "case-1"))


@pytest.mark.parametrize(
    ("tie", "chair", "other", "outcome"),
    [
        (Tie.CHAIR, Choice.APPROVE, Choice.REJECT, Outcome.APPROVED),
        (Tie.CHAIR, Choice.REJECT, Choice.APPROVE, Outcome.REJECTED),
        (Tie.CHAIR, Choice.DEFER, Choice.APPROVE, Outcome.DEFERRED),
        (Tie.DEFER, Choice.APPROVE, Choice.REJECT, Outcome.DEFERRED),
        (Tie.REJECT, Choice.APPROVE, Choice.DEFER, Outcome.REJECTED),
    ],
)
def test_a_tie_at_the_end_of_the_days_ends_by_the_boards_setting(
    tie: Tie, chair: Choice, other: Choice, outcome: Outcome
) -> None:
    world = put().given(BOARD, BoardRulesSet(2, 2, tie, 10))
    world.asked(RULES, vote(world, chair), by="chris")
    world.asked(RULES, vote(world, other), by="mo")
    world.on(date(2024, 4, 13)).asked(RULES, EndCase("b1", "case-1"), by="scheduler")
    benefit = world.benefit("b1")
    assert benefit.cases["case-1"].outcome is outcome
    assert (benefit.stage is Stage.VALIDATED) == outcome.approves


def test_a_chairs_casting_vote_does_not_stand_in_for_the_finance_seat() -> None:
    world = put(Gate.DELIVERY)
    world.asked(RULES, vote(world), by="chris")
    world.asked(RULES, vote(world, Choice.REJECT), by="mo")
    world.on(date(2024, 4, 13)).asked(RULES, EndCase("b1", "case-1"))
    assert world.benefit("b1").cases["case-1"].outcome is Outcome.DEFERRED


def test_at_the_end_a_case_whose_tests_no_longer_hold_lapses() -> None:
    world = put(Gate.REBASELINE).given(B, claimed("c1", 5, LATER.tranches[1].month.financial_year))
    world.asked(RULES, vote(world), by="chris")
    world.asked(RULES, vote(world, Choice.REJECT), by="mo")
    (lapsed,) = world.on(date(2024, 4, 13)).asked(RULES, EndCase("b1", "case-1"))
    assert isinstance(lapsed, CaseLapsed)
    assert "tests are no longer met" in lapsed.because


def test_a_case_is_taken_back_with_a_reason_and_only_while_it_is_open() -> None:
    world = put()
    assert "reason is needed" in world.refused(RULES, RetractCase("b1", "case-1", " "))
    world.asked(RULES, RetractCase("b1", "case-1", "Too early."))
    assert "has ended" in world.refused(RULES, RetractCase("b1", "case-1", "Again."))
    assert "has ended" in world.refused(RULES, vote(world), "chris")
    assert "put before" in world.refused(RULES, ASKS[Gate.VALIDATION])


def test_a_programme_without_a_board_cannot_put_a_case() -> None:
    world = happened(council(), {})
    world.refused(RULES, ASKS[Gate.VALIDATION], as_a=NotFound)
    world = ready(Gate.VALIDATION)
    del world.streams[BOARD]
    world.refused(RULES, ASKS[Gate.VALIDATION], as_a=NotFound)
