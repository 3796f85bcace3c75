"""Who gets in at the API, and what becomes of anything that is sent there."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from benefits.commands.details import AttachEvidence
from entrypoints import tokens
from entrypoints.acts import ACTS
from entrypoints.api.document import document_of
from entrypoints.api.scopes import scope_of
from entrypoints.here import now
from entrypoints.tokens import Scope
from tests.programs import Program, program
from tests.scenario import Scenario, begin, saves
from tests.web import give_password, visitor, web_of, web_settings
from workflows import directory
from workflows.commands import CastVote

READS = ("/benefits", "/benefits/homes", "/events", "/claims", "/programmes/care", "/me")


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    scenario.identified("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    yield scenario
    scenario.realise.database.close()


@pytest.fixture
def app(council: Scenario, tmp_path: Path) -> Flask:
    return web_of(council.realise, web_settings(tmp_path))


@pytest.fixture
def pat(app: Flask, council: Scenario) -> Program:
    return program(app, council.realise, "pat")


def test_nobody_gets_in_without_a_living_token(app: Flask, pat: Program) -> None:
    wrong = ("", "Bearer", "Bearer x", f"Basic {pat.secret}", "Bearer " + "x" * 5_000)
    for header in wrong:
        for address in READS:
            answer = app.test_client().get(
                f"/api{address}", headers={"Authorization": header} if header else {}
            )
            assert answer.status_code == 401, (header[:20], address)
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert answer.mimetype == "application/problem+json"
    assert app.test_client().get(f"/api/me?token={pat.secret}").status_code == 401


def test_a_token_ends_by_itself_by_hand_and_with_its_person(app: Flask, council: Scenario) -> None:
    ends, revoked = (program(app, council.realise, "pat") for _ in range(2))
    leaves = program(app, council.realise, "quin")
    assert all(each.get("/me").status_code == 200 for each in (ends, revoked, leaves))
    with time_machine.travel(now() + timedelta(days=31)):
        assert ends.get("/me").status_code == 401
    with council.realise.database.write() as connection:
        kept = tokens.find(connection, revoked.secret)
        assert kept is not None
        assert tokens.revoke(connection, kept.token, now(), "quin") is False
        assert tokens.revoke(connection, kept.token, now(), "pat") is True
        people = directory.people
        connection.execute(people.update().where(people.c.person == "quin").values(active=False))
    assert revoked.get("/me").status_code == 401
    assert leaves.get("/me").status_code == 401
    assert ends.get("/me").status_code == 200


def test_only_a_hash_of_a_token_is_kept_and_when_it_was_used(
    pat: Program, council: Scenario
) -> None:
    pat.get("/me")
    with council.realise.database.read() as connection:
        (row,) = connection.execute(tokens.tokens.select()).all()
    assert pat.secret not in [str(value) for value in row]
    assert row.token_hash == tokens.hashed(pat.secret)
    assert pat.secret.startswith(row.prefix)
    assert row.last_used_at is not None


def test_a_browsers_session_counts_for_nothing_there(app: Flask, council: Scenario) -> None:
    give_password(council.realise.database, "pat", "pat@example.gov.uk")
    browser = visitor(app)
    browser.sign_in("pat@example.gov.uk")
    assert browser.get("/").status_code == 200
    assert browser.get("/api/me").status_code == 401
    note = browser.client.post("/api/benefits/homes/add-note", json={"text": "Borrowed."})
    assert note.status_code == 401


def test_no_cookie_is_given_to_a_program(pat: Program) -> None:
    assert "Set-Cookie" not in pat.get("/benefits").headers
    note = pat.post("/benefits/homes/add-note", {"text": "Hello."}, pat.version("/benefits/homes"))
    assert "Set-Cookie" not in note.headers


def test_a_token_without_the_commands_scope_is_refused_before_anything_is_read(
    app: Flask, council: Scenario
) -> None:
    without = {
        needed: program(app, council.realise, "pat", [each for each in Scope if each != needed])
        for needed in Scope
    }
    for command, act in ACTS.items():
        needed = scope_of(command)
        refused = without[needed].post(_address(app, act.slug), {}, 1)
        assert refused.status_code == 403, act.slug
        assert refused.json
        assert f"“{needed.value}”" in refused.json["detail"]
        if command is not AttachEvidence:
            body = {"commands": [{"command": act.slug}]}
            assert without[needed].post("/acts", body, 1).status_code == 403, act.slug


def _address(app: Flask, slug: str) -> str:
    for address, methods in document_of(app)["paths"].items():
        said = methods.get("post", {}).get("description", "")
        if f"Command `{slug}`" in said:
            return str(address.removeprefix("/api").replace("{", "").replace("}", ""))
    raise AssertionError(slug)


def test_a_token_never_lets_a_person_do_more_than_they_may(
    app: Flask, council: Scenario, pat: Program
) -> None:
    clerk = program(app, council.realise, "cleo")
    seen = clerk.version("/benefits/homes")
    for slug, body in (
        ("add-note", {"text": "Hello."}),
        ("name-owner", {"person": "cleo"}),
        ("confirm-value", {"note": "Mine."}),
    ):
        refused = clerk.post(f"/benefits/homes/{slug}", body, seen)
        assert refused.status_code == 403, slug
        assert "Only " in refused.text
    vote = {"case": "c", "version": 1, "choice": "approve", "statement": "Yes."}
    assert pat.post("/benefits/homes/cast-vote", vote, seen).status_code == 403
    assert scope_of(CastVote) is Scope.DECIDE


def test_who_asks_too_fast_is_asked_to_wait(council: Scenario, tmp_path: Path) -> None:
    app = web_of(council.realise, web_settings(tmp_path, REALISE_API_PER_MINUTE="3"))
    fast, other = (program(app, council.realise, "pat") for _ in range(2))
    answers = [fast.get("/me").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    stopped = fast.get("/me")
    assert stopped.headers["Retry-After"] == "20"
    assert stopped.mimetype == "application/problem+json"
    assert other.get("/me").status_code == 200


HOSTILE: tuple[Any, ...] = (
    None, True, 0, -1, 10**400, 1e308, [], {}, "", " ", "\0", "\ud800", "x" * 100_000, "9" * 400,
    [[]], {"": {}}, ["a"] * 300, {"year": 2024}, "2024-02-31", "−5", "1e9", "NaN", "../../etc",
)  # fmt: skip


@pytest.mark.parametrize(
    ("slug", "fields"),
    [
        ("record-forecast", ("tranches", "reason")),
        ("record-profile", ("profile", "reason")),
        ("plan-milestone", ("title", "planned", "owner", "drives", "lag", "milestone")),
        ("define-measure", ("title", "baseline", "baseline_day", "targets", "tolerance")),
        ("cast-vote", ("case", "version", "choice", "statement", "conditions")),
    ],
)
def test_nothing_that_is_sent_in_place_of_a_field_is_an_unforeseen_fault(
    slug: str, fields: tuple[str, ...], pat: Program
) -> None:
    for name in fields:
        for value in HOSTILE:
            answer = pat.post(f"/benefits/homes/{slug}", {name: value}, 1)
            assert answer.status_code in (403, 409, 412, 422), (name, str(value)[:40])
            if answer.status_code == 422:
                assert answer.json
                assert answer.json["faults"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe{}", 400),
        (b'{"text": NaN}', 400),
        (b"[" * 100_000 + b"]" * 100_000, 400),
        (b'{"text": ' + b"9" * 5_000 + b"}", 400),
        (b'{"text": 1e400}', 422),
        (b'{"text": "\\u0000"}', 422),
        (b"[]", 422),
        (b"null", 422),
        (b'{"text": {"a": ' * 50 + b"1" + b"}}" * 50, 422),
        (b'{"text": "' + b"x" * 3_000_000 + b'"}', 413),
    ],
)
def test_whatever_body_is_sent_is_answered_by_a_problem(
    sent: bytes, status: int, pat: Program
) -> None:
    headers = {
        "Authorization": f"Bearer {pat.secret}",
        "If-Match": '"1"',
        "Idempotency-Key": "hostile-1",
    }
    answer = pat.client.post(
        "/api/benefits/homes/add-note", data=sent, content_type="application/json", headers=headers
    )
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert json.loads(answer.data)["status"] == status


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/nothing", 404),
        ("/api/", 404),
        ("/api/benefits/%00", 404),
        ("/api/benefits/" + "x" * 200, 404),
        ("/api/benefits/homes%2f..%2f", 404),
        ("/api/reports/care/2024-07/99999999999999999999999", 404),
        ("/api/events?after=99999999999999999999999999999", 422),
        ("/api/events?limit=0", 422),
        ("/api/events?stream=%00", 422),
        ("/api/benefits?q=%00", 422),
        ("/api/benefits?year=2024/99", 422),
        ("/api/benefits/homes?instant=9999-12-31T23:59:59-23:00", 422),
        ("/api/programmes/care/reconciliation?month=0000-00", 422),
    ],
)
def test_whatever_address_is_asked_is_answered_by_a_problem(
    address: str, status: int, pat: Program
) -> None:
    answer = pat.client.get(address, headers={"Authorization": f"Bearer {pat.secret}"})
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("words", ["\x85Seen", "Seen\x1c", "\x0bSeen\x0b", "\x85"])
def test_a_control_at_the_ends_of_a_text_is_refused_as_the_document_says(
    app: Flask, pat: Program, council: Scenario, words: str
) -> None:
    parts = document_of(app)["components"]["schemas"]
    assert not re.search(parts["Line"]["pattern"], words)
    assert not re.search(parts["TextOrBlank"]["pattern"], words)
    before = council.realise.store.head()
    answer = pat.post("/benefits/homes/add-note", {"text": words}, 1)
    assert answer.status_code == 422, answer.text
    assert "cannot be shown" in answer.text
    assert council.realise.store.head() == before


def test_another_method_is_refused_with_those_there_are(pat: Program) -> None:
    headers = {"Authorization": f"Bearer {pat.secret}"}
    answer = pat.client.delete("/api/benefits/homes", headers=headers)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.mimetype == "application/problem+json"
    assert pat.client.get("/no-such-page").mimetype == "text/html"


def test_an_unforeseen_fault_shows_nothing_of_the_inside(app: Flask, pat: Program) -> None:
    def fails(**_: object) -> str:
        raise ZeroDivisionError("secret inside")

    vars(fails).update(vars(app.view_functions["api.me"]))
    app.view_functions["api.me"] = fails
    answer = pat.get("/me")
    assert answer.status_code == 500
    assert answer.json
    assert "secret inside" not in answer.text
    assert answer.json["request"] == answer.headers["X-Request-ID"]
