"""What is in the outbox goes out by SMTP: once, whole, and again later when it could not go."""

import email
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from benefits.commands import programme
from benefits.periods import Month
from entrypoints import mail
from entrypoints.settings import read_settings
from reports import archive, pdf
from tests.mailing import NOW, note, queue, row_of, send_all, set_up
from tests.scenario import Scenario, begin
from workflows import directory, outbox
from workflows.outbox import ABANDONED, MOST_TRIES, one_line
from workflows.people import SCHEDULER
from workflows.witness import PLAIN


class Postbox:
    """A mail server that keeps what it is sent, and may refuse."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, Message]] = []
        self.refuses: dict[str, str] = {}
        self.answer = "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("2"):
            self.kept.append((envelope.rcpt_tos[0], email.message_from_bytes(envelope.content)))
        return self.answer


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, int]]:
    handler = Postbox()
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, "127.0.0.1", port, data_size_limit=2**26)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


def _file(received: Message) -> Message:
    attached = received.get_payload()
    assert isinstance(attached, list)
    assert isinstance(attached[1], Message)
    return attached[1]


def test_the_committee_receives_the_report_as_it_is_in_the_archive(
    council: Scenario, postbox: tuple[Postbox, int], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    box, port = postbox
    drawn = b"%PDF-1.7\r\n.\r\n" + bytes(range(256)) * 4_000
    monkeypatch.setattr(pdf, "render", lambda *_: drawn)
    monkeypatch.setattr(pdf, "page_count", lambda _: 7)
    council.do(programme.SetRecipients("care", ("cleo", "olu")))
    council.realise.reports.issue("care", Month(2024, 4), by=SCHEDULER, at=NOW)
    assert send_all(council, set_up(tmp_path, port)) == 2
    with council.realise.read() as connection:
        kept = archive.fetch(connection, "care", Month(2024, 4))
    assert kept is not None
    assert {to for to, _ in box.kept} == {"cleo@northmere.example", "olu@northmere.example"}
    for _, received in box.kept:
        attached = _file(received)
        assert attached.get_payload(decode=True) == kept.pdf == drawn
        assert attached.get_content_type() == "application/pdf"
        assert attached.get_filename() == "benefits-report-care-closer-to-home-2024-04.pdf"
        words = received.get_payload()[0].get_payload(decode=True)  # type: ignore[union-attr,index]
        assert kept.pdf_sha256.encode() in words
        assert received["Subject"] == "Benefits realisation report, Care closer to home, April 2024"
    assert send_all(council, set_up(tmp_path, port), NOW + timedelta(days=1)) == 0
    row = row_of(council, "report-care-2024-04-1-cleo")
    assert (row.state, row.file) == (outbox.SENT, None)


def test_a_checkpoint_goes_to_the_witness_by_address(
    council: Scenario, postbox: tuple[Postbox, int], tmp_path: Path
) -> None:
    box, port = postbox
    note = outbox.Message("c1", f"{PLAIN}witness@elsewhere.example", "checkpoint", "S", "B",
                          "checkpoint-3.txt", b"log\n3\n")  # fmt: skip
    queue(council, note)
    assert send_all(council, set_up(tmp_path, port)) == 1
    ((to, received),) = box.kept
    assert to == "witness@elsewhere.example"
    assert _file(received).get_payload(decode=True) == b"log\n3\n"


def test_without_a_mail_server_everything_waits_untried(council: Scenario, tmp_path: Path) -> None:
    queue(council, note())
    assert send_all(council, read_settings({}, tmp_path, tmp_path)) == 0
    assert (row_of(council).state, row_of(council).tries) == (outbox.QUEUED, 0)


def test_what_cannot_go_is_tried_again_after_growing_waits_and_given_up_in_the_end(
    council: Scenario, tmp_path: Path
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as nobody:
        port = nobody.getsockname()[1]
    queue(council, note())
    at, waits = NOW, []
    for tried in range(1, MOST_TRIES + 1):
        assert send_all(council, set_up(tmp_path, port), at) == 0
        row = row_of(council)
        assert row.tries == tried
        assert "cannot be used" in row.fault
        if tried < MOST_TRIES:
            due = datetime.fromisoformat(row.due_at)
            assert send_all(council, set_up(tmp_path, port), due - timedelta(seconds=1)) == 0
            assert row_of(council).tries == tried
            waits.append(due - at)
            at = due
    assert row.state == outbox.FAILED
    assert waits == sorted(waits)
    assert waits[-1] > waits[0] * 100
    assert send_all(council, set_up(tmp_path, port), at + timedelta(days=9)) == 0
    assert row_of(council).tries == MOST_TRIES


def test_one_refused_address_does_not_hold_up_the_others(
    council: Scenario, postbox: tuple[Postbox, int], tmp_path: Path
) -> None:
    box, port = postbox
    box.refuses["cleo@northmere.example"] = "550 No such mailbox"
    queue(council, note("m1", "cleo"), note("m2", "olu"), note("m3", "nobody"))
    assert send_all(council, set_up(tmp_path, port)) == 1
    assert [to for to, _ in box.kept] == ["olu@northmere.example"]
    refused = "The mail server refused the address: 550 No such mailbox"
    assert row_of(council, "m1").fault == refused
    assert row_of(council, "m3").fault == "This person has no address in the directory."
    box.refuses.clear()
    assert send_all(council, set_up(tmp_path, port), NOW + timedelta(minutes=1)) == 1
    assert (row_of(council, "m1").state, row_of(council, "m1").fault) == (outbox.SENT, "")


def test_a_server_that_will_not_take_the_message_says_why(
    council: Scenario, postbox: tuple[Postbox, int], tmp_path: Path
) -> None:
    box, port = postbox
    box.answer = "552 Too large"
    queue(council, note())
    assert send_all(council, set_up(tmp_path, port)) == 0
    assert row_of(council).fault == "The mail server did not take it: 552 Too large"


def test_many_senders_at_once_send_each_message_once(
    council: Scenario, postbox: tuple[Postbox, int], tmp_path: Path
) -> None:
    box, port = postbox
    queue(council, *(note(f"m{number:02}") for number in range(24)))
    settings, gate = set_up(tmp_path, port), threading.Barrier(4)

    def send(_: int) -> int:
        gate.wait()
        return sum(send_all(council, settings) for _ in range(30))

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(send, range(4))) == 24
    assert len({received["Message-ID"] for _, received in box.kept}) == len(box.kept) == 24


def test_a_message_whose_sender_died_goes_out_later_under_the_same_message_id(
    council: Scenario, postbox: tuple[Postbox, int], tmp_path: Path
) -> None:
    box, port = postbox
    queue(council, note())
    with council.realise.database.write() as connection:
        dead = outbox.take(connection, NOW)
    assert dead is not None
    assert send_all(council, set_up(tmp_path, port), NOW + ABANDONED / 2) == 0
    assert send_all(council, set_up(tmp_path, port), NOW + ABANDONED) == 1
    with council.realise.database.write() as connection:
        outbox.failed(connection, dead, NOW + ABANDONED, outbox.Fault("Woken too late."))
    assert row_of(council).state == outbox.SENT
    assert box.kept[0][1]["Message-ID"] == "<m1@northmere.example>"


def test_a_folder_takes_the_emails_as_files_where_no_server_is_wanted(
    council: Scenario, tmp_path: Path
) -> None:
    queue(council, note())
    settings = read_settings({"REALISE_MAIL_FOLDER": str(tmp_path / "mail")}, tmp_path, tmp_path)
    assert send_all(council, settings) == 1
    (file,) = (tmp_path / "mail").glob("*.eml")
    received = email.message_from_bytes(file.read_bytes())
    assert received["To"] == "cleo@northmere.example"
    assert _file(received).get_payload(decode=True) == b"%PDF\x00\xff"


@pytest.mark.parametrize(
    "title", ["Care\r\nBcc: x@evil.example", "Care\nCc: x", "Care\x0b\u2028Bcc: x@evil.example"]
)
def test_no_title_can_add_a_header(
    title: str, council: Scenario, postbox: tuple[Postbox, int], tmp_path: Path
) -> None:
    box, port = postbox
    assert "\n" not in one_line(title)
    queue(council, note("m1", subject=title), note("m2", subject=one_line(title)))
    assert send_all(council, set_up(tmp_path, port)) >= 1
    for _, received in box.kept:
        assert received["Bcc"] is None
        assert received["Cc"] is None
    assert row_of(council, "m2").state == outbox.SENT


def test_an_address_that_is_none_is_said_to_be_so_and_stops_nobody(
    council: Scenario, postbox: tuple[Postbox, int], tmp_path: Path
) -> None:
    _, port = postbox
    with council.realise.database.write() as connection:
        people = directory.people
        odd = people.update().where(people.c.person == "cleo").values(email="a@b\r\nBcc: c@d")
        connection.execute(odd)
    queue(council, note("m1", "cleo"), note("m2", "olu"))
    assert send_all(council, set_up(tmp_path, port)) == 1
    assert "No email can be written to this address" in row_of(council, "m1").fault


def test_the_sender_may_have_a_name(council: Scenario, tmp_path: Path) -> None:
    settings = set_up(tmp_path, 25, REALISE_MAIL_FROM="Realise <realise@northmere.example>")
    written = mail.written(settings, note(), "cleo@northmere.example", NOW)
    assert isinstance(written, EmailMessage)
    assert written["Message-ID"] == "<m1@northmere.example>"
