"""The rows of the log as a page lists them: which are wanted, and what each holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Connection, func, select

from entrypoints.views import spans
from entrypoints.views.grids import Cell, Grid, grid, moment
from entrypoints.views.naming import Called
from entrypoints.views.spans import Span
from entrypoints.views.told_events import ToldEvent
from eventlog.recorded import instant_text
from eventlog.tables import events

PAGE = 50
MOST_EXPORTED = 100_000
LONGEST = 120
_NUMBER = re.compile(r"[Bb]([0-9]{1,15})")
_POSITION = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of a stream, of a type, by a person, of some days; before a position."""

    stream: str = ""
    type: str = ""
    actor: str = ""
    span: Span = field(default_factory=Span)
    before: int = 0

    @property
    def parts(self) -> dict[str, str]:
        """The filter as an address has it; only what narrows."""
        said = {"stream": self.stream, "type": self.type, "actor": self.actor, **self.span.parts}
        return {name: value for name, value in said.items() if value}

    def address(self, *, before: int = 0) -> str:
        """The address of this filter, from a position back."""
        parts = self.parts | ({"before": str(before)} if before else {})
        return f"/audit?{urlencode(parts)}" if parts else "/audit"


def read(args: Mapping[str, str]) -> tuple[Wanted, list[str]]:
    """What an address asks for, and a sentence for each part that cannot be understood."""
    span, faults = spans.read(args)
    plain = {
        name: args.get(name, "").replace("\0", "").strip()[:LONGEST]
        for name in ("stream", "type", "actor")
    }
    before = args.get("before", "")
    if before and not _POSITION.fullmatch(before):
        faults.append("That is not a position of the log: this is its newest page.")
        before = ""
    return Wanted(**plain, span=span, before=int(before or 0)), faults


def conditions(wanted: Wanted) -> Sequence[ColumnElement[bool]]:
    """The filter as conditions on the rows of the log."""
    held = events.c
    number = _NUMBER.fullmatch(wanted.stream)
    if number:  # a benefit by the number that people know: the position of its first event
        first = select(held.stream).where(held.position == int(number[1])).scalar_subquery()
        return [held.stream == first, *conditions(replace(wanted, stream=""))]
    asked: list[ColumnElement[bool]] = [
        column == value
        for column, value in (
            (held.stream, wanted.stream),
            (held.type, wanted.type),
            (held.actor_id, wanted.actor),
        )
        if value
    ]
    if begins := wanted.span.begins:
        asked.append(held.recorded_at >= instant_text(begins))
    if ends := wanted.span.ends:
        asked.append(held.recorded_at < instant_text(ends))
    return asked


def rows(connection: Connection, wanted: Wanted) -> Sequence[Any]:
    """A page of rows, the newest first, and one more when there is another page."""
    held = events.c
    query = select(events).where(*conditions(wanted)).order_by(held.position.desc())
    if wanted.before:
        query = query.where(held.position < wanted.before)
    return connection.execute(query.limit(PAGE + 1)).all()


def count(connection: Connection, wanted: Wanted) -> int:
    """How many rows the filter finds."""
    query = select(func.count()).select_from(events).where(*conditions(wanted))
    return int(connection.execute(query).scalar_one())


def types(connection: Connection) -> list[str]:
    """Every type of event that is in the log."""
    query = select(events.c.type).distinct().order_by(events.c.type)
    return list(connection.execute(query).scalars())


def table(found: Sequence[Any], called: Called, told: Mapping[int, ToldEvent]) -> Grid:
    """The rows as a table: where, when, who, and what happened, in the sentence that tells it."""
    return grid(
        "Events",
        ["Position", "When", "Who", "Event", "About"],
        [
            [
                Cell(f"{row.position:,}", href=f"/events/{row.position}"),
                moment(datetime.fromisoformat(row.recorded_at)),
                Cell(called.person(row.actor_id), note=row.actor_id),
                Cell(row.type, note=_said(told.get(row.position), row)),
                Cell(
                    _about(told.get(row.position), row),
                    href=Wanted(stream=row.stream).address(),
                    note=f"{row.stream}, version {row.version}",
                ),
            ]
            for row in found
        ],
        empty="No event is like that. Remove a filter to see more.",
    )


def _said(told: ToldEvent | None, row: Any) -> str:
    return told.sentence if told else _short(row.payload)


def _about(told: ToldEvent | None, row: Any) -> str:
    return (told.about if told else "") or row.stream


def _short(payload: str) -> str:
    return payload if len(payload) <= LONGEST else f"{payload[:LONGEST]}…"
