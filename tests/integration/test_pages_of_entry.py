"""Recording a month in grids: one act, every fault at its cell, nothing lost between two people."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import TypeAlias

import pytest
from werkzeug.test import TestResponse

from benefits.commands.delivery import ForecastMilestone, PlanMilestone, ReachMilestone
from benefits.commands.details import NameOwner
from benefits.commands.money import RecordForecast
from benefits.lines import expected
from benefits.tranches import Nature
from eventlog import schema
from tests.amounts import money_of
from tests.desks import Desks, at_their_desks
from tests.scenario import Scenario, begin, open_realise, saves, started_programme

GRID = "/programmes/care/enter/"
DAYS, CLAIMS, FORECASTS = f"{GRID}milestones", f"{GRID}claims?month=2024-05", f"{GRID}forecasts"
Filled: TypeAlias = dict[str, str | list[str]]
_FIELD = re.compile(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"')
_SELECT = re.compile(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
_CHOSEN = re.compile(r'<option value="([^"]*)" selected')


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The council, made once; every test has a copy of its record."""
    folder = tmp_path_factory.mktemp("made")
    url = f"sqlite:///{folder / 'realise.sqlite'}"
    schema.upgrade(url)
    council = begin(url, folder)
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    council.in_delivery("One desk", saves(80_000, "2024-05"), benefit="desk", workstream="Property")
    council.realise.database.close()
    return council


@pytest.fixture
def desks(made: Scenario, tmp_path: Path) -> Iterator[Desks]:
    copy = shutil.copy(made.realise.database.place, tmp_path / "realise.sqlite")
    council = Scenario(open_realise(f"sqlite:///{copy}", tmp_path), made.at, made.used.copy())
    with at_their_desks(council, tmp_path) as found:
        yield found


def _filled(text: str) -> Filled:
    """Every field of the grid's form as the page has it."""
    form = text.rpartition('<form method="post" novalidate>')[2]
    fields: Filled = {"row": []}
    for name, value in _FIELD.findall(form):
        if 'type="checkbox"' in form.partition(f'name="{name}"')[0][-120:]:
            continue
        if name == "row":
            fields["row"] = [*fields["row"], unescape(value)]
        else:
            fields[name] = unescape(value)
    for name, options in _SELECT.findall(form):
        chosen = _CHOSEN.search(options)
        fields[name] = unescape(chosen[1]) if chosen else ""
    return fields


def _open(desks: Desks, person: str, address: str) -> Filled:
    return _filled(desks[person].get(address).text)


def _send(desks: Desks, person: str, address: str, opened: Filled, **typed: str) -> TestResponse:
    return desks[person].client.post(address, data={**opened, **typed}, buffered=True)


def test_milestones_are_moved_and_reached_as_one_act(desks: Desks) -> None:
    opened, before = _open(desks, "pat", DAYS), desks.events()
    typed = {
        "expected-homes-starts": "1 August 2024",
        "why": "Recruitment is late.",
        "reached-desk-starts": "2024-05-02",
    }
    answer = desks["pat"].client.post(DAYS, data={**opened, **typed}, buffered=True)
    assert answer.status_code == 303, answer.text
    assert desks.events() == before + 2
    assert desks.scenario.benefit("homes").milestones["homes-starts"].expected == date(2024, 8, 1)
    assert desks.scenario.benefit("desk").milestones["desk-starts"].reached == date(2024, 5, 2)


def test_every_fault_stands_at_its_cell_and_nothing_is_written(desks: Desks) -> None:
    opened, before = _open(desks, "pat", DAYS), desks.events()
    typed = {
        "expected-homes-starts": "1/8/2023",
        "why-homes-starts": "Late.",
        "reached-desk-starts": "31/2/2024",
    }
    answer = desks["pat"].client.post(DAYS, data={**opened, **typed}, buffered=True)
    assert answer.status_code == 422
    assert desks.events() == before
    for cell in ("expected-homes-starts", "reached-desk-starts"):
        assert f'href="#{cell}"' in answer.text
        assert f'id="{cell}-error"' in answer.text
    assert "There is no such day as “31/2/2024”" in answer.text
    assert "1 August 2023 has passed" in answer.text
    assert 'value="31/2/2024"' in answer.text
    assert 'value="Late."' in answer.text


def test_a_day_that_moved_needs_a_reason(desks: Desks) -> None:
    opened = _open(desks, "pat", DAYS)
    answer = _send(desks, "pat", DAYS, opened, **{"expected-homes-starts": "1/8/2024"})
    assert answer.status_code == 422
    assert "“The new service starts”: say why the day has moved." in answer.text


