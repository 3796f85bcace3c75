"""What a gate pack says of the benefit itself: its words, risks, milestones and the rest."""

from typing import Any

from benefits.benefit import Benefit
from benefits.vocabulary import Assessed
from benefits.wording.writing import amounts_by_year, day, planned
from entrypoints.views.grids import Cell, Grid, capital, grid
from entrypoints.views.naming import Called


def about(b: Benefit) -> tuple[tuple[str, str], ...]:
    """What is said of the benefit in words, what was left out not shown."""
    return tuple(
        (name, said)
        for name, said in (
            ("Description", b.description),
            ("What an outsider would see", b.outcome),
            ("Why it is this change", b.attribution),
            ("Confidence", f"{capital(b.confidence.value)}: {b.confidence_reason}" if b.confidence
             else ""),
            ("Overlap check", capital(b.overlap_check)),
            ("Investment", "" if b.investments else b.no_investment),
            ("Delivery plan", b.delivery_plan),
        )
        if said
    )  # fmt: skip


def grids(b: Benefit, called: Called) -> list[Grid]:
    """Its risks, impacts, milestones, investments, overlaps and measures, each as a table."""
    return [
        grid(
            "Risks",
            ["Risk", "Score", "What is done about it", "Owner"],
            [
                [risk.title, risk.score, risk.mitigation, called.person(risk.owner)]
                for risk in b.risks.values()
                if not risk.closed
            ],
            basis="Likelihood from A (almost certain) to E (rare); impact from 1 to 5.",
        ),
        grid(
            "Impact assessments",
            ["Looked at", "Found", "What is done about it"],
            [
                [capital(about.value), b.impacts[about].finding, b.impacts[about].mitigation or "–"]
                for about in Assessed
                if about in b.impacts
            ],
        ),
        grid(
            "Milestones",
            ["Milestone", "Planned", "Now expected", "Stands"],
            [
                [
                    Cell(step.title, note="A saving starts with it" if step.drives else ""),
                    day(step.planned),
                    day(step.reached or step.expected),
                    _stands(step),
                ]
                for step in sorted(b.milestones.values(), key=lambda one: one.expected)
            ],
        ),
        grid(
            "Investments",
            ["Investment", "Spent on", "Paid from", "Amounts"],
            [
                [one.title, one.spent_on or "–", one.funding or "–", planned(one.tranches)]
                for one in b.investments.values()
            ],
        ),
        grid(
            "Overlaps",
            ["What counts the same money", "Given up to it", "Agreed by"],
            [
                [
                    Cell(called.thing(o.other), note="An MTFS line" if o.with_mtfs else ""),
                    amounts_by_year(o.gives_up) if o.gives_up else "Nothing: this side keeps it",
                    called.person(o.agreed_by),
                ]
                for o in b.overlaps.values()
            ],
        ),
        grid(
            "Measures",
            ["Measure", "Baseline", "Last target", "Latest reading"],
            [_measure(measure) for measure in b.measures.values()],
        ),
    ]


def _stands(step: Any) -> str:
    if step.reached:
        return "Reached"
    if step.waived:
        return f"Waived: {step.waived}"
    return f"{step.slipped_days} days later than planned" if step.slipped_days else "As planned"


def _measure(measure: Any) -> list[str | Cell]:
    last = max(measure.targets, key=lambda target: target.day, default=None)
    read = measure.latest
    return [
        Cell(measure.title, note="Guards the quality of the service" if measure.counter else ""),
        f"{measure.baseline} {measure.unit} on {day(measure.baseline_day)}",
        f"{last.value} by {day(last.day)}" if last else "None",
        f"{read.value} on {day(read.day)}" if read else "Not read yet",
    ]
