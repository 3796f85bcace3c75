"""What the whole record holds of one person: told to them, and erased where it can be.

Tables that say whose a row is do so by a column ``person`` (the outbox: ``recipient``), so that a
table added later is told and erased too. Events hold ids only: they stay, and without a name in
the directory the story says "a former member of staff". Issued reports are published records
and stay as they are (docs/personal-data.md).
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Table,
    Text,
    delete,
    func,
    or_,
    select,
    update,
)

from benefits.refusals import NotFound, Refused
from benefits.register import tables
from benefits.wording.writing import listed
from entrypoints.access_record import access_record
from entrypoints.wiring import Realise
from eventlog.database import metadata
from eventlog.tables import TWIN, events
from workflows import directory, inbox, outbox

#: Never handed out, not even to the person: by these somebody could come in.
_SECRETS = frozenset({"password", "token_hash", "address_hash", "secret", "code_hash"})
#: Kept for its own time whoever it is about: it holds ids alone, and says who read what.
_STAYS = frozenset({access_record.name})
#: Columns of sentences that were written to people: a notice's and an email's.
_TOLD = frozenset({"headline", "says", "subject", "body"})
#: At most so many rows of one table, and events.
MOST = 10_000

Rows = list[dict[str, Any]]


def held_of(connection: Connection, person: str) -> Mapping[str, Rows]:
    """Everything that is held of a person, by what it is; each row as plain values by column.

    Raises ``NotFound`` when the directory has nobody with this id.
    """
    if directory.by_id(connection, person) is None:
        raise NotFound("There is nobody with this id. Look in the list of people.")
    found: dict[str, Rows] = {}
    for table, column in _tables():
        rows = _rows(connection, table, column, person)
        if rows:
            found[table.name] = rows
    found |= _where_named(connection, person)
    return found


def _tables() -> list[tuple[Table, Column[Any]]]:
    """Every table that says whose a row is, the directory first."""
    named = [
        (table, table.c["recipient" if table is outbox.outbox else "person"])
        for name, table in sorted(metadata.tables.items())
        if not name.endswith(TWIN) and ("person" in table.c or table is outbox.outbox)
    ]
    return sorted(named, key=lambda pair: pair[0] is not directory.people)


def _rows(connection: Connection, table: Table, column: Column[Any], person: str) -> Rows:
    shown = [
        one for one in table.c if one.name not in _SECRETS and not isinstance(one.type, LargeBinary)
    ]
    query = select(*shown).where(column == person).limit(MOST)
    return [dict(row) for row in connection.execute(query).mappings()]


def _where_named(connection: Connection, person: str) -> dict[str, Rows]:
    """Where the record names the person: benefits, seats, what they did, and events about them."""
    held, seats, log = tables.register.c, inbox.seats.c, events.c
    asked = {
        "benefits": select(held.benefit, held.title, held.owner, held.finance_partner,
                           held.cabinet_member).where(
            or_(held.owner == person, held.finance_partner == person,
                held.cabinet_member == person)
        ),
        "seats": select(seats.board, seats.seat, seats.kind, seats.person, seats.deputy).where(
            or_(seats.person == person, seats.deputy == person)
        ),
        "what they did": select(log.position, log.recorded_at, log.type, log.stream)
        .where(log.actor_id == person).order_by(log.position),
        "events that name them": select(log.position, log.recorded_at, log.type, log.stream)
        .where(
            or_(log.stream == f"person-{person}",
                log.payload.contains(json.dumps(person), autoescape=True))
        )
        .order_by(log.position),
    }  # fmt: skip
    found = {
        name: [dict(row) for row in connection.execute(query.limit(MOST)).mappings()]
        for name, query in asked.items()
    }
    return {name: rows for name, rows in found.items() if rows}


def erase(realise: Realise, person: str, *, by: str) -> str:
    """Erase a person from everything but the log; gives the name that they had.

    Raises ``NotFound``, and ``Refused`` while they sit on a board or hold a role, or by themselves.
    """
    if person == by:
        raise Refused("You cannot erase yourself. Ask another administrator.")
    with realise.database.write() as connection:
        entry = directory.by_id(connection, person)
        if entry is None:
            raise NotFound("There is nobody with this id. Look in the list of people.")
        _must_have_left(connection, person, entry.name)
        for table, column in _tables():
            if table.name not in _STAYS and table.name + TWIN not in metadata.tables:
                connection.execute(delete(table).where(column == person))
        _forget_name(connection, entry.name)
    return entry.name


def _forget_name(connection: Connection, name: str) -> None:
    """Take the name out of what others were told. Sentences are built from the directory, so
    nowhere else is it written but in what is published. One word alone could be part of others."""
    if " " not in name:
        return
    for table in metadata.tables.values():
        told = [one for one in table.c if one.name in _TOLD and isinstance(one.type, Text)]
        if told and table.name + TWIN not in metadata.tables and not table.name.endswith(TWIN):
            new = {one.name: func.replace(one, name, directory.FORMER) for one in told}
            connection.execute(
                update(table).where(or_(*(c.contains(name) for c in told))).values(new)
            )


def _must_have_left(connection: Connection, person: str, name: str) -> None:
    """What the log says of them would otherwise go on letting a person act whom nobody knows."""
    seats, boards = inbox.seats.c, inbox.boards.c
    query = (
        select(boards.title)
        .join(inbox.seats, seats.board == boards.board)
        .where(or_(seats.person == person, seats.deputy == person))
        .distinct()
    )
    sits = list(connection.execute(query).scalars())
    if sits:
        raise Refused(
            f"{name} sits on {listed(f'“{title}”' for title in sits)}: vacate the seat first."
        )
    held = [
        connection.execute(select(table.c.role).where(table.c.person == person)).scalars().all()
        for table in (inbox.roles, inbox.programme_roles)
    ]
    if any(held):
        roles = listed(dict.fromkeys(role for some in held for role in some))
        raise Refused(f"{name} still acts as {roles}: take that away first.")
    owned = select(tables.register.c.title).where(
        tables.register.c.owner == person, tables.register.c.stage.in_(_GOES_ON)
    )
    titles = list(connection.execute(owned.limit(3)).scalars())
    if titles:
        named = listed(f"“{title}”" for title in titles)
        raise Refused(f"{name} owns {named}: name another owner first.")


_GOES_ON = ("identified", "validated", "in delivery")


#: The columns of what is held as one table.
HEADINGS = ("what", "row", "field", "value")


def lines(found: Mapping[str, Rows]) -> Iterator[tuple[str, int, str, str]]:
    """What is held as one long table: a line for each value that is not empty."""
    for what, rows in found.items():
        for number, row in enumerate(rows, 1):
            for field, value in row.items():
                if value not in (None, ""):
                    yield what, number, field, str(value)
