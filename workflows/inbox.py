"""Read tables of who sits where and who may act: what waits for whom is found through them."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from eventlog.database import metadata
from eventlog.kinds import Rows
from eventlog.tables import twin
from workflows.boards import Board
from workflows.people import Person

boards = Table(
    "boards",
    metadata,
    Column("board", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("quorum", Integer, nullable=False),
    Column("approvals", Integer, nullable=False),
    Column("tie", Text, nullable=False),
    Column("days", Integer, nullable=False),
)

seats = Table(
    "seats",
    metadata,
    Column("board", Text, primary_key=True),
    Column("seat", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("deputy", Text, nullable=True, index=True),
)

roles = Table(
    "roles",
    metadata,
    Column("person", Text, primary_key=True),
    Column("role", Text, primary_key=True),
)

programme_roles = Table(
    "programme_roles",
    metadata,
    Column("person", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("programme", Text, primary_key=True),
)

READ_TABLES = (boards, seats, roles, programme_roles)
TWINS = tuple(twin(table) for table in READ_TABLES)


def board_rows(b: Board) -> Rows:
    """The board and its seats."""
    if not b.exists:
        return {}
    row = {
        "board": b.board,
        "version": b.version,
        "title": b.title,
        "quorum": b.quorum,
        "approvals": b.approvals,
        "tie": b.tie.value,
        "days": b.days,
    }
    seated = {
        (b.board, seat.seat): {
            "board": b.board,
            "seat": seat.seat,
            "kind": seat.kind.value,
            "person": seat.person,
            "deputy": seat.deputy,
        }
        for seat in b.seats.values()
    }
    return {boards: {(b.board,): row}, seats: seated}


def person_rows(p: Person) -> Rows:
    """One row a role that the person holds, for the council or for one programme."""
    return {
        roles: {
            (p.person, role.value): {"person": p.person, "role": role.value} for role in p.roles
        },
        programme_roles: {
            (p.person, role.value, programme): {
                "person": p.person,
                "role": role.value,
                "programme": programme,
            }
            for role, programme in p.programme_roles
        },
    }
