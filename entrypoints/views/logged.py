"""The rows of the log as a page lists them: which are wanted, and what each holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Connection, func, select

from entrypoints.views.grids import Cell, Grid, grid, moment
from entrypoints.views.naming import Called
from entrypoints.views.told_events import ToldEvent
from eventlog.recorded import instant_text
from eventlog.tables import events
from reports.calendar import LONDON

PAGE = 50
MOST_EXPORTED = 100_000
LONGEST = 120
_NUMBER = re.compile(r"[Bb]([0-9]{1,15})")
_POSITION = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of a stream, of a type, by a person, of a day in London; before a position."""

    stream: str = ""
    type: str = ""
    actor: str = ""
    day: str = ""
    before: int = 0

    @property
    def parts(self) -> dict[str, str]:
        """The filter as an address has it; only what narrows."""
        said = {"stream": self.stream, "type": self.type, "actor": self.actor, "day": self.day}
        return {name: value for name, value in said.items() if value}

    def address(self, *, before: int = 0) -> str:
        """The address of this filter, from a position back."""
        parts = self.parts | ({"before": str(before)} if before else {})
        return f"/audit?{urlencode(parts)}" if parts else "/audit"


def read(args: Mapping[str, str]) -> tuple[Wanted, list[str]]:
    """What an address asks for, and a sentence for each part that cannot be understood."""
    faults = []
    plain = {
        name: args.get(name, "").replace("\0", "").strip()[:LONGEST]
        for name in ("stream", "type", "actor", "day")
    }
    before = args.get("before", "")
    if plain["day"] and _day(plain["day"]) is None:
        faults.append(f"“{plain['day'][:20]}” is not a day, so it was left out: use 2024-10-31.")
        plain["day"] = ""
    if before and not _POSITION.fullmatch(before):
        faults.append("That is not a position of the log: this is its newest page.")
        before = ""
    return Wanted(**plain, before=int(before or 0)), faults


def _day(written: str) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2149 else None


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
    day = _day(wanted.day) if wanted.day else None
    if day is not None:
        start = datetime.combine(day, time(), LONDON)
        end = datetime.combine(day + timedelta(days=1), time(), LONDON)
        asked += [held.recorded_at >= instant_text(start), held.recorded_at < instant_text(end)]
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
