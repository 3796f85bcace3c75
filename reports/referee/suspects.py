"""Naming the cell that a table's breaks point at: the one whose change mends them together."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from reports.referee.headings import Role
from reports.referee.sums import Tested
from reports.referee.table import Table
from reports.referee.verdict import Suspect

Place: TypeAlias = tuple[int, int]


def suspects(
    table: Table, along: list[Tested], down: list[Tested], *, sterling: bool
) -> tuple[Suspect, ...]:
    """The cells whose change by one amount mends at least two breaks that rounding leaves open.

    Where several cells would, only those that mend the most are named.
    """
    blamed: dict[Place, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for tests, by_row in ((down, False), (along, True)):
        for test in tests:
            if test.difference and not test.rounding.explains:
                for place, change in _mending(test, by_row=by_row):
                    blamed[place].append((change, test.rounding.most))
    mends = {place: _agreeing(changes) for place, changes in blamed.items()}
    most = max((len(changes) for changes in mends.values()), default=0)
    if most < 2:
        return ()
    return tuple(
        _suspect(table, place, changes, sterling=sterling)
        for place, changes in sorted(mends.items())
        if len(changes) == most
    )


def _mending(test: Tested, *, by_row: bool) -> Iterator[tuple[Place, Decimal]]:
    """Each printed cell of a sum, as (row, column), with the change in it that would mend it."""
    if test.reading.total.role is Role.CUMULATIVE:
        return
    cells = [(test.reading.total, -test.difference)]
    cells += [(part.line, test.difference * part.sign) for part in test.reading.parts]
    for line, change in cells:
        if test.at in line.figures:
            yield ((test.at, line.place) if by_row else (line.place, test.at)), change


def _agreeing(changes: list[tuple[Decimal, Decimal]]) -> list[Decimal]:
    """The largest set of changes that are the same but for rounding, the first found first."""
    best: list[Decimal] = []
    for change, slack in changes:
        same = [other for other, _ in changes if other == change]
        near = [other for other, _ in changes if other != change and abs(other - change) < slack]
        if len(same) + len(near) > len(best):
            best = same + near
    return best


def _suspect(table: Table, place: Place, changes: list[Decimal], *, sterling: bool) -> Suspect:
    row = next(line for line in table.rows if line.place == place[0])
    column = next(line for line in table.columns if line.place == place[1])
    figure = row.figures[place[1]]
    return Suspect(
        row=row.name,
        column=column.name,
        written=figure.written,
        printed=figure.pounds,
        would_be=figure.pounds + changes[0],
        mends=len(changes),
        sterling=sterling,
    )
