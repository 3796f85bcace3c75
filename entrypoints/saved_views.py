"""Views of the register that people name and keep: a filter and an order, as the address has them.

A view belongs to one person; whoever is given its address can open it. Kept, not rebuilt from
the log.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from benefits.refusals import NotFound, Refused, require
from eventlog.database import metadata

LONGEST_NAME, MOST = 60, 50

saved_views = Table(
    "saved_views",
    metadata,
    Column("view", Text, primary_key=True),
    Column("person", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("first", Boolean, nullable=False),
    Column("made_at", Text, nullable=False),
)


class BadName(Refused):
    """A view cannot be called that."""


@dataclass(frozen=True, slots=True)
class View:
    """A kept view. ``asked`` is the part of the address after the question mark.

    ``first`` says that the person's register opens with it.
    """

    view: str
    person: str
    name: str
    asked: str
    first: bool

    @property
    def address(self) -> str:
        """Where it leads: an address that says it all, so that the view may change behind it."""
        return f"/register?{self.asked}" if self.asked else "/register?sort=reference"

    @property
    def shared(self) -> str:
        """Where it is for others: it goes on leading to the view when the view is changed."""
        return f"/register/views/{self.view}"


_VIEW = (
    saved_views.c.view,
    saved_views.c.person,
    saved_views.c.name,
    saved_views.c.asked,
    saved_views.c.first,
)


def _view(row: Any) -> View:
    return View(row.view, row.person, row.name, row.asked, bool(row.first))


def listed(connection: Connection, person: str) -> list[View]:
    """A person's views, by name."""
    query = select(*_VIEW).where(saved_views.c.person == person)
    rows = connection.execute(query.order_by(func.lower(saved_views.c.name), saved_views.c.view))
    return [_view(row) for row in rows]


def one(connection: Connection, view: str) -> View | None:
    """A view of anybody's."""
    row = connection.execute(select(*_VIEW).where(saved_views.c.view == view)).first()
    return _view(row) if row else None


def keep(connection: Connection, person: str, name: str, asked: str, at: datetime) -> View:
    """Keep a view under a name. One of that name is changed. Raises ``BadName``."""
    name = _name(name)
    mine = listed(connection, person)
    same = next((each for each in mine if each.name.casefold() == name.casefold()), None)
    if same is not None:
        _change(connection, person, same.view, name=name, asked=asked)
        return View(same.view, person, name, asked, same.first)
    require(len(mine) < MOST, f"You keep {MOST} views already. Delete one first.")
    made = View(secrets.token_hex(8), person, name, asked, first=False)
    connection.execute(
        insert(saved_views).values(
            view=made.view,
            person=person,
            name=name,
            asked=asked,
            first=False,
            made_at=at.isoformat(timespec="seconds"),
        )
    )
    return made


def rename(connection: Connection, person: str, view: str, name: str) -> None:
    """Call one's own view something else. Raises ``BadName`` or ``NotFound``."""
    name = _name(name)
    others: Sequence[View] = [each for each in listed(connection, person) if each.view != view]
    if any(each.name.casefold() == name.casefold() for each in others):
        raise BadName(f"You have another view called “{name}”. Choose another name.")
    _change(connection, person, view, name=name)


def open_first(connection: Connection, person: str, view: str | None) -> None:
    """Open the register with this view from now on; with every benefit, for None."""
    mine = update(saved_views).where(saved_views.c.person == person)
    connection.execute(mine.values(first=False))
    if view is not None:
        _change(connection, person, view, first=True)


def remove(connection: Connection, person: str, view: str) -> None:
    """Delete one's own view. Raises ``NotFound``."""
    gone = delete(saved_views).where(*_own(person, view)).returning(saved_views.c.view)
    if connection.execute(gone).first() is None:
        raise NotFound(_NOT_THERE)


_NOT_THERE = "You have no such view. It may have been deleted."


def _change(connection: Connection, person: str, view: str, **values: object) -> None:
    changed = update(saved_views).where(*_own(person, view)).values(**values)
    if connection.execute(changed.returning(saved_views.c.view)).first() is None:
        raise NotFound(_NOT_THERE)


def _own(person: str, view: str) -> tuple[ColumnElement[bool], ...]:
    return saved_views.c.person == person, saved_views.c.view == view


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadName(f"Write a name for the view, in up to {LONGEST_NAME} characters.")
    return name
