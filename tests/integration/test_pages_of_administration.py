"""What administrators, auditors and everybody for themselves do through the pages."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.desks import Desks, at_their_desks
from tests.scenario import begin, saves
from tests.web import PASSWORD, visitor
from workflows.commands import Role

PEOPLE = "/admin/people"
NEW = {"name": "Nia Bell", "email": "Nia@northmere.example", "post": "Clerk", "roles": "scrutiny"}


@pytest.fixture
def desks(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Desks]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    scenario.identified("=Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    with at_their_desks(scenario, tmp_path) as found:
        yield found


def test_a_person_is_added_once_signs_in_and_is_put_out_when_they_leave(desks: Desks) -> None:
    opened, before = desks["ada"].hidden(f"{PEOPLE}/new"), desks.events()
    typed = {**NEW, "password": "a first password of hers"}
    for _ in range(2):
        added = desks["ada"].send(f"{PEOPLE}/new", typed, opened)
        assert added.status_code == 303
    assert desks.events() == before + 2, "registered, and given a role"
    nia = visitor(desks.app)
    assert nia.sign_in("nia@northmere.example", "a first password of hers").status_code == 303
    assert nia.get("/reports").status_code == 200
    left = desks["ada"].send(f"{added.location}/leave", {}, desks["ada"].hidden(added.location))
    assert left.status_code == 303
    assert nia.get("/reports").status_code == 303, "her session ended at once"
    assert nia.sign_in("nia@northmere.example", "a first password of hers").status_code == 401


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Write the person’s name."),
        ({"email": "nowhere"}, "Write an email address"),
        ({"password": "short"}, "from 12 to 200 characters"),
        ({"roles": "mayor"}, "Choose roles from the list."),
        ({"email": "", "password": PASSWORD}, "signs in by an email address"),
    ],
)
def test_a_person_who_cannot_be_added_is_said_so_beside_the_box(
    desks: Desks, typed: dict[str, str], said: str
) -> None:
    before = desks.events()
    answer = desks["ada"].send(f"{PEOPLE}/new", {**NEW, **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "a long enough password" not in answer.text
    assert desks.events() == before


def test_one_address_belongs_to_one_person(desks: Desks) -> None:
    taken = {**NEW, "email": "pat@northmere.example"}
    assert desks["ada"].send(f"{PEOPLE}/new", taken).status_code == 409
    opened = desks["ada"].hidden(f"{PEOPLE}/mo")
    changed = {"name": "Mo Amin", "email": "pat@northmere.example", "post": ""}
    assert desks["ada"].send(f"{PEOPLE}/mo/details", changed, opened).status_code == 422
    fine = {**changed, "email": "mo.amin@northmere.example", "name": "Mo Amin-Ray"}
    assert desks["ada"].send(f"{PEOPLE}/mo/details", fine, opened).status_code == 303
    assert "Mo Amin-Ray" in desks["ada"].get(PEOPLE).text


def test_roles_are_given_and_taken_but_never_the_last_administrators_own(desks: Desks) -> None:
    opened = desks["ada"].hidden(f"{PEOPLE}/mo")
    given = desks["ada"].send(f"{PEOPLE}/mo/grant", {"role": "finance"}, opened)
    assert given.status_code == 303
    assert Role.FINANCE in desks.scenario.realise.standing("person", "mo").roles
    opened = desks["ada"].hidden(f"{PEOPLE}/ada")
    own = desks["ada"].send(f"{PEOPLE}/ada/revoke", {"role": "administrator"}, opened)
    assert own.status_code == 409
    assert "Ask another administrator" in own.text
    assert desks["ada"].send(f"{PEOPLE}/ada/leave", {}, opened).status_code == 409
    nonsense = desks["ada"].send(f"{PEOPLE}/mo/grant", {"role": "mayor", "key": "0" * 20}, opened)
    assert nonsense.status_code == 422


def test_a_colour_on_which_white_cannot_be_read_is_refused(desks: Desks) -> None:
    pale = desks["ada"].send("/admin/council", {"name": "Northmere", "colour": "#ffff00"})
    assert pale.status_code == 409
    assert "Choose a darker colour." in pale.text
    dark = desks["ada"].send("/admin/council", {"name": "Northmere", "colour": "#00703c"})
    assert dark.status_code == 303
    assert "#00703c" in desks["ada"].get("/admin").text
    lists = desks["ada"].send(
        "/admin/lists", {"themes": "Care\nTransport", "directorates": "Place"}
    )
    assert lists.status_code == 303
    assert "Care, Transport" in desks["ada"].get("/admin").text


def test_a_board_is_formed_and_its_seats_filled(desks: Desks) -> None:
    rules = {"title": "Capital board", "quorum": "1", "approvals": "1", "days": "10"}
    formed = desks["ada"].send("/boards/new", {**rules, "tie": "deferred"})
    assert formed.status_code == 303
    seat = {"kind": "chair", "person": "mo"}
    assert desks["ada"].send(f"{formed.location}/seat", seat).status_code == 303
    assert "Mo Amin" in desks["pat"].get(formed.location).text
    board = desks.scenario.realise.standing("board", formed.location.rpartition("/")[2])
    (held,) = board.seats
    changed = desks["ada"].send(f"{formed.location}/seat?seat={held}", {**seat, "person": "dee"})
    assert changed.status_code == 303
    twice = desks["ada"].send(f"{formed.location}/seat", {**seat, "person": "dee"})
    assert twice.status_code == 409
    emptied = desks["ada"].send(f"{formed.location}/vacate?seat={held}", {})
    assert emptied.status_code == 303
    assert "Nobody sits on this board yet." in desks["pat"].get(formed.location).text
    assert desks["ada"].get(f"{formed.location}/vacate?seat=none").status_code == 404
    assert desks["pat"].get("/boards/new").status_code == 403
    too_many = desks["ada"].send("/boards/new", {**rules, "tie": "deferred", "quorum": "9" * 20})
    assert too_many.status_code == 422


def test_ones_own_password_is_changed_and_other_places_are_signed_out(desks: Desks) -> None:
    elsewhere = visitor(desks.app)
    desks["pat"].get("/account")
    elsewhere.sign_in("pat@northmere.example")
    fresh = {"old": PASSWORD, "fresh": "another good password", "again": "another good password"}
    opened = desks["pat"].hidden("/account")
    for wrong in ({"old": "not this one at all"}, {"fresh": "short"}, {"again": "unlike"}):
        answer = desks["pat"].send("/account/password", {**fresh, **wrong}, opened)
        assert answer.status_code == 422, wrong
    assert desks["pat"].send("/account/password", fresh, opened).status_code == 303
    assert desks["pat"].get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert elsewhere.sign_in("pat@northmere.example", "another good password").status_code == 303


def test_guessing_ones_own_password_is_stopped(desks: Desks) -> None:
    opened = desks["pat"].hidden("/account")
    typed = {"old": "a wrong password", "fresh": "another good one", "again": "another good one"}
    statuses = [
        desks["pat"].send("/account/password", typed, opened).status_code for _ in range(12)
    ]
    assert statuses[-1] == 429


def test_a_session_is_ended_from_another_and_only_ones_own(desks: Desks) -> None:
    elsewhere = visitor(desks.app)
    desks["pat"].get("/account")
    elsewhere.sign_in("pat@northmere.example")
    other = elsewhere.hidden("/account")
    other_id = desks["pat"].hidden("/account")["session"]
    stranger = {**desks["mo"].hidden("/account"), "session": other_id}
    assert desks["mo"].send("/account/sessions", {}, stranger).status_code == 303
    assert elsewhere.get("/account").status_code == 200, "not by somebody else"
    opened = desks["pat"].hidden("/account")
    assert desks["pat"].send("/account/sessions", {"session": other_id}, opened).status_code == 303
    assert elsewhere.get("/account").status_code == 303
    assert other["csrf_token"]


def test_the_record_is_filtered_exported_and_its_chain_verified(desks: Desks) -> None:
    page = desks["aud"].get("/audit?type=benefit-identified").text
    assert "<strong>1 event</strong>" in page
    assert 'href="/events/' in page
    rows = list(csv.reader(io.StringIO(desks["aud"].get("/audit.csv").text.lstrip("\ufeff"))))
    assert rows[0][0] == "position"
    assert len(rows) == desks.events() + 1
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    verdict = desks["aud"].send("/audit/verify", {}, desks["aud"].hidden("/audit"))
    assert f"The log is sound: {desks.events()} events" in verdict.text
    same = desks["ada"].send("/admin/verify", {}, desks["ada"].hidden("/admin"))
    assert "The log is sound" in same.text


def test_a_changed_row_is_named_by_the_verdict(desks: Desks, migrated_sqlite_url: str) -> None:
    opened = desks["aud"].hidden("/audit")
    with closing(sqlite3.connect(migrated_sqlite_url.removeprefix("sqlite:///"))) as intruder:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"
        for (name,) in intruder.execute(triggers).fetchall():
            intruder.execute(f"DROP TRIGGER {name}")
        intruder.execute("UPDATE events SET actor_id = 'mo' WHERE position = 7")
        intruder.commit()
    verdict = desks["aud"].send("/audit/verify", {}, opened).text
    assert "Position 7: the row was changed after it was written" in verdict


@pytest.mark.parametrize(
    "asked",
    ["before=" + "9" * 30, "before=-1", "day=2024-99-99", "day=0001-01-01", "type=%00", "x=y"],
)
def test_an_address_that_makes_no_sense_still_shows_the_record(desks: Desks, asked: str) -> None:
    assert desks["aud"].get(f"/audit?{asked}").status_code == 200
    assert desks["aud"].get(f"/audit.csv?{asked}").status_code == 200
