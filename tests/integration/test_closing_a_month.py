"""The month's checklist: what is missing is on it, leads to its form, and is gone once done."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benefits.commands.details import AttachEvidence
from benefits.commands.money import RecordForecast
from benefits.lifecycle import Gate
from tests.desks import Desks, at_their_desks
from tests.querying import statements
from tests.scenario import Scenario, begin, money_of, saves

LIST = "/programmes/care/closing?month=2024-05"


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    scenario.in_delivery(
        "One desk", saves(80_000, "2024-05"), benefit="desk", milestone="2024-05-20"
    )
    with at_their_desks(scenario, tmp_path) as found:
        yield found


def _part(page: str, check: str) -> str:
    return page.partition(f'<section id="{check}"')[2].partition("</section>")[0]


def test_money_that_has_begun_and_is_not_claimed_leads_to_the_claim(desks: Desks) -> None:
    claims = _part(desks["pat"].get(LIST).text, "claims")
    assert "£80,000 a year" in claims
    assert "/benefits/desk/record/make-claim" in claims
    desks.scenario.claimed("desk", 50_000, "2024-05", claim="c1")
    assert "£50,000 a year" in _part(desks["pat"].get(LIST).text, "claims")
    desks.scenario.claimed("desk", 30_000, "2024-05", claim="c2")
    desks.scenario.verified("desk", "c1")
    assert "Everything that was expected" in _part(desks["pat"].get(LIST).text, "claims")


def test_money_of_a_later_month_is_not_missing_yet(desks: Desks) -> None:
    later = money_of(80_000, "2024-06")
    desks.scenario.do(RecordForecast("desk", (later,), "A month late."))
    assert "Everything that was expected" in _part(desks["pat"].get(LIST).text, "claims")


def test_the_same_forecast_again_in_a_later_month_is_a_review(desks: Desks) -> None:
    same = RecordForecast("desk", (money_of(80_000, "2024-05"),), "As planned.")
    assert "/benefits/desk/record/record-forecast" in _part(
        desks["pat"].get(LIST).text, "forecasts"
    )
    desks.scenario.on("2024-04-20").do(same)
    before = desks.events()
    desks.scenario.on("2024-04-21").do(same)
    assert desks.events() == before, "nothing new in the same month"
    desks.scenario.on("2024-06-03").do(same)
    assert desks.events() == before + 1
    assert "Every forecast was looked at" in _part(desks["pat"].get(LIST).text, "forecasts")


def test_a_milestone_that_is_overdue_leads_to_its_own_form(desks: Desks) -> None:
    steps = _part(desks["pat"].get(LIST).text, "milestones")
    assert "The new service starts" in steps
    address = "/benefits/desk/record/reach-milestone?milestone=desk-starts"
    assert address in steps
    assert '<option value="desk-starts" selected' in desks["pat"].get(address).text


def test_a_claim_without_a_file_is_listed_until_one_is_attached(desks: Desks) -> None:
    desks.scenario.claimed("desk", 80_000, "2024-05", claim="c1")
    assert "/claims/c1" in _part(desks["pat"].get(LIST).text, "evidence")
    attach = AttachEvidence("desk", "e1", "Ledger", "a" * 64, 10, "text/plain")
    desks.scenario.do(attach)
    assert "has its evidence" in _part(desks["pat"].get(LIST).text, "evidence")


def test_what_is_ready_for_each_gate_can_be_put(desks: Desks) -> None:
    scenario = desks.scenario
    scenario.described(scenario.identified("Fewer cars", saves(1_000, "2024-09"), benefit="cars"))
    vans = scenario.identified("Fewer vans", saves(1_000, "2024-09"), benefit="vans")
    scenario.validated(vans).prepared(vans)
    scenario.identified("Nothing known", benefit="idea")
    for page in ("/", LIST):
        shown = desks["pat"].get(page).text
        assert "/benefits/cars/ask/validation" in shown
        assert "/benefits/vans/ask/delivery" in shown
        assert "/benefits/idea/ask" not in shown
        assert "/benefits/desk/ask" not in shown
    assert desks["pat"].get("/benefits/vans/ask/delivery").status_code == 200
    scenario.submitted("cars", Gate.VALIDATION)
    assert "/benefits/cars/ask/" not in desks["pat"].get(LIST).text


def test_the_list_says_when_the_month_is_closed(desks: Desks) -> None:
    page = desks["pat"].get(LIST).text
    assert "remain to be done" in page
    assert "/programmes/care/record/close-month?month=2024-05" in page
    assert "record/close-month" not in desks["cleo"].get(LIST).text
    desks.scenario.closed("2024-05", reviewed=False)
    assert "The PMO has closed this month. Finance has not reviewed it yet" in (
        desks["pat"].get(LIST).text
    )
    assert "review-month?month=2024-05" in desks["fay"].get(LIST).text


@pytest.mark.parametrize("month", ["2024-13", "May"])
def test_a_month_that_is_none_is_not_found(desks: Desks, month: str) -> None:
    assert desks["pat"].get(f"/programmes/care/closing?month={month}").status_code == 404
    assert desks["pat"].get("/programmes/nothing/closing").status_code == 404


def _busier(scenario: Scenario, number: int) -> None:
    """So many more benefits at every stage, with something that waits of each kind."""
    for _ in range(number):
        scenario.described(scenario.identified("Ready", saves(1_000, "2024-09")))
        scenario.identified("To be valued", saves(2_000, "2024-09"))
        waits = scenario.described(scenario.identified("Waits", saves(1_000, "2024-09")))
        scenario.submitted(f"benefit-{waits.used['benefit']}", Gate.VALIDATION)
        desk = scenario.in_delivery("Desk", saves(9_000, "2024-05"), milestone="2024-05-20")
        scenario.claimed(desk, 1_000, "2024-05")


PAGES = (("pat", "/"), ("pat", LIST), ("chris", "/board"), ("pat", "/board"), ("fay", "/finance"))


def test_a_page_takes_as_many_queries_for_many_as_for_few(desks: Desks) -> None:
    desks.scenario.on("2024-06-03")
    counted: list[dict[tuple[str, str], int]] = []
    for more in (1, 3):
        _busier(desks.scenario, more)
        counted.append({page: _queries(desks, *page) for page in PAGES})
    assert counted[0] == counted[1]


def _queries(desks: Desks, person: str, address: str) -> int:
    desks[person].get(address)
    with statements() as sent:
        assert desks[person].get(address).status_code == 200
    return len(sent)
