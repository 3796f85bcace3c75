"""How often a sign-in was tried, so that passwords cannot be guessed by trying many.

Counted in the database, for each account and each network address, so that it holds however many
processes answer. Kept, not rebuilt from the log; it holds hashes, no names or addresses.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Column, Connection, Table, Text, delete, func, insert, select

from eventlog.database import metadata

attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("attempt", Text, primary_key=True),
    Column("subject", Text, nullable=False, index=True),
    Column("at", Text, nullable=False, index=True),
)

WINDOW = timedelta(minutes=15)
MOST_PER_ACCOUNT, MOST_PER_ADDRESS = 10, 100


class TooManyAttempts(Exception):
    """Too many sign-ins were tried. ``str()`` says what to do."""


def count_one(connection: Connection, email: str, address: str, at: datetime) -> bool:
    """Count an attempt before it is looked at; gives whether it may go on.

    The attempt is written first, so that many at once cannot each find room for one more.
    """
    connection.execute(delete(attempts).where(attempts.c.at < _text(at - WINDOW)))
    limits = ((_account(email), MOST_PER_ACCOUNT), (_hash("address", address), MOST_PER_ADDRESS))
    connection.execute(
        insert(attempts),
        [
            {"attempt": secrets.token_hex(16), "subject": subject, "at": _text(at)}
            for subject, _ in limits
        ],
    )
    return all(_since(connection, subject, at) <= most for subject, most in limits)


def forget(connection: Connection, email: str) -> None:
    """Forget the attempts on an account whose password was right."""
    connection.execute(delete(attempts).where(attempts.c.subject == _account(email)))


def _since(connection: Connection, subject: str, at: datetime) -> int:
    recent = (attempts.c.subject == subject) & (attempts.c.at >= _text(at - WINDOW))
    return connection.execute(select(func.count()).where(recent)).scalar_one()


def _account(email: str) -> str:
    return _hash("account", email.strip().lower())


def _hash(kind: str, text: str) -> str:
    return sha256(f"{kind}:{text}".encode(errors="replace")).hexdigest()


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
