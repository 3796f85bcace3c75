"""What the register holds of programmes: their benefits, money, milestones, cases and lists."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from benefits.lifecycle import Stage
from benefits.lines import Source
from benefits.register.tables import (
    cases,
    claims,
    conditions,
    milestones,
    months,
    mtfs_admitted,
    mtfs_lines,
    overlaps,
    programmes,
    register,
    standings,
    tranches,
)
from eventlog.kinds import STILL

Rows = Sequence[Row[Any]]


def every(connection: Connection) -> Rows:
    """All programmes, by title."""
    return connection.execute(select(programmes).order_by(programmes.c.title)).all()


def stages(connection: Connection) -> Rows:
    """How many benefits each programme and workstream has at each stage."""
    apart = (register.c.programme, register.c.workstream, register.c.stage)
    return connection.execute(select(*apart, func.count().label("benefits")).group_by(*apart)).all()


def tranches_of(connection: Connection, programme: str) -> Rows:
    """Every tranche that counts now, of the programme's benefits that a board has approved."""
    query = (
        select(tranches, standings.c.kind, standings.c.fund, standings.c.forecasted)
        .join(standings, standings.c.benefit == tranches.c.benefit)
        .where(
            standings.c.programme == programme,
            standings.c.until == STILL,
            tranches.c.until == STILL,
            tranches.c.source.in_(
                [
                    source.value
                    for source in Source
                    if source not in (Source.PROPOSED, Source.INVESTMENT)
                ]
            ),
        )
        .order_by(tranches.c.benefit, tranches.c.source, tranches.c.item, tranches.c.number)
    )
    return connection.execute(query).all()


def _overdue(today: date) -> ColumnElement[bool]:
    return and_(
        milestones.c.reached.is_(None),
        ~milestones.c.waived,
        milestones.c.expected < today.isoformat(),
        register.c.stage != Stage.WITHDRAWN.value,
    )


def overdue(
    connection: Connection,
    today: date,
    programme: str = "",
    person: str = "",
    most: int = 50,
    within: frozenset[str] | None = None,
) -> Rows:
    """Milestones that should have been reached by now, of one programme or answered for by one;
    ``within`` keeps to some programmes."""
    query = (
        select(
            milestones,
            register.c.title.label("benefit_title"),
            register.c.owner.label("benefit_owner"),
            register.c.exempt,
            register.c.position,
        )
        .join(register, register.c.benefit == milestones.c.benefit)
        .where(_overdue(today))
        .order_by(milestones.c.expected)
        .limit(most)
    )
    if programme:
        query = query.where(milestones.c.programme == programme)
    if within is not None:
        query = query.where(milestones.c.programme.in_(sorted(within)))
    if person:
        query = query.where(or_(milestones.c.owner == person, register.c.owner == person))
    return connection.execute(query).all()


def open_cases(connection: Connection, programme: str = "", most: int = 50) -> Rows:
    """Cases before a board, those that close first at the top."""
    query = (
        select(cases, register.c.title, register.c.position.label("number"))
        .join(register, register.c.benefit == cases.c.benefit)
        .where(cases.c.outcome == "")
        .order_by(cases.c.closes)
        .limit(most)
    )
    if programme:
        query = query.where(cases.c.programme == programme)
    return connection.execute(query).all()


def counts(connection: Connection, today: date) -> dict[str, Mapping[str, int]]:
    """By name and programme: claims waiting, milestones overdue, cases open, cases lapsed."""
    late = select(milestones.c.programme, func.count()).join(
        register, register.c.benefit == milestones.c.benefit
    )
    questions = {
        "claims": select(claims.c.programme, func.count()).where(claims.c.standing == "waiting"),
        "overdue": late.where(_overdue(today)),
        "open": select(cases.c.programme, func.count()).where(cases.c.outcome == ""),
        "lapsed": _lapsed(),
        "conditions": select(conditions.c.programme, func.count()).where(~conditions.c.met),
    }
    return {
        name: {
            row[0]: row[1]
            for row in connection.execute(query.group_by(query.selected_columns[0])).all()
        }
        for name, query in questions.items()
    }


def _lapsed() -> Any:
    """Benefits whose last case lapsed, so that it has to be put again."""
    last = select(func.max(cases.c.position)).group_by(cases.c.benefit)
    return select(cases.c.programme, func.count()).where(
        cases.c.position.in_(last), cases.c.outcome == "lapsed"
    )


def months_of(connection: Connection) -> dict[str, dict[str, tuple[bool, bool]]]:
    """By programme and month: whether the PMO closed it and whether finance reviewed it."""
    found: dict[str, dict[str, tuple[bool, bool]]] = {}
    for row in connection.execute(select(months).order_by(months.c.month)):
        closed, reviewed = row.closed is not None, row.reviewed is not None
        found.setdefault(row.programme, {})[row.month] = (closed, reviewed)
    return found


def overlaps_of(connection: Connection, programme: str) -> Rows:
    """Overlaps in which a benefit of the programme has a side, the latest first."""
    ours = select(register.c.benefit).where(register.c.programme == programme)
    query = select(overlaps).where(or_(overlaps.c.gives_up.in_(ours), overlaps.c.keeps.in_(ours)))
    return connection.execute(query.order_by(overlaps.c.position.desc())).all()


def lines(connection: Connection) -> Rows:
    """Every line of the medium-term plan, by reference."""
    return connection.execute(select(mtfs_lines).order_by(mtfs_lines.c.reference)).all()


def admitted(connection: Connection, programme: str) -> Rows:
    """What finance let into the MTFS from the programme's benefits."""
    query = (
        select(mtfs_admitted, register.c.title)
        .join(register, register.c.benefit == mtfs_admitted.c.benefit)
        .where(register.c.programme == programme)
        .order_by(mtfs_admitted.c.line, mtfs_admitted.c.year)
    )
    return connection.execute(query).all()


def benefits_of(connection: Connection, programme: str) -> list[tuple[str, str]]:
    """The programme's benefits by title, as id and title."""
    query = select(register.c.benefit, register.c.title, register.c.position)
    rows = connection.execute(
        query.where(register.c.programme == programme).order_by(register.c.title)
    )
    return [(row.benefit, f"B{row.position} {row.title}") for row in rows]


def owned_by(connection: Connection, person: str, most: int = 50) -> Rows:
    """The benefits that a person answers for, those with the next milestone first."""
    query = select(register).where(
        register.c.owner == person, register.c.stage != Stage.WITHDRAWN.value
    )
    return connection.execute(query.order_by(register.c.next_milestone_day).limit(most)).all()


def due_conditions(connection: Connection, person: str = "", most: int = 50) -> Rows:
    """Conditions that are not met yet, the first due at the top."""
    query = (
        select(conditions, register.c.title, register.c.position, register.c.exempt)
        .join(register, register.c.benefit == conditions.c.benefit)
        .where(~conditions.c.met)
    )
    if person:
        query = query.where(or_(conditions.c.owner == person, register.c.owner == person))
    return connection.execute(query.order_by(conditions.c.due).limit(most)).all()
