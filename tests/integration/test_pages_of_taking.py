"""Taking in a spreadsheet: columns named, rows judged and corrected, one act, nothing twice."""

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
import xlsxwriter
from werkzeug.test import TestResponse

from eventlog import schema
from reports.referee.reading import read_printed
from tests.desks import MORNING, Desks, at_their_desks
from tests.scenario import Scenario, begin, open_realise, saves

HERE = "/programmes/care/import"
REGISTER = (
    "Project,Benefit,Kind,2024/25 (£),FY2025-26,Comments\n"
    "Placements,Shared lives,saving,10000,20000,\n"
    "Placements,Foster care,saving,lots,5000,\n"
    "Transport,Routes,saving,,7000,new\n"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    folder = tmp_path_factory.mktemp("made")
    url = f"sqlite:///{folder / 'realise.sqlite'}"
    schema.upgrade(url)
    council = begin(url, folder)
    council.in_delivery("One desk", saves(80_000, "2024-05"), benefit="desk")
    council.realise.database.close()
    return council


@pytest.fixture
def desks(made: Scenario, tmp_path: Path) -> Iterator[Desks]:
    copy = shutil.copy(made.realise.database.place, tmp_path / "realise.sqlite")
    council = Scenario(open_realise(f"sqlite:///{copy}", tmp_path), made.at, made.used.copy())
    with at_their_desks(council, tmp_path) as found:
        yield found


def _upload(desks: Desks, what: str, content: bytes | str, name: str = "ours.csv") -> TestResponse:
    sent = content.encode() if isinstance(content, str) else content
    data = {**desks["pat"].hidden(HERE), "what": what, "file": (BytesIO(sent), name)}
    return desks["pat"].client.post(HERE, data=data, buffered=True)


def _uploaded(desks: Desks, what: str, content: bytes | str, name: str = "ours.csv") -> str:
    answer = _upload(desks, what, content, name)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def _send(desks: Desks, address: str, **typed: str) -> TestResponse:
    page = desks["pat"].get(address).text
    form = page.rpartition('<form method="post" novalidate>')[2]
    fields = {
        name: unescape(value)
        for name, value in re.findall(r'name="([^"]+)" (?:maxlength="80" )?value="([^"]*)"', form)
        if name not in ("import", "discard", "skip")
    }
    for name, options in re.findall(r'<select[^>]*name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = unescape(chosen[1]) if chosen else ""
    return desks["pat"].client.post(address, data={**fields, **typed}, buffered=True)


def _workbook(rows: Sequence[Sequence[object]], **sheets: Sequence[Sequence[object]]) -> bytes:
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    for name, content in {"Sheet": rows, **sheets}.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(content):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    book.close()
    return written.getvalue()


def test_a_register_is_seen_corrected_and_recorded_as_one_act(desks: Desks) -> None:
    before = desks.events()
    page = _uploaded(desks, "register", REGISTER)
    shown = desks["pat"].get(page).text
    assert "“lots” is not an amount of money" in shown
    assert "New</strong> 2 rows" in shown
    assert desks.events() == before
    _send(desks, page, **{"cell:3:2024/25": "4000"})
    shown = desks["pat"].get(page).text
    assert "Record all of it" in shown
    assert "The workstream “Transport” is new." in shown
    done = _send(desks, page, **{"import": "yes"})
    assert done.status_code == 303, done.text
    assert desks["pat"].get(page).status_code == 404
    titles = desks["pat"].get("/register").text
    assert all(title in titles for title in ("Shared lives", "Foster care", "Routes"))


def test_the_same_file_again_changes_nothing_and_says_so(desks: Desks) -> None:
    content = REGISTER.replace("lots", "4000")
    assert _send(desks, _uploaded(desks, "register", content), **{"import": "yes"}).location
    before = desks.events()
    page = _uploaded(desks, "register", content)
    shown = desks["pat"].get(page).text
    assert "3 rows" in shown
    assert "Everything in the file is on record already" in shown
    assert "Record all of it" not in shown
    changed = _uploaded(desks, "register", content.replace("7000", "8000"))
    assert "Changed</strong> 1 row" in desks["pat"].get(changed).text
    assert _send(desks, changed, **{"import": "yes"}).status_code == 303
    assert desks.events() == before + 1


def test_a_file_without_groups_means_the_benefit_that_is_known(desks: Desks) -> None:
    content = "workstream,group,line,kind,2024/25\nCare,Adults,Homes,saving,1000\n"
    assert _send(desks, _uploaded(desks, "register", content), **{"import": "yes"}).location
    without = "workstream,line,kind,2024/25\nCare,Homes,saving,1000\n"
    shown = desks["pat"].get(_uploaded(desks, "register", without)).text
    assert "Everything in the file is on record already" in shown


def test_a_row_can_be_left_out(desks: Desks) -> None:
    page = _uploaded(desks, "register", REGISTER)
    _send(desks, page, skip="3")
    assert "Left out" in desks["pat"].get(page).text
    assert _send(desks, page, **{"import": "yes"}).status_code == 303
    assert "Foster care" not in desks["pat"].get("/register").text


def test_columns_that_no_name_tells_are_asked_and_kept_for_the_next_file(desks: Desks) -> None:
    content = "Ben,Wert,When\nOne desk,1000,May 2024\n"
    page = _uploaded(desks, "claims", content)
    assert "Say which column is “Amount (£)”." in desks["pat"].get(page).text
    columns = {"column:benefit": "Ben", "column:amount": "Wert", "column:month": "When"}
    _send(desks, page, save_as="Old system", **columns)
    assert "Record all of it" in desks["pat"].get(page).text
    again = _uploaded(desks, "claims", content.replace("1000", "2000"))
    assert "Record all of it" in desks["pat"].get(again).text


def test_claims_are_taken_in_once(desks: Desks) -> None:
    content = "benefit;amount;month;note\nOne desk;1.000;May-24;x\n".replace("1.000", "1000")
    page = _uploaded(desks, "claims", content)
    assert _send(desks, page, **{"import": "yes"}).status_code == 303
    (claim,) = desks.scenario.benefit("desk").claims.values()
    assert (claim.tranche.amount, str(claim.tranche.month)) == (1000_00, "2024-05")
    assert claim.budget_line == "4711"
    again = desks["pat"].get(_uploaded(desks, "claims", content)).text
    assert "Claimed already." in again


def test_milestones_are_planned_moved_and_reached_from_a_file(desks: Desks) -> None:
    rows = [
        ["Milestone", "Benefit", "Planned date", "Forecast date", "Actual date", "Reason"],
        ["Contract let", "One desk", "1/7/2024", "15 July 2024", "", "Slow tender"],
        ["The new service starts", "One desk", "", "", "2024-05-03", ""],
        ["Nothing", "Not there", "31/2/2024", "", "", ""],
    ]
    page = _uploaded(desks, "milestones", _workbook(rows), "steps.xlsx")
    assert "No benefit of this programme is called “Not there”" in desks["pat"].get(page).text
    _send(desks, page, skip="4")
    assert _send(desks, page, **{"import": "yes"}).status_code == 303
    found = {m.title: m for m in desks.scenario.benefit("desk").milestones.values()}
    assert found["Contract let"].expected == date(2024, 7, 15)
    assert found["The new service starts"].reached == date(2024, 5, 3)
    again = _uploaded(desks, "milestones", _workbook(rows[:3]), "steps.xlsx")
    assert "Everything in the file is on record already" in desks["pat"].get(again).text


def test_what_changed_since_the_page_was_seen_is_shown_before_it_is_recorded(desks: Desks) -> None:
    page = _uploaded(desks, "claims", "benefit,amount,month\nOne desk,1000,2024-05\n")
    desks["pat"].get(page)
    stale = _send(desks, page, judged="0" * 32, **{"import": "yes"})
    assert stale.status_code == 412
    assert "Look again" in stale.text
    assert not desks.scenario.benefit("desk").claims


def test_an_upload_is_its_persons_own_and_lasts_a_day(desks: Desks) -> None:
    page = _uploaded(desks, "register", REGISTER)
    assert desks["quin"].get(page).status_code == 404
    assert desks["fay"].get(HERE).status_code == 403
    with time_machine.travel(MORNING.replace(day=5)):
        desks.visitors.clear()
        assert desks["pat"].get(page).status_code == 404


@pytest.mark.parametrize("what", ["register", "milestones", "claims"])
def test_the_workbook_to_fill_in_is_taken_in_as_it_is(desks: Desks, what: str) -> None:
    content = desks["pat"].get(f"{HERE}/workbook/{what}.xlsx").data
    assert "has no rows under a heading" in _upload(desks, what, content, "w.xlsx").text
    headings = read_printed(content).grid[0]
    every: dict[str, dict[str, object]] = {
        "register": {"Workstream": "Placements", "Benefit": "New one", "Kind": "saving",
                     "2024/25 (£)": 10},
        "milestones": {"Benefit": "One desk", "Milestone": "Let", "Planned date": "1/9/2024"},
        "claims": {"Benefit": "One desk", "Amount (£)": 10, "Month": "2024-05"},
    }  # fmt: skip
    filled = every[what]
    rows: list[list[object]] = [[*headings], [filled.get(heading, "") for heading in headings]]
    page = _uploaded(desks, what, _workbook(rows), "w.xlsx")
    assert _send(desks, page, **{"import": "yes"}).status_code == 303


HEAD = ["benefit", "amount", "month"]
HOSTILE: dict[str, tuple[bytes, str]] = {
    "broken": (b"PK\x03\x04rubbish", "The workbook is broken"),
    "binary": (b"\x00\x01\x02", "neither text nor a workbook"),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an XLS of the old kind"),
    "empty": (b"", "has no rows under a heading"),
    "headings alone": (b"benefit,amount,month\n", "has no rows under a heading"),
    "words.xlsx": (b"no workbook", "named like a workbook but is not one"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_is_refused_in_a_sentence(desks: Desks, name: str) -> None:
    content, sentence = HOSTILE[name]
    answer = _upload(desks, "claims", content, name)
    assert answer.status_code == 422
    assert sentence in answer.text


ODD: dict[str, tuple[bytes, str]] = {
    "error cells": (_workbook([HEAD, ["One desk", "#N/A", "2024-05"]]), "“#N/A” is not an amount"),
    "a number of 20 digits": (
        _workbook([HEAD, ["One desk", 12345678901234567890, "2024-05"]]),
        "is not an amount of money",
    ),
    "a date that is none": (
        b"benefit,amount,month\nOne desk,10,31/02/2024\n",
        "“31/02/2024” is not a month",
    ),
    "UTF-16": (
        "benefit\tamount\tmonth\nOne desk\t£lots\t2024-05\n".encode("utf-16"),
        "“£lots” is not an amount of money",
    ),
    "a BOM and semicolons": (
        "\ufeffbenefit;amount;month\nOne desk;£lots;2024-05\n".encode(),
        "“£lots” is not an amount of money",
    ),
    "text of Windows": (
        "benefit,amount,month\nOne desk,£lots,2024-05\n".encode("cp1252"),
        "“£lots” is not an amount of money",
    ),
    "a formula in text": (
        b"benefit,amount,month\n=cmd|calc,10,2024-05\n",
        "No benefit of this programme is called “=cmd|calc”",
    ),
    "a day stored as a number": (
        _workbook([HEAD, ["One desk", 10, 45413]]),
        "“45413” is not a month",
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_cells_are_each_a_fault_that_can_be_corrected(desks: Desks, name: str) -> None:
    content, sentence = ODD[name]
    shown = desks["pat"].get(_uploaded(desks, "claims", content, "x")).text
    assert sentence in unescape(shown)
    assert "Record all of it" not in shown


def test_hidden_sheets_merged_cells_and_unworked_formulas_are_told(desks: Desks) -> None:
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    secret, sheet = book.add_worksheet("Secret"), book.add_worksheet("Claims")
    sheet.activate()
    sheet.set_first_sheet()
    secret.hide()
    for at, cell in enumerate(HEAD):
        sheet.write(0, at, cell)
    sheet.merge_range("A2:A3", "One desk")
    sheet.write_formula("B2", "=1+1", None, "")
    sheet.write("C2", "2024-05")
    book.close()
    page = desks["pat"].get(_uploaded(desks, "claims", written.getvalue(), "c.xlsx")).text
    assert "hidden sheets, which are read only when named: “Secret”" in page
    assert "Cells are merged in 1 places" in page
    assert "Give the amount." in page
