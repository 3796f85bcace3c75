"""Who a person of the OpenID provider is here, kept by what never changes there.

Not by the email address: that can be changed at the provider, or given to somebody else. Kept,
not rebuilt from the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Column, Connection, Table, Text, delete, insert, select

from eventlog.database import metadata

openid_people = Table(
    "openid_people",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("person", Text, nullable=False, unique=True),
    Column("linked_at", Text, nullable=False),
)

#: Where Microsoft's Entra ID answers. It gives each program another ``sub`` for the same person,
#: so that people are known there by their tenant and object id.
_ENTRA = ("login.microsoftonline.com", "login.microsoftonline.us", "sts.windows.net")
LONGEST = 255


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as the provider knows them."""

    issuer: str
    subject: str

    def __post_init__(self) -> None:
        """Providers write their issuer with a slash at its end or without, and mean the same."""
        object.__setattr__(self, "issuer", self.issuer.rstrip("/"))


class AlreadyLinked(ValueError):
    """This identity is somebody's already, or this person has another. ``str()`` says so."""


def identity_of(claims: Mapping[str, Any]) -> Identity:
    """Who these claims, already checked, are of. Raises ``ValueError`` when they do not say."""
    issuer, subject = str(claims["iss"]), str(claims["sub"])
    if urlsplit(issuer).hostname in _ENTRA:
        tenant, number = claims.get("tid"), claims.get("oid")
        if not tenant or not number:
            raise ValueError("Entra did not say the tenant (tid) and the object (oid).")
        subject = f"{tenant}/{number}"
    if not subject or len(subject) > LONGEST:
        raise ValueError("The subject is empty or too long.")
    return Identity(issuer, subject)


def person_of(connection: Connection, who: Identity) -> str | None:
    """The id here of a person of the provider."""
    held = openid_people.c
    query = select(held.person).where(held.issuer == who.issuer, held.subject == who.subject)
    found: str | None = connection.execute(query).scalar()
    return found


def subject_of(connection: Connection, person: str) -> str:
    """What the provider calls the person of an id here; empty when they are not linked."""
    query = select(openid_people.c.subject).where(openid_people.c.person == person)
    return connection.execute(query).scalar() or ""


def linked(connection: Connection) -> frozenset[str]:
    """Everybody here, by id, who can come in by the single sign-on."""
    return frozenset(connection.execute(select(openid_people.c.person)).scalars())


def link(connection: Connection, who: Identity, person: str, at: datetime) -> None:
    """Let a person of the provider be this person. Raises ``AlreadyLinked``."""
    if person_of(connection, who) not in (None, person):
        raise AlreadyLinked("Somebody else here has this number of the single sign-on.")
    unlink(connection, person)
    connection.execute(
        insert(openid_people).values(
            issuer=who.issuer,
            subject=who.subject,
            person=person,
            linked_at=at.isoformat(timespec="microseconds"),
        )
    )


def unlink(connection: Connection, person: str) -> None:
    """Let nobody of the provider be this person any more."""
    connection.execute(delete(openid_people).where(openid_people.c.person == person))
