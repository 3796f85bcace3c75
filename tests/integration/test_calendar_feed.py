"""A person's calendar: their own days, at an address that nobody guesses and that can end."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.desks import Desks, at_their_desks
from tests.scenario import begin, saves
from tests.web import visitor

ADDRESS = re.compile(r"/calendars/[A-Za-z0-9_-]{43}\.ics")


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    homes = scenario.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    scenario.validated(homes)
    scenario.prepared(homes, milestone="2036-07-01")
    with at_their_desks(scenario, tmp_path) as found:
        yield found


def _made(desks: Desks, person: str) -> str:
    answer = desks[person].send("/account/calendar", {"end": ""})
    assert answer.status_code == 201
    found = ADDRESS.search(answer.text)
    assert found is not None
    return found.group()


def _entries(desks: Desks, address: str) -> dict[str, str]:
    answer = visitor(desks.app).get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return {
        str(each["uid"]): str(each["summary"]) for each in Calendar.from_ical(answer.data).events
    }


def test_a_calendar_holds_ones_own_days_and_keeps_their_ids(desks: Desks) -> None:
    address = _made(desks, "olu")
    first = _entries(desks, address)
    assert any(
        "The new service starts" in title and "Fewer homes" in title for title in first.values()
    )
    assert not any("Report due" in title for title in first.values()), "an owner's days only"
    assert _entries(desks, address) == first
    reports = [
        each for each in _entries(desks, _made(desks, "pat")).values() if "Report due" in each
    ]
    assert len(reports) == 12


def test_an_address_ends_when_another_is_made_or_it_is_ended(desks: Desks) -> None:
    first = _made(desks, "olu")
    second = _made(desks, "olu")
    assert visitor(desks.app).get(first).status_code == 404
    assert visitor(desks.app).get(second).status_code == 200
    carried = desks["olu"].hidden("/account/calendar")
    assert desks["olu"].send("/account/calendar", {"end": "yes"}, carried).status_code == 303
    assert visitor(desks.app).get(second).status_code == 404
    assert visitor(desks.app).get("/calendars/x.ics").status_code == 404


def test_a_calendar_of_somebody_without_benefits_is_empty_and_still_a_calendar(
    desks: Desks,
) -> None:
    assert _entries(desks, _made(desks, "ada")) == {}
