"""The secret addresses of people's calendars: shown once, kept as a hash, ended by their owner.

Kept, not rebuilt from the log. A calendar program cannot sign in, so whoever has the address
reads the calendar: it lets nobody in anywhere else.
"""

import secrets
from datetime import datetime

from sqlalchemy import Column, Connection, Table, Text, delete, insert, select

from entrypoints.tokens import hashed
from eventlog.database import metadata
from workflows import directory

calendars = Table(
    "calendar_addresses",
    metadata,
    Column("person", Text, primary_key=True),
    Column("address_hash", Text, nullable=False, unique=True),
    Column("made_at", Text, nullable=False),
)


def make(connection: Connection, person: str, at: datetime) -> str:
    """A new secret for the person's calendar. The one before, if any, ends."""
    end(connection, person)
    secret = secrets.token_urlsafe(32)
    row = {"person": person, "address_hash": hashed(secret), "made_at": at.isoformat()}
    connection.execute(insert(calendars).values(row))
    return secret


def end(connection: Connection, person: str) -> None:
    """The person's calendar has no address any more."""
    connection.execute(delete(calendars).where(calendars.c.person == person))


def made_at(connection: Connection, person: str) -> datetime | None:
    """When the person's address was made; None when there is none."""
    query = select(calendars.c.made_at).where(calendars.c.person == person)
    found = connection.execute(query).scalar()
    return datetime.fromisoformat(found) if found else None


def person_of(connection: Connection, secret: str) -> str | None:
    """Whose calendar it is, while the person works here."""
    people = directory.people
    query = (
        select(calendars.c.person)
        .join(people, people.c.person == calendars.c.person)
        .where(calendars.c.address_hash == hashed(secret), people.c.active)
    )
    return connection.execute(query).scalar()
