"""The golden thread: from a priority of the council plan to its objectives, benefits and money."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from benefits.register import map_queries as look
from benefits.wording.writing import count
from entrypoints.views.grids import Cell, Grid, grid, money, stage_tag
from entrypoints.views.registered import BASIS, signed
from workflows.events import PriorityRecorded

HEADS = (
    "Benefit", "Outcomes that it serves", "Stage", "Planned a year £", "Verified a year £",
    "Expected a year £", "Planned one-offs £", "Verified one-offs £", "Expected one-offs £",
)  # fmt: skip
MONEY = (
    "planned_run_rate",
    "verified_run_rate",
    "forecast_run_rate",
    "planned_one_off",
    "verified_one_off",
    "forecast_one_off",
)


@dataclass(frozen=True, slots=True)
class Thread:
    """One objective that serves the priority, with its programme's map and its benefits."""

    objective: str
    programme: str
    href: str
    outcomes: str
    benefits: Grid


def priorities(
    listed: Iterable[PriorityRecorded], reached: Mapping[str, tuple[int, int, int]], *, keeps: bool
) -> Grid:
    """Every priority with how much serves it."""
    rows: list[list[str | Cell]] = []
    for one in listed:
        objectives, programmes, benefits = reached.get(one.priority, (0, 0, 0))
        href = f"/priorities/{one.priority}"
        rows.append(
            [
                Cell(one.title, href, note=one.source),
                str(objectives or "–"),
                str(programmes or "–"),
                str(benefits or "–"),
            ]
        )
    who = "Record the first one." if keeps else "The PMO or an administrator records them."
    return grid(
        "Priorities of the council plan",
        ["Priority", "Objectives #", "Programmes #", "Benefits #"],
        rows,
        basis="A benefit is counted once for a priority, however many ways lead to it. One that "
        "serves two priorities is counted for each, so the columns are not to be added up.",
        empty=f"No priority of the council plan is listed yet. {who} Objectives on a programme’s "
        "benefits map can then serve it.",
    )


def threads(connection: Connection, priority: str) -> list[Thread]:
    """The objectives that serve a priority, each with its outcomes and benefits: three queries."""
    objectives = look.objectives_for(connection, priority)
    outcomes = look.outcomes_for(connection, priority)
    benefits = look.benefits_for(connection, priority)
    return [_thread(one, outcomes, benefits) for one in objectives]


def _thread(objective: Any, outcomes: Sequence[Any], benefits: Sequence[Any]) -> Thread:
    here = {
        row.item: row.title
        for row in outcomes
        if (row.programme, row.serves) == (objective.programme, objective.item)
    }
    serving: dict[str, tuple[Any, list[str]]] = {}
    for row in benefits:
        if row.programme == objective.programme and row.item in here:
            serving.setdefault(row.benefit, (row, []))[1].append(here[row.item])
    empty = (
        "No benefit serves these outcomes yet." if here else "No outcome serves this objective yet."
    )
    shown = len(HEADS) if any(_once(row) for row, _ in serving.values()) else len(HEADS) - 3
    return Thread(
        objective.title,
        objective.programme_title,
        f"/programmes/{objective.programme}/map",
        "; ".join(here.values()),
        grid(
            f"Benefits: {objective.title}",
            HEADS[:shown],
            [_row(row, names)[:shown] for row, names in serving.values()],
            basis=BASIS,
            empty=empty,
        ),
    )


def _once(row: Any) -> bool:
    """Whether any of it counts once; the columns of one-offs are left out where none does."""
    return any(signed(row, name) for name in MONEY[3:])


def _row(row: Any, outcomes: Sequence[str]) -> list[str | Cell]:
    approved = row.approved or row.stage == "withdrawn"
    proposed = "" if approved or not row.has_profile else "proposed"
    first, *others = (money(signed(row, name)) for name in MONEY)
    return [
        Cell(f"B{row.position} {row.title}", f"/benefits/{row.benefit}"),
        "; ".join(outcomes),
        Cell(tag=stage_tag(row.stage)),
        Cell(first, note=proposed),
        *others,
    ]


def said(found: Sequence[Thread], benefits: int) -> str:
    """How much serves the priority, each thing counted once, and what of it is met twice."""
    if not found:
        return ""
    shown = sum(len(one.benefits.rows) for one in found)
    serve = "serves" if len(found) == 1 else "serve"
    text = f"{count(len(found), 'objective')} {serve} it, with {count(benefits, 'benefit')}."
    if shown > benefits:
        text += " Benefits that serve more than one objective stand under each of them."
    return f"{text} In each total below a benefit counts once, however many ways lead to it."
