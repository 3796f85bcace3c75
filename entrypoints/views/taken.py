"""What a page shows of a file that is being taken in: its rows, and the cells to correct."""

from dataclasses import dataclass

from benefits.wording.writing import count
from entrypoints.taking.judged import CHANGED, NEW, SKIPPED, UNCHANGED, WRONG, Judged, Row
from entrypoints.taking.judging import Opened
from entrypoints.views.grids import Cell, Grid, Tag, grid

#: How many rows a page shows; the counts are of all.
MOST_SHOWN, MOST_TO_CORRECT = 300, 50
_TAGS = {
    NEW: Tag("New", "green"),
    CHANGED: Tag("Changed", "blue"),
    UNCHANGED: Tag("Unchanged", "grey"),
    WRONG: Tag("To be corrected", "red"),
    SKIPPED: Tag("Left out", "grey"),
}
_ORDER = (WRONG, NEW, CHANGED, SKIPPED, UNCHANGED)


@dataclass(frozen=True, slots=True)
class Correction:
    """A row with something wrong: its faults, and the cells that can be typed again."""

    number: int
    name: str
    faults: tuple[str, ...]
    cells: tuple[tuple[str, str, str, str], ...]  # name, label, value, error

    @property
    def first(self) -> str:
        """The id to go to."""
        wrong = [name for name, _, _, error in self.cells if error]
        return (wrong or [name for name, *_ in self.cells] or [f"skip-{self.number}"])[0]


def wrong_rows(judged: Judged, found: Opened) -> list[Correction]:
    """The rows to correct: where a cell is at fault, that cell; else all that the row has."""
    wrong = [row for row in judged.rows if row.standing == WRONG]
    return [_correction(row, found) for row in wrong[:MOST_TO_CORRECT]]


def _correction(row: Row, found: Opened) -> Correction:
    every = "" in row.faults
    cells = tuple(
        (f"cell:{row.number}:{c.name}", c.label, row.cells.get(c.name, ""),
         row.faults.get(c.name, ""))
        for c in found.columns
        if c.name in row.faults or (every and c.name in row.cells)
    )  # fmt: skip
    return Correction(row.number, _name(row), tuple(row.faults.values()), cells)


def _name(row: Row) -> str:
    for name in ("milestone", "line", "benefit", "budget_line"):
        if row.cells.get(name):
            return row.cells[name][:80]
    return "without a name"


def summary(judged: Judged) -> list[tuple[Tag, str]]:
    """How many rows there are of each sort."""
    counts = judged.counts()
    return [(_TAGS[each], count(counts[each], "row")) for each in _ORDER if counts[each]]


def table(judged: Judged) -> Grid:
    """Every row and what it comes to: what is wrong first, what is unchanged last."""
    ordered = sorted(judged.rows, key=lambda row: (_ORDER.index(row.standing), row.number))
    rest = len(ordered) - MOST_SHOWN
    return grid(
        "Row by row",
        ["Row", "What", "How it stands", "What is made of it"],
        [
            [
                str(row.number),
                _name(row),
                Cell(tag=_TAGS[row.standing]),
                row.said or " ".join(row.faults.values()),
            ]
            for row in ordered[:MOST_SHOWN]
        ],
        basis=f"{rest:,} more rows are not shown." if rest > 0 else "",
        empty="No row is left.",
    )
