"""Emails by GOV.UK Notify: taken, refused for good, tried again; large files stay at home."""

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from benefits.commands import programme
from benefits.periods import Month
from entrypoints import doctor, mail
from entrypoints.mail import send_waiting
from entrypoints.notify import LARGEST_FILE
from entrypoints.settings import Settings, read_settings
from entrypoints.wiring import Realise
from reports import pdf
from reports.delivering import LARGEST_ATTACHED
from tests.scenario import Scenario, begin
from workflows import outbox
from workflows.people import SCHEDULER

NOW = datetime(2024, 5, 3, 6, tzinfo=UTC)
KEY = f"live-{'1a' * 4}{'-2b3c' * 3}-{'4d' * 6}-{'5e' * 4}{'-6f70' * 3}-{'81' * 6}"
TEMPLATE = f"{'92' * 4}{'-a3b4' * 3}-{'c5' * 6}"


class Notify(ThreadingHTTPServer):
    """Notify's API: it keeps what it is sent, and answers as it is told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.status, self.errors = 201, ""
        self.hangs = threading.Event()
        self.hangs.set()
        self.template = "((body)) ((link_to_file))"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def refuse(self, status: int, kind: str, said: str) -> None:
        self.status = status
        self.errors = json.dumps(
            {"status_code": status, "errors": [{"error": kind, "message": said}]}
        )


class _Answering(BaseHTTPRequestHandler):
    server: Notify

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Authorization"].startswith("Bearer ")
        self.server.hangs.wait(30)
        self.server.asked.append((self.path, asked))
        self._answer(self.server.status, self.server.errors or json.dumps({"id": "n1"}))

    def do_GET(self) -> None:
        found = json.dumps({"subject": "((subject))", "body": self.server.template})
        self._answer(self.server.status if self.server.errors else 200, self.server.errors or found)

    def _answer(self, status: int, said: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[Notify]:
    with Notify() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.hangs.set()
        server.shutdown()
        thread.join(30)


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


def _settings(folder: Path, url: str) -> Settings:
    environment = {
        "REALISE_NOTIFY_API_KEY": KEY,
        "REALISE_NOTIFY_TEMPLATE": TEMPLATE,
        "REALISE_NOTIFY_URL": url,
    }
    return read_settings(environment, folder, folder)


def _queue(council: Scenario, file: bytes | None = b"%PDF\x00\xff") -> None:
    name = "r.pdf" if file else ""
    note = outbox.Message("m1", "cleo", "about", "A report", "Here it is: £100.\n", name, file)
    with council.realise.database.write() as connection:
        outbox.queue(connection, [note], NOW)


def _row(council: Scenario, key: str = "m1") -> Any:
    with council.realise.read() as connection:
        return connection.execute(select(outbox.outbox).where(outbox.outbox.c.message == key)).one()


def _send(council: Scenario, settings: Settings, at: datetime = NOW) -> int:
    return send_waiting(council.realise.database, settings, lambda: at)


def test_an_email_goes_by_the_template_with_its_file_as_a_link(
    council: Scenario, service: Notify, tmp_path: Path
) -> None:
    _queue(council)
    assert _send(council, _settings(tmp_path, service.url)) == 1
    ((path, asked),) = service.asked
    link = asked["personalisation"].pop("link_to_file")
    assert path == "/v2/notifications/email"
    assert asked == {
        "email_address": "cleo@northmere.example",
        "template_id": TEMPLATE,
        "reference": "m1",
        "personalisation": {"subject": "A report", "body": "Here it is: £100.\n"},
    }
    assert base64.b64decode(link["file"]) == b"%PDF\x00\xff"
    assert (link["filename"], link["confirm_email_before_download"]) == ("r.pdf", True)
    assert (_row(council).state, _row(council).file) == (outbox.SENT, None)


def test_an_email_without_a_file_fills_its_place_with_nothing(
    council: Scenario, service: Notify, tmp_path: Path
) -> None:
    _queue(council, None)
    assert _send(council, _settings(tmp_path, service.url)) == 1
    assert service.asked[0][1]["personalisation"]["link_to_file"] == ""


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (400, "BadRequestError", "Can’t send to this recipient using a team-only API key"),
        (403, "AuthError", "Invalid token: API key not found"),
    ],
)
def test_what_notify_refuses_for_good_is_told_in_its_words_and_not_tried_again(
    status: int, kind: str, said: str, council: Scenario, service: Notify, tmp_path: Path
) -> None:
    _queue(council)
    service.refuse(status, kind, said)
    settings = _settings(tmp_path, service.url)
    assert _send(council, settings) == 0
    row = _row(council)
    assert row.state == outbox.FAILED
    assert row.fault == f"GOV.UK Notify did not take it: {status} {said}"
    assert _send(council, settings, NOW + timedelta(days=1)) == 0
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (429, "RateLimitError", "Exceeded rate limit for key type LIVE"),
        (500, "Exception", "Internal server error"),
    ],
)
def test_what_may_go_later_is_tried_again_as_with_a_mail_server(
    status: int, kind: str, said: str, council: Scenario, service: Notify, tmp_path: Path
) -> None:
    _queue(council)
    settings = _settings(tmp_path, service.url)
    service.refuse(status, kind, said)
    assert _send(council, settings) == 0
    row = _row(council)
    assert (row.state, row.tries) == (outbox.QUEUED, 1)
    assert f"{status} {said}" in row.fault
    service.status, service.errors = 201, ""
    assert _send(council, settings, NOW + timedelta(minutes=1)) == 1
    assert _row(council).state == outbox.SENT


def test_a_page_that_is_not_notifys_is_no_reason_to_lose_an_email(
    council: Scenario, service: Notify, tmp_path: Path
) -> None:
    _queue(council)
    service.errors = "<html>The proxy is out of order</html>"
    assert _send(council, _settings(tmp_path, service.url)) == 0
    assert _row(council).state == outbox.QUEUED


def test_a_notify_that_hangs_or_is_not_there_is_left_and_tried_again(
    council: Scenario, service: Notify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "PATIENCE", 0.3)
    _queue(council)
    service.hangs.clear()
    assert _send(council, _settings(tmp_path, service.url)) == 0
    assert "timed out" in _row(council).fault
    nobody = _settings(tmp_path, "http://127.0.0.1:1")
    assert _send(council, nobody, NOW + timedelta(minutes=1)) == 0
    row = _row(council)
    assert (row.state, row.tries) == (outbox.QUEUED, 2)
    assert row.fault.startswith("GOV.UK Notify cannot be reached: ")


@pytest.mark.parametrize("by_notify", [True, False])
def test_a_report_above_the_senders_size_goes_as_a_link_that_needs_sign_in(
    by_notify: bool, council: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = _settings(tmp_path, "https://notify.example").notify if by_notify else None
    settings = replace(council.realise.settings, notify=account)
    reports = Realise(council.realise.database, settings).reports
    largest = LARGEST_FILE if by_notify else LARGEST_ATTACHED
    sizes = {Month(2024, 3): largest, Month(2024, 4): largest + 1}
    monkeypatch.setattr(pdf, "page_count", lambda _: 7)
    council.do(programme.SetRecipients("care", ("cleo",)))
    for month, size in sizes.items():
        monkeypatch.setattr(pdf, "render", lambda *_, size=size: b"%" * size)
        reports.issue("care", month, by=SCHEDULER, at=NOW)
    within, above = (_row(council, f"report-care-{month}-1-cleo") for month in sizes)
    assert (len(within.file), within.file_name != "") == (largest, True)
    assert "comes with this email" in within.body
    assert above.file is None
    assert above.file_name == ""
    assert "is ready" in above.body
    assert "after you have signed in at:\n" in above.body
    assert f"{settings.address}/reports/care/2024-04\n" in above.body


def test_a_file_queued_for_a_mail_server_that_is_too_large_for_notify_stays_at_home(
    council: Scenario, service: Notify, tmp_path: Path
) -> None:
    _queue(council, b"%" * (LARGEST_FILE + 1))
    assert _send(council, _settings(tmp_path, service.url)) == 1
    filled = service.asked[0][1]["personalisation"]
    assert filled["link_to_file"] == ""
    assert "sign in to read it" in filled["body"]


def test_the_doctor_says_what_the_template_lacks_or_why_notify_refuses(
    council: Scenario, service: Notify, tmp_path: Path
) -> None:
    settings = _settings(tmp_path, service.url)
    assert "GOV.UK Notify answers" in " ".join(_looked(settings).well)
    service.template = "((body))"
    assert _looked(settings).wrong == ["The template in GOV.UK Notify lacks ((link_to_file))."]
    service.refuse(403, "AuthError", "Invalid token: API key not found")
    assert "API key not found" in _looked(settings).wrong[0]


def _looked(settings: Settings) -> doctor.Looked:
    found = doctor.Looked()
    doctor._mail(settings, found)
    return found
