"""Looking things up in the register: filtered, sorted, a page at a time, with its totals.

Every question is one SELECT, however many benefits there are. Amounts are in pence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from benefits.lines import Source
from benefits.register.filters import STATUS, Filter, Order, joined, where
from benefits.register.status_table import statuses
from benefits.register.tables import mtfs_lines, programmes, register, tranches
from eventlog.kinds import STILL

PAGE = 25
#: How many rows are held at a time when all of them are read.
_AT_A_TIME = 500


def found(
    connection: Connection, asked: Filter, today: date, order: Order, page: int = 1
) -> Sequence[Row[Any]]:
    """The benefits of one page, with ``programme_title`` and ``status`` (a place in ``Status``)."""
    query = _ordered(asked, today, order).limit(PAGE).offset((page - 1) * PAGE)
    return connection.execute(query).all()


def everything(
    connection: Connection, asked: Filter, today: date, order: Order
) -> Iterator[Row[Any]]:
    """The same, every page of it: read as it is used, never held whole."""
    query = _ordered(asked, today, order).execution_options(yield_per=_AT_A_TIME)
    yield from connection.execute(query)


def _ordered(asked: Filter, today: date, order: Order) -> Select[Any]:
    return _all(today).where(where(asked, today)).order_by(*order.by)


def _all(today: date) -> Select[Any]:
    title = programmes.c.title.label("programme_title")
    return joined(select(register, title, STATUS.label("status")), today)


def found_after(
    connection: Connection, asked: Filter, today: date, order: Order, after: int, most: int
) -> Sequence[Row[Any]]:
    """At most so many benefits that come after the one of this reference, in the order asked.

    In the order of references a page never skips a benefit or shows it twice, whatever is
    recorded meanwhile; in another, one that is recorded anew may move past the page.
    """
    query = _ordered(asked, today, order).limit(most)
    if after:
        query = query.where(_beyond(connection, today, order, after))
    return connection.execute(query).all()


def _beyond(connection: Connection, today: date, order: Order, after: int) -> ColumnElement[bool]:
    """Further on in the order than the benefit of this reference; of that reference on, if none."""
    place = register.c.position
    if not order.columns:
        return place < after if order.down else place > after
    query = joined(select(*order.columns), today).where(place == after)
    values = connection.execute(query).first()
    further: ColumnElement[bool] = place > after
    for column, value in reversed(list(zip(order.columns, values or (), strict=False))):
        beyond = column < value if order.down else column > value
        further = or_(beyond, and_(column == value, further))
    return further


#: The pounds of a plan by status, as the totals add them.
BY_STATUS = ("delivered", "on_track", "at_risk", "not_delivered")


def totals(connection: Connection, asked: Filter, today: date) -> Sequence[Row[Any]]:
    """Sums of everything found, apart by fund, kind and whether a board approved the plan.

    ``delivered`` and the others of ``BY_STATUS`` already have a disbenefit below nothing.
    """
    return _sums(connection, where(asked, today), today)


def totals_of(
    connection: Connection, benefits: Select[tuple[str]], today: date
) -> Sequence[Row[Any]]:
    """The same of these benefits (a query for their ids), each once however often it is named."""
    return _sums(connection, register.c.benefit.in_(benefits), today)


def _sums(
    connection: Connection, condition: ColumnElement[bool], today: date
) -> Sequence[Row[Any]]:
    held = register.c
    names = [column.name for column in held if column.name.endswith(("run_rate", "one_off"))]
    apart = (held.fund, held.kind, held.approved, held.stage)
    query = joined(
        select(
            *apart,
            func.count().label("benefits"),
            *(func.sum(held[name]).label(name) for name in names),
            *(func.coalesce(func.sum(statuses.c[name]), 0).label(name) for name in BY_STATUS),
        ),
        today,
    )
    return connection.execute(query.where(condition).group_by(*apart)).all()


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
