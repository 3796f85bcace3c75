"""What the board was asked about a benefit, what it decided, and what it asked for in return."""

from datetime import date

from benefits.benefit import Benefit
from benefits.events.gates import Outcome
from benefits.parts import Case
from benefits.wording.writing import count, london_day
from entrypoints.views.can_do import Doing
from entrypoints.views.grids import Cell, Grid, Tag, capital, grid, on
from entrypoints.views.naming import Called

_COLOURS = {
    Outcome.APPROVED: "green",
    Outcome.APPROVED_WITH_CONDITIONS: "green",
    Outcome.DEFERRED: "yellow",
    Outcome.REJECTED: "red",
    Outcome.LAPSED: "grey",
    Outcome.RETRACTED: "grey",
}


def cases(benefit: Benefit, called: Called) -> Grid:
    """Each case, the latest first."""
    ordered = sorted(benefit.cases.values(), key=lambda case: case.position, reverse=True)
    return grid(
        "Cases put to the board",
        ["Gate", "Put on", "Put by", "Votes cast #", "Outcome", "Decided on"],
        [_case(case, called) for case in ordered],
        empty="Nothing has been put to the board yet.",
    )


def _case(case: Case, called: Called) -> list[str | Cell]:
    outcome = case.outcome
    tag = Tag(capital(outcome.value), _COLOURS[outcome]) if outcome else Tag("Open", "blue")
    said = case.because if outcome else f"To be decided by {on(case.submitted.closes)}"
    return [
        Cell(f"{case.submitted.gate.value} gate", f"/cases/{case.case}"),
        on(london_day(case.at)),
        called.person(case.by),
        str(len(case.votes)),
        Cell(tag=tag, note=said),
        on(london_day(case.ended_at)) if case.ended_at else "–",
    ]


def conditions(benefit: Benefit, called: Called, doing: Doing, today: date) -> Grid | None:
    """The conditions of approvals, outstanding ones first."""
    ordered = sorted(
        benefit.conditions.values(), key=lambda one: (bool(one.met), one.condition.due)
    )
    rows: list[list[str | Cell]] = []
    for one in ordered:
        late = one.condition.due < today
        tag = Tag("Overdue", "red") if late else Tag("Outstanding", "yellow")
        href = f"{doing.href('meet-condition')}?condition={one.condition.condition}"
        link = (("Record that it is met", href),) if not one.met and doing.may_meet(one) else ()
        rows.append(
            [
                Cell(one.condition.text, links=link),
                called.person(one.condition.owner),
                on(one.condition.due),
                Cell(tag=Tag("Met", "green") if one.met else tag, note=one.met),
            ]
        )
    basis = "The next gate is refused while a condition is outstanding."
    heads = ["Condition", "Answers for it", "Due", "How it stands"]
    return grid("Conditions of approvals", heads, rows, basis=basis) if rows else None


def outstanding(benefit: Benefit) -> str:
    """How many conditions are outstanding, in words; empty for none."""
    number = len(benefit.outstanding_conditions)
    return count(number, "condition") + " outstanding" if number else ""
