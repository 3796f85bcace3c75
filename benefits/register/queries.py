"""Looking things up in the register: filtered, sorted, a page at a time, with its totals.

Every question is one SELECT, however many benefits there are. Amounts are in pence.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select

from benefits.lifecycle import Stage
from benefits.lines import Source
from benefits.register.tables import claims, mtfs_lines, programmes, register, tranches
from eventlog.kinds import STILL

PAGE = 25


class Needs(StrEnum):
    """What a benefit may be waiting for. The value is what people choose."""

    BOARD = "a decision of the board"
    FINANCE = "finance to decide a claim"
    MILESTONE = "a milestone that is overdue"
    CONDITION = "a condition to be met"
    PROFILE = "a profile by year"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which benefits are looked for. What is empty does not narrow; ``year`` is 2024/25."""

    programme: str = ""
    words: str = ""
    stages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()
    workstream: str = ""
    owner: str = ""
    year: str = ""
    needs: str = ""


_LIFE = case({stage.value: number for number, stage in enumerate(Stage)}, value=register.c.stage)
_SOON = case((register.c.next_milestone_day == "", "9999"), else_=register.c.next_milestone_day)
_ALIVE = register.c.stage != Stage.WITHDRAWN.value
#: What the register can be sorted by, by the name in the address.
SORTS: Mapping[str, Any] = {
    "reference": register.c.position,
    "title": func.lower(register.c.title),
    "programme": func.lower(programmes.c.title),
    "stage": _LIFE,
    "planned": case((_ALIVE, register.c.planned_run_rate), else_=0),
    "verified": register.c.verified_run_rate,
    "expected": register.c.forecast_run_rate,
    "one-off": case((_ALIVE, register.c.planned_one_off), else_=0),
    "milestone": _SOON,
}


def _where(asked: Filter, today: date) -> ColumnElement[bool]:
    held = register.c
    conditions: list[ColumnElement[bool]] = [
        held.words.contains(word, autoescape=True) for word in asked.words.casefold().split()
    ]
    for column, wanted in (
        (held.programme, asked.programme),
        (held.workstream, asked.workstream),
        (held.owner, asked.owner),
    ):
        if wanted:
            conditions.append(column == wanted)
    for column, several in (
        (held.stage, asked.stages),
        (held.kind, asked.kinds),
        (held.fund, asked.funds),
    ):
        if several:
            conditions.append(column.in_(several))
    if asked.year:
        conditions.append(held.benefit.in_(_planned_for(asked.year)))
    if asked.needs:
        conditions.append(_waiting(Needs(asked.needs), today))
    return and_(True, *conditions)  # noqa: FBT003 - the condition that always holds


def _planned_for(year: str) -> Select[Any]:
    """The benefits with a plan, or a proposed profile, for the year."""
    return select(tranches.c.benefit).where(
        tranches.c.until == STILL,
        tranches.c.plan_year == year,
        tranches.c.source.in_([Source.PLAN.value, Source.PROPOSED.value]),
    )


def _waiting(needs: Needs, today: date) -> ColumnElement[bool]:
    held = register.c
    match needs:
        case Needs.BOARD:
            return held.open_gate != ""
        case Needs.FINANCE:
            waits = select(claims.c.benefit).where(claims.c.standing == "waiting")
            return held.benefit.in_(waits)
        case Needs.MILESTONE:
            day = held.next_milestone_day
            return and_(_ALIVE, day != "", day < today.isoformat())
        case Needs.CONDITION:
            return held.open_conditions > 0
        case Needs.PROFILE:
            return and_(_ALIVE, ~held.has_profile)


def found(
    connection: Connection,
    asked: Filter,
    today: date,
    sort: str = "reference",
    page: int | None = 1,
) -> Sequence[Row[Any]]:
    """The benefits of one page, or all of them for ``None``, each with its programme's title.

    ``sort`` is a name in ``SORTS``, with a minus before it to begin with the last.
    """
    column = SORTS[sort.removeprefix("-")]
    order = column.desc() if sort.startswith("-") else column.asc()
    query = (
        _joined(select(register, programmes.c.title.label("programme_title")))
        .where(_where(asked, today))
        .order_by(order, register.c.position)
    )
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return connection.execute(query).all()


def found_after(
    connection: Connection, asked: Filter, today: date, after: int, most: int
) -> Sequence[Row[Any]]:
    """At most so many benefits whose reference comes after this position, in that order.

    A page so found never skips a benefit or shows it twice, whatever is recorded meanwhile.
    """
    query = select(register).where(_where(asked, today), register.c.position > after)
    return connection.execute(query.order_by(register.c.position).limit(most)).all()


def _joined(query: Select[Any]) -> Select[Any]:
    return query.select_from(
        register.outerjoin(programmes, programmes.c.programme == register.c.programme)
    )


def totals(connection: Connection, asked: Filter, today: date) -> Sequence[Row[Any]]:
    """Sums of everything found, apart by fund, kind and whether a board approved the plan."""
    held = register.c
    names = [column.name for column in held if column.name.endswith(("run_rate", "one_off"))]
    apart = (held.fund, held.kind, held.approved, held.stage)
    query = _joined(
        select(
            *apart,
            func.count().label("benefits"),
            *(func.sum(held[name]).label(name) for name in names),
        )
    )
    return connection.execute(query.where(_where(asked, today)).group_by(*apart)).all()


@dataclass(frozen=True, slots=True)
class Choices:
    """What a filter can be set to, as things are on the register."""

    programmes: tuple[tuple[str, str], ...]
    workstreams: tuple[str, ...]
    owners: tuple[str, ...]
    years: tuple[str, ...]


def choices(connection: Connection) -> Choices:
    """Everything that some benefit is filed under."""
    held = register.c
    titles = select(programmes.c.programme, programmes.c.title).order_by(programmes.c.title)
    streams = select(held.workstream).distinct().order_by(held.workstream)
    owners = select(held.owner).where(held.owner.is_not(None)).distinct()
    years = (
        select(tranches.c.plan_year)
        .where(
            tranches.c.until == STILL,
            or_(tranches.c.source == Source.PLAN.value, tranches.c.source == Source.PROPOSED.value),
        )
        .distinct()
        .order_by(tranches.c.plan_year)
    )
    return Choices(
        tuple((row.programme, row.title) for row in connection.execute(titles)),
        tuple(name for name in connection.execute(streams).scalars() if name),
        tuple(owner for owner in connection.execute(owners).scalars() if owner),
        tuple(connection.execute(years).scalars()),
    )


def titles(connection: Connection) -> dict[str, str]:
    """What every benefit, programme and MTFS line is called, by id."""
    found = dict[str, str]()
    for key, title in (
        (register.c.benefit, register.c.title),
        (programmes.c.programme, programmes.c.title),
        (mtfs_lines.c.line, mtfs_lines.c.title),
    ):
        found.update({row[0]: row[1] for row in connection.execute(select(key, title))})
    return found
