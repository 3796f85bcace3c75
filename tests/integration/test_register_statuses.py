"""The status that the register shows: the benefit's page, the filter, the order and the totals."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine

from benefits.commands import programme
from benefits.register import queries
from benefits.register.filters import Filter, Order
from benefits.vocabulary import Kind, Status
from entrypoints.views.registered import status_of
from reports.live_status import pounds_on
from tests.scenario import Scenario, begin, saves
from tests.web import give_password, visitor, web_of, web_settings


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"), milestone="2024-06-20")
    scenario.in_delivery("Dearer cars", saves(5_000, "2024-07"), kind=Kind.DISBENEFIT)
    scenario.identified("Only an idea", saves(7_000, "2024-07"))
    yield scenario
    scenario.realise.database.close()


def told(council: Scenario, day: str, asked: Filter | None = None, sort: str = "") -> list[str]:
    with council.realise.database.read() as connection:
        rows = queries.found(
            connection, asked or Filter(), date.fromisoformat(day), Order(sort or "reference")
        )
    return [f"{row.title}: {status_of(row)}" for row in rows]


def test_a_status_changes_with_the_days_and_nothing_has_to_be_recorded(council: Scenario) -> None:
    assert told(council, "2024-06-20") == [
        "Fewer homes: On track", "Dearer cars: On track", "Only an idea: None",
    ]  # fmt: skip
    assert told(council, "2024-06-21")[0] == "Fewer homes: At risk", "its milestone is overdue"
    assert told(council, "2024-06-21", Filter(statuses=("At risk",))) == ["Fewer homes: At risk"]
    assert told(council, "2024-06-20", Filter(statuses=("At risk",))) == []
    assert told(council, "2024-06-21", None, "-status")[0] == "Fewer homes: At risk"
    assert told(council, "2024-06-21", None, "status")[0] == "Only an idea: None"


def test_the_database_works_the_same_status_as_the_report_with_any_tolerance(
    council: Scenario,
) -> None:
    benefit = next(b for b in ("benefit-1", "benefit-2") if council.benefit(b).title[:5] == "Fewer")
    council.on("2024-07-09")
    claim = council.claimed(benefit, 100_000, "2024-07")
    council.verified(benefit, claim)
    for tolerance in (0, 16, 17, 100):
        if tolerance:
            council.do(programme.SetTolerance("care", tolerance, "It was agreed."), by="ada")
        for day in ("2024-05-01", "2024-08-01", "2025-04-01", "2030-01-01"):
            strip = pounds_on(council.benefit(benefit), date.fromisoformat(day))
            assert strip is not None
            assert told(council, day)[0] == f"Fewer homes: {strip.worst(tolerance)}"


def test_the_page_of_the_benefit_and_the_register_say_the_same(
    council: Scenario, tmp_path: Path
) -> None:
    database = council.realise.database
    give_password(database, "aud", "aud@example.gov.uk")
    reader = visitor(web_of(council.realise, web_settings(tmp_path)))
    with time_machine.travel("2024-06-25 12:00Z", tick=True):
        assert reader.sign_in("aud@example.gov.uk").status_code == 303
        register = reader.get("/register?status=At+risk").text
        assert "1 benefit</strong>" in register
        (key,) = set(re.findall(r'href="/benefits/([^"/]+)"', register))
        assert Status.AT_RISK in reader.get(f"/benefits/{key}").text
        words = " ".join(re.sub(r"<[^>]+>", " ", register).split())
    assert "How the approved money stands" in words
    assert "General fund, cashable – – £120,000 –" in words
    assert "months are counted to the end of May 2024" in words


def test_every_column_shown_can_be_sorted_by_both_ways_and_nobody_is_lost(
    council: Scenario,
) -> None:
    from benefits.register.filters import SORTS
    from workflows import directory

    with council.realise.database.read() as connection:
        for name in SORTS:
            for sort in (name, f"-{name}"):
                order, day = Order(sort, directory.called), date(2024, 8, 1)
                rows = queries.found(connection, Filter(), day, order)
                assert len(rows) == 3
                seen: list[int] = []
                while page := queries.found_after(
                    connection, Filter(), day, order, seen[-1] if seen else 0, 1
                ):
                    seen += [row.position for row in page]
                assert seen == [row.position for row in rows], sort
