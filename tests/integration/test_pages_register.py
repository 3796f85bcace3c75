"""The register: what a filter finds, what totals add, what a file holds, and how many questions."""

import csv
import io
import re
from pathlib import Path

import pytest

from benefits.tranches import Nature
from benefits.vocabulary import Fund, Kind
from tests.scenario import Scenario, begin, saves
from tests.web import Visitor, give_password, visitor, web_of, web_settings


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    scenario = begin(migrated_sqlite_url, tmp_path)
    give_password(scenario.realise.database, "aud", "aud@example.gov.uk")
    return scenario


@pytest.fixture
def reader(council: Scenario, tmp_path: Path) -> Visitor:
    somebody = visitor(web_of(council.realise, web_settings(tmp_path)))
    assert somebody.sign_in("aud@example.gov.uk").status_code == 303
    return somebody


def titles(page: str) -> list[str]:
    """The benefits that a page of the register lists, in its order."""
    return re.findall(r'<a class="govuk-link" href="/benefits/[^"]+">([^<]+)</a>', page)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_an_empty_register_says_what_to_do_first(reader: Visitor) -> None:
    page = reader.get("/register")
    assert page.status_code == 200
    assert "No benefit is on the register yet" in page.text
    assert "Search and filter" not in page.text, "there is nothing to search"
    filtered = reader.get("/register?stage=identified").text
    assert "Search and filter" in filtered
    assert "Remove a filter" in filtered


def test_a_filter_stands_in_the_address_and_finds_only_what_it_names(
    council: Scenario, reader: Visitor
) -> None:
    council.identified("Fewer homes", saves(120_000, "2024-07"))
    council.identified("Rent of the hall", saves(9_000, "2024-07"), workstream="Property")
    council.in_delivery("Shared transport", saves(50_000, "2024-07"), fund=Fund.DSG)
    assert titles(reader.get("/register?q=HALL").text) == ["Rent of the hall"]
    assert titles(reader.get("/register?workstream=Property").text) == ["Rent of the hall"]
    assert titles(reader.get("/register?stage=in+delivery").text) == ["Shared transport"]
    assert titles(reader.get("/register?fund=DSG/high+needs").text) == ["Shared transport"]
    assert titles(reader.get("/register?owner=olu").text) == ["Shared transport"]
    assert titles(reader.get("/register?year=2024/25&sort=-planned").text) == [
        "Fewer homes",
        "Shared transport",
        "Rent of the hall",
    ]


def test_words_are_looked_for_as_they_are_and_not_as_a_pattern(
    council: Scenario, reader: Visitor
) -> None:
    council.identified("Half of 100% of it")
    council.identified("Something else")
    assert titles(reader.get("/register?q=100%25").text) == ["Half of 100% of it"]
    assert titles(reader.get("/register?q=_").text) == []


def test_the_totals_never_add_unlike_money(council: Scenario, reader: Visitor) -> None:
    council.in_delivery("Saves", saves(100_000, "2024-07"))
    council.in_delivery("Earns", saves(20_000, "2024-07"), kind=Kind.INCOME)
    council.validated(council.identified("Costs", saves(5_000, "2024-07"), kind=Kind.DISBENEFIT))
    council.in_delivery("Special needs", saves(40_000, "2024-07"), fund=Fund.DSG)
    receipt = saves(900_000, "2024-07", Nature.ONE_OFF)
    sold = council.identified("Depot sold", receipt, kind=Kind.CAPITAL_RECEIPT, fund=Fund.CAPITAL)
    council.validated(sold)
    council.identified("Only an idea", saves(7_000, "2024-07"))
    page = " ".join(re.sub(r"<[^>]+>", " ", reader.get("/register").text).split())
    totals = page[page.index("Totals of these") :]
    assert "General fund, cashable 3 £115,000 –" in totals
    assert "DSG/high needs, cashable 1 £40,000 –" in totals
    assert "Capital, capital receipt 1 – – – £900,000" in totals
    proposed = totals[totals.index("Proposed, not yet approved") :]
    assert "General fund, cashable 1 £7,000" in proposed
    assert "£1,015,000" not in totals
    assert "£122,000" not in totals


def test_a_withdrawn_benefit_is_in_no_total_and_the_page_says_so(
    council: Scenario, reader: Visitor
) -> None:
    gone = council.in_delivery("Given up", saves(80_000, "2024-07"))
    council.withdrawn(gone)
    page = reader.get("/register").text
    assert "1 withdrawn benefit not counted here." in page
    assert "£80,000" not in page


def test_twenty_five_stand_on_a_page_and_the_last_page_has_the_rest(
    council: Scenario, reader: Visitor
) -> None:
    for number in range(27):
        council.identified(f"Line {number:02d}")
    first, last = reader.get("/register").text, reader.get("/register?page=2").text
    assert len(titles(first)) == 25
    assert titles(last) == ["Line 25", "Line 26"]
    assert "27 benefits" in last


def test_the_file_holds_every_page_in_the_order_and_filter_shown(
    council: Scenario, reader: Visitor
) -> None:
    for number in range(27):
        council.identified(f"Line {number:02d}", saves(1_000 + number, "2024-07"))
    council.identified("Another thing", saves(500, "2024-07"))
    answer = reader.get("/register.csv?q=line&sort=-planned")
    rows = rows_of(answer.text)
    assert answer.text.startswith("\ufeff")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [row[1] for row in rows[1:]] == [f"Line {number:02d}" for number in range(26, -1, -1)]
    assert [row[11] for row in rows[1:3]] == ["1026", "1025"]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@"])
def test_a_title_that_a_spreadsheet_would_work_out_is_text_in_the_file(
    council: Scenario, reader: Visitor, begins: str
) -> None:
    council.identified(f"{begins}HYPERLINK(1)", saves(10, "2024-07"), kind=Kind.DISBENEFIT)
    (_, row) = rows_of(reader.get("/register.csv").text)
    assert row[1] == f"'{begins}HYPERLINK(1)"
    assert row[11] == "-10", "A figure stays a figure, below nothing or not."


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/register?page=99999999999999999999999999", "is not a page"),
        ("/register?page=-1", "is not a page"),
        ("/register?page=2", "There is no page 2"),
        ("/register?sort=owner;drop", "cannot be sorted by"),
        ("/register?stage=finished", "There is no stage"),
        ("/register?year=2024", "is not a financial year"),
        ("/register?year=9999/00", "It was left out"),
        ("/register?owner=nobody", "There is no owner"),
        ("/register?colour=red", "has no filter"),
        ("/register?needs=%00", "There is no such need"),
        ("/register?q=%00%ff%27%22%3Cscript%3E", "Register of benefits"),
    ],
)
def test_an_address_that_makes_no_sense_is_answered_with_a_sentence(
    council: Scenario, reader: Visitor, address: str, said: str
) -> None:
    council.identified("Fewer homes")
    page = reader.get(address)
    assert page.status_code == 200
    assert said in page.text
    assert "<script>" not in page.text.replace("<script nonce", "")
    assert reader.get(address.replace("/register", "/register.csv")).status_code == 200