def test_a_grid_in_which_nothing_was_changed_says_so(desks: Desks) -> None:
    for grid in (DAYS, CLAIMS, FORECASTS):
        answer = _send(desks, "pat", grid, _open(desks, "pat", grid))
        assert answer.status_code == 422
        assert "Nothing was changed" in answer.text


def test_two_people_at_one_grid_lose_nothing(desks: Desks) -> None:
    opened = _open(desks, "pat", DAYS)
    council = desks.scenario
    council.do(ForecastMilestone("homes", "homes-starts", date(2024, 9, 1), "Later."), by="quin")
    council.do(ReachMilestone("desk", "desk-starts", date(2024, 5, 1)), by="quin")
    typed = {"expected-homes-starts": "1/8/2024", "why": "Sooner."}
    late = desks["pat"].client.post(DAYS, data={**opened, **typed}, buffered=True)
    assert late.status_code == 412
    assert "after you opened this page" in late.text
    assert 'value="1/8/2024"' in late.text
    again = desks["pat"].client.post(DAYS, data=_filled(late.text), buffered=True)
    assert again.status_code == 303, again.text
    assert council.benefit("homes").milestones["homes-starts"].expected == date(2024, 8, 1)
    assert council.benefit("desk").milestones["desk-starts"].reached == date(2024, 5, 1)


def test_what_another_person_ended_meanwhile_is_said_and_not_dropped(desks: Desks) -> None:
    opened = _open(desks, "pat", DAYS)
    desks.scenario.do(ReachMilestone("desk", "desk-starts", date(2024, 5, 1)), by="quin")
    late = _send(desks, "pat", DAYS, opened, **{"reached-desk-starts": "2/5/2024"})
    assert late.status_code == 412
    assert "after you opened this page" in late.text


def test_a_month_of_claims_is_one_act_and_sending_it_twice_makes_one(desks: Desks) -> None:
    opened, before = _open(desks, "pat", CLAIMS), desks.events()
    typed = {"amount-homes": "10,000", "amount-desk": "£40k", "note-desk": "From the ledger."}
    for _ in range(2):
        answer = desks["pat"].client.post(CLAIMS, data={**opened, **typed}, buffered=True)
        assert answer.status_code == 303, answer.text
    assert desks.events() == before + 2
    (claim,) = desks.scenario.benefit("desk").claims.values()
    assert claim.tranche == money_of(40_000, "2024-05", "", Nature.RECURRING)
    assert (claim.budget_line, claim.note) == ("4711", "From the ledger.")
    assert "Claimed for May 2024 already: £40,000" in desks["pat"].get(CLAIMS).text


def test_faults_of_words_and_of_rules_are_told_together(desks: Desks) -> None:
    opened, before = _open(desks, "pat", CLAIMS), desks.events()
    typed = {"amount-homes": "lots", "amount-desk": "900,000"}
    answer = desks["pat"].client.post(CLAIMS, data={**opened, **typed}, buffered=True)
    assert answer.status_code == 422
    assert "“lots” is not an amount of money" in answer.text
    assert "£160,000 a year is to be removed" in answer.text
    assert desks.events() == before


def test_a_claim_made_meanwhile_for_the_same_month_is_not_made_twice(desks: Desks) -> None:
    opened = _open(desks, "pat", CLAIMS)
    desks.scenario.claimed("desk", 40_000, "2024-05")
    late = _send(desks, "pat", CLAIMS, opened, **{"amount-desk": "40,000"})
    assert late.status_code == 422
    assert "£40,000 was claimed for May 2024 after you opened this page" in late.text
    again = desks["pat"].client.post(CLAIMS, data=_filled(late.text), buffered=True)
    assert again.status_code == 303
    assert len(desks.scenario.benefit("desk").claims) == 2


def test_forecasts_are_reviewed_with_one_press_and_a_change_needs_its_reason(desks: Desks) -> None:
    opened = _open(desks, "pat", FORECASTS)
    ticked = _send(desks, "pat", FORECASTS, opened, all="yes")
    assert ticked.text.count(' value="yes" checked') == 2
    answer = _send(desks, "pat", FORECASTS, opened, **{"amount-homes-0": "90,000"})
    assert "“Fewer homes”: say why the forecast changed." in answer.text
    typed = {"amount-homes-0": "90,000", "why-homes": "Fewer moves.", "reviewed-desk": "yes"}
    answer = desks["pat"].client.post(FORECASTS, data={**opened, **typed}, buffered=True)
    assert answer.status_code == 303, answer.text
    homes, desk = desks.scenario.benefit("homes"), desks.scenario.benefit("desk")
    assert [one.amount for one in expected(homes)] == [90_000_00]
    assert expected(desk) == desk.plan
    assert desk.forecast_reason == "Reviewed for May 2024: no change."
    assert desk.forecast_at is not None


