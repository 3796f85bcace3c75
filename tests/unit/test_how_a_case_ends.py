"""How a case ends: by the finance seat, by failing, at the end of its days, or taken back."""

from datetime import date

import pytest

from benefits.events.gates import CaseDecided, CaseLapsed, Choice, Outcome, VoteCast
from benefits.lifecycle import Gate, Stage
from benefits.refusals import NotFound
from tests.cases import ASKS, BOARD, LATER, B, claimed, council, happened, put, ready, vote
from workflows.commands import EndCase, RetractCase, SeatKind, Tie
from workflows.events import BoardRulesSet, SeatFilled, SeatVacated
from workflows.sign_off import RULES


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
