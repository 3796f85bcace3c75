"""Meetings of a board: called with the cases before it, attended from its seats."""

from datetime import date, timedelta

import pytest

from benefits.events.gates import CaseDecided, Choice, Outcome
from benefits.lifecycle import Gate
from tests.cases import put, vote
from tests.given import World
from workflows.commands import (
    CallMeeting,
    CancelMeeting,
    DeclareInterest,
    RecordAttendance,
    SetAgenda,
)
from workflows.meeting_events import AgendaItem, AgendaSet, AttendanceRecorded, Present
from workflows.meetings import RULES
from workflows.sign_off import RULES as CASES

CALL = CallMeeting("m1", "main", date(2024, 5, 1), "14:00", "Room 1", ("case-1",))
INTEREST = DeclareInterest("b1", "case-1", "mo", "I am on the supplier’s board.")


def _called() -> World:
    world = put()
    world.asked(RULES, CALL)
    return world


def test_a_meeting_takes_the_cases_that_are_before_its_board() -> None:
    world = put()
    (called,) = world.asked(RULES, CALL)
    assert called.agenda == (AgendaItem("b1", "case-1"),)  # type: ignore[attr-defined]
    other = CallMeeting("m2", "main", date(2024, 5, 1), "14:00", "", ("case-9",))
    assert "before this board" in world.refused(RULES, other)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (CallMeeting("m2", "main", date(2024, 1, 1), "14:00"), "has gone by"),
        (CallMeeting("m2", "main", date(2024, 5, 1), "2 pm"), "as 14:00"),
        (CallMeeting("m1", "main", date(2024, 5, 1), "14:00"), "called already"),
        (SetAgenda("m1", ("case-1", "case-1")), "stands once"),
        (CancelMeeting("m1", ""), "Say why"),
        (RecordAttendance("m1", ("mo",)), "on the day of the meeting"),
        (SetAgenda("m9", ()), "no such meeting"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(asked: object, said: str) -> None:
    assert said in _called().refused(RULES, asked)


def test_an_agenda_keeps_a_case_that_was_decided_meanwhile() -> None:
    world = _called()
    world.given("benefit-b1", CaseDecided("case-1", Gate.VALIDATION, Outcome.DEFERRED, "Not yet."))
    assert world.asked(RULES, SetAgenda("m1", ("case-1",))) == []
    assert world.asked(RULES, SetAgenda("m1", ())) == [AgendaSet(())]


def test_a_seat_is_attended_by_its_holder_or_the_deputy() -> None:
    world = _called().on(date(2024, 5, 1))
    assert "both on the list" in world.refused(RULES, RecordAttendance("m1", ("mo", "dee")))
    assert "Only holders and deputies" in world.refused(RULES, RecordAttendance("m1", ("zed",)))
    recorded = world.asked(RULES, RecordAttendance("m1", ("chris", "dee")))
    assert recorded == [AttendanceRecorded((Present("s1", "chris"), Present("s2", "dee")))]
    assert world.asked(RULES, RecordAttendance("m1", ("chris", "dee"))) == []
    assert "was held" in world.refused(RULES, CancelMeeting("m1", "Nobody came."))


def test_whoever_declares_an_interest_has_no_vote_and_one_cast_before_counts_no_more() -> None:
    world = put()
    world.asked(CASES, vote(world), by="mo")
    world.asked(CASES, INTEREST, by="mo")
    said = world.refused(CASES, vote(world, Choice.DEFER), by="mo")
    assert "you declared an interest in it" in said
    world.asked(CASES, vote(world), by="chris")
    assert world.benefit("b1").cases["case-1"].outcome is None, "the vote of mo does not count"
    world.asked(CASES, vote(world), by="fin")
    assert world.benefit("b1").cases["case-1"].outcome is Outcome.APPROVED


def test_a_deputy_may_vote_for_a_holder_with_an_interest() -> None:
    world = put()
    world.asked(CASES, INTEREST, by="mo")
    world.asked(CASES, vote(world), by="dee")
    assert world.benefit("b1").cases["case-1"].votes["s2"].voter == "dee"


def test_a_member_declares_an_own_interest_and_the_chair_and_the_clerk_anybodys() -> None:
    for by in ("mo", "chris", "pat"):
        world = put()
        assert world.asked(CASES, INTEREST, by=by)
        assert world.asked(CASES, INTEREST, by=by) == []
    assert "your own interest" in put().refused(CASES, INTEREST, by="fin")
    stranger = DeclareInterest("b1", "case-1", "zed", "None of ours.")
    assert "with a seat" in put().refused(CASES, stranger)


def test_a_case_that_can_then_not_be_approved_ends_at_once() -> None:
    world = put()
    for person in ("chris", "fin"):
        world.asked(
            CASES, DeclareInterest("b1", "case-1", person, "We own shares of it."), by=person
        )
    case = world.benefit("b1").cases["case-1"]
    assert case.outcome is Outcome.DEFERRED
    assert "Only 1 may vote" in case.because
    world.at += timedelta(days=1)
    assert "changes nothing" in world.refused(CASES, INTEREST, by="mo")
