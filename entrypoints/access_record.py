"""Who came in, who was refused, and who read what is exempt: kept beside the log, for a while.

It is no part of the record of benefits: rows are only ever added, hold ids and no names, and are
dropped when they are older than the setting says. What somebody typed who could not sign in is
not kept, for it may be a password.
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)

from eventlog.database import metadata

access_record = Table(
    "access_record",
    metadata,
    Column("access", Text, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("person", Text, nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("benefit", Text, nullable=False, index=True),
)

#: At most so much of an address is kept.
LONGEST = 300


class What(StrEnum):
    """What is recorded. The value is how the page calls it."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    SIGN_IN_STOPPED = "sign-in stopped: too many tries"
    SIGNED_OUT = "signed out"
    FACTOR_SET = "set up a second factor"
    FACTOR_GONE = "took their second factor away"
    FACTOR_RESET = "reset somebody’s second factor"
    REFUSED = "refused"
    EXEMPT_READ = "read what is exempt"


def add(
    connection: Connection,
    at: datetime,
    what: What,
    person: str = "",
    address: str = "",
    benefit: str = "",
) -> None:
    """Add a row. ``person`` and ``benefit`` are ids, empty when not known; ``address`` a path."""
    connection.execute(
        insert(access_record).values(
            access=f"{_text(at)}-{secrets.token_hex(8)}",
            at=_text(at),
            person=person,
            what=what.value,
            address=address[:LONGEST],
            benefit=benefit,
        )
    )


def drop_older(connection: Connection, at: datetime, days: int) -> int:
    """Drop what is older than so many days; gives how many rows."""
    old = access_record.c.at < _text(at - timedelta(days=days))
    return connection.execute(delete(access_record).where(old)).rowcount


def conditions(
    person: str, what: str, benefit: str, begins: datetime | None, ends: datetime | None
) -> list[ColumnElement[bool]]:
    """A filter as conditions; what is empty does not narrow. ``ends`` is the first not wanted."""
    held = access_record.c
    asked: list[ColumnElement[bool]] = [
        column == value
        for column, value in ((held.person, person), (held.what, what), (held.benefit, benefit))
        if value
    ]
    if begins is not None:
        asked.append(held.at >= _text(begins))
    if ends is not None:
        asked.append(held.at < _text(ends))
    return asked


def found(
    connection: Connection, asked: Sequence[ColumnElement[bool]], most: int, before: str = ""
) -> list[Any]:
    """The rows of a filter, the latest first; ``before`` is the key of the last row seen."""
    query = select(access_record).where(*asked).order_by(access_record.c.access.desc())
    if before:
        query = query.where(access_record.c.access < before)
    return list(connection.execute(query.limit(most)))


def count(connection: Connection, asked: Sequence[ColumnElement[bool]]) -> int:
    """How many rows a filter finds."""
    query = select(func.count()).select_from(access_record).where(*asked)
    return int(connection.execute(query).scalar_one())


def _text(at: datetime) -> str:
    """An instant in UTC as text that sorts as it runs."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
