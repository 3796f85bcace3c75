"""Who the people are: names and addresses, kept beside the log so that they can be erased.

Events hold only a person's id. This table is kept (in backups, not rebuilt from the log).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from eventlog.database import metadata
from workflows.people import RESERVED, SCHEDULER, SETUP, SIGN_ON

FORMER = "a former member of staff"
#: What the reserved ones are called, who act when no person does.
RESERVED_NAMES = {
    SCHEDULER: "the schedule",
    SETUP: "the command line",
    SIGN_ON: "the single sign-on",
}

people = Table(
    "people",
    metadata,
    Column("person", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=True, unique=True),
    Column("post", Text, nullable=False, default=""),
    Column("password", Text, nullable=False, default=""),
    Column("active", Boolean, nullable=False, default=True),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A person in the directory. ``password`` is an argon2 hash, empty when none is set."""

    person: str
    name: str
    email: str | None
    post: str
    password: str
    active: bool


class AlreadyInDirectory(ValueError):
    """Somebody else has this id or e-mail address."""


def add(connection: Connection, entry: Entry) -> None:
    """Put a person in the directory. Raises ``AlreadyInDirectory``."""
    taken = select(people.c.person).where(
        (people.c.person == entry.person)
        | (func.lower(people.c.email) == (entry.email or "").lower())
    )
    if entry.person in RESERVED or connection.execute(taken).first() is not None:
        raise AlreadyInDirectory(
            f"Somebody with the address {entry.email or entry.person} is in the directory already."
        )
    connection.execute(
        insert(people).values(
            person=entry.person,
            name=entry.name,
            email=entry.email.lower() if entry.email else None,
            post=entry.post,
            password=entry.password,
            active=entry.active,
        )
    )


def by_email(connection: Connection, email: str) -> Entry | None:
    """The person with this address, in capitals or not."""
    return _one(connection, func.lower(people.c.email) == email.strip().lower())


def by_id(connection: Connection, person: str) -> Entry | None:
    """The person with this id."""
    return _one(connection, people.c.person == person)


def _one(connection: Connection, condition: Any) -> Entry | None:
    row = connection.execute(select(people).where(condition)).first()
    return Entry(*row) if row else None


def everybody(connection: Connection) -> list[Entry]:
    """All people, by name."""
    return [Entry(*row) for row in connection.execute(select(people).order_by(people.c.name))]


def here(connection: Connection, persons: Iterable[str]) -> dict[str, bool]:
    """Those of these people who still work here, each with whether an email can be sent."""
    query = select(people.c.person, people.c.email).where(
        people.c.person.in_(set(persons)), people.c.active
    )
    return {row.person: bool(row.email) for row in connection.execute(query)}


def set_password(connection: Connection, person: str, hashed: str) -> None:
    """Keep a new argon2 hash."""
    connection.execute(update(people).where(people.c.person == person).values(password=hashed))


def change(connection: Connection, person: str, name: str, email: str | None, post: str) -> None:
    """Change what a person is called and reached by. Raises ``AlreadyInDirectory``."""
    other = by_email(connection, email) if email else None
    if other is not None and other.person != person:
        raise AlreadyInDirectory(f"Somebody with the address {email} is in the directory already.")
    values = {"name": name, "email": email.lower() if email else None, "post": post}
    connection.execute(update(people).where(people.c.person == person).values(**values))


def set_active(connection: Connection, person: str, *, active: bool) -> None:
    """Say whether a person still works here: one who does not cannot sign in."""
    connection.execute(update(people).where(people.c.person == person).values(active=active))


def called(person: ColumnElement[Any]) -> ColumnElement[Any]:
    """The name of the person of a column, within a query of another table; null for nobody."""
    return select(people.c.name).where(people.c.person == person).scalar_subquery()


def names(connection: Connection, persons: Iterable[str] | None = None) -> dict[str, str]:
    """Names by id, the reserved ones' too. Who is not in the directory is not in the answer."""
    query = select(people.c.person, people.c.name)
    if persons is not None:
        query = query.where(people.c.person.in_(set(persons)))
    found = {row.person: row.name for row in connection.execute(query)}
    return {**found, **RESERVED_NAMES}
