"""Traces and faults reach whoever watches, and nothing of a person goes with them."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from entrypoints import observing
from entrypoints.settings import BadSetting
from tests.programs import program
from tests.scenario import Scenario, begin
from tests.web import visitor, web_of, web_settings

TRACE = "0af7651916cd43dd8448eb211c80319c"
PERSONAL = (b"Olu", b"olu", b"quince", b"homes", b"a-secret", b"203.0.113", b"pat@", b"Let Olu")


class _Watcher(BaseHTTPRequestHandler):
    """Takes what is sent, as a collector of traces and Sentry do."""

    taken: list[tuple[str, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.taken.append((self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def _watcher() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    taken: list[tuple[str, bytes]] = []
    handler = type("Taking", (_Watcher,), {"taken": taken})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", taken
    finally:
        observing.stop()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def council(migrated_sqlite_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(migrated_sqlite_url, tmp_path)
    scenario.identified("Fewer homes", benefit="homes")
    yield scenario
    scenario.realise.database.close()


def test_a_trace_has_the_page_the_act_and_the_request_and_nothing_of_a_person(
    council: Scenario, tmp_path: Path
) -> None:
    with _watcher() as (address, taken):
        settings = web_settings(tmp_path, REALISE_TRACES_URL=f"http://{address}/v1/traces")
        observing.install(settings)
        app = observing.traced(web_of(council.realise, settings))
        pat = program(app, council.realise, "pat")
        begun = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-01", "X-Request-ID": "request-77"}
        sent = pat.post(
            "/benefits/homes/add-note",
            {"text": "Let Olu know."},
            pat.version("/benefits/homes"),
            **begun,
            **{"User-Agent": "quince"},
        )
        assert sent.status_code == 200, sent.text
        visitor(app).get("/no/such/homes?q=Olu")
        app.test_client().get("/health")
        observing.flush()
    spans = [
        span
        for path, body in taken
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]
    assert {path for path, _ in taken} == {"/v1/traces"}
    mine = [span for span in spans if span.trace_id.hex() == TRACE]
    assert {span.name for span in mine} == {
        "POST /api/benefits/<id:benefit>/add-note", "act", "append",
    }  # fmt: skip
    said = {pair.key: pair.value.string_value for span in mine for pair in span.attributes}
    assert said["realise.request"] == "request-77"
    assert said["http.route"] == "/api/benefits/<id:benefit>/add-note"
    assert not any("health" in span.name for span in spans)
    sent_bytes = b"".join(body for _, body in taken).replace(b"<id:benefit>", b"")
    assert not [word for word in PERSONAL if word in sent_bytes]


def test_an_unforeseen_fault_is_told_with_its_place_and_without_a_word_of_its_own(
    council: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _watcher() as (address, taken):
        settings = web_settings(tmp_path, REALISE_SENTRY_DSN=f"http://public@{address}/7")
        observing.install(settings)
        app = web_of(council.realise, settings)
        pat = program(app, council.realise, "pat")

        def broken(*_: object, **__: object) -> None:
            who = "Olu Bright pat@northmere.example"
            raise LookupError(f"nothing of {who}")

        monkeypatch.setattr(type(council.realise), "benefit", broken)
        headers = {
            "X-Forwarded-For": "203.0.113.9",
            "X-Request-ID": "request-78",
            "Referer": "a-secret",
        }
        assert pat.get("/benefits/homes", **headers).status_code == 500
        assert pat.get("/benefits/none/at/all").status_code == 404
        observing.flush()
    assert [path for path, _ in taken] == ["/api/7/envelope/"]
    body = taken[0][1]
    for told in (b"LookupError", b"test_observing.py", b"broken", b"api.getBenefit", b"request-78"):
        assert told in body, told
    assert not [word for word in PERSONAL if word in body]
    assert pat.secret.encode() not in body


def test_a_job_that_fails_is_told_too(council: Scenario, tmp_path: Path) -> None:
    from entrypoints.here import now
    from entrypoints.jobs import claimed

    def fails(_: object) -> None:
        raise LookupError("Olu")

    with _watcher() as (address, taken):
        observing.install(web_settings(tmp_path, REALISE_SENTRY_DSN=f"http://public@{address}/7"))
        assert claimed(council.realise, "report of Olu", "2024-08", now, fails).failed == 1
        observing.flush()
    assert len(taken) == 1
    assert b"due run" in taken[0][1]
    assert not [word for word in PERSONAL if word in taken[0][1]]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"REALISE_TRACES_URL": "http://collector.example/v1/traces"}, "no https:// address"),
        ({"REALISE_SENTRY_DSN": "not an address"}, "no https:// address"),
        ({"REALISE_SENTRY_DSN": "https://sentry.example"}, "no DSN of Sentry"),
    ],
)
def test_an_address_that_cannot_be_sent_to_stops_the_start(
    tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(BadSetting, match=said):
        observing.install(web_settings(tmp_path, **wrong))


def test_without_what_sends_it_the_start_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observing, "find_spec", lambda _: None)
    for name in ("REALISE_TRACES_URL", "REALISE_SENTRY_DSN"):
        with pytest.raises(BadSetting, match=r"realise\[observe\]"):
            observing.install(web_settings(tmp_path, **{name: "https://k@watch.example/1"}))
