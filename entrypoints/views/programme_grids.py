"""A programme's workstreams, months, milestones, cases, overlaps and MTFS lines, as tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from benefits.lifecycle import Stage
from benefits.periods import Month
from benefits.programme import Programme
from benefits.wording.writing import month, per_year
from entrypoints.views.grids import Cell, Grid, Tag, capital, grid, money, on
from entrypoints.views.naming import Called

LIFE = tuple(Stage)
#: How many months back the list of months goes.
MONTHS = 14


def workstreams(programme: Programme, rows: Iterable[Any]) -> Grid:
    """How many benefits each workstream has at each stage, leading to them in the register."""
    held: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.programme == programme.programme:
            held[row.workstream, row.stage] = row.benefits
    names = list(dict.fromkeys([*programme.workstreams, *(name for name, _ in held)]))
    lines = [_workstream(programme.programme, name, held) for name in names]
    totals: list[str | Cell] = [
        str(sum(number for (_, stage), number in held.items() if stage == each) or "–")
        for each in LIFE
    ]
    foot = [["All workstreams", *totals, str(sum(held.values()))]] if len(names) > 1 else []
    return grid(
        "Benefits by workstream and stage",
        ["Workstream", *(f"{capital(stage.value)} #" for stage in LIFE), "All #"],
        lines,
        empty="No workstream is added yet. Add one, then identify its benefits.",
        foot=foot,
    )


def _workstream(programme: str, name: str, held: Mapping[tuple[str, str], int]) -> list[str | Cell]:
    numbers = [held.get((name, stage.value), 0) for stage in LIFE]
    cells = [
        Cell(str(number), _register(programme, name, stage.value)) if number else Cell("–")
        for stage, number in zip(LIFE, numbers, strict=True)
    ]
    return [Cell(name, _register(programme, name)), *cells, str(sum(numbers))]


def _register(programme: str, workstream: str, stage: str = "") -> str:
    parts = {"programme": programme, "workstream": workstream, "stage": stage}
    return f"/register?{urlencode({name: value for name, value in parts.items() if value})}"


def months(programme: Programme, today: date, *, may_close: bool, may_review: bool) -> Grid:
    """The months that are over, the latest first: closed, reviewed, or to be."""
    home = f"/programmes/{programme.programme}/record"
    rows: list[list[str | Cell]] = []
    for one in _over(programme, today):
        closed, reviewed = one in programme.closed, one in programme.reviewed
        close = (("Close the month", f"{home}/close-month?month={one}"),)
        review = (("Review the month", f"{home}/review-month?month={one}"),)
        rows.append(
            [
                month(one),
                Cell(
                    tag=Tag("Closed", "green") if closed else Tag("Not closed", "yellow"),
                    links=close if may_close and not closed else (),
                ),
                Cell(
                    tag=Tag("Reviewed", "green") if reviewed else Tag("Not reviewed", "yellow"),
                    links=review if may_review and closed and not reviewed else (),
                ),
            ]
        )
    return grid(
        "Months",
        ["Month", "Closed by the PMO", "Reviewed by finance"],
        rows,
        basis="A month’s report is issued as final once the PMO has closed the month and finance "
        "has reviewed it.",
        empty="No month of the plan is over yet.",
    )


def _over(programme: Programme, today: date) -> list[Month]:
    last = Month.of(today).plus(-1)
    first = programme.window.first.first
    return [one for number in range(MONTHS) if first <= (one := last.plus(-number))]


def overdue(rows: Sequence[Any], called: Called) -> Grid:
    """Milestones that should have been reached by now."""
    lines: list[list[str | Cell]] = [
        [
            Cell(row.title, note="A saving starts when it is reached" if row.drives else ""),
            Cell(f"B{row.position} {row.benefit_title}", f"/benefits/{row.benefit}/delivery"),
            on(date.fromisoformat(row.expected)),
            called.person(row.owner),
        ]
        for row in rows
    ]
    return grid(
        "Milestones overdue",
        ["Milestone", "Benefit", "Expected", "Answers for it"],
        lines,
        empty="No milestone is overdue.",
    )


def cases(rows: Sequence[Any], called: Called) -> Grid:
    """Cases before the board."""
    lines: list[list[str | Cell]] = [
        [
            Cell(f"{row.gate} gate", f"/cases/{row.case_id}"),
            Cell(f"B{row.number} {row.title}", f"/benefits/{row.benefit}"),
            on(date.fromisoformat(row.closes)),
            called.person(row.submitted_by),
        ]
        for row in rows
    ]
    return grid(
        "Before the board",
        ["Gate", "Benefit", "To be decided by", "Put by"],
        lines,
        empty="Nothing is before the board.",
    )


def investments(programme: Programme) -> Grid:
    """What is spent for a group, a workstream or the whole programme."""
    rows: list[list[str | Cell]] = []
    for held in programme.investments.values():
        whose = " › ".join(part for part in (held.workstream, held.group) if part)
        spent = held.investment
        for line in spent.tranches:
            each = per_year(line.committed, line.nature)
            words = f"{each} {'from' if each.endswith('year') else 'in'} {month(line.month)}"
            rows.append(
                [spent.title, whose or "The whole programme", spent.spent_on, spent.funding, words]
            )
    return grid(
        "Investment of the programme",
        ["Investment", "For", "Spent on", "Funded from", "Amount"],
        rows,
        basis="Beside what benefits record for themselves; each is deducted once, in one place.",
        empty="No investment is recorded for the programme, a workstream or a group.",
    )


def overlaps(rows: Sequence[Any], called: Called) -> Grid:
    """Overlaps in which a benefit of the programme has a side."""
    lines: list[list[str | Cell]] = [
        [
            Cell(called.thing(row.gives_up), f"/benefits/{row.gives_up}"),
            Cell(
                called.thing(row.keeps),
                "" if row.with_mtfs else f"/benefits/{row.keeps}",
                "MTFS line" if row.with_mtfs else "",
            ),
            money(row.amount),
            Cell(tag=Tag("Taken back") if row.cancelled else Tag("Stands", "green")),
            Cell(f"Event {row.position}", f"/events/{row.position}"),
        ]
        for row in rows
    ]
    return grid(
        "Overlaps",
        ["Gives up", "Keeps", "All years £", "Standing", "Recorded"],
        lines,
        basis="Increments of all plan years together, deducted once from the side that gives up.",
        empty="No overlap is recorded.",
    )


def mtfs(lines: Sequence[Any], admitted: Sequence[Any]) -> list[Grid]:
    """The lines of the medium-term plan, and what was let into them from here."""
    rows: list[list[str | Cell]] = [
        [line.reference, line.title, capital(line.fund), money(line.total)] for line in lines
    ]
    references = {line.line: line.reference for line in lines}
    entered: list[list[str | Cell]] = [
        [
            references.get(row.line, "–"),
            Cell(row.title, f"/benefits/{row.benefit}"),
            row.year,
            money(row.amount),
        ]
        for row in admitted
    ]
    return [
        grid(
            "MTFS lines",
            ["Reference", "Line", "Fund", "All years £"],
            rows,
            basis="The council’s whole medium-term plan as recorded here, increments of all years.",
            empty="No line of the medium-term plan is recorded. Finance records them.",
        ),
        grid(
            "Admitted to the MTFS from this programme",
            ["Line", "Benefit", "Year", "Admitted £"],
            entered,
            basis="Increments. Only after the Delivery gate, up to the committed net increments.",
            empty="Nothing from this programme is in the MTFS yet.",
        ),
    ]


def reports(rows: Sequence[Any]) -> Grid:
    """The reports that were issued."""
    lines: list[list[str | Cell]] = [
        [
            Cell(month(Month.parse(row.month)), f"/reports/{row.programme}/{row.month}"),
            f"Edition {row.edition}",
            on(date.fromisoformat(row.issued_at[:10])),
            str(row.pages),
        ]
        for row in rows
    ]
    return grid(
        "Reports issued",
        ["Month", "Edition", "Issued on", "Pages #"],
        lines,
        empty="No report is issued yet. One is made by schedule each month, or by the PMO.",
    )
