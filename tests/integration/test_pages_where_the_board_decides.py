"""From asking the board to its decision, through the pages that people use."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benefits.commands.details import NameOwner
from benefits.events.gates import Choice, Outcome
from benefits.lifecycle import Gate, Stage
from benefits.vocabulary import Cause
from tests.desks import Desks, at_their_desks
from tests.scenario import begin, line, profile, saves

ASK = "/benefits/homes/ask/validation"
ASKED = {"summary": "Please agree the plan."}
APPROVE = {"choice": "approve"}
CONDITION = {
    "choice": "approve with conditions",
    "statement": "Once the lease is signed.",
    "conditions-0-text": "Sign the lease",
    "conditions-0-owner": "ola",
    "conditions-0-due-day": "1",
    "conditions-0-due-month": "9",
    "conditions-0-due-year": "2024",
}


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    scenario.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    scenario.described("homes")
    with at_their_desks(scenario, tmp_path) as found:
        yield found


@pytest.fixture
def case(desks: Desks) -> str:
    return desks.scenario.submitted("homes", Gate.VALIDATION)


def _vote(desks: Desks, person: str, case: str, typed: dict[str, str]) -> int:
    opened = desks[person].hidden(f"/cases/{case}")
    return desks[person].send(f"/cases/{case}/vote", typed, opened).status_code


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_a_benefit_goes_from_the_pmo_to_the_boards_decision(desks: Desks) -> None:
    asked = desks["pat"].send(ASK, ASKED)
    assert asked.status_code == 303
    case = asked.location.rpartition("/")[2]
    queue = desks["chris"].get("/board").text
    assert "Waiting for your vote" in queue
    assert f"/cases/{case}" in queue.partition("Other open cases")[0]
    assert _vote(desks, "chris", case, APPROVE) == 303
    assert desks.scenario.benefit("homes").stage is Stage.IDENTIFIED
    assert _vote(desks, "sam", case, {**APPROVE, "statement": "The figures hold."}) == 303
    assert desks.scenario.benefit("homes").stage is Stage.VALIDATED
    pack = _words(desks["pat"].get(f"/cases/{case}").text)
    assert "The board’s decision: approved." in pack
    assert "The figures hold." in pack
    assert f"/cases/{case}" in desks["chris"].get("/board").text.partition("Decided lately")[2]


def test_what_is_missing_leads_to_its_form_and_no_case_can_be_put(desks: Desks) -> None:
    desks.scenario.identified("Fewer cars", saves(45_000, "2024-09"), benefit="cars")
    address = "/benefits/cars/ask/validation"
    page = desks["pat"].get(address)
    assert "/benefits/cars/record/name-owner" in page.text
    assert "/benefits/cars/record/confirm-value" not in page.text, "that is for finance"
    assert "Put the case" not in _words(page.text)
    opened = desks["pat"].hidden(ASK)
    refused = desks["pat"].send(address, ASKED, opened)
    assert refused.status_code == 409
    assert "Validation cannot be asked yet." in refused.text
    assert "Please agree the plan." in refused.text
    assert not desks.scenario.benefit("cars").cases


def test_a_case_sent_twice_is_put_once(desks: Desks) -> None:
    opened, before = desks["pat"].hidden(ASK), desks.events()
    first = desks["pat"].send(ASK, ASKED, opened)
    again = desks["pat"].send(ASK, ASKED, opened)
    assert first.location == again.location
    assert desks.events() == before + 1


def test_a_vote_sent_twice_is_cast_once_and_a_changed_one_stands_beside_the_first(
    desks: Desks, case: str
) -> None:
    opened, before = desks["chris"].hidden(f"/cases/{case}"), desks.events()
    for _ in range(2):
        sent = desks["chris"].send(f"/cases/{case}/vote", CONDITION, opened)
        assert sent.status_code == 303
    assert desks.events() == before + 1
    assert _vote(desks, "chris", case, {"choice": "approve", "statement": "Signed."}) == 303
    assert desks.events() == before + 2
    vote = desks.scenario.benefit("homes").cases[case].votes["chair"]
    assert vote.choice is Choice.APPROVE


@pytest.mark.parametrize(
    ("person", "because"),
    [("sam", "you own this benefit"), ("chris", "")],
)
def test_whoever_owns_the_benefit_is_told_why_they_cannot_vote(
    desks: Desks, person: str, because: str
) -> None:
    desks.scenario.do(NameOwner("homes", "sam"))
    case = desks.scenario.submitted("homes", Gate.VALIDATION)
    page = desks[person].get(f"/cases/{case}")
    if because:
        assert because in page.text
        assert "Cast your vote" not in page.text
        opened = desks[person].hidden(f"/cases/{case}")
        forged = {**APPROVE, "version": "12", "key": "0" * 20, "seen": "1"}
        assert desks[person].send(f"/cases/{case}/vote", forged, opened).status_code in (403, 412)
        bound = str(desks.scenario.benefit("homes").cases[case].submitted.binds_to)
        sent = desks[person].send(f"/cases/{case}/vote", {**forged, "version": bound}, opened)
        assert sent.status_code == 403
        assert because in sent.text
    else:
        assert "Cast your vote" in page.text


def test_a_vote_on_another_version_than_the_packs_is_refused(desks: Desks, case: str) -> None:
    opened = desks["chris"].hidden(f"/cases/{case}")
    stale = desks["chris"].send(
        f"/cases/{case}/vote", APPROVE, {**opened, "version": str(int(opened["version"]) - 1)}
    )
    assert stale.status_code == 412
    assert "Your pack shows version" in stale.text
    assert not desks.scenario.benefit("homes").cases[case].votes


def test_a_material_change_lapses_the_case_under_a_voter_who_is_led_to_the_new_state(
    desks: Desks, case: str
) -> None:
    opened = desks["chris"].hidden(f"/cases/{case}")
    desks.scenario.do(NameOwner("homes", "ola"))
    late = desks["chris"].send(f"/cases/{case}/vote", APPROVE, opened)
    assert late.status_code == 412
    assert "another owner was named" in late.text
    assert "Cast your vote" not in late.text
    assert desks.scenario.benefit("homes").cases[case].outcome is Outcome.LAPSED
    assert ASK in desks["pat"].get(f"/cases/{case}").text, "the PMO can put it again"


def test_a_vote_to_defer_needs_a_statement_and_a_condition_needs_an_owner(
    desks: Desks, case: str
) -> None:
    opened = desks["chris"].hidden(f"/cases/{case}")
    address = f"/cases/{case}/vote"
    silent = desks["chris"].send(address, {"choice": "defer"}, opened)
    assert silent.status_code == 409
    assert "The statement of why you defer, reject or set conditions is missing" in silent.text
    nobody = {**CONDITION, "conditions-0-owner": ""}
    faulty = desks["chris"].send(address, nobody, opened)
    assert faulty.status_code == 422
    assert "Sign the lease" in faulty.text
    assert 'href="#conditions-0-owner"' in faulty.text


def test_a_condition_is_met_by_its_owner_and_by_nobody_else(desks: Desks, case: str) -> None:
    assert _vote(desks, "chris", case, CONDITION) == 303
    assert _vote(desks, "sam", case, APPROVE) == 303
    (condition,) = desks.scenario.benefit("homes").conditions
    address = f"/cases/{case}/conditions/{condition}"
    assert address in desks["ola"].get(f"/cases/{case}").text
    assert address not in desks["mo"].get(f"/cases/{case}").text
    note = {"note": "Signed on Friday."}
    assert desks["mo"].send(address, note).status_code == 403
    assert desks["ola"].send(address, note).status_code == 303
    assert not desks.scenario.benefit("homes").outstanding_conditions


def test_the_pmo_takes_a_case_back_with_a_reason(desks: Desks, case: str) -> None:
    address = f"/cases/{case}/take-back"
    assert desks["pat"].send(address, {"reason": ""}).status_code == 422
    assert desks["pat"].send(address, {"reason": "A line was missed."}).status_code == 303
    assert "A line was missed." in desks["chris"].get(f"/cases/{case}").text
    assert desks["chris"].get(address).status_code == 403


def test_a_rebaseline_shows_old_and_new_side_by_side_with_the_difference(desks: Desks) -> None:
    scenario = desks.scenario.on("2024-05-01")
    fleet = scenario.in_delivery("Smaller fleet", saves(200_000, "2024-09"), benefit="fleet")
    page = desks["pat"].get(f"/benefits/{fleet}/ask/rebaseline").text
    assert 'value="200,000"' in page, "the form starts from the profile that stands"
    opened = desks["pat"].hidden(f"/benefits/{fleet}/ask/rebaseline")
    typed = {
        "summary": "The depot stays.",
        "cause": "re-scoped",
        "profile-point": "stated",
        "profile-tranches-0-nature": "recurring",
        "profile-tranches-0-month": "2024-12",
        "profile-tranches-0-committed": "120,000",
    }
    sent = desks["pat"].send(f"/benefits/{fleet}/ask/rebaseline", typed, opened)
    assert sent.status_code == 303, _words(sent.text)
    pack = _words(desks["chris"].get(sent.location).text)
    assert "2024/25 £200,000 £120,000 −£80,000" in pack
    assert "the finance seat among them" in pack
    case = scenario.benefit(fleet).open_case
    assert case
    assert case.submitted.cause is Cause.RE_SCOPED


def test_a_pack_counts_what_is_still_needed(desks: Desks, case: str) -> None:
    assert "still needed: 2 votes more for the quorum" in desks["mo"].get(f"/cases/{case}").text
    assert _vote(desks, "chris", case, APPROVE) == 303
    page = _words(desks["mo"].get(f"/cases/{case}").text)
    assert "1 vote of 3 seats that may vote so far" in page
    assert "Has not voted" in page


def test_the_packs_money_shows_the_range_that_was_given(desks: Desks) -> None:
    ranged = profile(line(60_000, "2024-10"), line(15_000, "2025-01"))
    desks.scenario.identified("Ranged", ranged, benefit="ranged")
    desks.scenario.described("ranged")
    case = desks.scenario.submitted("ranged", Gate.VALIDATION)
    page = _words(desks["chris"].get(f"/cases/{case}").text)
    assert "No range was given." in page
    assert "All that recurs not given £75,000 not given" in page
