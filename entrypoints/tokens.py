"""The tokens by which programs come in: shown once, kept as a hash, and gone when they end.

A token acts as its person, and its scopes say how much of what the person may do it may do. A
service account is a person of the directory who has no address and no password. Kept, not
rebuilt from the log.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, Table, Text, insert, select, update

from eventlog.database import metadata

BEGINS = "realise_"
#: How much of a token is kept readable, so that people can tell theirs apart.
SHOWN = len(BEGINS) + 6
LONGEST_DAYS = 366
#: ``last_used_at`` is written at most this often, so that reading stays reading.
USED_EVERY = timedelta(minutes=5)


class Scope(StrEnum):
    """What a token may do of what its person may do."""

    READ = "read"
    RECORD = "record"
    DECIDE = "decide"
    ADMINISTER = "administer"


tokens = Table(
    "api_tokens",
    metadata,
    Column("token", Text, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("prefix", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
    Column("revoked_at", Text, nullable=True),
    Column("last_used_at", Text, nullable=True),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept. ``token`` is its id, which lets nobody in."""

    token: str
    prefix: str
    person: str
    name: str
    scopes: frozenset[Scope]
    made_at: datetime
    ends_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None

    def lives(self, at: datetime) -> bool:
        """Whether it lets its program in at this instant."""
        return self.revoked_at is None and at < self.ends_at


def make(
    connection: Connection,
    person: str,
    name: str,
    scopes: Collection[Scope],
    days: int,
    by: str,
    at: datetime,
) -> tuple[str, Token]:
    """A new token that ends after so many days: what is shown once, and what is kept."""
    secret = BEGINS + secrets.token_urlsafe(32)
    row: dict[str, Any] = {
        "token": secrets.token_hex(8),
        "token_hash": hashed(secret),
        "prefix": secret[:SHOWN],
        "person": person,
        "name": name,
        "scopes": " ".join(scope.value for scope in Scope if scope in scopes),
        "made_at": _text(at),
        "made_by": by,
        "ends_at": _text(at + timedelta(days=days)),
    }
    connection.execute(insert(tokens).values(row))
    return secret, _token(connection.execute(_one(row["token"])).one())


def find(connection: Connection, secret: str) -> Token | None:
    """The token of which this is the secret, whether it lives or not."""
    query = select(tokens).where(tokens.c.token_hash == hashed(secret))
    row = connection.execute(query).first()
    return _token(row) if row else None


def used(connection: Connection, token: str, at: datetime) -> None:
    """Remember when it was last used."""
    connection.execute(update(tokens).where(tokens.c.token == token).values(last_used_at=_text(at)))


def revoke(connection: Connection, token: str, at: datetime, person: str | None = None) -> bool:
    """End a token (one of the person's own, when a person is named); gives whether one ended."""
    which = update(tokens).where(tokens.c.token == token, tokens.c.revoked_at.is_(None))
    if person is not None:
        which = which.where(tokens.c.person == person)
    ended = connection.execute(which.values(revoked_at=_text(at)).returning(tokens.c.token))
    return ended.first() is not None


def listed(connection: Connection, person: str | None = None) -> list[Token]:
    """All tokens, or a person's, the newest first."""
    query = select(tokens).order_by(tokens.c.made_at.desc(), tokens.c.token)
    if person is not None:
        query = query.where(tokens.c.person == person)
    return [_token(row) for row in connection.execute(query)]


def _one(token: str) -> Any:
    return select(tokens).where(tokens.c.token == token)


def _token(row: Any) -> Token:
    return Token(
        row.token,
        row.prefix,
        row.person,
        row.name,
        frozenset(Scope(scope) for scope in row.scopes.split()),
        datetime.fromisoformat(row.made_at),
        datetime.fromisoformat(row.ends_at),
        datetime.fromisoformat(row.revoked_at) if row.revoked_at else None,
        datetime.fromisoformat(row.last_used_at) if row.last_used_at else None,
    )


def hashed(secret: str) -> str:
    """What is kept in place of the secret."""
    return sha256(secret.encode(errors="replace")).hexdigest()


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
