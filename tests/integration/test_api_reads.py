"""Reading by the API: pages without gaps or repeats, the log followed while others write, money."""

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from benefits.benefit import Benefit
from benefits.commands.details import AddNote, IdentifyBenefit
from benefits.events import STORED_NAMES
from benefits.periods import Month
from benefits.programme import MtfsLine, Overlap, Programme
from benefits.vocabulary import Fund, Kind
from entrypoints.api import plain
from reports.issued import report_of
from tests.programs import Program, program
from tests.scenario import Scenario, begin, saves
from tests.web import web_of, web_settings
from workflows.boards import Board
from workflows.council import Council
from workflows.people import Person


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    homes = scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    scenario.on("2024-08-05")
    scenario.verified(homes, scenario.claimed(homes, 40_000.5, "2024-07", claim="first"))
    scenario.claimed(homes, 10_000, "2024-08", claim="second")
    yield scenario
    scenario.realise.database.close()


@pytest.fixture
def app(council: Scenario, tmp_path: Path) -> Flask:
    return web_of(council.realise, web_settings(tmp_path))


@pytest.fixture
def pat(app: Flask, council: Scenario) -> Program:
    return program(app, council.realise, "pat")


def identify(number: int) -> IdentifyBenefit:
    return IdentifyBenefit(
        f"b{number}", "care", "Property", f"Benefit {number}", Kind.INCOME, Fund.CAPITAL
    )


def test_a_benefit_is_read_as_it_stands_and_as_it_was_known(
    pat: Program, council: Scenario
) -> None:
    now = pat.read("/benefits/homes")
    assert now["stage"] == "in delivery"
    assert now["claims"]["first"]["verified"] == "40000.50"
    assert now["plan"][0]["amount"] == "120000.00"
    first = council.benefit("homes").position
    then = pat.read(f"/benefits/homes?position={first + 1}")
    assert then["stage"] == "identified"
    assert then["version"] == 2
    assert pat.get(f"/benefits/homes?position={first - 1}").status_code == 404
    assert pat.read("/benefits/homes?instant=2024-08-01T00:00:00Z")["claims"] == {}
    assert pat.get("/benefits/homes?instant=2000-01-01T00:00:00Z").status_code == 404
    assert pat.get("/benefits/homes?instant=2024-08-01T00:00:00").status_code == 422


def test_the_register_is_filtered_as_on_its_page(pat: Program, council: Scenario) -> None:
    council.do(*(identify(number) for number in range(3)))

    def titles(query: str) -> list[str]:
        return [row["title"] for row in pat.read(f"/benefits?{query}")["benefits"]]

    assert titles("stage=in+delivery") == ["Fewer homes"]
    assert titles("stage=in+delivery&stage=identified&fund=capital&q=benefit+1") == ["Benefit 1"]
    assert titles("needs=finance+to+decide+a+claim") == ["Fewer homes"]
    assert titles("year=2024/25") == ["Fewer homes"]
    assert titles("owner=olu&programme=care") == ["Fewer homes"]
    assert titles("programme=nothing") == []
    assert pat.get("/benefits?stage=nowhere").status_code == 422
    assert titles("status=At+risk") + titles("status=On+track") == ["Fewer homes"]
    assert titles("sort=-title") == ["Fewer homes", "Benefit 2", "Benefit 1", "Benefit 0"]
    after = pat.read("/benefits?sort=-title&limit=2")["next"]
    assert titles(f"sort=-title&limit=2&after={after}") == ["Benefit 1", "Benefit 0"]
    assert pat.get("/benefits?sort=colour").status_code == 422
    assert pat.get("/benefits?limit=1&limit=2").status_code == 422


def test_pages_of_the_register_skip_and_repeat_nothing_while_others_record(
    pat: Program, council: Scenario
) -> None:
    council.do(*(identify(number) for number in range(20)))
    expected = ["homes", *(f"b{number}" for number in range(20))]
    stop = threading.Event()
    recorded: list[int] = []

    def record() -> None:
        number = 1_000
        while not stop.is_set():
            command = identify(number)
            council.realise.handle(command, by="quin", at=council.at)
            council.realise.handle(AddNote(f"b{number % 20}", "."), by="quin", at=council.at)
            recorded.append(number)
            number += 1

    writer = threading.Thread(target=record)
    writer.start()
    try:
        found: list[str] = []
        address: str | None = "/benefits?limit=3"
        while address and len(found) < len(expected):
            answer = pat.get(address)
            assert answer.json
            found += [row["benefit"] for row in answer.json["benefits"]]
            following = answer.json["next"]
            address = f"/benefits?limit=3&after={following}" if following else None
            if following:
                assert f"after={following}>" in answer.headers["Link"]
    finally:
        stop.set()
        writer.join()
    assert found[: len(expected)] == expected
    assert recorded


