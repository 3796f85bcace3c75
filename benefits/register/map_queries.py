"""What the register holds of benefits maps: of one programme, and of a council-plan priority.

However many benefits there are, each question is one SELECT.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from benefits.register.map_rows import Sort
from benefits.register.map_tables import benefit_links, map_items, map_links
from benefits.register.tables import milestones, programmes, register

Rows = Sequence[Row[Any]]
_CHAIN = map_links.alias("chain")  # from an objective to the priorities that it serves


def items(connection: Connection, programme: str) -> Rows:
    """What stands on a programme's map beside benefits, in the order in which it was put there."""
    held = map_items.c
    query = select(map_items).where(held.programme == programme)
    return connection.execute(query.order_by(held.number)).all()


def links(connection: Connection, programme: str) -> Rows:
    """Which objective serves which priority, and which outcome which objective."""
    return connection.execute(select(map_links).where(map_links.c.programme == programme)).all()


def placed(connection: Connection, programme: str) -> Rows:
    """The benefits of a programme with what each serves and needs (``item``), a row for each."""
    query = _with_benefits().where(benefit_links.c.programme == programme)
    return connection.execute(query).all()


def _with_benefits() -> Select[Any]:
    return (
        select(benefit_links.c.item, register)
        .join(register, register.c.benefit == benefit_links.c.benefit)
        .order_by(register.c.position, benefit_links.c.item)
    )


def placed_ids(programme: str) -> Select[tuple[str]]:
    """The ids of the benefits that serve an outcome on the programme's map, as a query."""
    return (
        select(benefit_links.c.benefit)
        .join(map_items, _same_item())
        .where(map_items.c.programme == programme, map_items.c.sort == Sort.OUTCOME.value)
    )


def unplaced(connection: Connection, programme: str, most: int) -> tuple[int, Rows]:
    """How many living benefits of the programme serve no outcome, and the first so many."""
    missing = and_(
        register.c.programme == programme,
        register.c.stage != "withdrawn",
        register.c.benefit.not_in(placed_ids(programme)),
    )
    number = connection.execute(select(func.count()).select_from(register).where(missing))
    query = select(register).where(missing).order_by(register.c.position).limit(most)
    return int(number.scalar_one()), connection.execute(query).all()


def marked(connection: Connection, programme: str) -> Rows:
    """The milestones that stand for the changes on a programme's map."""
    named = select(map_items.c.milestone).where(map_items.c.programme == programme)
    query = select(milestones).where(milestones.c.milestone.in_(named))
    return connection.execute(query).all()


def milestones_of(connection: Connection, programme: str, most: int) -> list[tuple[str, str]]:
    """Milestones of a programme that can stand for a change: id and words, the soonest first."""
    query = (
        select(milestones.c.milestone, milestones.c.title, register.c.position)
        .join(register, register.c.benefit == milestones.c.benefit)
        .where(milestones.c.programme == programme, ~milestones.c.waived)
        .order_by(milestones.c.expected, milestones.c.milestone)
        .limit(most)
    )
    return [(row.milestone, f"{row.title} (B{row.position})") for row in connection.execute(query)]


def objectives_for(connection: Connection, priority: str) -> Rows:
    """The objectives of any programme that serve a priority, with their ``programme_title``."""
    query = (
        select(map_items, programmes.c.title.label("programme_title"))
        .join(map_links, _of(map_links, map_items))
        .join(programmes, programmes.c.programme == map_items.c.programme)
        .where(map_links.c.serves == priority, map_items.c.sort == Sort.OBJECTIVE.value)
        .order_by(programmes.c.title, map_items.c.number)
    )
    return connection.execute(query).all()


def outcomes_for(connection: Connection, priority: str) -> Rows:
    """The outcomes of those objectives, a row for each objective (``serves``)."""
    query = (
        select(map_items, map_links.c.serves)
        .join(map_links, _of(map_links, map_items))
        .join(_CHAIN, _served())
        .where(_CHAIN.c.serves == priority, map_items.c.sort == Sort.OUTCOME.value)
        .order_by(map_items.c.programme, map_items.c.number)
    )
    return connection.execute(query).all()


def benefits_for(connection: Connection, priority: str) -> Rows:
    """The benefits of those outcomes, a row for each outcome (``item``)."""
    query = _with_benefits().join(map_items, _same_item())
    query = query.where(map_items.c.sort == Sort.OUTCOME.value)
    served = _outcomes_serving(priority)
    return connection.execute(query.where(map_items.c.item.in_(served))).all()


def ids_for(priority: str) -> Select[tuple[str]]:
    """The ids of the benefits that a priority is served by, as a query."""
    return (
        select(benefit_links.c.benefit)
        .join(map_links, _of(map_links, benefit_links))
        .join(_CHAIN, _served())
        .where(_CHAIN.c.serves == priority)
    )


def _outcomes_serving(priority: str) -> Select[tuple[str]]:
    return select(map_links.c.item).join(_CHAIN, _served()).where(_CHAIN.c.serves == priority)


def reached(connection: Connection) -> dict[str, tuple[int, int, int]]:
    """By priority: how many objectives, programmes and benefits serve it, each counted once."""
    held = map_links.c
    direct = (
        select(held.serves, func.count(), func.count(held.programme.distinct()))
        .join(map_items, _of(map_links, map_items))
        .where(map_items.c.sort == Sort.OBJECTIVE.value)
        .group_by(held.serves)
    )
    benefits = (
        select(_CHAIN.c.serves, func.count(benefit_links.c.benefit.distinct()))
        .select_from(benefit_links)
        .join(map_links, _of(map_links, benefit_links))
        .join(_CHAIN, _served())
        .group_by(_CHAIN.c.serves)
    )
    number = {row[0]: int(row[1]) for row in connection.execute(benefits)}
    return {
        row[0]: (int(row[1]), int(row[2]), number.get(row[0], 0))
        for row in connection.execute(direct)
    }


def _same_item() -> Any:
    return _of(map_items, benefit_links)


def _of(one: Any, other: Any) -> Any:
    return and_(one.c.programme == other.c.programme, one.c.item == other.c.item)


def _served() -> Any:
    return and_(_CHAIN.c.programme == map_links.c.programme, _CHAIN.c.item == map_links.c.serves)
