"""What stands between a programme and a closed month, found for all programmes at once.

Every question is one SELECT, however many benefits and programmes there are. ``months`` says
which month each programme is to close, by its id.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select

from benefits.lifecycle import Stage
from benefits.lines import Source
from benefits.periods import Month
from benefits.register.tables import (
    claims,
    milestones,
    programmes,
    register,
    standings,
    tranches,
)
from benefits.vocabulary import Kind
from eventlog.kinds import STILL

Months: TypeAlias = Mapping[str, Month]


class Check(StrEnum):
    """One line of the checklist. The value is its name in an address."""

    CLAIMS = "claims"
    MILESTONES = "milestones"
    FORECASTS = "forecasts"
    EVIDENCE = "evidence"
    READY = "ready"


def counts(connection: Connection, months: Months, today: date) -> dict[Check, dict[str, int]]:
    """How many things each check finds, by programme; nothing for a programme with none."""
    found: dict[Check, dict[str, int]] = {}
    for check, query in _QUERIES.items():
        each = query(months, today).subquery()
        grouped = select(each.c.programme, func.count()).group_by(each.c.programme)
        found[check] = {row[0]: row[1] for row in connection.execute(grouped)}
    return found


def found(
    connection: Connection, check: Check, programme: str, month: Month, today: date, most: int
) -> Sequence[Row[Any]]:
    """The things that one check finds in a programme, the most pressing first."""
    query = _QUERIES[check]({programme: month}, today).where(register.c.programme == programme)
    return connection.execute(query.order_by(*_ORDERS[check]).limit(most)).all()


def ready_anywhere(
    connection: Connection, most: int, within: frozenset[str] | None = None
) -> Sequence[Row[Any]]:
    """Benefits of these programmes (``None`` for all) of which the next gate can be asked, the
    last touched first."""
    query = _ready_cases({}, date.min).order_by(*_ORDERS[Check.READY])
    if within is not None:
        query = query.where(register.c.programme.in_(sorted(within)))
    return connection.execute(query.limit(most)).all()


def _named(*further: Any) -> Select[Any]:
    held = register.c
    return select(held.programme, held.benefit, held.title, held.position.label("number"), *further)


def _month(months: Months, column: Any, write: Callable[[Month], str] = str) -> Any:
    """The month of the row's programme; nothing for a programme that is not asked about."""
    written = {programme: write(month) for programme, month in months.items()}
    return case(written, value=column, else_="") if written else ""


def _claims_missing(months: Months, _: date) -> Select[Any]:
    """Money expected to have begun by the end of the month, past what has been claimed of it."""
    line, kept = tranches.c, standings.c
    expected = or_(
        and_(kept.forecasted, line.source == Source.FORECAST.value),
        and_(~kept.forecasted, line.source == Source.PLAN.value),
    )
    taken = line.source.in_([Source.CLAIMED.value, Source.VERIFIED.value])
    due = func.sum(case((expected, line.amount), else_=0))
    has = func.sum(case((taken, line.amount), else_=0))
    return (
        _named(line.nature, due.label("due"), has.label("claimed"))
        .join(kept.benefit.table, and_(kept.benefit == register.c.benefit, kept.until == STILL))
        .join(tranches, and_(line.benefit == register.c.benefit, line.until == STILL))
        .where(
            register.c.stage == Stage.IN_DELIVERY.value,
            register.c.kind != Kind.NON_CASH.value,
            line.month <= _month(months, register.c.programme),
        )
        .group_by(
            register.c.programme,
            register.c.benefit,
            register.c.title,
            register.c.position,
            line.nature,
        )
        .having(due > has)
    )


def _milestones_overdue(_: Months, today: date) -> Select[Any]:
    step = milestones.c
    return (
        _named(step.milestone, step.title.label("step"), step.expected, step.owner, step.drives)
        .join(milestones, step.benefit == register.c.benefit)
        .where(
            step.reached.is_(None),
            ~step.waived,
            step.expected < today.isoformat(),
            register.c.stage != Stage.WITHDRAWN.value,
        )
    )


def _forecasts_not_reviewed(months: Months, _: date) -> Select[Any]:
    """In delivery, with a forecast that nobody has looked at since the month began."""
    begins = _month(months, register.c.programme, lambda month: month.first_day.isoformat())
    return _named(register.c.owner, register.c.forecast_on).where(
        register.c.stage == Stage.IN_DELIVERY.value,
        register.c.kind != Kind.NON_CASH.value,
        register.c.forecast_on < begins,
    )


def _evidence_missing(months: Months, _: date) -> Select[Any]:
    """Claims that wait for finance with nothing attached for them."""
    said = claims.c
    return (
        _named(said.claim, said.amount, said.nature, said.month)
        .join(claims, said.benefit == register.c.benefit)
        .where(
            said.standing == "waiting",
            ~said.evidenced,
            said.month <= _month(months, register.c.programme),
        )
    )


def ready(tolerance: Any) -> ColumnElement[bool]:
    """Whether every test of the next gate is met at this tolerance (per cent)."""
    held = register.c
    return and_(held.next_gate != "", held.unmet == 0, held.needs_tolerance <= tolerance)


def _ready_cases(_: Months, __: date) -> Select[Any]:
    return (
        _named(register.c.next_gate, register.c.last_position)
        .join(programmes, programmes.c.programme == register.c.programme)
        .where(ready(programmes.c.tolerance))
    )


_QUERIES: Mapping[Check, Callable[[Months, date], Select[Any]]] = {
    Check.CLAIMS: _claims_missing,
    Check.MILESTONES: _milestones_overdue,
    Check.FORECASTS: _forecasts_not_reviewed,
    Check.EVIDENCE: _evidence_missing,
    Check.READY: _ready_cases,
}
_ORDERS: Mapping[Check, tuple[Any, ...]] = {
    Check.CLAIMS: (register.c.position, tranches.c.nature),
    Check.MILESTONES: (milestones.c.expected, milestones.c.milestone),
    Check.FORECASTS: (register.c.forecast_on, register.c.position),
    Check.EVIDENCE: (claims.c.position,),
    Check.READY: (register.c.last_position.desc(),),
}
