"""What machines ask of a running Realise, and what the command line says of a set-up."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from benefits.commands.details import AddNote
from benefits.refusals import NotAllowed
from entrypoints.daily import CHECKING
from entrypoints.doctor import look_over
from entrypoints.here import now
from entrypoints.tokens import Scope
from eventlog.schema import upgrade
from tests.command_line import Command
from tests.programs import program
from tests.scenario import Scenario, begin
from tests.web import web_of, web_settings
from workflows import ledger

TOKEN = "a-token-of-more-than-thirty-two-characters"


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


@pytest.fixture
def app(council: Scenario, tmp_path: Path) -> Flask:
    return web_of(council.realise, web_settings(tmp_path, REALISE_METRICS_TOKEN=TOKEN))


def ran(council: Scenario, job: str, state: str = ledger.DONE, hours: int = 0) -> None:
    at = now() - timedelta(hours=hours)
    with council.realise.database.write() as connection:
        run = ledger.claim(connection, job, at.date().isoformat(), at)
        assert run is not None
        if state == ledger.DONE:
            ledger.done(connection, run, at)
        else:
            ledger.failed(connection, run, at, "The fonts are not there.")


def test_a_running_process_is_healthy_and_ready_only_with_its_database(
    council: Scenario, app: Flask, tmp_path: Path
) -> None:
    client = app.test_client()
    assert client.get("/health").json == {"status": "ok"}
    assert client.get("/ready").json == {"status": "ready"}
    empty = web_settings(tmp_path, REALISE_DATABASE_URL=f"sqlite:///{tmp_path / 'none.db'}")
    from entrypoints.wiring import Realise
    from eventlog.database import Database

    away = web_of(Realise(Database.open(empty.database_url), empty), empty).test_client()
    assert away.get("/health").status_code == 200
    assert away.get("/ready").status_code == 503


def test_the_metrics_say_what_was_asked_refused_and_is_waiting(
    council: Scenario, app: Flask
) -> None:
    council.identified("Fewer homes", benefit="homes")
    council.do(AddNote("homes", "Hello."))
    with pytest.raises(NotAllowed):
        council.do(AddNote("homes", "Hello."), by="cleo")
    ran(council, CHECKING)
    app.test_client().get("/sign-in")
    text = app.test_client().get("/metrics").text
    for line in (
        r'realise_commands_total\{command="AddNote"\} [1-9]',
        r'realise_refusals_total\{kind="NotAllowed"\} [1-9]',
        r'realise_requests_total\{method="GET",page="sign_in.form",status="200"\} [1-9]',
        r"realise_append_seconds_count [1-9]",
        rf"realise_log_position {council.realise.store.head()[0]}\.0",
        r"realise_outbox_waiting \d",
        r'realise_job_runs\{state="done"\} 1',
        r"realise_chain_verified_at 1\.\d+e\+09",
        r"realise_database_up 1",
    ):
        assert re.search(line, text), line
    assert "Fewer homes" not in text
    assert "pat" not in re.sub(r"page=\"[^\"]*\"", "", text).split()


def test_the_metrics_are_for_this_machine_or_for_who_has_the_token(app: Flask) -> None:
    client = app.test_client()
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get("/metrics", environ_base=elsewhere).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
    for word, status in ((TOKEN, 200), (TOKEN + "x", 404), ("", 404), ("é", 404)):
        headers = {"Authorization": f"Bearer {word}"}
        answer = client.get("/metrics", headers=headers, environ_base=elsewhere)
        assert answer.status_code == status, word


def test_each_answer_has_its_requests_id_and_the_log_no_address(
    council: Scenario, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = web_of(council.realise, web_settings(tmp_path))
    council.identified("Fewer homes", benefit="homes")
    who = program(app, council.realise, "pat")
    answer = who.get("/benefits/homes?q=Olu", **{"X-Request-ID": "from-the-proxy-1"})
    assert answer.headers["X-Request-ID"] == "from-the-proxy-1"
    said = capsys.readouterr().err
    assert "from-the-proxy-1" in said
    assert "page=api.getBenefit" in said
    assert "Olu" not in said
    assert "homes" not in said
    assert who.get("/me", **{"X-Request-ID": "x y\tz"}).headers["X-Request-ID"] != "x y\tz"


TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ({"X-Request-ID": "from-the-proxy-1"}, "from-the-proxy-1"),
        ({"traceparent": f"00-{TRACE}-b7ad6b7169203331-01"}, TRACE),
        (
            {"X-Request-ID": "<b>", "traceparent": f"00-{TRACE}-b7ad6b7169203331-01"},
            TRACE,
        ),
        ({"X-Request-ID": "a" * 65}, ""),
        ({"traceparent": f"00-{'0' * 32}-b7ad6b7169203331-01"}, ""),
        ({"traceparent": f"ff-{TRACE}-b7ad6b7169203331-01"}, ""),
        ({}, ""),
    ],
)
def test_what_a_request_records_carries_the_id_of_its_answer_and_of_its_log_lines(
    council: Scenario,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    sent: dict[str, str],
    named: str,
) -> None:
    who = program(web_of(council.realise, web_settings(tmp_path)), council.realise, "pat")
    council.identified("Fewer homes", benefit="homes")
    answer = who.post(
        "/benefits/homes/add-note", {"text": "Let."}, who.version("/benefits/homes"), **sent
    )
    assert answer.status_code == 200, answer.text
    told = answer.headers["X-Request-ID"]
    assert told == named if named else told not in sent.values() and UUID(told)
    store = council.realise.store
    (event,) = store.read(after=store.head()[0] - 1)
    assert event.correlation == told
    assert f"request={told}" in capsys.readouterr().err


def test_the_doctor_says_what_is_wrong_and_what_is_only_weak(
    council: Scenario, database_url: str, tmp_path: Path
) -> None:
    settings = web_settings(
        tmp_path, REALISE_DATABASE_URL=database_url, REALISE_MAIL_FOLDER=str(tmp_path / "mail")
    )
    found = look_over(settings, now)
    assert found.wrong == ["No scheduler has done anything yet. Start one: realise schedule"]
    assert any("answers and is current" in said for said in found.well)
    ran(council, "report of care", ledger.FAILED)
    ran(council, CHECKING)
    found = look_over(settings, now)
    assert any(said.endswith("failed: The fonts are not there.") for said in found.wrong)
    assert any("scheduler was last seen" in said for said in found.well)
    found = look_over(settings, lambda: now() + timedelta(days=3))
    assert any("Start it again: realise schedule" in said for said in found.wrong)


def test_the_doctor_finds_a_set_up_that_cannot_work(tmp_path: Path) -> None:
    broken = web_settings(
        tmp_path,
        REALISE_DATABASE_URL=f"sqlite:///{tmp_path / 'none.db'}",
        REALISE_SMTP_HOST="127.0.0.1",
        REALISE_SMTP_PORT="9",
    )
    said = " ".join(look_over(broken, now).wrong)
    assert "The mail server 127.0.0.1:9 does not answer" in said
    assert "Run: realise init" in said


def test_a_new_file_is_for_its_owner_and_group_and_the_doctor_says_when_it_is_for_all(
    tmp_path: Path,
) -> None:
    file = tmp_path / "realise.db"
    upgrade(f"sqlite:///{file}")
    settings = web_settings(tmp_path, REALISE_DATABASE_URL=f"sqlite:///{file}")
    assert file.stat().st_mode & 0o007 == 0
    assert "chmod" not in " ".join(look_over(settings, now).wrong)
    file.chmod(0o644)
    assert f"Run: chmod o= {file}*" in " ".join(look_over(settings, now).wrong)


def test_tokens_are_made_listed_and_ended_at_the_command_line(
    council: Scenario,
    app: Flask,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("REALISE_DATABASE_URL", database_url)
    monkeypatch.setenv("REALISE_VAR", str(tmp_path))
    realise = Command(monkeypatch, capsys)
    words = ("--service", "Power BI", "--name", "Warehouse", "--scope", "read")
    assert realise("token", "add", *words, "--days", "30") == 0
    secret = realise.out.strip()
    warehouse = program(app, council.realise, "pat", [Scope.READ])
    warehouse.secret = secret
    assert warehouse.read("/me")["name"] == "Power BI"
    assert realise("token", "list") == 0
    assert secret not in realise.out
    assert "Power BI" in realise.out
    assert realise("token", "revoke", secret[:14]) == 0
    assert warehouse.get("/me").status_code == 401
    assert realise("token", "revoke", secret[:14]) == 1
    assert realise("token", "add", "--person", "no@example", "--name", "x", "--scope", "read") == 1
    assert realise("token", "add", "--name", "x", "--scope", "read") == 2
