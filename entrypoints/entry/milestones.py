"""The grid of a programme's milestones: the day now expected, and the day reached."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from benefits.commands.delivery import ForecastMilestone, ReachMilestone
from benefits.lifecycle import Stage
from benefits.register.tables import milestones, register
from benefits.wording.writing import day
from entrypoints.days import NotADay, read_day, write_day
from entrypoints.entry.asked import PAGE, Asked
from entrypoints.entry.cells import Line, Typed
from entrypoints.entry.entered import Entered

HEADS = ("Milestone", "Expected", "Reached", "Why it moved")
WHY = "why"


def rows(connection: Connection, asked: Asked, sent: Sequence[str]) -> tuple[Sequence[Any], int]:
    """One page of the milestones that are still to come, the first expected first; and how many.

    When a grid was ``sent``, those that stood in it, whatever has become of them since.
    """
    query = (
        select(
            milestones,
            register.c.title.label("benefit_title"),
            register.c.position,
            register.c.version,
        )
        .join(register, register.c.benefit == milestones.c.benefit)
        .where(milestones.c.programme == asked.programme.programme)
    )
    if sent:
        query = query.where(milestones.c.milestone.in_(sent))
    else:
        query = query.where(
            milestones.c.reached.is_(None),
            ~milestones.c.waived,
            register.c.stage != Stage.WITHDRAWN.value,
        )
    if asked.workstream and not sent:
        query = query.where(register.c.workstream == asked.workstream)
    if asked.owner:
        query = query.where(register.c.owner == asked.owner)
    found = connection.execute(_counted(query)).scalar_one()
    ordered = query.order_by(milestones.c.expected, milestones.c.milestone)
    page = ordered.limit(PAGE).offset(0 if sent else (asked.page - 1) * PAGE)
    return connection.execute(page).all(), int(found)


def _counted(query: Select[Any]) -> Select[Any]:
    return select(func.count()).select_from(query.subquery())


def lines(found: Sequence[Any], typed: Typed, today: date) -> list[Line]:
    """The rows with their cells."""
    return [_line(row, typed, today) for row in found]


def _line(row: Any, typed: Typed, today: date) -> Line:
    expected, key = date.fromisoformat(row.expected), row.milestone
    planned = date.fromisoformat(row.planned)
    note = f"B{row.position} {row.benefit_title}. Planned for {day(planned)}"
    if expected < today:
        note += f", overdue by {(today - expected).days} days"
    return Line(
        row.title,
        f"/benefits/{row.benefit}/delivery",
        note,
        (
            typed.cell(f"expected-{key}", "Expected", "day", write_day(expected)),
            typed.cell(f"reached-{key}", "Reached", "day"),
            typed.cell(f"why-{key}", "Why it moved", "wide"),
        ),
        {f"seen-{row.benefit}": str(row.version), f"was-expected-{key}": write_day(expected)},
    )


def enter(found: Sequence[Any], typed: Typed) -> Entered:
    """What the filled grid asks for: a row that nobody touched asks for nothing."""
    entered = Entered()
    for row in found:
        key, seen = row.milestone, typed.number(f"seen-{row.benefit}")
        about = {"benefit": row.benefit, "milestone": key}
        moved = f"was-expected-{key}" in typed.sent and typed.changed(f"expected-{key}")
        reached = typed.text(f"reached-{key}")
        if moved and reached:
            sentence = f"“{row.title}”: give either a new day or the day reached, not both."
            entered.fault(f"reached-{key}", sentence)
        elif reached:
            cell = f"reached-{key}"
            _ask(entered, ReachMilestone, {**about, "note": ""}, "reached", cell, typed, seen)
        elif moved:
            _move(entered, about, row.title, typed, seen)
    return entered


def _move(
    entered: Entered, about: Mapping[str, str], title: str, typed: Typed, seen: int | None
) -> None:
    key = about["milestone"]
    why = typed.text(f"why-{key}") or typed.text(WHY)
    if not why:
        entered.fault(f"why-{key}", f"“{title}”: say why the day has moved.")
        why = "-"  # so that what else is wrong with the day is told too
    given = {**about, "reason": why}
    _ask(entered, ForecastMilestone, given, "expected", f"expected-{key}", typed, seen)


def _ask(
    entered: Entered,
    command: type,
    given: Mapping[str, Any],
    field: str,
    cell: str,
    typed: Typed,
    seen: int | None,
) -> None:
    try:
        when = read_day(typed.text(cell))
    except NotADay as fault:
        entered.fault(cell, str(fault))
        return
    entered.ask(command, {**given, field: when.isoformat()}, cell, seen)
