"""What is made of an uploaded sheet, row by row: new, changed, unchanged, wrong or skipped."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from entrypoints.taking.columns import Column, guess

NEW, CHANGED, UNCHANGED, WRONG, SKIPPED = "new", "changed", "unchanged", "wrong", "skipped"
MOST_ROWS = 2_000


@dataclass(slots=True)
class Row:
    """One row of the sheet, by its number there, with its cells by column as they now read."""

    number: int
    cells: dict[str, str]
    standing: str = UNCHANGED
    said: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    def wrong(self, column: str, sentence: str) -> None:
        """Something wrong with a cell, or with the row where ``column`` is empty."""
        self.standing = WRONG
        self.faults.setdefault(column, sentence)

    def becomes(self, standing: str, said: str) -> None:
        """What the row comes to, unless it is wrong."""
        if self.standing != WRONG:
            self.standing = standing if self.standing != NEW else NEW
            self.said = f"{self.said} {said}".strip()


@dataclass(slots=True)
class Judged:
    """The rows, what is said of the whole, and the faults that no row has."""

    rows: list[Row]
    told: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)  # what to look at before it is taken in
    faults: list[str] = field(default_factory=list)
    commands: list[object] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)  # the row of each command
    keeps: list[Any] = field(default_factory=list)  # what is kept beside the record

    def ask(self, row: Row, command: object, standing: str, said: str) -> None:
        """A command that a row asks for."""
        row.becomes(standing, said)
        self.commands.append(command)
        self.places.append(row)

    def counts(self) -> dict[str, int]:
        """How many rows there are of each standing."""
        return {
            standing: sum(row.standing == standing for row in self.rows)
            for standing in (NEW, CHANGED, UNCHANGED, WRONG, SKIPPED)
        }

    @property
    def ready(self) -> bool:
        """Whether it can be taken in as it is."""
        return bool(self.commands or self.keeps) and not self.faults and not self.counts()[WRONG]

    @property
    def digest(self) -> str:
        """The same as long as it comes to the same: what a person saw is what is taken in."""
        said = [(row.number, row.standing, row.said) for row in self.rows]
        return sha256(json.dumps([said, self.faults, self.warnings]).encode()).hexdigest()[:32]


def rows_of(
    grid: Sequence[Sequence[str]],
    heads: int,
    columns: Sequence[Column],
    mapping: Mapping[str, str],
    cells: Mapping[str, str],
) -> list[Row]:
    """The rows under the heading, each known column under its own name. Blank rows are left out.

    ``heads`` is the place of the heading row in the grid; ``cells`` are corrections.
    """
    headings = list(grid[heads]) if grid else []
    places = {
        column.name: headings.index(mapping[column.name])
        for column in columns
        if mapping.get(column.name) in headings
    }
    found = []
    for at, line in enumerate(grid[heads + 1 :], heads + 2):
        if not any(cell.strip() for cell in line):
            continue
        read = {
            name: " ".join((line[place] if place < len(line) else "").split())
            for name, place in places.items()
        }
        read |= {
            column.name: cells[f"{at}:{column.name}"]
            for column in columns
            if f"{at}:{column.name}" in cells
        }
        found.append(Row(at, read))
    return found


def heading_row(grid: Sequence[Sequence[str]], columns: Sequence[Column]) -> int:
    """The row that most looks like a heading, of the first ten: titles may stand above it."""
    best, most = 0, 0
    for at, line in enumerate(grid[:10]):
        fits = len(guess(line, columns, {}))
        if fits > most:
            best, most = at, fits
    return best
