"""The programmes' pages, their forms, and the first page by role: who sees and does what."""

import re
from pathlib import Path

import pytest

from benefits.commands import programme
from benefits.lifecycle import Gate
from benefits.periods import FinancialYear, Month
from benefits.plans import YearAmount
from benefits.vocabulary import Fund, Kind
from entrypoints.views.programme_acts import FORMS
from tests.browsers import Browsers, words
from tests.scenario import Scenario, begin, saves

PEOPLE = ("ada", "pat", "fay", "olu", "sam", "cleo", "aud", "cal")


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    return begin(migrated_sqlite_url, tmp_path)


@pytest.fixture
def pages(council: Scenario, tmp_path: Path) -> Browsers:
    return Browsers(council, tmp_path)


def test_the_programmes_are_listed_with_what_waits_in_each(
    council: Scenario, pages: Browsers
) -> None:
    benefit = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.on("2024-07-09").claimed(benefit, 120_000, "2024-07")
    council.closed("2024-04")
    page = words(pages.of("aud").get("/programmes").text)
    assert "Care closer to home Planned for 2024/25 to 2027/28 1 – 1 1 April 2024" in page
    assert "Start a programme" not in page


def test_a_programme_shows_each_fund_and_kind_by_itself(council: Scenario, pages: Browsers) -> None:
    council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.in_delivery("Transport", saves(60_000, "2024-07"), fund=Fund.DSG)
    council.in_delivery("No rise", saves(30_000, "2024-07"), kind=Kind.COST_AVOIDANCE)
    reader = pages.of("cleo")
    page = words(reader.get("/programmes/care").text)
    for heading in (
        "Cashable, general fund",
        "Cashable, DSG/high needs",
        "Cost avoidance, general",
    ):
        assert heading in page
    assert "Funds and kinds stand apart" in page
    assert "£180,000" not in page
    assert "£210,000" not in page
    money = words(reader.get("/programmes/care/money").text)
    assert "2024/25 £90,000 – £90,000" in money, "In-year cash from July is nine months."
    assert "Recurring cash lost to delay is not recovered." in money


def test_a_programme_without_approved_benefits_says_why_there_is_no_money(pages: Browsers) -> None:
    page = pages.of("aud").get("/programmes/care").text
    assert "The board has approved no benefit yet" in page
    assert "No report is issued yet." in page
    assert pages.of("aud").get("/programmes/nothing").status_code == 404


def test_a_benefit_is_identified_in_a_workstream_and_its_page_opens(
    council: Scenario, pages: Browsers
) -> None:
    officer = pages.of("pat")
    address = "/programmes/care/record/identify-benefit"
    assert '<option value="Placements">' in officer.get(address).text
    sent = officer.send(
        address,
        {
            "workstream": "Placements",
            "title": "Shared lives",
            "kind": "cash-releasing saving",
            "fund": "general fund",
        },
    )
    assert sent.status_code == 303
    assert sent.location.startswith("/benefits/")
    made = council.benefit(sent.location.removeprefix("/benefits/"))
    assert (made.title, made.workstream) == ("Shared lives", "Placements")


def test_a_form_sent_empty_comes_back_with_a_sentence_for_each_box(pages: Browsers) -> None:
    sent = pages.of("pat").send("/programmes/care/record/identify-benefit", {})
    assert sent.status_code == 422
    assert "Choose a workstream." in sent.text


def test_a_programme_is_started_and_its_page_opens(council: Scenario, pages: Browsers) -> None:
    officer = pages.of("pat")
    sent = officer.send(
        "/programmes/start",
        {"title": "Digital", "first_year": "2024/25", "years": "3", "board": "main"},
    )
    assert sent.status_code == 303, words(sent.text)
    assert council.realise.programme(sent.location.removeprefix("/programmes/")).years == 3
    assert "The programme is started." in officer.get(sent.location).text


def test_a_month_is_closed_and_then_reviewed_from_the_list_of_months(
    council: Scenario, pages: Browsers
) -> None:
    pmo, finance = pages.of("pat"), pages.of("fay")
    close = "/programmes/care/record/close-month?month=2026-05"
    assert 'value="2026-05"' in pmo.get(close).text
    assert pmo.send(close, {"month": "2026-05"}).status_code == 303
    assert "record/review-month?month=2026-05" in finance.get("/programmes/care").text
    review = "/programmes/care/record/review-month?month=2026-05"
    assert finance.send(review, {"month": "2026-05"}).status_code == 303
    standing = council.realise.programme("care")
    assert Month(2026, 5) in standing.closed
    assert Month(2026, 5) in standing.reviewed


def test_an_overlap_and_an_mtfs_line_are_recorded_and_listed(
    council: Scenario, pages: Browsers
) -> None:
    gives = council.identified("Fewer homes", saves(120_000, "2024-07"))
    finance = pages.of("fay")
    line = {
        "reference": "CH-07",
        "title": "Placements",
        "fund": "general fund",
        "amounts-0-year": "2024/25",
        "amounts-0-amount": "100,000",
    }
    sent = finance.send("/programmes/care/record/record-mtfs-line", line)
    assert sent.status_code == 303, words(sent.text)
    address = "/programmes/care/record/agree-overlap"
    (key,) = re.findall(r'<option value="([0-9a-f]{20})">MTFS line', finance.get(address).text)
    overlap = {
        "gives_up": gives,
        "keeps": key,
        "agreed_by": "gil",
        "amounts-0-year": "2024/25",
        "amounts-0-amount": "5,000",
    }
    sent = finance.send(address, overlap)
    assert sent.status_code == 303, words(sent.text)
    (kept,) = council.benefit(gives).overlaps.values()
    assert kept.with_mtfs, "The side that keeps it is a line, and the form need not ask."
    page = words(finance.get("/programmes/care/mtfs").text)
    assert "CH-07 Placements General fund £100,000" in page
    assert "Fewer homes Placements MTFS line £5,000 Stands" in page


