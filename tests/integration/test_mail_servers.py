"""Mail servers that hang, drop the line or say goodbye rudely: no email is lost or sent twice."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from entrypoints import mail
from tests.mailing import note, queue, row_of, send_all, set_up
from tests.scenario import Scenario, begin
from workflows import outbox


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


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
    queue(council, note())
    over = threading.Event()
    with _server(lambda _: _wait(over)) as port:
        assert send_all(council, set_up(tmp_path, port)) == 0
        over.set()
    assert "timed out" in row_of(council).fault


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
    queue(council, note())
    with _server(lambda caller: _converse(caller, upto=b"DATA", last=b"354 go on\r\n")) as port:
        assert send_all(council, set_up(tmp_path, port)) == 0
    assert (row_of(council).state, row_of(council).tries) == (outbox.QUEUED, 1)


@pytest.mark.parametrize("goodbye", [b"", b"500 what?\r\n", b"421 busy\r\n"])
def test_a_rude_goodbye_after_the_message_was_taken_sends_no_second_one(
    goodbye: bytes, council: Scenario, tmp_path: Path
) -> None:
    queue(council, note())
    with _server(lambda caller: _converse(caller, upto=b"QUIT", last=goodbye)) as port:
        assert send_all(council, set_up(tmp_path, port)) == 1
    assert row_of(council).state == outbox.SENT
