"""Read table of questions and recommendations, and what a page or a report asks of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Connection, Table, Text, select

from eventlog.database import metadata
from eventlog.kinds import Rows
from eventlog.tables import twin
from workflows.scrutiny.question import OPEN, Question

questions = Table(
    "questions",
    metadata,
    Column("question", Text, primary_key=True),
    Column("position", BigInteger, nullable=False, unique=True),
    Column("version", BigInteger, nullable=False),
    Column("programme", Text, nullable=False, index=True),
    Column("benefit", Text, nullable=False, index=True),
    Column("sort", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("month", Text, nullable=False),
    Column("figure", Text, nullable=False),
    Column("owner", Text, nullable=True, index=True),
    Column("due", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("response", Text, nullable=False),
    Column("answer", Text, nullable=False),
)
READ_TABLES = (questions,)
TWINS = tuple(twin(table) for table in READ_TABLES)
_OPEN = sorted(OPEN)


def question_rows(q: Question) -> Rows:
    """One row for a question."""
    if q.asked is None:
        return {}
    row = {
        "question": q.question,
        "position": q.position,
        "version": q.version,
        "programme": q.programme,
        "benefit": q.benefit or "",
        "sort": q.sort.value,
        "text": q.asked.text,
        "month": str(q.month) if q.month else "",
        "figure": q.figure,
        "owner": q.owner,
        "due": q.due.isoformat() if q.due else "",
        "state": q.state.value,
        "response": q.response.value if q.response else "",
        "answer": q.answers[-1].text if q.answers else "",
    }
    return {questions: {(q.question,): row}}


def _found(connection: Connection, *conditions: ColumnElement[bool], most: int = 200) -> list[Any]:
    """Those that wait for an answer first, by the day on which it is wanted."""
    held = questions.c
    query = (
        select(questions)
        .where(*conditions)
        .order_by(held.state.in_(_OPEN).desc(), held.due == "", held.due, held.position.desc())
        .limit(most)
    )
    return list(connection.execute(query))


def every(connection: Connection, most: int = 500) -> Sequence[Any]:
    """All of them."""
    return _found(connection, most=most)


def outstanding(
    connection: Connection, most: int = 200, within: frozenset[str] | None = None
) -> Sequence[Any]:
    """Those that wait for an answer, about any of these programmes (``None`` for all)."""
    asked = [questions.c.state.in_(_OPEN)]
    if within is not None:
        asked.append(questions.c.programme.in_(sorted(within)))
    return _found(connection, *asked, most=most)


def answered(connection: Connection, most: int = 200) -> Sequence[Any]:
    """Those that are answered and wait for scrutiny to follow up or close."""
    return _found(connection, questions.c.state == "answered", most=most)


def waiting_for(connection: Connection, person: str, most: int = 200) -> Sequence[Any]:
    """Those that this person is to answer."""
    held = questions.c
    return _found(connection, held.state.in_(_OPEN), held.owner == person, most=most)


def of_benefit(connection: Connection, benefit: str) -> Sequence[Any]:
    """Those about one benefit."""
    return _found(connection, questions.c.benefit == benefit)


def of_programme_upto(connection: Connection, programme: str, position: int) -> Sequence[str]:
    """The ids of those about a programme that had been asked by a position, in their order."""
    held = questions.c
    query = (
        select(held.question)
        .where(held.programme == programme, held.position <= position)
        .order_by(held.position)
    )
    return list(connection.execute(query).scalars())


def overdue(row: Any, today: date) -> bool:
    """Whether an answer to this row should have come by now."""
    return row.state in OPEN and bool(row.due) and date.fromisoformat(row.due) < today
