"""Sends what is in the outbox, one message at a time, by SMTP or by GOV.UK Notify."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path

from entrypoints import notify
from entrypoints.settings import Settings
from eventlog.database import Database
from workflows import directory, outbox
from workflows.outbox import Fault, Message, Taken
from workflows.witness import PLAIN

#: Seconds that a mail server may take to answer before it counts as hanging.
PATIENCE = 20


def send_waiting(
    database: Database, settings: Settings, now: Callable[[], datetime], most: int = 50
) -> int:
    """Send what is due, at most ``most``; gives how many went. A failure waits for its next try.

    Without anything to send by nothing is tried: everything waits.
    """
    if not settings.mail_goes:
        return 0
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
    address = _address(database, taken.message.recipient)
    if address:
        fault = _deliver(settings, taken.message, address, now())
    else:
        fault = Fault("This person has no address in the directory.")
    with database.write() as connection:
        if fault is not None:
            outbox.failed(connection, taken, now(), fault)
        else:
            outbox.sent(connection, taken.message.message, now())
    return fault is None


def try_out(settings: Settings, message: Message, address: str, at: datetime) -> str:
    """Send an email now, beside the outbox; the answer is empty, or a sentence for people."""
    if not settings.mail_goes:
        return "No mail server is set, so every email waits."
    if not address:
        return "You have no email address in the directory: add one under People and roles."
    fault = _deliver(settings, message, address, at)
    return fault.said if fault is not None else ""


def _address(database: Database, recipient: str) -> str:
    """Where a recipient's email goes; empty for who has no address or is here no more."""
    if recipient.startswith(PLAIN):
        return recipient.removeprefix(PLAIN)
    with database.read() as connection:
        person = directory.by_id(connection, recipient)
    return (person.email or "") if person is not None and person.active else ""


def written(settings: Settings, message: Message, address: str, at: datetime) -> EmailMessage:
    """The email as it is sent. A second try has the same Message-ID, so that it can be told.

    Raises ``ValueError`` for an address or a subject that no header can hold.
    """
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_from, address, message.subject
    mail["Date"] = format_datetime(at)
    domain = parseaddr(settings.mail_from)[1].rpartition("@")[2] or "localhost"
    mail["Message-ID"] = f"<{message.message}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    if message.file is not None:
        kind = "pdf" if message.file_name.endswith(".pdf") else "octet-stream"
        mail.add_attachment(
            message.file, maintype="application", subtype=kind, filename=message.file_name
        )
    return mail


def _deliver(settings: Settings, message: Message, address: str, at: datetime) -> Fault | None:
    """Hand it over by what is set; None when it was taken."""
    if settings.notify is not None and settings.mail_folder is None:
        return notify.deliver(settings.notify, message, address, PATIENCE)
    said = _by_smtp(settings, message, address, at)
    return Fault(said) if said else None


def _by_smtp(settings: Settings, message: Message, address: str, at: datetime) -> str:
    """Hand it over; the answer is empty, or a sentence about what went wrong."""
    try:
        mail = written(settings, message, address, at)
    except (ValueError, IndexError):  # the library's parser fails so on some odd addresses
        return "No email can be written to this address, or from this sender: check both."
    if settings.mail_folder is not None:
        return _write_down(settings.mail_folder, mail)
    try:
        _hand_over(settings, mail)
    except smtplib.SMTPRecipientsRefused as fault:
        return f"The mail server refused the address: {_answer(*fault.recipients[address])}"
    except smtplib.SMTPResponseException as fault:
        return f"The mail server did not take it: {_answer(fault.smtp_code, fault.smtp_error)}"
    except (OSError, ValueError, smtplib.SMTPException) as fault:
        return f"The mail server {settings.smtp_host} cannot be used: {fault}"
    return ""


def _hand_over(settings: Settings, mail: EmailMessage) -> None:
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=PATIENCE)
    try:
        if settings.smtp_tls:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(mail)
        with suppress(OSError, smtplib.SMTPException):
            server.quit()  # it has taken the email: a rude goodbye is no reason to send another
    finally:
        server.close()


def _answer(code: int, said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}"


def _write_down(folder: Path, mail: EmailMessage) -> str:
    """Keep it as a file, for a set-up that is only tried out."""
    name = mail["Message-ID"].strip("<>").replace("/", "-")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.eml").write_bytes(mail.as_bytes(policy=SMTP))
    except OSError as fault:
        return f"The email could not be written to {folder}: {fault.strerror}"
    return ""
