"""A benefit's milestones, measures, risks, impact assessments and budget lines, as tables."""

from datetime import date
from decimal import Decimal, InvalidOperation

from benefits.benefit import Benefit
from benefits.parts import Measure, Milestone
from benefits.vocabulary import Assessed, Direction
from benefits.wording.writing import count
from entrypoints.views.grids import Cell, Grid, Tag, capital, grid, money, on
from entrypoints.views.naming import Called


def milestones(benefit: Benefit, called: Called, today: date) -> Grid:
    """Planned, expected and reached, the earliest first."""
    steps = sorted(benefit.milestones.values(), key=lambda step: (step.expected, step.position))
    return grid(
        "Milestones",
        ["Milestone", "Planned", "Now expected", "Slipped #", "How it stands", "Answers for it"],
        [_milestone(step, called, today) for step in steps],
        basis="Slippage in days from the planned date to the date reached or now expected.",
        empty="No milestone is planned yet. The Delivery gate asks for at least one.",
    )


def _milestone(step: Milestone, called: Called, today: date) -> list[str | Cell]:
    lag = f", after {count(step.lag, 'month')}" if step.lag else ""
    drives = f"A saving starts when it is reached{lag}" if step.drives else ""
    slipped = count(step.slipped_days, "day") if step.slipped_days and not step.waived else "–"
    return [
        Cell(step.title, note=drives),
        on(step.planned),
        on(step.expected) if step.open else "–",
        slipped,
        Cell(tag=milestone_tag(step, today), note=step.waived or on(step.reached)),
        called.person(step.owner),
    ]


def milestone_tag(step: Milestone, today: date) -> Tag:
    """Reached, waived, overdue or still to come."""
    if step.reached:
        return Tag("Reached", "green")
    if step.waived:
        return Tag("Waived")
    return Tag("Overdue", "red") if step.overdue(today) else Tag("To come", "blue")


def next_steps(benefit: Benefit, today: date) -> tuple[list[Milestone], Milestone | None]:
    """The milestones that are overdue, and the next one to come."""
    waiting = sorted(
        (step for step in benefit.milestones.values() if step.open), key=lambda step: step.expected
    )
    overdue = [step for step in waiting if step.overdue(today)]
    return overdue, next((step for step in waiting if not step.overdue(today)), None)


def measures(benefit: Benefit) -> Grid:
    """Each measure with its baseline, its next target and its latest reading."""
    return grid(
        "Measures",
        ["Measure", "Better when", "Baseline", "Target", "Latest reading", "Since the baseline"],
        [_measure(one) for one in benefit.measures.values()],
        empty="No measure is defined yet. The Validation gate asks for one with its baseline.",
    )


def _measure(one: Measure) -> list[str | Cell]:
    latest = one.latest
    last = one.targets[-1] if one.targets else None
    better = "Higher" if one.direction is Direction.UP else "Lower"
    guards = "Guards the quality of the service"
    return [
        Cell(one.title, note=guards if one.counter else ""),
        better,
        Cell(f"{one.baseline} {one.unit}", note=on(one.baseline_day)),
        Cell(f"{last.value} {one.unit}", note=f"by {on(last.day)}") if last else "None set",
        Cell(f"{latest.value} {one.unit}", note=on(latest.day)) if latest else "Not read yet",
        trend(one),
    ]


def trend(one: Measure) -> str:
    """Whether the latest reading is better or worse than the baseline, in words."""
    if one.latest is None:
        return "–"
    try:
        moved = Decimal(one.latest.value) - Decimal(one.baseline)
    except InvalidOperation:
        return "–"
    if not moved:
        return "No change"
    better = (moved > 0) is (one.direction is Direction.UP)
    return f"{'Better' if better else 'Worse'} by {abs(moved)} {one.unit}"


def readings(benefit: Benefit) -> Grid | None:
    """Every reading, the latest first."""
    rows = [
        (reading.day, reading.position, [one.title, on(reading.day), reading.value, reading.note])
        for one in benefit.measures.values()
        for reading in one.readings
    ]
    rows.sort(key=lambda row: row[:2], reverse=True)
    shown: list[list[str | Cell]] = [[*row[2]] for row in rows]
    return grid("Readings", ["Measure", "Date", "Value", "Note"], shown) if rows else None


def risks(benefit: Benefit, called: Called) -> Grid:
    """Open risks first, then closed ones."""
    ordered = sorted(
        benefit.risks.values(), key=lambda risk: (bool(risk.closed), risk.likelihood, -risk.impact)
    )
    rows: list[list[str | Cell]] = [
        [
            Cell(risk.title, note=f"Closed: {risk.closed}" if risk.closed else ""),
            Cell(tag=Tag(risk.score, "grey" if risk.closed else "orange")),
            risk.mitigation or "–",
            called.person(risk.owner),
        ]
        for risk in ordered
    ]
    return grid(
        "Risks",
        ["Risk", "Score", "What is done about it", "Answers for it"],
        rows,
        basis="Likelihood from A (almost certain) to E (rare), impact from 1 (least) to 5 (most).",
        empty="No risk is scored yet. The Delivery gate asks for at least one.",
    )


def impacts(benefit: Benefit) -> Grid:
    """The three assessments, recorded or not."""
    rows: list[list[str | Cell]] = []
    for about in Assessed:
        found = benefit.impacts.get(about)
        said = [found.finding, found.mitigation or "–"] if found else ["Not recorded yet", "–"]
        rows.append([capital(about.value), *said])
    heads = ["About", "What was found", "What is done about it"]
    return grid("Impact assessments", heads, rows)


def budget_lines(benefit: Benefit) -> Grid:
    """The lines that the money comes out of, with what verified recurring claims took so far."""
    rows: list[list[str | Cell]] = []
    for line in benefit.budget_lines.values():
        taken = sum(
            claim.stands
            for claim in benefit.claims.values()
            if claim.budget_line == line.line and claim.tranche.nature.value == "recurring"
        )
        rows.append([line.line, line.title, money(line.amount), money(taken)])
    return grid(
        "Budget lines",
        ["Code", "Title", "To be removed a year £", "Verified so far a year £"],
        rows,
        basis="Annual amounts. Verified recurring claims on a line may not exceed what is to be "
        "removed from it.",
        empty="No budget line is named."
        + (" The Delivery gate asks for it." if benefit.kind.needs_budget_line else ""),
    )
