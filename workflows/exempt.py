"""Who may read what is exempt: those who work with it, and those whom the council lets read it."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from workflows import inbox
from workflows.commands import Role

#: Others, such as a member of the scrutiny committee, need the role that is made for it.
READS_EXEMPT = (Role.PMO, Role.FINANCE, Role.AUDITOR, Role.EXEMPT_READER)


def may_read_exempt(roles: Collection[Role], *, seated: bool) -> bool:
    """Whether a person with these roles may read what is exempt. ``seated``: on a board."""
    return seated or any(role in roles for role in READS_EXEMPT)


def exempt_readers(connection: Connection) -> frozenset[str]:
    """The people who by their role are sent the exempt edition of a report."""
    held = inbox.roles.c
    query = select(held.person).where(held.role.in_([role.value for role in READS_EXEMPT]))
    return frozenset(connection.execute(query).scalars())
