"""The days that concern a person: milestones, conditions, reports, meetings, cases that close."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from benefits.periods import Month
from benefits.register import tables
from benefits.wording.writing import month as month_words
from entrypoints.here import Viewer
from reports.calendar import due_day
from workflows import meeting_rows
from workflows.commands import Role
from workflows.telling import named

#: A calendar begins so many days ago, and holds at most so many days of each kind.
DAYS_BACK, MOST = 92, 500
#: Reports are due for this many months on.
MONTHS_ON = 12
#: Who has to do with every programme, or with those for which the role is held.
EVERYWHERE = (Role.PMO, Role.FINANCE, Role.SCRUTINY)


@dataclass(frozen=True, slots=True)
class Day:
    """One entry. ``uid`` stays the same when the day moves, so that calendars move it too."""

    uid: str
    on: date
    title: str
    path: str


def days(connection: Connection, who: Viewer, today: date) -> list[Day]:
    """What stands in the person's calendar, by day. It names benefits and nobody."""
    programmes = _programmes(connection, who)
    found = [
        *_milestones(connection, who, programmes, today),
        *_conditions(connection, who, programmes, today),
        *_cases(connection, who, today),
        *_meetings(connection, who, today),
        *_reports(connection, programmes, today),
    ]
    return sorted(found, key=lambda day: (day.on, day.uid))


def _programmes(connection: Connection, who: Viewer) -> list[str]:
    """Programmes with which the person has to do: by role, board, sponsorship or list."""
    held, sent = tables.programmes.c, tables.recipients.c
    query = select(held.programme)
    if not who.council_roles.intersection(EVERYWHERE):
        given = [key for key, has in who.programme_roles.items() if has.intersection(EVERYWHERE)]
        listed = select(sent.programme).where(sent.person == who.person)
        query = query.where(
            or_(
                held.sponsor == who.person,
                held.board.in_(list(who.boards)),
                held.programme.in_(listed),
                held.programme.in_(given),
            )
        )
    return list(connection.execute(query.order_by(held.programme)).scalars())


def _mine(
    owner: ColumnElement[str | None], who: Viewer, within: Sequence[str]
) -> ColumnElement[bool]:
    """The person's own, or of a programme of theirs."""
    held = tables.register.c
    return or_(owner == who.person, held.owner == who.person, held.programme.in_(within))


def _named(row: Any) -> str:
    return named(row.position, row.title, exempt=row.exempt)


_BENEFIT = (
    tables.register.c.benefit,
    tables.register.c.position,
    tables.register.c.title,
    tables.register.c.exempt,
)


def _milestones(
    connection: Connection, who: Viewer, within: Sequence[str], today: date
) -> Iterator[Day]:
    held = tables.milestones.c
    query = (
        select(held.milestone, held.expected, held.title.label("step"), *_BENEFIT)
        .join(tables.register, tables.register.c.benefit == held.benefit)
        .where(
            held.reached.is_(None),
            ~held.waived,
            tables.register.c.stage != "withdrawn",
            held.expected >= _since(today),
            _mine(held.owner, who, within),
        )
        .order_by(held.expected, held.milestone)
        .limit(MOST)
    )
    for row in connection.execute(query):
        step = "Milestone" if row.exempt else f"Milestone: {row.step}"
        yield Day(
            f"milestone-{row.milestone}",
            date.fromisoformat(row.expected),
            f"{step} ({_named(row)})",
            f"/benefits/{row.benefit}/delivery",
        )


def _conditions(
    connection: Connection, who: Viewer, within: Sequence[str], today: date
) -> Iterator[Day]:
    held = tables.conditions.c
    query = (
        select(held.condition_id, held.due, *_BENEFIT)
        .join(tables.register, tables.register.c.benefit == held.benefit)
        .where(~held.met, held.due >= _since(today), _mine(held.owner, who, within))
        .order_by(held.due, held.condition_id)
        .limit(MOST)
    )
    for row in connection.execute(query):
        yield Day(
            f"condition-{row.condition_id}",
            date.fromisoformat(row.due),
            f"A condition is due ({_named(row)})",
            f"/benefits/{row.benefit}",
        )


def _cases(connection: Connection, who: Viewer, today: date) -> Iterator[Day]:
    held = tables.cases.c
    query = (
        select(held.case_id, held.gate, held.closes, *_BENEFIT)
        .join(tables.register, tables.register.c.benefit == held.benefit)
        .where(held.outcome == "", held.board.in_(list(who.boards)), held.closes >= _since(today))
        .order_by(held.closes, held.case_id)
        .limit(MOST)
    )
    for row in connection.execute(query):
        yield Day(
            f"case-{row.case_id}",
            date.fromisoformat(row.closes),
            f"Last day to vote: {row.gate} gate ({_named(row)})",
            f"/cases/{row.case_id}",
        )


def _meetings(connection: Connection, who: Viewer, today: date) -> Iterator[Day]:
    """Those of the person's boards; for whoever looks after the agendas, of every board."""
    every = Role.PMO in who.council_roles
    for row in meeting_rows.to_come(connection, today, None if every else list(who.boards))[:MOST]:
        words = ", ".join(part for part in (row.title, row.starts, row.place) if part)
        yield Day(
            f"meeting-{row.meeting}",
            date.fromisoformat(row.day),
            f"Board meeting: {words}",
            f"/meetings/{row.meeting}",
        )


def _reports(connection: Connection, within: Sequence[str], today: date) -> Iterator[Day]:
    held = tables.programmes.c
    query = select(held.programme, held.title, held.working_day).where(held.programme.in_(within))
    first = Month.of(today).plus(-2)
    for row in connection.execute(query.order_by(held.programme).limit(MOST // MONTHS_ON)):
        for number in range(MONTHS_ON):
            month = first.plus(number)
            yield Day(
                f"report-{row.programme}-{month}",
                due_day(month, row.working_day),
                f"Report due: {row.title}, {month_words(month)}",
                f"/reports/{row.programme}/{month}",
            )


def _since(today: date) -> str:
    return (today - timedelta(days=DAYS_BACK)).isoformat()
