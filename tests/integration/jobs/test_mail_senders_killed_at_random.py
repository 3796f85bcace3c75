"""Two real senders at once, either killed at any moment: every email arrives, hardly any twice.

No sender can note a mail server's yes in the same instant as it is said: each kill may send the
one email that was on its way once more, under the same Message-ID, and never any other.
"""

import email
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.integration.jobs.asked import emails
from tests.report_files import ROOT
from tests.scenario import Scenario
from workflows import outbox
from workflows.outbox import ABANDONED, Message

ROUNDS = max(3, int(os.environ.get("REALISE_CRASHES", "4")) // 10)
NOW = datetime(2024, 8, 20, tzinfo=UTC)
_SENDER = """
import sys
from datetime import datetime
from pathlib import Path
from entrypoints.mail import send_waiting
from entrypoints.settings import read_settings
from eventlog.database import Database
folder, at = Path(sys.argv[2]), datetime.fromisoformat(sys.argv[4])
settings = read_settings({
    "REALISE_SMTP_HOST": "127.0.0.1", "REALISE_SMTP_PORT": sys.argv[3],
    "REALISE_SMTP_TLS": "off", "REALISE_MAIL_FROM": "realise@northmere.example",
}, folder, folder)
database = Database.open(sys.argv[1])
print("sending", flush=True)
send_waiting(database, settings, lambda: at)
"""


class Counting:
    """A mail server that counts what it has taken, by Message-ID."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        time.sleep(0.02)
        self.taken[email.message_from_bytes(envelope.content)["Message-ID"]] += 1
        return "250 OK"


@pytest.fixture
def counting() -> Iterator[tuple[Counting, int]]:
    handler = Counting()
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, "127.0.0.1", port)
    controller.start()
    yield handler, port
    controller.stop()


def _pair(url: str, folder: Path, port: int, at: datetime) -> list[subprocess.Popen[str]]:
    words = [sys.executable, "-c", _SENDER, url, str(folder), str(port), at.isoformat()]
    started = [
        subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)
    ]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "sending\n"
    return started


def test_every_email_arrives_and_a_kill_sends_at_most_the_one_on_its_way_again(
    council: Scenario, database_url: str, counting: tuple[Counting, int], tmp_path: Path
) -> None:
    server, port = counting
    chance, at, kills = random.Random(20240820), NOW, 0
    for turn in range(ROUNDS):
        with council.realise.database.write() as connection:
            keys = [f"m{turn}-{n}" for n in range(8)]
            notes = [Message(key, "cleo", "about", "A note", "Hello.") for key in keys]
            outbox.queue(connection, notes, at)
        pair = _pair(database_url, tmp_path, port, at)
        for one in chance.sample(pair, chance.choice((1, 2))):
            time.sleep(chance.uniform(0, 0.3))
            one.send_signal(signal.SIGKILL)
            kills += 1
        for one in pair:
            one.communicate(timeout=120)
        at += ABANDONED + timedelta(seconds=1)
    for one in _pair(database_url, tmp_path, port, at):
        one.communicate(timeout=120)
    ours = {f"<m{turn}-{n}@northmere.example>" for turn in range(ROUNDS) for n in range(8)}
    assert ours <= server.taken.keys(), "none is lost"
    assert sum(server.taken.values()) - len(server.taken) <= kills
    assert {mail.state for mail in emails(council)} == {outbox.SENT}
