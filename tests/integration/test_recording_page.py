"""The one page that records everything about a benefit, tried through its forms."""

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from benefits.commands.details import DescribeBenefit, NameOwner
from entrypoints.acts.of_benefits import GENERIC
from eventlog.tables import events
from tests.scenario import Scenario, begin, saves
from tests.web import Visitor, give_password, visitor, web_of, web_settings
from workflows.commands import Role
from workflows.permissions import PERMISSIONS

NOTE, FORECAST = "/benefits/homes/record/add-note", "/benefits/homes/record/record-forecast"
PROFILE = "/benefits/homes/record/record-profile"


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    scenario = begin(migrated_sqlite_url, tmp_path)
    scenario.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    for person in ("pat", "olu"):
        give_password(scenario.realise.database, person, f"{person}@example.gov.uk")
    return scenario


@pytest.fixture
def pat(council: Scenario, tmp_path: Path) -> Visitor:
    officer = visitor(web_of(council.realise, web_settings(tmp_path)))
    officer.sign_in("pat@example.gov.uk")
    return officer


def _count(council: Scenario) -> int:
    with council.realise.database.read() as connection:
        return connection.execute(select(func.count()).select_from(events)).scalar_one()


def test_every_form_opens_for_whom_it_is_and_writes_nothing(
    pat: Visitor, council: Scenario
) -> None:
    before = _count(council)
    for slug, act in GENERIC.items():
        theirs = Role.PMO in PERMISSIONS[act.command].who
        expected = 200 if theirs else 403
        assert pat.get(f"/benefits/homes/record/{slug}").status_code == expected, slug
    assert _count(council) == before


def test_every_form_sent_empty_is_shown_again_with_links_to_its_faults(pat: Visitor) -> None:
    theirs = {slug for slug, act in GENERIC.items() if Role.PMO in PERMISSIONS[act.command].who}
    for slug in theirs - {"label-benefit"}:  # which leaves as it is what is left blank
        answer = pat.send(f"/benefits/homes/record/{slug}", {})
        assert answer.status_code == 422, slug
        linked = re.findall(r'<a href="#([^"]+)"', answer.text.partition("error-summary__list")[2])
        assert linked, slug
        for target in linked:
            assert f'id="{target}"' in answer.text, f"Nothing in {slug} is called {target}."


def test_a_note_is_recorded_once_however_often_the_form_is_sent(
    pat: Visitor, council: Scenario
) -> None:
    opened, before = pat.hidden(NOTE), _count(council)
    for _ in range(3):
        answer = pat.send(NOTE, {"text": "The contract was let."}, opened)
        assert answer.status_code == 303
        assert answer.location == "/benefits/homes"
    assert _count(council) == before + 1


def test_the_same_form_with_other_words_is_refused_and_keeps_the_words(
    pat: Visitor, council: Scenario
) -> None:
    opened = pat.hidden(NOTE)
    pat.send(NOTE, {"text": "The contract was let."}, opened)
    before = _count(council)
    answer = pat.send(NOTE, {"text": "Something else."}, opened)
    assert answer.status_code == 409
    assert "Something else." in answer.text
    assert _count(council) == before


def test_a_change_in_the_meantime_is_said_and_sending_again_is_the_answer(
    pat: Visitor, council: Scenario
) -> None:
    address = "/benefits/homes/record/describe-benefit"
    typed = {"description": "My words.", "outcome": "Fewer.", "attribution": "Nothing else."}
    opened = pat.hidden(address)
    council.do(DescribeBenefit("homes", "Their words.", "Fewer.", "Nothing."), by="quin")
    late = pat.send(address, typed, opened)
    assert late.status_code == 412
    assert "My words." in late.text
    assert council.benefit("homes").description == "Their words."
    again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', late.text))
    assert pat.send(address, typed, again).status_code == 303
    assert council.benefit("homes").description == "My words."


def test_a_refusal_of_the_rules_stands_above_the_form_as_typed(pat: Visitor) -> None:
    answer = pat.send(
        FORECAST,
        {
            "tranches-0-amount": "90,000",
            "tranches-0-nature": "recurring",
            "tranches-0-month": "2024-10",
            "reason": "Later than hoped.",
        },
    )
    assert answer.status_code == 409
    assert "There is a problem" in answer.text
    assert 'value="90,000"' in answer.text
    assert "Later than hoped." in answer.text


def test_a_fault_in_one_row_leads_to_that_row_and_blank_rows_do_not_count(pat: Visitor) -> None:
    answer = pat.send(
        FORECAST,
        {
            "tranches-0-amount": "",
            "tranches-0-nature": "recurring",
            "tranches-4-amount": "lots",
            "tranches-4-nature": "recurring",
            "tranches-4-month": "2024-10",
            "reason": "It grew.",
        },
    )
    assert answer.status_code == 422
    assert 'href="#tranches-0-amount"' in answer.text
    assert "“lots” is not an amount of money" in answer.text


def test_rows_can_be_added_without_script_and_nothing_typed_is_lost(pat: Visitor) -> None:
    first = pat.get(FORECAST).text.count('-plan_year" name=')
    more = pat.send(FORECAST, {"tranches-0-amount": "lots", "reason": "Kept.", "add": "tranches"})
    assert more.status_code == 200
    assert more.text.count('-plan_year" name=') > first
    assert "Kept." in more.text
    assert 'value="lots"' in more.text


def test_a_form_starts_with_what_stands(pat: Visitor, council: Scenario) -> None:
    page = pat.get(PROFILE).text
    assert 'value="120,000"' in page
    assert 'value="2024-07"' in page
    council.do(NameOwner("homes", "olu"))
    assert re.search(
        r'<option value="olu" selected>', pat.get("/benefits/homes/record/name-owner").text
    )


def test_a_case_asks_only_what_its_gate_needs(pat: Visitor, council: Scenario) -> None:
    address = "/benefits/homes/record/submit-case?gate="
    assert "profile-point" not in pat.get(f"{address}Validation").text
    assert 'value="120,000"' in pat.get(f"{address}Re-baseline").text
    council.described("homes")
    sent = pat.send(f"{address}Validation", {"summary": "Approve the plan."})
    assert sent.status_code == 303, sent.text
    case = council.benefit("homes").open_case
    assert case is not None
    assert case.submitted.profile is None


def test_what_a_person_may_not_do_is_refused_as_such(council: Scenario, tmp_path: Path) -> None:
    owner = visitor(web_of(council.realise, web_settings(tmp_path)))
    owner.sign_in("olu@example.gov.uk")
    form = "/benefits/homes/record/confirm-value"
    assert owner.get(form).status_code == 403
    opened = {**owner.hidden("/account"), "key": "a" * 20, "seen": "1"}
    assert owner.send(form, {"note": "Mine."}, opened).status_code == 403


@pytest.mark.parametrize(
    "broken", [{"seen": "x"}, {"seen": "9" * 30}, {"key": "../x"}, {"key": ""}]
)
def test_a_form_whose_version_or_key_was_tampered_with_is_refused(
    pat: Visitor, broken: dict[str, str]
) -> None:
    assert pat.send(NOTE, {"text": "Hello.", **broken}).status_code == 428


def test_words_are_shown_as_words_never_as_markup(pat: Visitor) -> None:
    answer = pat.send(FORECAST, {"reason": "<script>alert(1)</script>"})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text
