"""Mail servers that hang, drop the line or say goodbye rudely: no email is lost or sent twice."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from entrypoints import mail
from entrypoints.mail import send_waiting
from entrypoints.settings import Settings, read_settings
from tests.scenario import Scenario, begin
from workflows import outbox

NOW = datetime(2024, 5, 3, 6, tzinfo=UTC)


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


def _settings(folder: Path, port: int, **more: str) -> Settings:
    environment = {
        "REALISE_SMTP_HOST": "127.0.0.1",
        "REALISE_SMTP_PORT": str(port),
        "REALISE_SMTP_TLS": "off",
        "REALISE_MAIL_FROM": "realise@northmere.example",
    }
    return read_settings({**environment, **more}, folder, folder)


def _queue(council: Scenario, *messages: outbox.Message) -> None:
    with council.realise.database.write() as connection:
        outbox.queue(connection, messages, NOW)


def _note(key: str = "m1", to: str = "cleo", subject: str = "A report") -> outbox.Message:
    return outbox.Message(
        key, to, "about", subject, "Here it is: £100.\n", "r.pdf", b"%PDF\x00\xff"
    )


def _row(council: Scenario, key: str = "m1") -> Any:
    with council.realise.read() as connection:
        return connection.execute(select(outbox.outbox).where(outbox.outbox.c.message == key)).one()


def _send(council: Scenario, settings: Settings, at: datetime = NOW) -> int:
    return send_waiting(council.realise.database, settings, lambda: at)


@contextmanager
def _server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A mail server that behaves as badly as ``talk`` does."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            with listening.accept()[0] as caller:
                talk(caller)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(30)


def _wait(over: threading.Event) -> None:
    over.wait(30)


def test_a_server_that_hangs_is_left_after_our_patience(
    council: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "PATIENCE", 0.3)
    _queue(council, _note())
    over = threading.Event()
    with _server(lambda _: _wait(over)) as port:
        assert _send(council, _settings(tmp_path, port)) == 0
        over.set()
    assert "timed out" in _row(council).fault


def _converse(caller: socket.socket, *, upto: bytes, last: bytes = b"") -> None:
    """Answer as a mail server would, up to a command; then say ``last`` and hang up."""
    caller.sendall(b"220 here\r\n")
    with caller.makefile("rb") as lines:
        for line in lines:
            if line.upper().startswith(upto):
                caller.sendall(last)
                return
            if line.strip() == b".":
                caller.sendall(b"250 taken\r\n")
            elif line[:4].upper() == b"DATA":
                caller.sendall(b"354 go on\r\n")
                for part in lines:
                    if part == b".\r\n":
                        caller.sendall(b"250 taken\r\n")
                        break
            else:
                caller.sendall(b"250 well\r\n")


def test_a_server_that_drops_the_line_in_the_middle_is_tried_again(
    council: Scenario, tmp_path: Path
) -> None:
    _queue(council, _note())
    with _server(lambda caller: _converse(caller, upto=b"DATA", last=b"354 go on\r\n")) as port:
        assert _send(council, _settings(tmp_path, port)) == 0
    assert (_row(council).state, _row(council).tries) == (outbox.QUEUED, 1)


@pytest.mark.parametrize("goodbye", [b"", b"500 what?\r\n", b"421 busy\r\n"])
def test_a_rude_goodbye_after_the_message_was_taken_sends_no_second_one(
    goodbye: bytes, council: Scenario, tmp_path: Path
) -> None:
    _queue(council, _note())
    with _server(lambda caller: _converse(caller, upto=b"QUIT", last=goodbye)) as port:
        assert _send(council, _settings(tmp_path, port)) == 1
    assert _row(council).state == outbox.SENT
