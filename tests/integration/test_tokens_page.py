"""The page of a person's own tokens, and the readable page of the API."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from entrypoints.acts import ACTS
from tests.scenario import Scenario, begin
from tests.web import Visitor, give_password, visitor, web_of, web_settings

PAGE = "/account/tokens"


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    for person in ("pat", "quin"):
        give_password(scenario.realise.database, person, f"{person}@example.gov.uk")
    yield scenario
    scenario.realise.database.close()


@pytest.fixture
def pat(council: Scenario, tmp_path: Path) -> Visitor:
    officer = visitor(web_of(council.realise, web_settings(tmp_path)))
    officer.sign_in("pat@example.gov.uk")
    return officer


def test_a_token_is_shown_once_works_and_is_ended(pat: Visitor) -> None:
    made = pat.send(PAGE, {"name": "Power BI", "scopes": "read", "days": "30"})
    assert made.status_code == 201
    secret = re.search(r'id="secret">([^<]+)<', made.text)
    assert secret
    assert secret[1] not in pat.get(PAGE).text
    program = pat.client.application.test_client()
    headers = {"Authorization": f"Bearer {secret[1]}"}
    me = program.get("/api/me", headers=headers)
    assert me.json
    assert (me.json["person"], me.json["scopes"]) == ("pat", ["read"])
    end = re.search(r'action="(/account/tokens/[0-9a-f]+/revoke)"', pat.get(PAGE).text)
    assert end
    assert pat.send(end[1], {}, pat.hidden(PAGE)).status_code == 303
    assert program.get("/api/me", headers=headers).status_code == 401


def test_nobody_ends_anothers_token(pat: Visitor, council: Scenario, tmp_path: Path) -> None:
    pat.send(PAGE, {"name": "Power BI", "scopes": "read", "days": "30"})
    end = re.search(r'action="(/account/tokens/[0-9a-f]+/revoke)"', pat.get(PAGE).text)
    assert end
    quin = visitor(web_of(council.realise, web_settings(tmp_path)))
    quin.sign_in("quin@example.gov.uk")
    assert quin.send(end[1], {}, quin.hidden(PAGE)).status_code == 404
    assert end[1] in pat.get(PAGE).text


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "scopes": "read", "days": "30"},
        {"name": "x" * 101, "scopes": "read", "days": "30"},
        {"name": "x", "scopes": "everything", "days": "30"},
        {"name": "x", "scopes": "read", "days": "99999999999"},
    ],
)
def test_a_form_that_is_not_right_makes_no_token(pat: Visitor, typed: dict[str, str]) -> None:
    answer = pat.send(PAGE, typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "/revoke" not in pat.get(PAGE).text


def test_the_readable_page_names_every_command_and_runs_nothing_of_others(pat: Visitor) -> None:
    page = pat.get("/api")
    assert page.status_code == 200
    for act in ACTS.values():
        assert f"Command {act.slug}" in page.text, act.slug
    assert " style=" not in page.text
    assert not re.search(r'(?:src|href)="https?:', page.text)
