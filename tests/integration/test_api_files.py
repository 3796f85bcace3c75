"""A program takes in whole files as the page does: as one act, once, or nothing and every fault."""

import base64
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import xlsxwriter

from tests.programs import Program, program
from tests.scenario import PROGRAMME, Scenario, begin, saves
from tests.web import web_of, web_settings

WHERE = f"/programmes/{PROGRAMME}/files"


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenario]:
    from eventlog.schema import upgrade

    folder = tmp_path_factory.mktemp("council")
    upgrade(f"sqlite:///{folder / 'realise.db'}")
    scenario = begin(f"sqlite:///{folder / 'realise.db'}", folder)
    scenario.in_delivery("One desk", saves(120_000, "2024-05"), benefit="desk")
    yield scenario
    scenario.realise.database.close()


@pytest.fixture(scope="module")
def pat(council: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Program:
    app = web_of(council.realise, web_settings(tmp_path_factory.mktemp("web")))
    return program(app, council.realise, "pat")


def _file(what: str, content: bytes, name: str = "table.csv", **more: Any) -> dict[str, Any]:
    sent = base64.b64encode(content).decode()
    return {"what": what, "file": name, "content": sent, **more}


def test_a_register_with_profiles_is_taken_in_once(council: Scenario, pat: Program) -> None:
    content = b"workstream,line,kind,2024/25,2025/26\nCare,Shared lives,saving,1000,500\n"
    before = council.realise.store.head()[0]
    tried = pat.post(WHERE, _file("register", content, dry_run=True))
    assert tried.json
    assert [row["standing"] for row in tried.json["rows"]] == ["new"]
    assert (tried.json["written"], council.realise.store.head()[0]) == (False, before)
    done = pat.post(WHERE, _file("register", content), key="the-register")
    assert done.status_code == 200, done.text
    assert done.json
    assert done.json["written"] is True
    after = council.realise.store.head()[0]
    assert after > before
    assert pat.post(WHERE, _file("register", content), key="the-register").data == done.data
    again = pat.post(WHERE, _file("register", content))
    assert again.json
    assert [row["standing"] for row in again.json["rows"]] == ["unchanged"]
    assert council.realise.store.head()[0] == after
    other = pat.post(WHERE, _file("claims", content), key="the-register")
    assert other.status_code == 422


def test_milestones_of_a_workbook_are_planned(council: Scenario, pat: Program) -> None:
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Steps")
        sheet.write_row(0, 0, ["Milestone", "Benefit", "Planned date"])
        sheet.write_row(1, 0, ["Contract let", "One desk", "1/7/2024"])
    body = _file("milestones", written.getvalue(), "steps.xlsx", sheet="Steps")
    done = pat.post(WHERE, body)
    assert done.status_code == 200, done.text
    assert "Contract let" in {m.title for m in council.benefit("desk").milestones.values()}


def test_claims_with_headings_of_their_own_are_mapped_once_and_known_after(
    council: Scenario, pat: Program
) -> None:
    content = b"Ben,Wert,When\nOne desk,1000,May 2024\n"
    asked = pat.post(WHERE, _file("claims", content))
    assert asked.status_code == 409
    assert asked.json
    assert "“Amount (£)” (amount)" in asked.json["detail"]
    assert "Ben, Wert, When" in asked.json["detail"]
    columns = {"benefit": "Ben", "amount": "Wert", "month": "When"}
    done = pat.post(WHERE, _file("claims", content, columns=columns, save_as="Old system"))
    assert done.status_code == 200, done.text
    (claim,) = council.benefit("desk").claims.values()
    assert claim.tranche.amount == 1000_00
    known = pat.post(WHERE, _file("claims", content.replace(b"1000", b"2000"), dry_run=True))
    assert known.json
    assert known.json["columns"] == columns


def test_every_fault_is_told_with_its_row_and_nothing_is_written(
    council: Scenario, pat: Program
) -> None:
    before = council.realise.store.head()[0]
    content = b"benefit,amount,month\nNo desk,1000,2024-05\nOne desk,lots,2024-13\n"
    refused = pat.post(WHERE, _file("claims", content))
    assert refused.status_code == 409
    assert refused.json
    for said in ("Row 2, Benefit:", "Row 3, Amount (£):", "Row 3, Month"):
        assert said in refused.json["detail"]
    assert council.realise.store.head()[0] == before
    for wrong, said in (
        ({"what": "ledger"}, "Choose one of: register, milestones, claims."),
        ({"content": "no base64"}, "Send the file’s bytes as base64"),
        ({"columns": ["Ben"]}, "Send the heading of each column"),
        ({"file": None}, "This is needed."),
    ):
        body = {**_file("claims", content), **wrong}
        faults = pat.post(WHERE, body)
        assert faults.status_code == 422
        assert said in str(faults.json)
    assert pat.post("/programmes/none/files", _file("claims", content)).status_code == 404


@pytest.mark.parametrize("wrong", [["claims"], {"claims": 1}, 7, True, [[]], {}])
def test_another_kind_of_json_than_is_asked_for_is_a_fault_of_its_field(
    council: Scenario, pat: Program, wrong: Any
) -> None:
    right = _file("claims", b"Reference,Month,Amount\n")
    for name in ("what", "file", "content", "sheet", "columns"):
        if name == "columns" and wrong == {}:
            continue
        answer = pat.post(WHERE, {**right, name: wrong})
        assert (answer.status_code, name in str(answer.json)) == (422, True), (name, answer.text)
    table = {"programme": "Best Value", "table": "workstream,line\n"}
    for name in ("programme", "table", "unit", "first_year"):
        answer = pat.post("/imports", {**table, name: wrong})
        assert (answer.status_code, name in str(answer.json)) == (422, True), (name, answer.text)


def test_a_confirmation_that_the_document_does_not_know_is_a_fault(pat: Program) -> None:
    board = {"title": "Assets", "approvals": 1, "quorum": 1, "days": 1, "tie": None}
    for wrong in ("no", "{}", ""):
        refused = pat.post("/boards", board, **{"Confirm-Personal-Data": wrong})
        assert (refused.status_code, "or leave it out" in refused.text) == (422, True)
    assert pat.post("/boards", board).status_code in (201, 403)


@pytest.mark.parametrize("known", [False, True], ids=["new", "unchanged"])
def test_one_file_sent_by_many_at_one_moment_has_one_answer(
    council: Scenario, tmp_path: Path, known: bool
) -> None:
    app = web_of(council.realise, web_settings(tmp_path))
    content = b"workstream,line,kind,2024/25,2025/26\nCare,Night care,saving,800,200\n"
    if known:
        assert program(app, council.realise, "pat").post(WHERE, _file("register", content)).json
    many = [program(app, council.realise, "pat") for _ in range(4)]
    begun, at_once = council.realise.store.head()[0], Barrier(len(many))

    def send(one: Program) -> Any:
        at_once.wait()
        return one.post(WHERE, _file("register", content), key=f"known-{known}")

    with ThreadPoolExecutor(len(many)) as pool:
        answers = list(pool.map(send, many))
    assert [each.status_code for each in answers] == [200] * len(many)
    assert len({each.data for each in answers}) == 1
    assert (council.realise.store.head()[0] > begun) is not known
