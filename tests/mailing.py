"""An outbox with something in it, and a post office to send it through."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from entrypoints.mail import send_waiting
from entrypoints.settings import Settings, read_settings
from tests.scenario import Scenario
from workflows import outbox

NOW = datetime(2024, 5, 3, 6, tzinfo=UTC)


def set_up(folder: Path, port: int, **more: str) -> Settings:
    """Settings that send by a plain server on this machine; ``more`` are further variables."""
    environment = {
        "REALISE_SMTP_HOST": "127.0.0.1",
        "REALISE_SMTP_PORT": str(port),
        "REALISE_SMTP_TLS": "off",
        "REALISE_MAIL_FROM": "realise@northmere.example",
    }
    return read_settings({**environment, **more}, folder, folder)


def queue(council: Scenario, *messages: outbox.Message) -> None:
    with council.realise.database.write() as connection:
        outbox.queue(connection, messages, NOW)


def note(key: str = "m1", to: str = "cleo", subject: str = "A report") -> outbox.Message:
    """An email with a file."""
    return outbox.Message(
        key, to, "about", subject, "Here it is: £100.\n", "r.pdf", b"%PDF\x00\xff"
    )


def row_of(council: Scenario, key: str = "m1") -> Any:
    """What the outbox knows of an email."""
    with council.realise.read() as connection:
        return connection.execute(select(outbox.outbox).where(outbox.outbox.c.message == key)).one()


def send_all(council: Scenario, settings: Settings, at: datetime = NOW) -> int:
    """Send what waits; gives how many went out."""
    return send_waiting(council.realise.database, settings, lambda: at)
