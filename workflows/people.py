"""The people that the record knows, by id alone, and the roles in which they may act."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from benefits.refusals import require
from benefits.rules import Answer, Context, Rule
from eventlog.recorded import Recorded
from workflows.commands import GrantRole, RegisterPerson, RevokeRole, Role
from workflows.events import PersonRegistered, RoleGranted, RoleRevoked

#: Who acts when no person does. Nobody can sign in as either.
SCHEDULER = "scheduler"
SETUP = "setup"
RESERVED = frozenset({SCHEDULER, SETUP})

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(slots=True)
class Person:
    """A person after so many events (``version``). The name lives in the directory."""

    person: str
    version: int = 0
    roles: set[Role] = field(default_factory=set)

    @property
    def exists(self) -> bool:
        return self.version > 0


def apply_to_person(person: Person, recorded: Recorded[Any]) -> None:
    """Add one event to a person."""
    person.version = recorded.version
    match recorded.event:
        case RoleGranted(role):
            person.roles.add(role)
        case RoleRevoked(role):
            person.roles.discard(role)


def person_after(person: str, events: Iterable[Recorded[Any]]) -> Person:
    """The person after all these events of the stream."""
    standing = Person(person)
    for recorded in events:
        apply_to_person(standing, recorded)
    return standing


def register(person: Person, command: RegisterPerson, _: Context) -> Answer:
    """Let the record know a person."""
    require(not person.exists, "This person is already on record.")
    require(
        command.person not in RESERVED,
        f"“{command.person}” stands for Realise itself. Choose another id.",
    )
    require(
        _ID.fullmatch(command.person),
        "A person's id has up to 64 letters, figures, hyphens and underscores,"
        " and begins with a letter or a figure.",
    )
    return [PersonRegistered()]


def grant(person: Person, command: GrantRole, _: Context) -> Answer:
    """Let a person act in a role."""
    require(person.exists, "This person is not on record. Register the person first.")
    require(command.role not in person.roles, f"This person is already {_named(command.role)}.")
    return [RoleGranted(command.role)]


def revoke(person: Person, command: RevokeRole, context: Context) -> Answer:
    """Take a role away. An administrator cannot stop being one by their own hand, so one stays."""
    require(command.role in person.roles, f"This person is not {_named(command.role)}.")
    require(
        command.role is not Role.ADMINISTRATOR or context.by != person.person,
        "You cannot take the administrator role from yourself. Ask another administrator.",
    )
    return [RoleRevoked(command.role)]


def _named(role: Role) -> str:
    if role in (Role.FINANCE, Role.SCRUTINY):
        return f"in {role.value}"
    article = "an" if role.value[0] in "aeiou" else "a"
    return f"{article} {role.value}"


RULES: dict[type, Rule] = {
    RegisterPerson: Rule(register, "person", "person"),
    GrantRole: Rule(grant, "person", "person"),
    RevokeRole: Rule(revoke, "person", "person"),
}
