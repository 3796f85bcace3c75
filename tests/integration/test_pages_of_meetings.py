"""A board's meeting through its pages: called, held, minuted; and signing in again to vote."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine

from benefits.lifecycle import Gate
from entrypoints.tokens import Scope
from tests.desks import MORNING, Desks, at_their_desks
from tests.programs import program
from tests.querying import statements
from tests.report_files import text_of
from tests.scenario import begin, saves
from tests.verapdf import verdicts
from tests.web import PASSWORD
from workflows import meeting_rows
from workflows.commands import SetVotingRules

NEW = "/boards/main/meetings/new"
TYPED = {"day-day": "3", "day-month": "6", "day-year": "2024", "starts": "10:00", "place": "Room 1"}


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    for name in ("homes", "cars"):
        scenario.described(scenario.identified(name, saves(1_000, "2024-07"), benefit=name))
    with at_their_desks(scenario, tmp_path) as found:
        for name in ("homes", "cars"):
            scenario.submitted(name, Gate.VALIDATION)
        yield found


def _call(desks: Desks, by: str = "pat") -> str:
    sent = desks[by].send(NEW, {**TYPED, "cases": ["case-1", "case-2"]})  # type: ignore[dict-item]
    assert sent.status_code == 303, sent.text
    return str(sent.location)


def test_a_meeting_is_called_held_and_minuted(desks: Desks, tmp_path: Path) -> None:
    meeting = _call(desks)
    sent = desks["chris"].send(f"{meeting}/earlier", {"case": "case-2"}, _of(desks, meeting))
    assert sent.status_code == 303
    assert desks["chris"].send(f"{meeting}/attendance", {"people": ["chris", "dee"]}).location  # type: ignore[dict-item]
    opened = "/cases/case-2/interest"
    told = {"person": "dee", "interest": "My firm bids for it."}
    assert desks["pat"].send(opened, told).status_code == 303
    desks.scenario.voted("cars", "case-2", "chris", statement="A good plan.")
    page = desks["aud"].get(meeting).text
    assert page.index("cars") < page.index("homes")
    assert "Quorate: 2 of the 2 seats present may vote on it" in page
    assert "Not quorate: 1 of the 2 seats present may vote on it" in page
    assert "Dee Frost: My firm bids for it." in page
    files = []
    for name in ("papers", "minutes"):
        answer = desks["mo"].get(f"{meeting}/{name}.pdf")
        assert answer.status_code == 200
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(answer.data)
    assert not any(verdicts(files).values())
    papers, minutes = (" ".join(" ".join(text_of(one)).split()) for one in files)
    assert papers.index("1. Validation: ") < papers.index("The tests of the gate")
    for said in ("DRAFT minutes", "Chris Vane", "My firm bids for it.", "A good plan.", "Absent"):
        assert said in minutes
    reader = program(desks.app, desks.scenario.realise, "aud", (Scope.READ,))
    for address in (f"{meeting}/papers", f"{meeting}/minutes", "/cases/case-1/pack"):
        answer = reader.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert answer.data.startswith(b"%PDF-1.7")
    assert reader.get("/cases/case-1/certificate").status_code == 409
    assert reader.get("/meetings/none/minutes").status_code == 404


def _of(desks: Desks, meeting: str) -> dict[str, str]:
    return desks["chris"].hidden(meeting)


def test_only_the_chair_and_the_pmo_call_a_meeting(desks: Desks) -> None:
    assert desks["mo"].get(NEW).status_code == 403
    assert desks["aud"].get(NEW).status_code == 403
    assert _call(desks, "chris")
    assert "Call a meeting" not in desks["mo"].get("/boards/main").text
    assert "Call a meeting" in desks["chris"].get("/boards/main").text


def test_meetings_to_come_are_found_for_a_calendar(desks: Desks) -> None:
    _call(desks)
    today = MORNING.date()
    with desks.scenario.realise.database.read() as connection:
        (row,) = meeting_rows.to_come(connection, today, ["main"])
        assert (row.title, row.day, row.starts) == ("Transformation board", "2024-06-03", "10:00")
        assert not meeting_rows.to_come(connection, today, ["other"])
        assert not meeting_rows.to_come(connection, date(2024, 6, 4))
    assert "3 June 2024 at 10:00am" in desks["aud"].get("/meetings").text


def test_a_meeting_takes_as_many_queries_for_two_cases_as_for_one(desks: Desks) -> None:
    meeting = _call(desks)
    counted = []
    for cases in (["case-1"], ["case-1", "case-2"]):
        desks["pat"].send(f"{meeting}/agenda", {"cases": cases})  # type: ignore[dict-item]
        with statements() as sent:
            assert desks["pat"].get(meeting).text.count('id="case-') == len(cases)
        counted.append(len(sent))
    assert counted[0] == counted[1]


def test_who_signed_in_long_ago_gives_the_password_again_to_vote(desks: Desks) -> None:
    desks.scenario.do(SetVotingRules(10), by="ada")
    desks["chris"].get("/")
    approve = {"choice": "approve", "statement": "Agreed."}
    with time_machine.travel(MORNING + timedelta(minutes=11)):
        opened = desks["chris"].hidden("/cases/case-1")
        assert "Your password" in desks["chris"].get("/cases/case-1").text
        for wrong in ({}, {"proof": "not the password"}):
            refused = desks["chris"].send("/cases/case-1/vote", {**approve, **wrong}, opened)
            assert refused.status_code == 422
            assert "That is not your password" in refused.text
            assert "Agreed." in refused.text
        assert not desks.scenario.benefit("homes").cases["case-1"].votes
        right = {**approve, "proof": PASSWORD}
        assert desks["chris"].send("/cases/case-1/vote", right, opened).status_code == 303
        assert "Your password" not in desks["chris"].get("/cases/case-2").text
    assert desks.scenario.benefit("homes").cases["case-1"].votes["chair"].voter == "chris"


def test_nothing_more_is_asked_while_the_council_does_not_ask_it(desks: Desks) -> None:
    desks["chris"].get("/")
    with time_machine.travel(MORNING + timedelta(minutes=20)):
        assert "Your password" not in desks["chris"].get("/cases/case-1").text
