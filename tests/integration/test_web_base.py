"""What holds for every page: who gets in, what is refused, and what browsers are told."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from entrypoints import attempts, sessions
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import now
from tests.scenario import ROOT, Scenario, begin
from tests.web import PASSWORD, Visitor, give_password, visitor, web_of, web_settings

NGINX = ROOT / "tools" / "deploy" / "nginx.conf"


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Scenario:
    scenario = begin(migrated_sqlite_url, tmp_path)
    scenario.identified("Fewer homes", benefit="homes")
    for person in ("pat", "olu"):
        give_password(scenario.realise.database, person, f"{person}@example.gov.uk")
    return scenario


@pytest.fixture
def app(council: Scenario, tmp_path: Path) -> Flask:
    return web_of(council.realise, web_settings(tmp_path))


@pytest.fixture
def anybody(app: Flask) -> Visitor:
    return visitor(app)


@pytest.fixture
def pat(app: Flask) -> Visitor:
    officer = visitor(app)
    assert officer.sign_in("pat@example.gov.uk").status_code == 303
    return officer


def test_somebody_not_signed_in_is_asked_to_and_then_taken_where_they_wanted(
    anybody: Visitor,
) -> None:
    sent = anybody.get("/benefits/homes/record/add-note")
    assert sent.status_code == 303
    assert sent.location == "/sign-in?next=/benefits/homes/record/add-note"
    arrived = anybody.sign_in("pat@example.gov.uk", after="/benefits/homes/record/add-note")
    assert arrived.location == "/benefits/homes/record/add-note"
    assert anybody.get(arrived.location).status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)", "/%0a//x y"],
)
def test_signing_in_never_leads_to_another_site(anybody: Visitor, elsewhere: str) -> None:
    typed = {"email": "pat@example.gov.uk", "password": PASSWORD, "next": elsewhere}
    arrived = anybody.send("/sign-in", typed)
    assert arrived.status_code == 303
    assert arrived.location.startswith("/")
    assert "example.com" not in arrived.location


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(anybody: Visitor) -> None:
    wrong = anybody.sign_in("pat@example.gov.uk", "not the password at all")
    unknown = anybody.sign_in("nobody@example.gov.uk", "not the password at all")
    assert wrong.status_code == unknown.status_code == 401
    assert _words(wrong.text).replace("pat@", "nobody@") == _words(unknown.text)


def test_guessing_a_password_is_stopped_whoever_answers(
    council: Scenario, app: Flask, tmp_path: Path
) -> None:
    other_process = web_of(council.realise, web_settings(tmp_path))
    for number in range(attempts.MOST_PER_ACCOUNT):
        tried = visitor(app if number % 2 else other_process)
        assert tried.sign_in("pat@example.gov.uk", "a wrong password").status_code == 401
    stopped = visitor(other_process).sign_in("pat@example.gov.uk")
    assert stopped.status_code == 429
    assert "Wait 15 minutes" in stopped.text
    with time_machine.travel(now() + attempts.WINDOW + timedelta(seconds=1)):
        assert visitor(app).sign_in("pat@example.gov.uk").status_code == 303


def test_signing_out_ends_a_copied_session_too(pat: Visitor, app: Flask) -> None:
    copied = visitor(app)
    cookie = pat.client.get_cookie("realise")
    assert cookie is not None
    copied.client.set_cookie("realise", cookie.value)
    assert copied.get("/").status_code == 200
    assert pat.send("/sign-out", {}, pat.hidden("/")).status_code == 303
    assert copied.get("/").status_code == 303


def test_an_idle_session_ends_and_one_in_use_goes_on_until_its_last_hour(pat: Visitor) -> None:
    start = datetime.now(UTC)
    for minutes in range(20, 12 * 60, 20):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert pat.get("/").status_code == 200, minutes
    with time_machine.travel(start + timedelta(hours=12, minutes=1), tick=False):
        assert pat.get("/").status_code == 303


def test_half_an_hour_away_is_signed_out(pat: Visitor) -> None:
    with time_machine.travel(now() + timedelta(minutes=31)):
        assert pat.get("/").status_code == 303


def test_a_person_who_was_put_out_is_out_at_once(pat: Visitor, council: Scenario) -> None:
    with council.realise.database.write() as connection:
        sessions.end_all(connection, "pat", now())
    assert pat.get("/").status_code == 303


def test_the_database_keeps_no_token_that_a_browser_holds(pat: Visitor, council: Scenario) -> None:
    with pat.client.session_transaction() as held, council.realise.database.read() as connection:
        kept = connection.execute(sessions.sessions.select()).all()
        assert kept
        assert not any(held["token"] in str(value) for row in kept for value in row)


def test_a_form_without_its_token_is_refused_in_plain_words(pat: Visitor) -> None:
    opened = pat.hidden("/benefits/homes/record/add-note")
    del opened["csrf_token"]
    refused = pat.send("/benefits/homes/record/add-note", {"text": "Hello"}, opened)
    assert refused.status_code == 400
    assert "Open it again, then send it again" in _words(refused.text)


def test_every_answer_tells_the_browser_to_run_nothing_but_ours(anybody: Visitor) -> None:
    for address in ("/sign-in", "/no-such-page", "/static/app.css", "/brand.css"):
        answer = anybody.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = anybody.get("/sign-in")
    said = re.search(r"'nonce-([^']+)'", page.headers["Content-Security-Policy"])
    assert said
    assert f'nonce="{said[1]}"' in page.text
    assert " style=" not in page.text
    assert anybody.get("/sign-in").headers["Content-Security-Policy"] != policy


def test_the_cookie_is_kept_from_scripts_and_from_plain_http(
    council: Scenario, tmp_path: Path
) -> None:
    secure = web_settings(tmp_path, REALISE_HTTPS="on", REALISE_TRUSTED_HOSTS="realise.test")
    client = web_of(council.realise, secure).test_client()
    answer = client.get("/sign-in", base_url="https://realise.test")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-realise=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    other = client.get("/sign-in", base_url="https://elsewhere.test")
    assert other.status_code == 400
    assert "Traceback" not in other.text


@pytest.mark.parametrize("asked", ["realise.test", "realise.test:8443"])
def test_the_form_of_a_page_behind_nginx_is_believed_on_any_port(
    council: Scenario, tmp_path: Path, asked: str
) -> None:
    given = {"REALISE_HTTPS": "on", "REALISE_TRUSTED_HOSTS": "realise.test", "REALISE_PROXIES": "1"}
    client = web_of(council.realise, web_settings(tmp_path, **given)).test_client(use_cookies=False)
    # What nginx puts for each of its words, for one who asks for this name and port.
    words = {"$host": "realise.test", "$http_host": asked, "$scheme": "https"}
    passed = {
        name: words.get(word, "192.0.2.1")
        for name, word in re.findall(r"proxy_set_header ([\w-]+) (\$\w+);", NGINX.read_text())
    }
    host = passed.pop("Host")
    base, referred = f"http://{host}", {"Referer": f"https://{asked}/sign-in"}
    page = client.get("/sign-in", base_url=base, headers=passed)
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    sent = client.post(
        "/sign-in",
        data={"csrf_token": token[1], "email": "pat@example.gov.uk", "password": PASSWORD},
        base_url=base,
        headers={**passed, **referred, "Cookie": cookie},
    )
    assert (sent.status_code, sent.location) == (303, "/")
    forged = {**passed, "X-Forwarded-Host": "elsewhere.test"}
    assert client.get("/sign-in", base_url=base, headers=forged).status_code == 400


def test_assets_are_kept_for_good_only_under_the_address_of_their_content(
    anybody: Visitor,
) -> None:
    page = anybody.get("/sign-in").text
    address = re.search(r'href="(/static/app\.css\?v=[0-9a-f]+)"', page)
    assert address
    assert "immutable" in anybody.get(address[1]).headers["Cache-Control"]
    assert "immutable" not in anybody.get("/static/app.css?v=0").headers["Cache-Control"]
    assert anybody.get("/static/../pyproject.toml").status_code == 404
    assert anybody.get("/sign-in").headers["Cache-Control"] == "no-store"


def test_no_cookie_goes_with_what_a_cache_may_keep(pat: Visitor) -> None:
    for address in ("/static/app.css", "/brand.css"):
        assert "Set-Cookie" not in pat.get(address).headers


def test_no_page_shows_a_stack_trace(app: Flask, pat: Visitor) -> None:
    def fails() -> str:
        raise ZeroDivisionError("secret inside")

    app.view_functions["home.index"] = allowed(SIGNED_IN)(fails)
    broken = pat.get("/")
    assert broken.status_code == 500
    assert "something went wrong" in broken.text
    assert "secret inside" not in broken.text
    assert "Traceback" not in broken.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/no-such-page", 404),
        ("/benefits/nobody-knows/record/add-note", 404),
        ("/benefits/homes/record/no-such-act", 404),
        ("/benefits/homes/record/cast-vote", 404),
        ("/static/%00", 404),
    ],
)
def test_what_is_not_there_is_said_to_be_not_there(pat: Visitor, address: str, status: int) -> None:
    answer = pat.get(address)
    assert answer.status_code == status
    assert "<h1" in answer.text


def test_a_database_that_is_gone_is_said_plainly(
    app: Flask, pat: Visitor, migrated_sqlite_url: str
) -> None:
    Path(migrated_sqlite_url.removeprefix("sqlite:///")).unlink()
    answer = pat.get("/")
    assert answer.status_code == 503
    assert "cannot reach its record" in answer.text
    assert migrated_sqlite_url.rpartition("/")[2] not in answer.text


def test_too_large_a_form_is_refused(pat: Visitor) -> None:
    opened = pat.hidden("/benefits/homes/record/add-note")
    refused = pat.send("/benefits/homes/record/add-note", {"text": "x" * 3_000_000}, opened)
    assert refused.status_code == 413


def _words(page: str) -> str:
    """A page's words without what differs on every page."""
    return re.sub(r'(nonce|value)="[^"]*"', "", page)