def test_a_forecast_that_changed_meanwhile_is_not_reviewed_unseen(desks: Desks) -> None:
    opened = _open(desks, "pat", FORECASTS)
    less = RecordForecast("desk", (money_of(70_000, "2024-05"),), "Less.")
    desks.scenario.do(less, by="quin")
    late = _send(desks, "pat", FORECASTS, opened, **{"reviewed-desk": "yes"})
    assert late.status_code == 412
    assert 'value="70,000"' in late.text
    assert [one.amount for one in expected(desks.scenario.benefit("desk"))] == [70_000_00]


def test_the_forecast_form_fills_with_the_forecast_as_it_stands(desks: Desks) -> None:
    form = "/benefits/desk/record/record-forecast"
    copy = f"{form}?as-it-stands=yes"
    assert copy in desks["pat"].get(form).text
    page = desks["pat"].get(copy).text
    assert 'value="80,000"' in page
    assert "Reviewed for May 2024: no change." in page


def test_an_owner_sees_their_own_benefits_only(desks: Desks) -> None:
    desks.scenario.do(NameOwner("desk", "ola"))
    page = desks["olu"].get(DAYS).text
    assert "homes-starts" in page
    assert "desk-starts" not in page
    opened = _open(desks, "olu", DAYS)
    opened["row"] = ["homes-starts", "desk-starts"]
    typed = {"reached-desk-starts": "1/5/2024"}
    answer = desks["olu"].client.post(DAYS, data={**opened, **typed}, buffered=True)
    assert answer.status_code == 422
    assert desks["aud"].get(DAYS).status_code == 403


def test_an_owner_records_no_month_where_nothing_is_theirs(desks: Desks) -> None:
    started_programme(desks.scenario, "roads", "Better roads")
    way = "Record the month"
    assert way in desks["olu"].get("/programmes/care").text
    assert way not in desks["olu"].get("/programmes/roads").text
    assert desks["olu"].get("/programmes/roads/enter/milestones").status_code == 403


def test_a_grid_is_filtered_by_workstream_and_paged(desks: Desks) -> None:
    page = desks["pat"].get(f"{DAYS}?workstream=Property").text
    assert "desk-starts" in page
    assert "homes-starts" not in page
    day = date(2024, 10, 1)
    steps = [PlanMilestone("desk", f"m{n}", f"Step {n}", day, "olu") for n in range(60)]
    desks.scenario.do(*steps)
    assert desks["pat"].get(DAYS).text.count('id="expected-') == 40
    assert desks["pat"].get(f"{DAYS}?page=2").text.count('id="expected-') == 22


def test_the_same_claim_once_more_is_asked_about_and_then_made(desks: Desks) -> None:
    desks.scenario.claimed("desk", 40_000, "2024-05")
    opened = _open(desks, "pat", CLAIMS)
    asked = _send(desks, "pat", CLAIMS, opened, **{"amount-desk": "40,000"})
    assert asked.status_code == 422
    assert "£40,000 a year from May 2024 is claimed already" in asked.text
    assert len(desks.scenario.benefit("desk").claims) == 1
    again = desks["pat"].client.post(CLAIMS, data=_filled(asked.text), buffered=True)
    assert again.status_code == 303, again.text
    assert len(desks.scenario.benefit("desk").claims) == 2


def test_the_form_of_a_claim_asks_before_the_same_one_is_made_twice(desks: Desks) -> None:
    here, pat = "/benefits/desk/record/make-claim", desks["pat"]
    typed = {
        "tranche-amount": "40,000",
        "tranche-nature": "recurring",
        "tranche-month": "May 2024",
        "tranche-plan_year": "2024/25",
        "budget_line": "4711",
    }
    opened = pat.hidden(here)
    assert pat.send(here, typed, opened).status_code == 303
    assert pat.send(here, typed, opened).status_code == 303  # pressed twice: one claim
    assert len(desks.scenario.benefit("desk").claims) == 1
    asked = pat.send(here, typed)  # back, and saved again
    assert asked.status_code == 409
    assert "Send it again only if yours is another claim" in asked.text
    shown = {name: unescape(value) for name, value in _FIELD.findall(asked.text)}
    carried = {name: shown[name] for name in ("csrf_token", "key", "seen", "same")}
    assert pat.send(here, typed, carried).status_code == 303
    assert len(desks.scenario.benefit("desk").claims) == 2
