"""A second proof beside the password: a code that a telephone shows, or a recovery code kept.

Time-based codes (RFC 6238). Each counts once: a step of thirty seconds that was used is past.
The secret is kept encrypted under the key that signs the cookies, recovery codes as hashes.
Kept, not rebuilt from the log.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from eventlog.database import metadata

second_factors = Table(
    "second_factors",
    metadata,
    Column("person", Text, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("set_at", Text, nullable=False),
    Column("confirmed_at", Text, nullable=True),
    Column("last_step", BigInteger, nullable=False),
)
recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("used_at", Text, nullable=True),
)

#: Seconds that a code stands, and how many steps a telephone's clock may be off either way.
STEP, LEEWAY = 30, 1
#: How many recovery codes there are, and the letters of each: 80 bits.
MANY, LETTERS = 10, 16
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Factor:
    """What a person has: the secret while it is set up, since when it counts, codes left."""

    secret: str
    confirmed_at: str | None
    codes_left: int


def of_person(connection: Connection, key: str, person: str) -> Factor | None:
    """The person's second factor, counting or only begun; None when there is none."""
    row = connection.execute(select(second_factors).where(_theirs(person))).first()
    if row is None:
        return None
    codes = recovery_codes.c
    left = select(func.count()).where(codes.person == person, codes.used_at.is_(None))
    return Factor(_opened(key, row.secret), row.confirmed_at, connection.execute(left).scalar_one())


def counts(connection: Connection, person: str) -> bool:
    """Whether the person must prove it at each sign-in."""
    query = select(second_factors.c.person).where(
        _theirs(person), second_factors.c.confirmed_at.is_not(None)
    )
    return connection.execute(query).first() is not None


def start(connection: Connection, key: str, person: str, at: datetime) -> None:
    """Make a new secret. It counts once a code of it has been given."""
    if counts(connection, person):
        return
    remove(connection, person)
    kept = _box(key).encrypt(pyotp.random_base32().encode()).decode()
    row = {"person": person, "secret": kept, "set_at": _text(at), "last_step": 0}
    connection.execute(insert(second_factors).values(**row))


def confirm(
    connection: Connection, key: str, person: str, code: str, at: datetime
) -> list[str] | None:
    """Let it count, when the code is right; gives the recovery codes, this once."""
    if counts(connection, person) or not _by_telephone(connection, key, person, code, at):
        return None
    changed = update(second_factors).where(_theirs(person))
    connection.execute(changed.values(confirmed_at=_text(at)))
    return new_codes(connection, person)


def proves(connection: Connection, key: str, person: str, code: str, at: datetime) -> bool:
    """Whether a code of the telephone or a recovery code is right. It is used up by this."""
    if not counts(connection, person):
        return False
    return _by_telephone(connection, key, person, code, at) or _by_recovery(
        connection, person, code, at
    )


def new_codes(connection: Connection, person: str) -> list[str]:
    """Recovery codes in place of those before."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.person == person))
    made = ["".join(secrets.choice(_ALPHABET) for _ in range(LETTERS)) for _ in range(MANY)]
    rows = [{"code_hash": _hash(person, code), "person": person} for code in made]
    connection.execute(insert(recovery_codes), rows)
    return ["-".join(code[at : at + 4] for at in range(0, LETTERS, 4)) for code in made]


def remove(connection: Connection, person: str) -> None:
    """Take the second factor away with its recovery codes."""
    connection.execute(delete(second_factors).where(_theirs(person)))
    connection.execute(delete(recovery_codes).where(recovery_codes.c.person == person))


def address_of(secret: str, name: str, council: str) -> str:
    """What a telephone reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=council)


def _by_telephone(connection: Connection, key: str, person: str, code: str, at: datetime) -> bool:
    kept = connection.execute(select(second_factors.c.secret).where(_theirs(person))).scalar()
    secret, typed = _opened(key, kept or ""), "".join(code.split())
    if not secret or not (typed.isascii() and typed.isdigit()):
        return False
    now = int(at.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    right = [
        step
        for step in range(now - LEEWAY, now + LEEWAY + 1)
        if hmac.compare_digest(totp.at(step * STEP), typed)
    ]
    if not right:
        return False
    # One statement, so that of two sign-ins with one code at once one alone comes in.
    used = (
        update(second_factors)
        .where(_theirs(person), second_factors.c.last_step < right[-1])
        .values(last_step=right[-1])
        .returning(second_factors.c.person)
    )
    return connection.execute(used).first() is not None


def _by_recovery(connection: Connection, person: str, code: str, at: datetime) -> bool:
    typed = "".join(one for one in code.upper() if one.isalnum())
    used = (
        update(recovery_codes)
        .where(
            recovery_codes.c.code_hash == _hash(person, typed),
            recovery_codes.c.used_at.is_(None),
        )
        .values(used_at=_text(at))
        .returning(recovery_codes.c.person)
    )
    return connection.execute(used).first() is not None


def _theirs(person: str) -> ColumnElement[bool]:
    return second_factors.c.person == person


def _box(key: str) -> Fernet:
    derived = hmac.digest(key.encode(), b"realise second factor", "sha256")
    return Fernet(base64.urlsafe_b64encode(derived))


def _opened(key: str, kept: str) -> str:
    """The secret; empty when the key is another now, so that only recovery codes help."""
    try:
        return _box(key).decrypt(kept.encode()).decode()
    except InvalidToken:
        return ""


def _hash(person: str, code: str) -> str:
    return sha256(f"{person}:{code}".encode(errors="replace")).hexdigest()


def _text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")
