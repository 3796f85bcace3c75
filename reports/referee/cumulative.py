"""Cumulative rows and columns: never added, but held against the figures that they run up."""

from collections.abc import Sequence
from decimal import Decimal

from reports.referee.cells import Figure
from reports.referee.headings import Role
from reports.referee.sums import Part, Reading, Score, Tested
from reports.referee.table import Line


def running_totals(lines: Sequence[Line], across: Sequence[Line], kind: str) -> list[Tested]:
    """The tests of each cumulative line against the line before it that it runs up.

    ``across`` are the lines of the other sort, in order: the years that are run through.
    """
    order = [line.place for line in across if line.role is Role.LINE]
    tested: list[Tested] = []
    for number, line in enumerate(lines):
        if line.role is not Role.CUMULATIVE:
            continue
        for before in reversed(lines[:number]):
            tests = _run_up(before, line, order, kind)
            score = Score.of(tests)
            if score.exact and score.exact + score.rounded >= score.broken:
                tested += tests
                break
    return tested


def _run_up(before: Line, line: Line, order: list[int], kind: str) -> list[Tested]:
    told = f"{kind.capitalize()} “{line.name}” is taken as the running total of “{before.name}”."
    reading = Reading(line, (Part(before),), told)
    seen: list[Figure] = []
    tested = []
    for at in order:
        if at in before.figures:
            seen.append(before.figures[at])
        if at in line.figures and seen:
            should_be = sum((figure.pounds for figure in seen), Decimal(0))
            tested.append(
                Tested(
                    reading, at, line.figures[at], should_be, tuple((1, figure) for figure in seen)
                )
            )
    return tested
