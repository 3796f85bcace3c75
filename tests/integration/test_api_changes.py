"""Changes by the API: the same commands and rules as the pages, once each, by the version seen."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from benefits.commands.details import DescribeBenefit
from benefits.lifecycle import Gate
from entrypoints.acts import ACTS
from entrypoints.api import bulk
from entrypoints.api.document import document_of
from eventlog.tables import events
from tests.programs import Program, program
from tests.scenario import Scenario, begin, saves
from tests.web import web_of, web_settings

WORDS = {"description": "My words.", "outcome": "Fewer.", "attribution": "Nothing else."}


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    scenario.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    yield scenario
    scenario.realise.database.close()


@pytest.fixture
def app(council: Scenario, tmp_path: Path) -> Flask:
    return web_of(council.realise, web_settings(tmp_path))


@pytest.fixture
def pat(app: Flask, council: Scenario) -> Program:
    return program(app, council.realise, "pat")


def written(council: Scenario) -> int:
    with council.realise.database.read() as connection:
        return connection.execute(select(func.count()).select_from(events)).scalar_one()


def test_a_change_says_where_it_stands_and_the_new_version(pat: Program, council: Scenario) -> None:
    seen = pat.version("/benefits/homes")
    answer = pat.post("/benefits/homes/add-note", {"text": "The contract was let."}, seen)
    assert answer.status_code == 200
    assert answer.json
    (event,) = answer.json["written"]
    assert event["stream"] == "benefit-homes"
    assert event["type"] == "note-added"
    assert answer.json["version"] == event["version"] == seen + 1
    assert answer.json["position"] == event["position"] == council.realise.store.head()[0]
    assert answer.headers["ETag"] == f'"{seen + 1}"'
    assert pat.version("/benefits/homes") == seen + 1


def test_a_new_thing_is_at_its_own_address(pat: Program) -> None:
    body = {
        "programme": "care", "workstream": "Placements", "title": "Shorter stays",
        "kind": "cash-releasing saving", "fund": "general fund",
    }  # fmt: skip
    answer = pat.post("/benefits", body)
    assert answer.status_code == 201, answer.text
    assert answer.json
    found = pat.client.get(
        answer.headers["Location"], headers={"Authorization": f"Bearer {pat.secret}"}
    )
    assert found.json
    assert found.json["title"] == "Shorter stays"
    assert found.headers["ETag"] == answer.headers["ETag"]


def test_the_same_key_gives_the_first_answer_and_writes_nothing_more(
    pat: Program, council: Scenario
) -> None:
    body = {
        "claim": None, "tranche": {"amount": "40000.00", "nature": "recurring", "month": "2024-04"},
        "budget_line": "4711",
    }  # fmt: skip
    council.validated("homes").started("homes")
    council.on("2024-05-02")
    seen, before = pat.version("/benefits/homes"), written(council)
    first = pat.post("/benefits/homes/make-claim", body, seen, key="claim-of-april")
    again = pat.post("/benefits/homes/make-claim", body, seen, key="claim-of-april")
    assert first.status_code == again.status_code == 201, first.text
    assert first.data == again.data
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert written(council) == before + 1
    other = pat.post(
        "/benefits/homes/make-claim", {**body, "note": "Other."}, seen, key="claim-of-april"
    )
    assert other.status_code == 422
    assert other.mimetype == "application/problem+json"
    assert written(council) == before + 1


def test_a_repeat_of_what_changed_nothing_does_nothing_later_either(
    pat: Program, council: Scenario
) -> None:
    owner = {"person": "olu"}
    seen = pat.version("/benefits/homes")
    pat.post("/benefits/homes/name-owner", owner, seen)
    unchanged = pat.post("/benefits/homes/label-benefit", {}, seen + 1, key="leave-it-alone")
    assert unchanged.status_code == 200, unchanged.text
    assert unchanged.json
    assert unchanged.json["written"] == []
    again = pat.post("/benefits/homes/label-benefit", {}, seen + 1, key="leave-it-alone")
    assert again.data == unchanged.data
    assert again.headers["Idempotent-Replayed"] == "true"
    other = pat.post("/benefits/homes/name-owner", {"person": "ola"}, seen, key="leave-it-alone")
    assert other.status_code == 422


def test_one_persons_keys_are_not_anothers(app: Flask, pat: Program, council: Scenario) -> None:
    quin = program(app, council.realise, "quin")
    seen = pat.version("/benefits/homes")
    mine = pat.post("/benefits/homes/add-note", {"text": "Mine."}, seen, key="same-key")
    theirs = quin.post("/benefits/homes/add-note", {"text": "Theirs."}, seen, key="same-key")
    assert mine.status_code == theirs.status_code == 200


def test_a_change_says_which_version_it_was_decided_on(pat: Program) -> None:
    missing = pat.post("/benefits/homes/describe-benefit", WORDS)
    assert missing.status_code == 428
    assert pat.post("/benefits/homes/describe-benefit", WORDS, "x").status_code == 400
    assert pat.post("/benefits/homes/describe-benefit", WORDS, 10**14).status_code == 412
    assert pat.post("/benefits/nothing/describe-benefit", WORDS, 1).status_code == 404


def test_a_change_in_the_meantime_is_named_when_it_matters_and_else_does_not_stop_it(
    pat: Program, council: Scenario
) -> None:
    seen = pat.version("/benefits/homes")
    council.do(DescribeBenefit("homes", "Their words.", "Fewer.", "Nothing."), by="quin")
    late = pat.post("/benefits/homes/describe-benefit", WORDS, seen)
    assert late.status_code == 412
    assert late.json
    assert "The benefit was described: Their words." in late.json["detail"]
    assert council.benefit("homes").description == "Their words."
    note = pat.post("/benefits/homes/add-note", {"text": "Unaffected."}, seen)
    assert note.status_code == 200


def test_a_change_needs_a_key(pat: Program) -> None:
    seen = pat.version("/benefits/homes")
    for wrong in ("", "short", "with space", "x" * 65, "é" * 8):
        headers = {"Idempotency-Key": wrong} if wrong else {}
        answer = pat.client.post(
            "/api/benefits/homes/add-note",
            json={"text": "Hello."},
            headers={"Authorization": f"Bearer {pat.secret}", "If-Match": f'"{seen}"', **headers},
        )
        assert answer.status_code == 400, wrong
        assert "Idempotency-Key" in answer.text


def test_a_refusal_of_the_rules_is_a_problem_with_its_sentence(
    pat: Program, council: Scenario
) -> None:
    before = written(council)
    body = {"gate": "Validation", "summary": "Please approve."}
    answer = pat.post("/benefits/homes/submit-case", body, pat.version("/benefits/homes"))
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    assert answer.json
    assert set(answer.json) >= {"type", "title", "status", "detail", "request"}
    assert answer.json["request"] == answer.headers["X-Request-ID"]
    assert written(council) == before


def test_every_fault_of_a_body_is_told_with_its_place(pat: Program) -> None:
    rows = [
        {"amount": "lots", "nature": "recurring", "month": "2024-07"},
        {"amount": "5.00", "nature": "sometimes", "month": "2024-13"},
    ]
    body = {"tranches": rows, "reason": "It moved.", "extra": 1}
    seen = pat.version("/benefits/homes")
    answer = pat.post("/benefits/homes/record-forecast", body, seen)
    assert answer.status_code == 422
    assert answer.json
    places = {fault["pointer"] for fault in answer.json["faults"]}
    assert places >= {
        "/tranches/0/amount", "/tranches/1/nature", "/tranches/1/month", "/extra",
    }  # fmt: skip


def test_several_commands_are_one_act_or_none(pat: Program, council: Scenario) -> None:
    benefit = {
        "command": "identify-benefit", "benefit": "stays", "programme": "care",
        "workstream": "Placements", "title": "Shorter stays", "kind": "income",
        "fund": "general fund",
    }  # fmt: skip
    good = [
        benefit,
        {"command": "add-note", "benefit": "stays", "text": "From the workshop."},
        {"command": "name-owner", "benefit": "stays", "person": "olu"},
    ]
    bad = [
        *good,
        {"command": "confirm-value", "benefit": "stays", "note": "Seen."},
        {"command": "name-owner", "benefit": "gone", "person": "olu"},
    ]
    before = written(council)
    refused = pat.post("/acts", {"commands": bad})
    assert refused.status_code in (403, 409)
    assert refused.json
    assert [fault["command"] for fault in refused.json["faults"]] == [3, 4]
    assert written(council) == before
    done = pat.post("/acts", {"commands": good}, key="the-workshop")
    assert done.status_code == 200, done.text
    assert done.json
    assert {event["stream"] for event in done.json["written"]} == {"benefit-stays"}
    assert pat.post("/acts", {"commands": good}, key="the-workshop").data == done.data
    assert council.benefit("stays").owner == "olu"


def test_a_file_is_attached_as_evidence_and_comes_back_byte_for_byte(pat: Program) -> None:
    content = bytes(range(256)) * 40
    body = {"title": "Ledger", "file": "ledger.pdf", "content": b64encode(content).decode()}
    seen = pat.version("/benefits/homes")
    answer = pat.post("/benefits/homes/attach-evidence", body, seen)
    assert answer.status_code == 201, answer.text
    assert answer.json
    kept = pat.get(f"/benefits/homes/evidence/{answer.json['id']}")
    assert kept.data == content
    assert "attachment" in kept.headers["Content-Disposition"]
    wrong = pat.post("/benefits/homes/attach-evidence", {**body, "file": "x.exe"}, seen)
    assert wrong.status_code == 422


def test_a_savings_table_is_imported_once_however_often_it_is_sent(
    pat: Program, council: Scenario
) -> None:
    table = (
        "workstream,group,line,kind,low,high,year_1,year_2\n"
        "Placements,,Shared homes,saving,,,100000,50000\n"
    )
    body = {"programme": "Care closer to home", "table": table, "first_year": "2024/25"}
    tried = pat.post("/imports", {**body, "dry_run": True})
    assert tried.status_code == 200, tried.text
    assert tried.json
    assert tried.json["written"] is False
    before = written(council)
    first = pat.post("/imports", body, key="the-table")
    assert first.json
    assert first.json["written"] is True
    after = written(council)
    assert after > before
    assert pat.post("/imports", body, key="the-table").data == first.data
    assert written(council) == after
    assert pat.post("/imports", {**body, "file": "b.csv"}, key="the-table").status_code == 422


def test_every_command_of_the_pages_has_its_operation(app: Flask) -> None:
    document = document_of(app)
    said = [
        operation["description"]
        for methods in document["paths"].values()
        for operation in methods.values()
        if isinstance(operation, dict)
    ]
    for act in ACTS.values():
        assert any(f"Command `{act.slug}`" in text for text in said), act.slug
    assert len(bulk.NAMED) == len(ACTS) - 1


@pytest.mark.parametrize("gate", [Gate.VALIDATION])
def test_a_benefit_passes_a_gate_by_the_api_alone(
    gate: Gate, app: Flask, pat: Program, council: Scenario
) -> None:
    council.described("homes")
    body = {"gate": gate.value, "summary": "Please approve."}
    put = pat.post("/benefits/homes/submit-case", body, pat.version("/benefits/homes"))
    assert put.status_code == 201, put.text
    assert put.json
    case = put.json["id"]
    bound = council.benefit("homes").cases[case].submitted.binds_to
    for member in ("chris", "sam"):
        who = program(app, council.realise, member)
        vote = {"case": case, "version": bound, "choice": "approve", "statement": "Yes."}
        seen = who.version("/benefits/homes")
        cast = who.post("/benefits/homes/cast-vote", vote, seen)
        assert cast.status_code == 200, cast.text
    assert pat.read("/benefits/homes")["stage"] == "validated"
