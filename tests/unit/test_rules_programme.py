"""Programmes: their window, workstreams, tolerance, report schedule and months."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from benefits.commands import programme as asked
from benefits.events import gates
from benefits.events import programme as happened
from benefits.events.programme import Unclosed
from benefits.lifecycle import Gate
from benefits.periods import FinancialYear, Month
from benefits.refusals import NotFound
from tests.given import World
from tests.unit.council import RULES, TODAY, Y24, council, delivering

START = asked.StartProgramme("p2", "New Ways", Y24, 4, "board1", "dee", "Scrutiny")


def test_a_programme_is_started_once() -> None:
    world = council()
    assert world.asked(RULES, START) == [
        happened.ProgrammeStarted("New Ways", Y24, 4, "dee", "board1", "Scrutiny")
    ]
    assert world.asked(RULES, START) == []
    assert "“New Ways” already has this id" in world.refused(RULES, replace(START, years=5))


def test_two_programmes_never_have_one_title() -> None:
    world = council()
    assert world.asked(RULES, START)
    said = "“new  ways” is already the title of a programme: choose another title."
    assert said == world.refused(RULES, replace(START, programme="p3", title="new  ways"))
    assert world.asked(RULES, replace(START, programme="p3", title="Newer ways"))
    assert said == world.refused(RULES, asked.ChangeProgramme("p3", title="new  ways"))
    assert world.asked(RULES, asked.ChangeProgramme("p2", title="NEW WAYS")), "its own is its own"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"programme": "p 2"}, "The id of the programme"),
        ({"title": ""}, "The title of the programme is missing"),
        ({"years": 0}, "must be a whole number from 1 to 30."),
        ({"years": 31}, "must be a whole number from 1 to 30."),
        ({"first_year": FinancialYear(1999)}, "give a year from 2000/01 to 2100/01."),
        ({"first_year": FinancialYear(2101)}, "give a year from 2000/01 to 2100/01."),
        ({"board": "b 1"}, "The id of the board"),
        ({"sponsor": "nobody"}, "Nobody on record"),
        ({"committee": "c" * 201}, "The committee has 201"),
    ],
)
def test_a_programme_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in council().refused(RULES, replace(START, **change))


def test_the_longest_window_still_holds_ten_years_after_it() -> None:
    world = council()
    last = replace(START, first_year=FinancialYear(2100), years=30)
    assert world.asked(RULES, last)
    assert world.refused(RULES, asked.CloseMonth("p2", Month(2100, 4)))


@pytest.mark.parametrize(
    "command",
    [
        asked.ChangeProgramme("p9", title="X"),
        asked.AddWorkstream("p9", "X"),
        asked.SetTolerance("p9", 1, "X"),
        asked.SetRecipients("p9", ()),
        asked.SetReportSchedule("p9", 3, Unclosed.DRAFT),
        asked.CloseMonth("p9", Month(2024, 9)),
        asked.ReviewMonth("p9", Month(2024, 9)),
        asked.RemoveGroupInvestment("p9", "i", "X"),
    ],
)
def test_a_programme_that_is_not_there_is_not_found(command: object) -> None:
    said = council().refused(RULES, command, as_a=NotFound)
    assert said == "There is no such programme: look for it in the list of programmes."


def test_a_programme_records_only_what_changed() -> None:
    world = council()
    command = asked.ChangeProgramme("p1", title="Better Lives", sponsor="pat", committee="Health")
    assert world.asked(RULES, command) == [
        happened.ProgrammeChanged(sponsor="pat", committee="Health")
    ]
    assert world.asked(RULES, command) == []
    assert "is missing" in world.refused(RULES, asked.ChangeProgramme("p1", title=""))
    assert "Nobody on record" in world.refused(RULES, asked.ChangeProgramme("p1", sponsor="x"))
    assert "The id of the board" in world.refused(RULES, asked.ChangeProgramme("p1", board="!"))


def test_a_programme_may_start_without_a_board_and_then_keeps_the_one_it_has() -> None:
    world = council()
    assert world.asked(RULES, replace(START, board=""))
    said = world.refused(RULES, asked.ChangeProgramme("p1", board=""))
    assert said == "A programme keeps a board: name another one in its place."


def test_a_workstream_has_a_name_of_its_own() -> None:
    world = council()
    assert world.asked(RULES, asked.AddWorkstream("p1", "Homes"))
    assert world.asked(RULES, asked.AddWorkstream("p1", "Homes")) == []
    said = world.refused(RULES, asked.AddWorkstream("p1", " ADULTS "))
    assert said == "“Adults” is already a workstream of this programme: use that one."
    assert "is missing" in world.refused(RULES, asked.AddWorkstream("p1", ""))


TOLERANCE = asked.SetTolerance("p1", 5, "The board agreed.")


def test_a_tolerance_changes_with_a_reason() -> None:
    world = council()
    for per_cent in (-1, 101):
        said = world.refused(RULES, replace(TOLERANCE, per_cent=per_cent))
        assert said == "The tolerance in per cent must be a whole number from 0 to 100."
    assert "a reason is needed" in world.refused(RULES, replace(TOLERANCE, reason=""))
    assert world.asked(RULES, TOLERANCE)
    assert world.asked(RULES, TOLERANCE) == []


def _put(world: World, gate: Gate, tolerance: int = 0) -> World:
    case = gates.CaseSubmitted("k1", gate, 9, "board1", TODAY, "Decide.", tolerance)
    return world.given("benefit-b1", case)


def test_a_new_tolerance_lapses_the_realisation_cases_put_on_another() -> None:
    world = _put(delivering(), Gate.REALISATION)
    world.asked(RULES, TOLERANCE)
    case = world.benefit("b1").cases["k1"]
    assert not case.open
    assert case.because == (
        "The programme's tolerance at Realisation changed from 0 per cent to 5 per cent."
    )


def test_other_cases_and_those_put_on_the_new_tolerance_stay() -> None:
    for world in (_put(delivering(), Gate.REBASELINE), _put(delivering(), Gate.REALISATION, 5)):
        world.asked(RULES, TOLERANCE)
        assert world.benefit("b1").cases["k1"].open


def test_recipients_are_known_people_named_once() -> None:
    world = council()
    command = asked.SetRecipients("p1", ("cara", "dee", "cara"))
    assert world.asked(RULES, command) == [happened.RecipientsSet(("cara", "dee"))]
    assert world.asked(RULES, command) == []
    assert "Nobody on record" in world.refused(RULES, asked.SetRecipients("p1", ("x",)))
    many = asked.SetRecipients("p1", tuple(f"p{number}" for number in range(201)))
    assert "at most 200 people" in world.refused(RULES, many)


def test_the_report_is_due_in_the_first_half_of_the_month() -> None:
    world = council()
    command = asked.SetReportSchedule("p1", 5, Unclosed.DRAFT)
    assert world.asked(RULES, command)
    assert world.asked(RULES, command) == []
    for working_day in (0, 16):
        said = world.refused(RULES, replace(command, working_day=working_day))
        assert said == "The working day of the report must be a whole number from 1 to 15."


def test_a_month_is_closed_and_reviewed_once_it_is_over_in_either_order() -> None:
    september = Month(2024, 9)
    for first, second in (
        (asked.CloseMonth, asked.ReviewMonth),
        (asked.ReviewMonth, asked.CloseMonth),
    ):
        world = council()
        assert world.asked(RULES, first("p1", september, "Done."))
        assert world.asked(RULES, second("p1", september, "Done."))
        done = "already: nothing is left to do."
        assert done in world.refused(RULES, first("p1", september))
        assert done in world.refused(RULES, second("p1", september))


def test_a_month_that_is_not_over_is_not_closed() -> None:
    world = council()
    said = world.refused(RULES, asked.CloseMonth("p1", Month(2024, 10)))
    assert said == "October 2024 is not over: it can be closed from 31 October 2024."
    said = world.refused(RULES, asked.ReviewMonth("p1", Month(2024, 10)))
    assert said == "October 2024 is not over: it can be reviewed from 31 October 2024."
    assert world.on(date(2024, 10, 31)).asked(RULES, asked.CloseMonth("p1", Month(2024, 10)))
    before = world.refused(RULES, asked.CloseMonth("p1", Month(2024, 3)))
    assert "it must be from April 2024" in before
