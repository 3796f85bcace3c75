"""How a person joins: the directory entry and the roles on record are written together."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from benefits.refusals import Refused
from entrypoints.ids import new_key
from entrypoints.passwords import WeakPassword, hashed
from entrypoints.wiring import Realise
from eventlog.recorded import Recorded
from workflows import directory
from workflows.commands import GrantRole, RegisterPerson, Role
from workflows.people import SETUP

#: Plain addresses only: what is odd beyond this no mail server of a council takes.
_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,250}")


def add_person(
    realise: Realise,
    name: str,
    email: str | None,
    post: str,
    password: str | None,
    roles: Sequence[Role],
    at: datetime,
    *,
    by: str = SETUP,
    person: str | None = None,
) -> str:
    """Add a person; gives the id. Without a password nobody can sign in as this person yet.

    Raises ``Refused`` when the address is taken or is none, or the password is weak.
    """
    person = person or new_key()
    name, post = " ".join(name.split()), " ".join(post.split())
    if not name:
        raise Refused("Give the person's name.")
    if email is not None and not _ADDRESS.fullmatch(email := email.strip()):
        raise Refused("Write the e-mail address like name@council.gov.uk.")
    try:
        kept = hashed(password) if password else ""
    except WeakPassword as fault:
        raise Refused(str(fault)) from fault
    entry = directory.Entry(person, name, email, post, kept, active=True)

    def also(connection: Connection, _: Sequence[Recorded[Any]]) -> None:
        try:
            directory.add(connection, entry)
        except directory.AlreadyInDirectory as fault:
            raise Refused(str(fault)) from fault

    commands = [RegisterPerson(person), *(GrantRole(person, role) for role in roles)]
    realise.handle(commands, by=by, at=at, also=also)
    return person
