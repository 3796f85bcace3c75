"""Finance loads the ledger, sees it beside the claims, and works through what does not agree."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from entrypoints.taking.tables import ledger_lines
from tests.browsers import words
from tests.desks import Desks, at_their_desks
from tests.scenario import begin, saves
from workflows.commands import GrantProgrammeRole, Role

LEDGER = "/finance/ledger"
EXTRACT = (
    "Cost centre,Period,Net amount,Narrative\n"
    '4711,2024-05,"-40,000",Post deleted\n'
    "9999,May 2024,500,Stationery\n"
)


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    council = begin(migrated_sqlite_url, tmp_path)
    council.in_delivery("One desk", saves(80_000, "2024-05"), benefit="desk")
    with at_their_desks(council, tmp_path) as found:
        council.claimed("desk", 40_000, "2024-05", claim="c1")
        yield found


def _upload(desks: Desks, content: str) -> TestResponse:
    fay = desks["fay"]
    file = (BytesIO(content.encode()), "ledger.csv")
    return fay.client.post(LEDGER, data={**fay.hidden(LEDGER), "file": file}, buffered=True)


def _load(desks: Desks, content: str) -> TestResponse:
    page = str(_upload(desks, content).location)
    shown = desks["fay"].get(page).text
    carried = {n: unescape(v) for n, v in re.findall(r'name="(\w+)" value="([^"]*)"', shown)}
    sent = {**carried, "import": "yes"}
    sent.pop("discard", None)
    return desks["fay"].client.post(page, data=sent, buffered=True)


def _lines(desks: Desks) -> int:
    with desks.scenario.realise.database.read() as connection:
        return connection.execute(select(func.count()).select_from(ledger_lines)).scalar_one()


def test_an_extract_is_matched_and_loaded_once_however_often_it_comes(desks: Desks) -> None:
    done = _load(desks, EXTRACT)
    assert done.status_code == 303, done.text
    assert done.location == f"{LEDGER}?month=2024-05"
    page = words(desks["fay"].get(LEDGER).text)
    assert "Matched" in page
    assert "The amounts are the same" in page
    assert "9999 £500 Stationery" in page
    again = str(_upload(desks, EXTRACT + "4711,2024-05,1,More\n").location)
    shown = words(desks["fay"].get(again).text)
    assert "New 1 row" in shown
    assert "Unchanged 2 rows" in shown
    before = _lines(desks)
    same = str(_upload(desks, EXTRACT).location)
    assert "Load these lines" not in desks["fay"].get(same).text
    assert _lines(desks) == before


def test_what_differs_leads_to_the_claim_and_what_has_none_takes_a_note(desks: Desks) -> None:
    _load(desks, EXTRACT.replace("40,000", "39,000"))
    page = desks["fay"].get(LEDGER).text
    differing = page.partition("Differing")[2]
    assert 'href="/claims/c1/reject"' in differing
    noting = re.search(rf'href="({LEDGER}/lines/\w+)"', page)
    assert noting
    done = desks["fay"].send(noting[1], {"note": "No saving."})
    assert done.status_code == 303
    assert "No saving." in desks["fay"].get(LEDGER).text


def test_a_claim_that_the_ledger_does_not_show_is_listed(desks: Desks) -> None:
    _load(desks, EXTRACT.replace("4711", "4712"))
    page = words(desks["fay"].get(LEDGER).text)
    assert "Claims with no ledger line" in page
    assert "4711 £40,000 a year" in page


def test_faults_are_told_and_nothing_of_the_file_is_loaded(desks: Desks) -> None:
    page = str(_upload(desks, EXTRACT.replace("May 2024", "Someday")).location)
    shown = desks["fay"].get(page).text
    assert "“Someday” is not a month" in shown
    assert "Load these lines" not in shown
    assert _lines(desks) == 0


def test_the_auditor_sees_the_lists_and_no_way_to_change_them(desks: Desks) -> None:
    _load(desks, EXTRACT)
    page = desks["aud"].get(LEDGER).text
    assert "Stationery" in page
    assert "/lines/" not in page
    assert "Load an extract" not in page
    assert desks["pat"].get(LEDGER).status_code == 403


def test_a_claim_stands_beside_what_the_ledger_has_of_its_line_and_beside_its_evidence(
    desks: Desks,
) -> None:
    before = words(desks["fay"].get("/claims/c1").text)
    assert "has nothing on 4711 in May 2024" in before
    assert "No file is attached to this benefit yet" in before
    _load(desks, EXTRACT)
    page = words(desks["fay"].get("/claims/c1").text)
    assert "4711 in the ledger of May 2024" in page
    assert "Post deleted −£40,000" in page
    assert "£40,000 a year is claimed. The amounts are the same." in page
    assert "in the ledger" not in desks["olu"].get("/claims/c1").text, "the ledger is finance’s"


def test_finance_of_one_programme_sees_the_lines_that_its_claims_name(desks: Desks) -> None:
    _load(desks, EXTRACT)
    desks.scenario.do(GrantProgrammeRole("olu", Role.FINANCE, "care"), by="ada")
    page = desks["olu"].get(LEDGER).text
    assert "Matched" in page
    assert "Stationery" not in page, "no claim that they see names that line"
    whole = desks["fay"].get(LEDGER).text
    line = next(iter(re.findall(rf'href="({LEDGER}/lines/\w+)"', whole.partition("9999")[2])))
    assert desks["olu"].get(line).status_code == 404


def test_many_budget_lines_stand_on_several_pages(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entrypoints.views.ledger.PAGE", 1)
    monkeypatch.setattr("entrypoints.pages.ledger.PAGE", 1)
    _load(desks, EXTRACT + "9998,2024-05,7,Paper\n")
    first, second = (desks["fay"].get(f"{LEDGER}?page={number}").text for number in (1, 2))
    assert ("Paper" in first, "Stationery" in first) == (True, False)
    assert ("Paper" in second, "Stationery" in second) == (False, True)
    assert "month=2024-05&amp;page=2" in first
