"""Checking a table: every total along the rows and down the columns, and what they point at."""

from collections.abc import Iterable

from reports.referee.cells import is_credit
from reports.referee.cumulative import running_totals
from reports.referee.headings import Role
from reports.referee.sums import Tested, tested_sums
from reports.referee.suspects import suspects
from reports.referee.table import Grid, Line, NotATable, Table, read_table
from reports.referee.totals import readings
from reports.referee.verdict import Break, Outcome, Verdict

_NOT_TESTED = (Role.CUMULATIVE, Role.RATE)


def check(grid: Grid, *, unit: int | None = None, rows_only: bool = False) -> Verdict:
    """Does this table add up?

    ``grid`` is the table as printed: rows of text cells, the heading row first. ``unit`` is what
    one stands for in pounds (1,000 for thousands) where no heading says so. ``rows_only`` foots
    each row and adds nothing down, for a list whose rows are not all alike. Never raises: a grid
    without figures gives the verdict “nothing to check”.
    """
    try:
        table = read_table(grid, unit)
    except NotATable as fault:
        return Verdict(Outcome.NOTHING_TO_CHECK, 0, (str(fault),))
    down = [] if rows_only else _tests(table.rows, table.columns, table.breaks_before, "row")
    along = _tests(table.columns, table.rows, set(), "column")
    if not rows_only and not down:
        table.inferred.append("No row is a total, so nothing was added down the columns.")
    if not along:
        table.inferred.append("No column is a total, so nothing was added along the rows.")
    return _verdict(table, along, down)


def _tests(lines: list[Line], across: list[Line], breaks: set[int], kind: str) -> list[Tested]:
    left_out = {line.place for line in across if line.role in _NOT_TESTED}
    tested = [
        test
        for reading in readings(lines, breaks, kind)
        for test in tested_sums(reading)
        if test.at not in left_out
    ]
    return tested + running_totals(lines, across, kind)


def _verdict(table: Table, along: list[Tested], down: list[Tested]) -> Verdict:
    sterling = (
        table.sterling
        or table.scale > 1
        or any(
            figure.sterling or figure.scale > 1
            for row in table.rows
            for figure in row.figures.values()
        )
    )
    breaks = [_break(table, test, "column", sterling=sterling) for test in down if test.difference]
    breaks += [_break(table, test, "row", sterling=sterling) for test in along if test.difference]
    found = suspects(table, along, down, sterling=sterling)
    tested = len(along) + len(down)
    return Verdict(
        _outcome(tested, breaks), tested, _inferred(table, along + down), tuple(breaks), found
    )


def _outcome(tested: int, breaks: list[Break]) -> Outcome:
    if not tested:
        return Outcome.NOTHING_TO_CHECK
    if not breaks:
        return Outcome.ADDS_UP
    rounding = all(found.rounding_explains for found in breaks)
    return Outcome.BUT_FOR_ROUNDING if rounding else Outcome.DOES_NOT


def _break(table: Table, test: Tested, along: str, *, sterling: bool) -> Break:
    names = {line.place: line.name for line in (table.rows if along == "row" else table.columns)}
    total = test.reading.total.name
    counted = Role.COUNT in {
        line.role for line in table.columns if line.name in (total, names[test.at])
    }
    row, column = (names[test.at], total) if along == "row" else (total, names[test.at])
    rounding = test.rounding
    return Break(
        row=row,
        column=column,
        along=along,
        written=test.printed.written,
        printed=test.printed.pounds,
        should_be=test.should_be,
        difference=test.difference,
        units=rounding.units,
        figures=rounding.figures,
        rounding_explains=rounding.explains,
        nearest_explains=rounding.to_the_nearest,
        sterling=sterling and not counted,
    )


def _inferred(table: Table, tested: Iterable[Tested]) -> tuple[str, ...]:
    said = list(table.inferred)
    said += [test.reading.inferred for test in tested if test.reading.inferred]
    lines = [("Row", line) for line in table.rows] + [("Column", line) for line in table.columns]
    for kind, line in lines:
        if line.role not in (Role.LINE, Role.TOTAL, Role.NET):
            said.append(f"{kind} “{line.name}” is {line.role.value}.")
    below = [figure for row in table.rows for figure in row.figures.values() if figure.pounds < 0]
    if not all(is_credit(figure.written) for figure in below):
        said.append("Figures in brackets or with a minus are added as negative.")
    if any(is_credit(figure.written) for figure in below):
        said.append("Figures marked CR are credits: they are added as negative.")
    return tuple(dict.fromkeys(said))
