"""The people that the record knows, by id alone, and the roles in which they may act."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from benefits.refusals import require
from benefits.rules import Answer, Context, Rule
from eventlog.recorded import Recorded
from workflows.commands import (
    GrantProgrammeRole,
    GrantRole,
    RegisterPerson,
    RevokeProgrammeRole,
    RevokeRole,
    Role,
)
from workflows.events import (
    PersonRegistered,
    ProgrammeRoleGranted,
    ProgrammeRoleRevoked,
    RoleGranted,
    RoleRevoked,
)

#: Who acts when no person does. Nobody can sign in as any of them.
SCHEDULER = "scheduler"
SETUP = "setup"
SIGN_ON = "sign-on"
RESERVED = frozenset({SCHEDULER, SETUP, SIGN_ON})

#: The roles that can be held for one programme; an administrator is the council's.
FOR_A_PROGRAMME = (Role.PMO, Role.FINANCE, Role.SCRUTINY, Role.AUDITOR, Role.EXEMPT_READER)

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(slots=True)
class Person:
    """A person after so many events (``version``). The name lives in the directory.

    As with a benefit, an event gives other facts and changes none in place.
    """

    person: str
    version: int = 0
    roles: frozenset[Role] = frozenset()  # held for the council
    programme_roles: frozenset[tuple[Role, str]] = frozenset()  # and for one programme

    def roles_for(self, programme: str) -> frozenset[Role]:
        """The roles in which the person acts where a programme is concerned."""
        return self.roles | {role for role, of in self.programme_roles if of == programme}

    @property
    def exists(self) -> bool:
        return self.version > 0


def apply_to_person(person: Person, recorded: Recorded[Any]) -> None:
    """Add one event to a person."""
    person.version = recorded.version
    match recorded.event:
        case RoleGranted(role):
            person.roles |= {role}
        case RoleRevoked(role):
            person.roles -= {role}
        case ProgrammeRoleGranted(role, programme):
            person.programme_roles |= {(role, programme)}
        case ProgrammeRoleRevoked(role, programme):
            person.programme_roles -= {(role, programme)}


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
    if command.role is Role.ADMINISTRATOR:
        require(
            context.by != person.person,
            "You cannot take the administrator role from yourself. Ask another administrator.",
        )
        # Looked up so that two who take it from each other at one instant do not both succeed.
        require(
            context.by in RESERVED or context.administrators() - {person.person},
            "This is the only administrator: make another person one first.",
        )
    return [RoleRevoked(command.role)]


def grant_for(person: Person, command: GrantProgrammeRole, context: Context) -> Answer:
    """Let a person act in a role for one programme."""
    require(person.exists, "This person is not on record. Register the person first.")
    require(
        command.role in FOR_A_PROGRAMME,
        f"Nobody is {_named(command.role)} for one programme: give the role for the council.",
    )
    title = context.programme(command.programme).title
    require(
        (command.role, command.programme) not in person.programme_roles,
        f"This person is already {_named(command.role)} for “{title}”.",
    )
    return [ProgrammeRoleGranted(command.role, command.programme)]


def revoke_for(person: Person, command: RevokeProgrammeRole, _: Context) -> Answer:
    """Take a role for one programme away."""
    require(
        (command.role, command.programme) in person.programme_roles,
        f"This person is not {_named(command.role)} for that programme.",
    )
    return [ProgrammeRoleRevoked(command.role, command.programme)]


def _named(role: Role) -> str:
    if role in (Role.FINANCE, Role.SCRUTINY):
        return f"in {role.value}"
    article = "an" if role.value[0] in "aeiou" else "a"
    return f"{article} {role.value}"


RULES: dict[type, Rule] = {
    RegisterPerson: Rule(register, "person", "person"),
    GrantRole: Rule(grant, "person", "person"),
    RevokeRole: Rule(revoke, "person", "person"),
    GrantProgrammeRole: Rule(grant_for, "person", "person"),
    RevokeProgrammeRole: Rule(revoke_for, "person", "person"),
}
