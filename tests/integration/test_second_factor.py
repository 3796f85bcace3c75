"""A code beside the password: set up, asked for, used once, and reset by an administrator."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
import time_machine

from benefits.lifecycle import Gate
from entrypoints import access_record, second_factor
from entrypoints.attempts import MOST_PER_ACCOUNT
from eventlog.database import Database
from tests.desks import MORNING, Desks
from tests.programs import program
from tests.scenario import begin, saves
from tests.web import PASSWORD, Visitor, give_password, visitor, web_of, web_settings
from workflows.commands import SetVotingRules

PAGE = "/account/second-factor"
KEY = "k3Jx9-qLw82_Vn41pTzR6yHbM5sDfGcE"
_CODE = re.compile(r"<code>([A-Z2-9]{4}(?:-[A-Z2-9]{4}){3})</code>")


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    scenario = begin(migrated_sqlite_url, tmp_path).on("2024-06-03")
    with time_machine.travel(MORNING, tick=False):
        settings = web_settings(tmp_path, REALISE_SECOND_FACTOR="administrators")
        yield Desks(scenario, web_of(scenario.realise, settings))


def came(desks: Desks, person: str) -> Visitor:
    """Somebody whose password was right."""
    address = f"{person}@northmere.example"
    give_password(desks.scenario.realise.database, person, address)
    found = visitor(desks.app)
    assert found.sign_in(address).status_code == 303
    return found


def set_up(one: Visitor) -> tuple[pyotp.TOTP, list[str]]:
    """The telephone of somebody who set it up, and their recovery codes."""
    one.send(f"{PAGE}/start", {}, one.hidden(PAGE))
    page = one.get(PAGE).text
    assert 'src="data:image/svg+xml' in page
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret is not None
    phone = pyotp.TOTP(secret[1])
    answer = one.send(f"{PAGE}/confirm", {"code": phone.now()})
    assert answer.status_code == 201, answer.text
    codes = _CODE.findall(answer.text)
    assert len(set(codes)) == second_factor.MANY
    return phone, codes


def code(one: Visitor, typed: str) -> int:
    return one.send("/sign-in/code", {"code": typed}).status_code


def test_a_code_signs_in_once_and_so_does_each_recovery_code(desks: Desks) -> None:
    phone, codes = set_up(came(desks, "pat"))
    pat = came(desks, "pat")
    assert pat.get("/register").status_code == 303
    assert code(pat, phone.now()) == 401, "the code that set it up is used"
    assert code(pat, "000000") == 401
    with time_machine.travel(MORNING + timedelta(seconds=60), tick=False):
        pat = came(desks, "pat")
        assert code(pat, phone.now()) == 303
        assert pat.get("/register").status_code == 200
        again = came(desks, "pat")
        assert code(again, phone.now()) == 401
        assert code(again, codes[0].lower()) == 303
        assert again.get("/register").status_code == 200
        third = came(desks, "pat")
        assert code(third, codes[0]) == 401
        assert "9 recovery codes left" in again.get(PAGE).text


def test_codes_cannot_be_guessed_by_trying_many(desks: Desks) -> None:
    _, codes = set_up(came(desks, "pat"))
    pat = came(desks, "pat")
    tried = [code(pat, f"{number:06}") for number in range(MOST_PER_ACCOUNT + 1)]
    assert tried == [401] * MOST_PER_ACCOUNT + [429]
    assert code(pat, codes[0]) == 429


def test_the_password_counts_for_a_few_minutes_only(desks: Desks) -> None:
    _, codes = set_up(came(desks, "pat"))
    pat = came(desks, "pat")
    opened = pat.hidden("/sign-in/code")
    with time_machine.travel(MORNING + timedelta(minutes=6), tick=False):
        sent = pat.send("/sign-in/code", {"code": codes[0]}, opened)
        assert sent.location == "/sign-in"
        assert visitor(desks.app).get("/sign-in/code").location == "/sign-in"


def test_administrators_do_nothing_before_they_have_one(desks: Desks) -> None:
    ada = came(desks, "ada")
    assert ada.get("/admin/people").location == PAGE
    token = ada.hidden(PAGE)
    assert ada.send("/admin/verify", {}, token).status_code == 403
    phone, _ = set_up(ada)
    assert ada.get("/admin/people").status_code == 200
    with time_machine.travel(MORNING + timedelta(seconds=90), tick=False):
        assert ada.send(f"{PAGE}/remove", {"code": phone.now()}).status_code == 409
    assert came(desks, "pat").get("/register").status_code == 200


def test_who_has_one_proves_it_by_a_code_too_to_vote_later_on(desks: Desks) -> None:
    scenario = desks.scenario
    homes = scenario.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    case = scenario.described(homes).submitted(homes, Gate.VALIDATION)
    scenario.do(SetVotingRules(10), by="ada")
    chris = came(desks, "chris")
    phone, _ = set_up(chris)
    with time_machine.travel(MORNING + timedelta(minutes=20), tick=False):
        page = f"/cases/{case}"
        assert 'name="proof-code"' in chris.get(page).text
        opened = chris.hidden(page)
        vote = {"choice": "approve", "statement": "Agreed.", "proof": PASSWORD}
        for wrong in ({}, {"proof-code": "000000"}, {"proof-code": phone.now(), "proof": "no"}):
            refused = chris.send(f"{page}/vote", {**vote, **wrong}, opened)
            assert refused.status_code == 422
            assert "The password and the code are not right together" in refused.text
        assert not scenario.benefit(homes).cases[case].votes
        right = {**vote, "proof-code": phone.now()}
        assert chris.send(f"{page}/vote", right, opened).status_code == 303
    assert scenario.benefit(homes).cases[case].votes["chair"].voter == "chris"


def test_a_program_cannot_prove_it_and_is_told_where_its_person_votes(desks: Desks) -> None:
    scenario = desks.scenario
    homes = scenario.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    case = scenario.described(homes).submitted(homes, Gate.VALIDATION)
    chris = program(desks.app, scenario.realise, "chris")
    bound = scenario.benefit(homes).cases[case].submitted.binds_to
    vote = {"case": case, "version": bound, "choice": "approve", "statement": "Agreed."}
    scenario.do(SetVotingRules(10), by="ada")
    seen = chris.version(f"/benefits/{homes}")
    refused = chris.post(f"/benefits/{homes}/cast-vote", vote, seen)
    assert (refused.status_code, refused.json["type"]) == (403, "/api#proof-needed")  # type: ignore[index]
    assert f"/cases/{case}" in refused.text
    assert not scenario.benefit(homes).cases[case].votes
    scenario.do(SetVotingRules(0), by="ada")
    assert chris.post(f"/benefits/{homes}/cast-vote", vote, seen).status_code == 200


def test_an_administrator_resets_it_and_that_is_recorded(desks: Desks) -> None:
    pat = came(desks, "pat")
    set_up(pat)
    ada = came(desks, "ada")
    set_up(ada)
    assert ada.send("/admin/people/ada/second-factor", {}, ada.hidden(PAGE)).status_code == 409
    assert ada.send("/admin/people/pat/second-factor", {}).status_code == 303
    assert pat.get("/register").status_code == 303
    assert came(desks, "pat").get("/register").status_code == 200
    with desks.scenario.realise.read() as connection:
        rows = access_record.found(connection, [], 10)
    kept = [(row.person, row.what, row.address) for row in rows]
    assert ("ada", "reset somebody’s second factor", "/admin/people/pat/second-factor") in kept


def test_it_is_taken_away_and_codes_are_made_anew_by_a_code(desks: Desks) -> None:
    pat = came(desks, "pat")
    _, codes = set_up(pat)
    assert pat.send(f"{PAGE}/codes", {"code": "1"}).status_code == 422
    fresh = _CODE.findall(pat.send(f"{PAGE}/codes", {"code": codes[0]}).text)
    assert len(fresh) == second_factor.MANY
    assert pat.send(f"{PAGE}/remove", {"code": codes[1]}).status_code == 422
    assert pat.send(f"{PAGE}/remove", {"code": fresh[0]}).status_code == 303
    assert came(desks, "pat").get("/register").status_code == 200


def test_it_is_kept_unreadable_and_alike_on_both_databases(database_url: str) -> None:
    database, at = Database.open(database_url), datetime(2026, 11, 2, 9, tzinfo=UTC)
    with database.write() as connection:
        second_factor.start(connection, KEY, "pat", at)
        held = second_factor.of_person(connection, KEY, "pat")
        assert held is not None
        kept = connection.execute(second_factor.second_factors.select()).one()
        assert held.secret not in kept.secret
        phone = pyotp.TOTP(held.secret)
        assert not second_factor.proves(connection, KEY, "pat", phone.at(at), at)
        codes = second_factor.confirm(connection, KEY, "pat", phone.at(at), at)
        assert codes is not None
        later = at + timedelta(seconds=60)
        early = phone.at(later - timedelta(seconds=30))
        assert second_factor.proves(connection, KEY, "pat", phone.at(later), later)
        assert not second_factor.proves(connection, KEY, "pat", early, later), "a step back"
        much = later + timedelta(minutes=5)
        assert not second_factor.proves(connection, KEY[::-1], "pat", phone.at(much), much)
        assert second_factor.proves(connection, KEY[::-1], "pat", codes[3], much)
        assert not second_factor.proves(connection, KEY, "olu", codes[4], much)
    database.close()
