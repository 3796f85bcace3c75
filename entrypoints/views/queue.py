"""The cases before a board as a queue: those that wait for one's own vote first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from benefits.events.gates import Outcome
from benefits.register import tables
from benefits.tranches import Nature
from benefits.wording.writing import count, instant, per_year
from entrypoints.views.grids import Cell, Grid, Tag, capital, grid
from entrypoints.views.pack import OUTCOMES, days_left

MOST_DECIDED = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for a vote, as a card."""

    case: str
    benefit: str
    gate: str
    number: str
    title: str
    programme: str
    money: str
    closes: str
    late: bool
    votes: str
    mine: str


def open_cases(
    connection: Connection, boards: list[str] | None, person: str, today: date
) -> list[Waiting]:
    """Every open case of these boards (all for None), the first to close first."""
    cases, held = tables.cases, tables.register
    query = (
        select(
            cases,
            held.c.title,
            held.c.position.label("number"),
            tables.programmes.c.title.label("programme_title"),
            held.c.planned_run_rate,
            held.c.planned_one_off,
        )
        .join(held, held.c.benefit == cases.c.benefit)
        .join(tables.programmes, tables.programmes.c.programme == cases.c.programme)
        .where(cases.c.outcome == "")
        .order_by(cases.c.closes, cases.c.position)
    )
    if boards is not None:
        query = query.where(cases.c.board.in_(boards))
    rows = connection.execute(query).all()
    votes = _votes(connection, [row.case_id for row in rows])
    return [_waiting(row, votes.get(row.case_id, []), person, today) for row in rows]


def _votes(connection: Connection, cases: list[str]) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in connection.execute(select(tables.votes).where(tables.votes.c.case_id.in_(cases))):
        found.setdefault(row.case_id, []).append(row)
    return found


def _waiting(row: Any, votes: list[Any], person: str, today: date) -> Waiting:
    closes = date.fromisoformat(row.closes)
    amounts = ((row.planned_run_rate, Nature.RECURRING), (row.planned_one_off, Nature.ONE_OFF))
    money = " and ".join(per_year(amount, nature) for amount, nature in amounts if amount)
    mine = next((vote.choice for vote in votes if vote.voter == person), "")
    return Waiting(
        row.case_id,
        row.benefit,
        row.gate,
        f"B{row.number}",
        row.title,
        row.programme_title,
        money or "No money",
        days_left(closes, today),
        (closes - today).days <= 1,
        f"{count(len(votes), 'vote')} so far" if votes else "Nobody has voted yet",
        mine,
    )


def decided(connection: Connection, boards: list[str] | None, caption: str) -> Grid:
    """The cases that ended last, as a table."""
    cases, held = tables.cases, tables.register
    query = (
        select(cases, held.c.title, held.c.position.label("number"))
        .join(held, held.c.benefit == cases.c.benefit)
        .where(cases.c.outcome != "")
        .order_by(cases.c.ended_at.desc())
        .limit(MOST_DECIDED)
    )
    if boards is not None:
        query = query.where(cases.c.board.in_(boards))
    rows = [
        [
            Cell(f"B{row.number} {row.title}", href=f"/cases/{row.case_id}"),
            row.gate,
            Cell(tag=Tag(capital(row.outcome), OUTCOMES[Outcome(row.outcome)])),
            instant(datetime.fromisoformat(row.ended_at)),
        ]
        for row in connection.execute(query)
    ]
    return grid(
        caption,
        ["Benefit", "Gate", "Outcome", "When"],
        rows,
        empty="No case has been decided yet.",
    )