def test_the_log_is_followed_without_a_gap_while_others_write(
    pat: Program, council: Scenario
) -> None:
    stop = threading.Event()

    council.do(identify(0))

    def record(benefit: str) -> None:
        while not stop.is_set():
            council.realise.handle(AddNote(benefit, "."), by="quin", at=council.at)

    writers = [threading.Thread(target=record, args=(which,)) for which in ("homes", "b0")]
    for writer in writers:
        writer.start()
    seen: list[dict[str, Any]] = []
    after = 0
    try:
        while len(seen) < 90:
            page = pat.read(f"/events?after={after}&limit=7")
            seen += page["events"]
            after = page["next"]
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert [event["position"] for event in seen] == list(range(1, len(seen) + 1))
    versions: dict[str, int] = {}
    for event in seen:
        assert event["version"] == versions.get(event["stream"], 0) + 1
        versions[event["stream"]] = event["version"]


def test_the_log_is_narrowed_by_stream_and_type_and_still_moves_on(
    pat: Program, council: Scenario
) -> None:
    head = council.realise.store.head()[0]
    page = pat.read("/events?type=claim-made&type=claim-verified&stream=benefit-")
    assert [event["type"] for event in page["events"]] == [
        "claim-made", "claim-verified", "claim-made",
    ]  # fmt: skip
    assert page["events"][0]["data"]["tranche"]["amount"] == "40000.50"
    assert page["next"] == page["head"] == head
    first = pat.read("/events?type=claim-made&limit=1")
    rest = pat.read(f"/events?type=claim-made&after={first['next']}")
    assert len(first["events"]) == len(rest["events"]) == 1
    nothing = pat.read(f"/events?type=no-such-thing&after={head}")
    assert nothing == {"events": [], "next": head, "head": head}


def test_the_reconciliation_is_the_reports_to_the_penny(pat: Program, council: Scenario) -> None:
    found = pat.read("/programmes/care/reconciliation?month=2024-08&year=2024/25")
    (line,) = found["benefits"]
    recurring, cash = line["recurring"], line["cash"]
    assert recurring["current_plan"] == "120000.00"
    assert recurring["verified"] == "40000.50"
    assert recurring["claimed"] == "10000.00"
    parts = ("verified", "claimed", "still_forecast", "slipped", "not_delivered")
    assert sum(Decimal(recurring[name]) for name in parts) == Decimal("120000.00")
    assert cash["plan"] == "90000.00"
    (total,) = found["totals"]
    assert (total["fund"], total["kind"]) == ("general fund", "cashable")
    assert total["recurring"] == recurring
    first = council.benefit("homes").position
    before = pat.read(f"/programmes/care/reconciliation?position={first}")
    assert before["benefits"] == before["totals"] == []
    assert pat.get("/programmes/none/reconciliation").status_code == 404


def test_claims_and_cases_are_listed_by_what_became_of_them(pat: Program) -> None:
    (claim,) = pat.read("/claims?standing=verified")["claims"]
    assert (claim["claim"], claim["verified"], claim["grade"]) == ("first", "40000.50", "Interim")
    assert [c["claim"] for c in pat.read("/claims?benefit=homes")["claims"]] == ["first", "second"]
    assert pat.read("/claims?limit=1")["next"] is not None
    gates = [case["gate"] for case in pat.read("/cases?outcome=approved")["cases"]]
    assert gates == ["Validation", "Delivery"]


def test_an_issued_report_comes_byte_for_byte(pat: Program, council: Scenario) -> None:
    council.closed("2024-07")
    council.realise.reports.issue("care", Month(2024, 7), by="pat", at=council.at)
    (line,) = pat.read("/reports?programme=care")["reports"]
    pdf = pat.get(line["pdf"].removeprefix("/api"))
    assert pdf.mimetype == "application/pdf"
    assert len(pdf.data) == line["size"]
    assert pdf.data.startswith(b"%PDF")
    issued = council.realise.standing("report", report_of("care", Month(2024, 7)))
    assert issued.latest.pdf_sha256 == line["pdf_sha256"]
    assert pat.get("/reports/care/2024-07/2").status_code == 404
    assert pat.get("/reports/care/2024-99/1").status_code == 404


def test_the_other_things_are_read_each_with_its_version(pat: Program) -> None:
    for address in ("/programmes/care", "/boards/main", "/people/pat", "/council"):
        assert pat.version(address) > 0, address
    for address in ("/overlaps", "/mtfs-lines", "/boards", "/people", "/programmes", "/me"):
        assert pat.get(address).status_code == 200, address
    assert pat.read("/me")["person"] == "pat"
    names = [row["name"] for row in pat.read("/people")["people"]]
    assert "Pat Reeve" in names
    assert "@" not in pat.get("/people").text
    story = pat.read("/benefits/homes/story?limit=2")
    assert len(story["story"]) == 2
    assert story["next"] == story["story"][-1]["position"]


def test_each_whole_number_that_is_read_is_known_as_pence_or_as_a_number() -> None:
    kinds = (Benefit, Programme, Overlap, MtfsLine, Board, Person, Council, *STORED_NAMES)
    unknown = {
        f"{name}.{field}"
        for name, schema in plain.components(kinds).items()
        for field, each in schema.get("properties", {}).items()
        if {"type": "integer"} in _inside(each) and not plain.is_known(field)
    }
    assert not unknown, "Say in entrypoints/api/plain.py whether these are pence or numbers."


def _inside(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, schema.get("items", {}), schema.get("additionalProperties") or {},
            *schema.get("anyOf", ())]  # fmt: skip
