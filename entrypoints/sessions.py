"""Who is signed in, kept in the database so that signing out, or being put out, is at once.

The browser holds a random token; the table holds only its hash. Kept, not rebuilt from the log.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Column, Connection, Table, Text, delete, func, insert, select, update

from eventlog.database import metadata

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("started_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False, index=True),
    Column("revoked_at", Text, nullable=True),
    Column("proved_at", Text, nullable=True),
)


def start(connection: Connection, person: str, at: datetime, hours: int) -> str:
    """Begin a session of at most so many hours; gives the token that only the browser holds."""
    token = secrets.token_urlsafe(32)
    connection.execute(delete(sessions).where(sessions.c.ends_at < _text(at)))
    connection.execute(
        insert(sessions).values(
            token_hash=_hash(token),
            person=person,
            started_at=_text(at),
            ends_at=_text(at + timedelta(hours=hours)),
        )
    )
    return token


def person_of(connection: Connection, token: str, at: datetime) -> str | None:
    """The person of a session that has not ended."""
    query = select(sessions.c.person).where(
        sessions.c.token_hash == _hash(token),
        sessions.c.ends_at > _text(at),
        sessions.c.revoked_at.is_(None),
    )
    found: str | None = connection.execute(query).scalar()
    return found


def prove(connection: Connection, token: str, at: datetime) -> None:
    """The person of this session has just proved again who they are."""
    mine = sessions.c.token_hash == _hash(token)
    connection.execute(update(sessions).where(mine).values(proved_at=_text(at)))


def proved_at(connection: Connection, token: str) -> datetime | None:
    """When the person of a session last proved who they are: at first, by signing in."""
    query = select(func.coalesce(sessions.c.proved_at, sessions.c.started_at)).where(
        sessions.c.token_hash == _hash(token)
    )
    found = connection.execute(query).scalar()
    return datetime.fromisoformat(found) if found else None


def end(connection: Connection, token: str, at: datetime) -> None:
    """End one session."""
    _revoke(connection, sessions.c.token_hash == _hash(token), at)


def end_all(connection: Connection, person: str, at: datetime) -> None:
    """End every session of a person: after a new password, or when they leave."""
    _revoke(connection, sessions.c.person == person, at)


def end_others(connection: Connection, person: str, token: str, at: datetime) -> None:
    """End every session of a person but the one with this token: after a changed password."""
    mine = (sessions.c.person == person) & (sessions.c.token_hash != _hash(token))
    _revoke(connection, mine, at)


def end_one(connection: Connection, person: str, token_hash: str, at: datetime) -> None:
    """End one session of a person, by its hash as ``of_person`` gives it."""
    one = (sessions.c.person == person) & (sessions.c.token_hash == token_hash)
    _revoke(connection, one, at)


def of_person(connection: Connection, person: str, at: datetime) -> list[tuple[str, datetime]]:
    """The sessions of a person that go on: each one's hash and when it began, latest first."""
    query = (
        select(sessions.c.token_hash, sessions.c.started_at)
        .where(
            sessions.c.person == person,
            sessions.c.ends_at > _text(at),
            sessions.c.revoked_at.is_(None),
        )
        .order_by(sessions.c.started_at.desc())
    )
    return [(row[0], datetime.fromisoformat(row[1])) for row in connection.execute(query)]


def is_of(token: str, token_hash: str) -> bool:
    """Whether a session's hash is that of this token."""
    return _hash(token) == token_hash


def _revoke(connection: Connection, which: object, at: datetime) -> None:
    ending = update(sessions).where(which, sessions.c.revoked_at.is_(None))  # type: ignore[arg-type]
    connection.execute(ending.values(revoked_at=_text(at)))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
