"""Emails to be sent, kept in the transaction of what they tell about, and sent afterwards.

States: queued, sending, sent, failed. A message that fails waits longer each time. One that was
being sent when its sender died is taken again after ``ABANDONED``: the receiving server may then
see it twice, with the same Message-ID, so that it can tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    Table,
    Text,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from eventlog.database import metadata

QUEUED, SENDING, SENT, FAILED = "queued", "sending", "sent", "failed"
#: With the waits between them (up to four hours) a mail server may be down for a weekend.
MOST_TRIES = 24
ABANDONED = timedelta(minutes=10)

outbox = Table(
    "outbox",
    metadata,
    Column("message", Text, primary_key=True),
    Column("recipient", Text, nullable=False),
    Column("about", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("file_name", Text, nullable=False, default=""),
    Column("file", LargeBinary, nullable=True),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("queued_at", Text, nullable=False),
    Column("due_at", Text, nullable=False, index=True),
    Column("ended_at", Text, nullable=False, default=""),
    Column("fault", Text, nullable=False, default=""),
    Column("position", BigInteger, nullable=False, default=0),
)


@dataclass(frozen=True, slots=True)
class Message:
    """An email to one person (by id: the address is looked up when it is sent)."""

    message: str
    recipient: str
    about: str
    subject: str
    body: str
    file_name: str = ""
    file: bytes | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that this sender has taken, and how often it has been tried, this time included."""

    message: Message
    tries: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an email did not go, as a sentence. ``final``: trying it again would change nothing."""

    said: str
    final: bool = False


def queue(
    connection: Connection, messages: Sequence[Message], at: datetime, state: str = QUEUED
) -> None:
    """Put messages in the outbox, in the caller's transaction, to be sent or as sent already.

    One that is there already stays as it is, so that a job done again sends nothing twice.
    """
    rows = [
        {
            "message": one.message,
            "recipient": one.recipient,
            "about": one.about,
            "subject": one.subject,
            "body": one.body,
            "file_name": one.file_name,
            "file": one.file,
            "position": one.position,
            "state": state,
            "tries": 1 if state == SENT else 0,
            "queued_at": at.isoformat(),
            "due_at": at.isoformat(),
            "ended_at": at.isoformat() if state == SENT else "",
            "fault": "",
        }
        for one in messages
    ]
    begin = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    if rows:
        connection.execute(begin(outbox).on_conflict_do_nothing(), rows)


def one_line(subject: str) -> str:
    """A subject in one line without control characters, whatever a title holds."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())


def take(connection: Connection, at: datetime) -> Taken | None:
    """Take the message that is due longest, so that no other sender has it. None when none is."""
    due = (
        select(outbox.c.message)
        .where(outbox.c.state.in_((QUEUED, SENDING)), outbox.c.due_at <= at.isoformat())
        .order_by(outbox.c.due_at, outbox.c.message)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = connection.execute(due).scalar()
    if found is None:
        return None
    row = connection.execute(
        update(outbox)
        .where(outbox.c.message == found)
        .values(
            state=SENDING,
            tries=outbox.c.tries + 1,
            due_at=(at + ABANDONED).isoformat(),
        )
        .returning(*outbox.c)
    ).one()
    return Taken(_message(row), row.tries)


def _message(row: Any) -> Message:
    return Message(
        row.message,
        row.recipient,
        row.about,
        row.subject,
        row.body,
        row.file_name,
        row.file,
        row.position,
    )


def sent(connection: Connection, message: str, at: datetime) -> None:
    """The receiving server took it. Its file is kept in the archive, not here."""
    connection.execute(
        update(outbox)
        .where(outbox.c.message == message)
        .values(state=SENT, ended_at=at.isoformat(), fault="", file=None)
    )


def failed(connection: Connection, taken: Taken, at: datetime, fault: Fault) -> None:
    """It could not be sent: try again later, at most ``MOST_TRIES`` times, unless that is final."""
    if fault.final or taken.tries >= MOST_TRIES:
        now = {"state": FAILED, "ended_at": at.isoformat()}
    else:
        wait = timedelta(minutes=min(2 ** (taken.tries - 1), 240))
        now = {"state": QUEUED, "due_at": (at + wait).isoformat()}
    # Another sender may have taken it since, or sent it: what became of it is theirs to say.
    mine = (outbox.c.state == SENDING) & (outbox.c.tries == taken.tries)
    connection.execute(
        update(outbox)
        .where(outbox.c.message == taken.message.message, mine)
        .values(fault=fault.said[:500], **now)
    )


def latest(connection: Connection, most: int = 100, skip: int = 0) -> list[Any]:
    """The messages queued last, without their files, for the administrator."""
    columns = [column for column in outbox.c if column.name != "file"]
    query = select(*columns).order_by(outbox.c.queued_at.desc(), outbox.c.message)
    return list(connection.execute(query.limit(most).offset(skip)))


def queued(connection: Connection) -> int:
    """How many messages there are, sent or not."""
    return int(connection.execute(select(func.count()).select_from(outbox)).scalar_one())


def given_up(connection: Connection) -> list[Any]:
    """The messages that were given up, the latest first, without their files."""
    columns = [column for column in outbox.c if column.name != "file"]
    query = select(*columns).where(outbox.c.state == FAILED)
    return list(connection.execute(query.order_by(outbox.c.ended_at.desc(), outbox.c.message)))


def again(connection: Connection, messages: Sequence[str], at: datetime) -> int:
    """Queue messages that were given up anew, with all their tries; how many of them there were.

    What was sent or is on its way stays as it is, so that nobody gets an email twice.
    """
    tried = connection.execute(
        update(outbox)
        .where(outbox.c.message.in_(messages), outbox.c.state == FAILED)
        .values(state=QUEUED, tries=0, due_at=at.isoformat(), ended_at="")
        .returning(outbox.c.message)
    )
    return len(tried.all())


def waiting(connection: Connection) -> int:
    """How many messages have not been sent yet."""
    query = select(func.count()).where(outbox.c.state.in_((QUEUED, SENDING)))
    return int(connection.execute(query).scalar_one())
