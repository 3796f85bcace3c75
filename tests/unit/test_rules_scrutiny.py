"""Questions and recommendations of scrutiny: asked, answered, asked again and closed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benefits.commands.programme import WriteNarrative
from benefits.events.details import OwnerNamed
from benefits.periods import Month
from benefits.refusals import NotFound, Refused
from benefits.vocabulary import ReportSection
from tests.given import World
from tests.unit import council
from workflows.commands import Role
from workflows.permissions import may
from workflows.scrutiny import commands as asked
from workflows.scrutiny import events as happened
from workflows.scrutiny.commands import Response, Sort
from workflows.scrutiny.question import Question, State
from workflows.scrutiny.rules import RULES
from workflows.scrutiny.wording import sentence

NOVEMBER = date(2024, 11, 20)
ASK = asked.AskQuestion("q1", "p1", Sort.QUESTION, "Why?", due=NOVEMBER)
RECOMMEND = replace(ASK, sort=Sort.RECOMMENDATION, text="Publish it.")
ANSWER = asked.AnswerQuestion("q1", "Because.")
FIRST = "Scrutiny recommended of the report of September 2024 (figure F3): Publish it."


def standing(world: World) -> Question:
    found = world.thing("question-q1")
    assert isinstance(found, Question)
    return found


def after(*commands: object) -> World:
    world = council.council()
    for command in commands:
        world.asked(RULES, command)
    return world


def test_a_question_goes_from_asked_to_closed_and_every_step_is_kept() -> None:
    world = after(ASK)
    assert standing(world).state is State.ASKED
    assert standing(world).overdue(date(2024, 11, 21))
    assert not standing(world).overdue(NOVEMBER)
    world.asked(RULES, asked.AssignQuestion("q1", "olu", date(2024, 12, 1), "It is his."))
    world.asked(RULES, ANSWER)
    assert not standing(world).is_open
    world.asked(RULES, asked.FollowUpQuestion("q1", "And since then?"))
    assert standing(world).state is State.FOLLOWED_UP
    assert standing(world).due == date(2024, 12, 1), "the day stays, where no new one is named"
    world.asked(RULES, replace(ANSWER, text="Still because."))
    world.asked(RULES, asked.CloseQuestion("q1", "Content."))
    q = standing(world)
    assert (q.state, q.owner, q.number) == (State.CLOSED, "olu", f"Q{q.position}")
    assert [one.text for one in q.answers] == ["Because.", "Still because."]
    assert len(q.positions) == q.version == 6


def test_a_question_about_a_benefit_goes_to_its_owner_unless_another_is_named() -> None:
    world = council.identified().given("benefit-b1", OwnerNamed("olu"))
    world.asked(RULES, replace(ASK, benefit="b1", month=Month(2024, 9), figure=" f3 "))
    assert (standing(world).owner, standing(world).figure) == ("olu", "F3")
    other = council.identified().given("benefit-b1", OwnerNamed("olu"))
    other.asked(RULES, replace(ASK, benefit="b1", owner="dee"))
    assert standing(other).owner == "dee"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": " "}, "The question is missing"),
        ({"text": "x" * 2_001}, "has 2,001 characters"),
        ({"figure": "F3"}, "Say which report prints that figure"),
        ({"figure": "X9", "month": Month(2024, 9)}, "is not a reference that a report prints"),
        ({"month": Month(2024, 11)}, "has not come yet"),
        ({"owner": "nobody"}, "Nobody on record"),
        ({"due": council.TODAY}, "give a day after today"),
        ({"question": "a b"}, "The id of the question"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(change: dict[str, Any], said: str) -> None:
    assert said in council.council().refused(RULES, replace(ASK, **change))


def test_a_recommendation_is_answered_with_what_becomes_of_it_and_a_question_is_not() -> None:
    assert "Say whether" in after(RECOMMEND).refused(RULES, ANSWER)
    partly = replace(ANSWER, response=Response.PARTLY)
    world = after(RECOMMEND, partly)
    assert standing(world).response is Response.PARTLY
    assert "in words" in after(ASK).refused(RULES, partly)


@pytest.mark.parametrize(
    ("before", "then", "said"),
    [
        ((ASK,), ASK, "asked already"),
        ((ASK, ANSWER), ANSWER, "answered already"),
        ((ASK,), asked.FollowUpQuestion("q1", "Again?"), "Only what is answered"),
        ((ASK, asked.CloseQuestion("q1", "No.")), ANSWER, "It is closed"),
        ((ASK, asked.CloseQuestion("q1", "No.")), asked.CloseQuestion("q1", "No."), "already"),
        (
            (ASK, asked.CloseQuestion("q1", "No.")),
            asked.AssignQuestion("q1", "olu", NOVEMBER),
            "nothing left to answer",
        ),
    ],
)
def test_a_step_out_of_turn_is_refused(before: tuple[object, ...], then: object, said: str) -> None:
    assert said in after(*before).refused(RULES, then)


def test_what_nobody_asked_is_not_found() -> None:
    for command in (ANSWER, asked.CloseQuestion("q1", "No."), asked.FollowUpQuestion("q1", "A?")):
        assert council.council().refused(RULES, command, as_a=NotFound)


def test_whoever_is_to_answer_may_and_others_may_not() -> None:
    assert may("olu", set(), ANSWER, answers="olu") is None
    assert may("zed", {Role.PMO}, ANSWER, answers="olu") is None
    refusal = may("zed", {Role.SCRUTINY}, ANSWER, answers="olu")
    assert refusal == "Only a PMO officer or who is to answer it may answer a question."
    assert may("olu", set(), asked.CloseQuestion("q1", "x"), answers="olu") is not None


def test_every_event_of_a_question_is_told_in_a_sentence() -> None:
    world = after(
        replace(RECOMMEND, month=Month(2024, 9), figure="F3", owner="olu"),
        asked.AssignQuestion("q1", "dee", date(2024, 12, 1), "She runs it."),
        replace(ANSWER, response=Response.ACCEPTED),
        asked.FollowUpQuestion("q1", "When?"),
        asked.CloseQuestion("q1", "Done."),
    )
    events = world.streams["question-q1"]
    names = {"olu": "Olu Ade", "dee": "Dee Roy"}
    told = [sentence(one, standing(world), names.__getitem__) for one in events]
    assert told == [
        f"{FIRST} Olu Ade is to answer by 20 November 2024.",
        "Dee Roy is to answer by 1 December 2024: She runs it.",
        "The recommendation was accepted: Because.",
        "Scrutiny asked again: When?",
        "The recommendation was closed: Done.",
    ]
    assert {type(one.event) for one in events} == set(happened.STORED_NAMES)


def test_the_pmo_writes_in_a_section_puts_it_better_and_takes_it_back() -> None:
    write = WriteNarrative("p1", Month(2024, 9), ReportSection.STATUS, "A")
    world = council.council()
    world.asked(council.RULES, write)
    assert world.asked(council.RULES, write) == [], "the same words again are nothing new"
    world.asked(council.RULES, replace(write, text="B\n\nC"))
    held = world.programme("p1").narratives
    assert [one.text for one in held.values()] == ["B\n\nC"]
    world.asked(council.RULES, replace(write, text=""))
    assert not world.programme("p1").narratives
    assert "write it" in world.refused(council.RULES, replace(write, text=""))
    for change in ({"text": "x" * 2_001}, {"month": Month(2024, 11)}, {"month": Month(2020, 1)}):
        world.refused(council.RULES, replace(write, **change), as_a=Refused)
