"""Figures of two reports laid side by side, and what moved between them, as tables of a page."""

from benefits.money import Pence, pounds
from entrypoints.views.grids import Grid, grid, money
from reports.as_known import AsKnown
from reports.between import MovedBetween
from reports.contents import ReportContents


def side_by_side(found: AsKnown, then: str, now: str) -> list[Grid]:
    """The figures that differ, a table for each section of the report."""
    return [
        grid(
            section,
            ["Figure", "Table", f"{then} £", f"{now} £", "Change £"],
            [
                [
                    f"{one.row}: {one.figure}",
                    one.table,
                    _known(one.then),
                    _known(one.now),
                    pounds(one.change),
                ]
                for one in found.of(section)
            ],
        )
        for section in found.sections
    ]


def _known(amount: Pence | None) -> str:
    return "none" if amount is None else pounds(amount)


def headlines(then: ReportContents, now: ReportContents, words: tuple[str, str]) -> Grid:
    """The five figures of the summaries, whether they changed or not."""
    before = {one.label: one for one in then.summary.headlines}
    rows = [
        [
            f"{one.label} ({one.basis})",
            _known(before[one.label].amount if one.label in before else None),
            pounds(one.amount),
            pounds(one.amount - (before[one.label].amount if one.label in before else 0)),
        ]
        for one in now.summary.headlines
    ]
    return grid(
        "The figures of the summary",
        ["Figure", f"{words[0]} £", f"{words[1]} £", "Change £"],
        rows,
        basis="Cashable benefits, all funds added together. Each figure says its own basis.",
        empty="Neither report had a figure yet.",
    )


def movement(moved: MovedBetween) -> Grid:
    """Why one plan year moved: a row for each cause."""
    rows = [moved.opening, *moved.causes]
    return grid(
        f"{moved.basis}, plan year {moved.year}",
        ["Cause", *(f"{column} £" for column in moved.columns)],
        [[label, *map(money, amounts)] for label, amounts in rows],
        basis=moved.note,
        foot=[[moved.closing[0], *map(money, moved.closing[1])]],
    )