def test_only_money_after_the_delivery_gate_is_admitted(council: Scenario, pages: Browsers) -> None:
    early = council.identified("Fewer homes", saves(120_000, "2024-07"))
    amounts = (YearAmount(FinancialYear(2024), 10_000_000),)
    council.do(
        programme.RecordMtfsLine("line1", "CH-07", "Placements", Fund.GENERAL_FUND, amounts),
        by="fay",
    )
    typed = {"line": "line1", "benefit": early, "year": "2024/25", "amount": "5,000"}
    sent = pages.of("fay").send("/programmes/care/record/admit-to-mtfs", typed)
    assert sent.status_code == 409
    assert "Delivery gate" in sent.text


@pytest.mark.parametrize("person", ["aud", "cleo", "olu"])
def test_who_only_reads_is_offered_no_form_and_refused_when_they_ask(
    pages: Browsers, person: str
) -> None:
    reader = pages.of(person)
    for address in ("/programmes", "/programmes/care", "/programmes/care/mtfs"):
        assert "/record/" not in reader.get(address).text
    for slug in FORMS:
        assert reader.get(f"/programmes/care/record/{slug}").status_code == 403, slug
    assert reader.get("/programmes/start").status_code == 403


def test_a_forged_form_is_refused_by_the_rule_itself(council: Scenario, pages: Browsers) -> None:
    key = pages.of("pat").hidden("/programmes/care/record/add-workstream")
    auditor = pages.of("aud")
    own = auditor.hidden("/register")["csrf_token"]
    sent = auditor.client.post(
        "/programmes/care/record/add-workstream",
        data={**key, "csrf_token": own, "workstream": "Forged"},
    )
    assert sent.status_code == 403
    assert "Forged" not in council.realise.programme("care").workstreams


def test_every_form_of_a_programme_opens_for_whoever_may_send_it(pages: Browsers) -> None:
    people = {person: pages.of(person) for person in ("pat", "fay", "ada")}
    for slug in FORMS:
        answers = [
            who.get(f"/programmes/care/record/{slug}").status_code for who in people.values()
        ]
        assert 200 in answers, slug
        assert set(answers) <= {200, 403}, slug
    assert people["pat"].get("/programmes/care/record/nothing").status_code == 404


# The first page.


def test_the_first_page_opens_for_everybody_before_anything_is_recorded(pages: Browsers) -> None:
    for person in PEOPLE:
        assert pages.of(person).get("/").status_code == 200, person
    assert "You have no role yet." in pages.of("cal").get("/").text


def test_the_pmo_sees_what_stands_between_today_and_a_closed_month(
    council: Scenario, pages: Browsers
) -> None:
    benefit = council.in_delivery("Fewer homes", saves(120_000, "2024-07"))
    council.on("2024-07-09").claimed(benefit, 120_000, "2024-07")
    council.closed("2024-05")
    page = pages.of("pat").get("/").text
    assert "/closing?month=2024-06" in page
    assert "The new service starts" in words(page), "It is overdue."
    assert f"/benefits/{benefit}/delivery" in page


def test_a_member_sees_the_cases_that_wait_for_their_vote_until_they_voted(
    council: Scenario, pages: Browsers
) -> None:
    benefit = council.identified("Fewer homes", saves(120_000, "2024-07"))
    council.described(benefit)
    case = council.submitted(benefit, Gate.VALIDATION)
    member = pages.of("mo")
    assert f"/cases/{case}" in member.get("/").text
    council.voted(benefit, case, "mo")
    assert "No case waits for your vote." in member.get("/").text


def test_each_seat_on_a_board_is_called_what_it_is(council: Scenario, pages: Browsers) -> None:
    del council
    seats = {"chris": "Chair of", "mo": "Member of", "dee": "Deputy on", "sam": "Finance seat of"}
    for person, called in seats.items():
        assert f"{called} Transformation board" in words(pages.of(person).get("/").text), person


def test_an_owner_sees_their_own_benefits_and_nobody_elses(
    council: Scenario, pages: Browsers
) -> None:
    council.validated(council.identified("Fewer homes", saves(120_000, "2024-07")))
    theirs = council.identified("Rent", saves(9_000, "2024-07"), workstream="Property")
    council.validated(theirs, owner="ola")
    page = words(pages.of("olu").get("/").text)
    assert "Fewer homes" in page
    assert "Rent" not in page


def test_finance_scrutiny_and_audit_are_told_how_things_are(
    council: Scenario, pages: Browsers
) -> None:
    council.on("2024-05-03").closed("2024-04", reviewed=False)
    assert "Closed, not reviewed" in words(pages.of("fay").get("/").text)
    assert "No report is issued yet." in pages.of("cleo").get("/").text
    head, _ = council.realise.store.head()
    assert f"The record holds {head} events." in words(pages.of("aud").get("/").text)


def test_the_pmo_is_told_which_benefits_are_ready_for_the_board(
    council: Scenario, pages: Browsers
) -> None:
    ready = council.identified("Fewer homes", saves(120_000, "2024-07"))
    council.described(ready)
    lacking = council.identified("Rent", saves(9_000, "2024-07"))
    officer = pages.of("pat")
    page = officer.get("/").text
    assert f"/benefits/{ready}/ask/validation" in page
    assert lacking not in page
    council.submitted(ready, Gate.VALIDATION)
    assert "Ready to be put to the board" not in officer.get("/").text
