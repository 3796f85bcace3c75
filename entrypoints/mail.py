"""Sends what is in the outbox, one message at a time, by SMTP."""

import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from entrypoints.settings import Settings
from eventlog.database import Database
from workflows import directory, outbox
from workflows.outbox import Message, Taken

#: Seconds that a mail server may take to answer before it counts as hanging.
PATIENCE = 20


def send_waiting(
    database: Database, settings: Settings, now: Callable[[], datetime], most: int = 50
) -> int:
    """Send what is due, at most ``most``; gives how many went. A failure waits for its next try."""
    went = 0
    for _ in range(most):
        with database.write() as connection:
            taken = outbox.take(connection, now())
        if taken is None:
            break
        went += _send_one(database, settings, taken, now)
    return went


def _send_one(
    database: Database, settings: Settings, taken: Taken, now: Callable[[], datetime]
) -> bool:
    with database.read() as connection:
        person = directory.by_id(connection, taken.message.recipient)
    if person is None or not person.email or not person.active:
        fault = "This person has no address in the directory."
    else:
        fault = _deliver(settings, written(settings, taken.message, person.email, now()))
    with database.write() as connection:
        if fault:
            outbox.failed(connection, taken, now(), fault)
        else:
            outbox.sent(connection, taken.message.message, now())
    return not fault


def written(settings: Settings, message: Message, address: str, at: datetime) -> EmailMessage:
    """The email as it is sent. A second try has the same Message-ID, so that it can be told."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, address, message.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{message.message}@{settings.mail_from.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    if message.file is not None:
        mail.add_attachment(
            message.file, maintype="application", subtype="pdf", filename=message.file_name
        )
    return mail


def _deliver(settings: Settings, mail: EmailMessage) -> str:
    """Hand it to the mail server; the answer is empty, or a sentence about what went wrong."""
    if settings.mail_folder is not None:
        return _write_down(settings.mail_folder, mail)
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=PATIENCE) as server:
            if settings.smtp_tls:
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password)
            server.send_message(mail)
    except (OSError, smtplib.SMTPException) as fault:
        return f"The mail server {settings.smtp_host} did not take it: {fault}"
    return ""


def _write_down(folder: Path, mail: EmailMessage) -> str:
    """Keep it as a file, for a set-up that is only tried out."""
    name = mail["Message-ID"].strip("<>").replace("/", "-")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.eml").write_bytes(bytes(mail))
    except OSError as fault:
        return f"The email could not be written to {folder}: {fault.strerror}"
    return ""
