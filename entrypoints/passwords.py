"""Passwords: kept as argon2id hashes, compared in the same time whoever is asked for."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200

_hasher = PasswordHasher()


class WeakPassword(ValueError):
    """A password that is too short or too long. ``str()`` says what to do."""


def hashed(password: str) -> str:
    """The argon2id hash to keep. Raises ``WeakPassword``."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(f"A password has from {SHORTEST} to {LONGEST} characters.")
    return _hasher.hash(password)


def matches(kept: str, password: str) -> bool:
    """Whether the password is the one kept. An account without one takes as long, and is not."""
    try:
        _hasher.verify(kept or _nobodys(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return bool(kept)


@cache
def _nobodys() -> str:
    return _hasher.hash("the password of nobody")
