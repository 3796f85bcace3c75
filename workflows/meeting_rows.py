"""The read table of meetings: which board meets when, for lists and for calendars."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, Row, Table, Text, select

from eventlog.database import metadata
from eventlog.kinds import Rows
from eventlog.tables import twin
from workflows.inbox import boards
from workflows.meetings import Meeting

meetings = Table(
    "meetings",
    metadata,
    Column("meeting", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("board", Text, nullable=False, index=True),
    Column("day", Text, nullable=False, index=True),
    Column("starts", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("cancelled", Boolean, nullable=False),
)

READ_TABLES = (meetings,)
TWINS = tuple(twin(table) for table in READ_TABLES)


def meeting_rows(m: Meeting) -> Rows:
    """One row a meeting."""
    if not m.exists:
        return {}
    row = {
        "meeting": m.meeting,
        "version": m.version,
        "board": m.board,
        "day": m.day.isoformat(),
        "starts": m.starts,
        "place": m.place,
        "cases": len(m.agenda),
        "held": m.recorded,
        "cancelled": bool(m.cancelled),
    }
    return {meetings: {(m.meeting,): row}}


def to_come(
    connection: Connection, today: date, of: Sequence[str] | None = None
) -> Sequence[Row[Any]]:
    """Meetings from today on that are not cancelled, the first at the top.

    ``of`` are the boards that are asked about; None for every board. Each row has the board's
    title (``title``); ``day`` is written 2024-06-30 and ``starts`` 14:00, in London.
    """
    query = (
        select(meetings, boards.c.title)
        .join(boards, boards.c.board == meetings.c.board)
        .where(meetings.c.day >= today.isoformat(), ~meetings.c.cancelled)
    )
    return _found(connection, query, of, meetings.c.day, meetings.c.starts)


def held_lately(
    connection: Connection, today: date, of: Sequence[str] | None = None, most: int = 10
) -> Sequence[Row[Any]]:
    """Meetings before today that were not cancelled, the latest at the top."""
    query = (
        select(meetings, boards.c.title)
        .join(boards, boards.c.board == meetings.c.board)
        .where(meetings.c.day < today.isoformat(), ~meetings.c.cancelled)
        .limit(most)
    )
    return _found(connection, query, of, meetings.c.day.desc(), meetings.c.starts.desc())


def _found(
    connection: Connection, query: Any, of: Sequence[str] | None, *order: Any
) -> Sequence[Row[Any]]:
    if of is not None:
        query = query.where(meetings.c.board.in_(of))
    found: Sequence[Row[Any]] = connection.execute(query.order_by(*order)).all()
    return found
