"""The people among whom a form lets somebody choose: those it is likeliest to be come first."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Column, Connection, select

from benefits.benefit import Benefit
from benefits.commands import details
from benefits.register.tables import register
from entrypoints.forms import Grouped, Option
from workflows import directory, inbox
from workflows.commands import Role

#: They question and test what owners answer for, so they are not offered as owners.
INDEPENDENT = (Role.SCRUTINY, Role.AUDITOR)
OTHERS = "Everybody else"


def people(connection: Connection) -> list[Option]:
    """Everybody who works here, by name, each with their post."""
    return [
        (entry.person, f"{entry.name}, {entry.post}" if entry.post else entry.name)
        for entry in directory.everybody(connection)
        if entry.active
    ]


def for_benefit(command: type, benefit: Benefit, connection: Connection) -> Sequence[Option]:
    """The people for a field of a form about a benefit."""
    if command is details.NameOwner:
        apart = _holding(connection, *INDEPENDENT) - {benefit.owner}
        owners = _named(connection, register.c.owner)
        return grouped(connection, "Own a benefit now", owners, without=apart)
    if command is details.NameFinancePartner:
        return grouped(connection, "Finance", _holding(connection, Role.FINANCE))
    if command is details.NameCabinetMember:
        members = _named(connection, register.c.cabinet_member)
        return grouped(connection, "Answer for a benefit now", members)
    mine = {benefit.owner, benefit.finance_partner}
    mine |= {step.owner for step in benefit.milestones.values()}
    return grouped(connection, "Of this benefit", (one for one in mine if one))


def grouped(
    connection: Connection,
    heading: str,
    first: Iterable[str],
    *,
    without: Iterable[str | None] = (),
) -> Grouped:
    """Everybody but ``without``, in two groups; in one where a group would be empty."""
    left_out, before = set(without), set(first)
    every = [one for one in people(connection) if one[0] not in left_out]
    return Grouped(
        (heading, tuple(one for one in every if one[0] in before)),
        (OTHERS, tuple(one for one in every if one[0] not in before)),
    )


def _holding(connection: Connection, *roles: Role) -> set[str]:
    names = [role.value for role in roles]
    held = select(inbox.roles.c.person).where(inbox.roles.c.role.in_(names))
    there = inbox.programme_roles.c
    theirs = select(there.person).where(there.role.in_(names))
    return set(connection.execute(held.union(theirs)).scalars())


def _named(connection: Connection, column: Column[str]) -> set[str]:
    query = select(column).where(column.is_not(None)).distinct()
    return set(connection.execute(query).scalars())
