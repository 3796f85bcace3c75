"""From a kept file to a judgement of its rows, and from a judgement to one act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from benefits.benefit import Benefit
from benefits.programme import Programme
from benefits.refusals import NotAllowed, Refused, SeveralRefused
from entrypoints.flagged import as_warnings
from entrypoints.here import Realise
from entrypoints.taking import claims, milestones, register
from entrypoints.taking.columns import Column, guess
from entrypoints.taking.judged import MOST_ROWS, SKIPPED, Judged, Row, heading_row, rows_of
from entrypoints.taking.uploads import Upload
from reports.referee.reading import PrintedTable, read_printed
from reports.referee.table import NotATable

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
#: What can be taken in, and what it is called.
WHAT = {
    "register": "Benefits and their profiles",
    "milestones": "Milestones",
    "claims": "Claims",
}


def columns_of(what: str, programme: Programme) -> tuple[Column, ...]:
    """The columns of a sort of file."""
    if what == "register":
        return register.columns(programme)
    return milestones.COLUMNS if what == "milestones" else claims.COLUMNS


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it is read: its sheet, where its headings stand, and which column is which."""

    table: PrintedTable
    heads: int
    columns: tuple[Column, ...]
    mapping: dict[str, str]

    @property
    def headings(self) -> list[str]:
        grid = self.table.grid
        return [cell for cell in grid[self.heads] if cell.strip()] if grid else []

    @property
    def missing(self) -> list[Column]:
        return [one for one in self.columns if one.needed and one.name not in self.mapping]


def opened(
    one: Upload, columns: tuple[Column, ...], saved: Mapping[str, Mapping[str, str]]
) -> Opened:
    """Read the file. Raises ``Refused`` with a sentence when it cannot be read."""
    try:
        table = read_printed(one.content, one.sheet)
    except NotATable as fault:
        raise Refused(str(fault)) from fault
    grid = table.grid
    if len([line for line in grid if any(cell.strip() for cell in line)]) < 2:
        raise Refused(_no_rows(one))
    if len(grid) > MOST_ROWS:
        raise Refused(f"The sheet has more than {MOST_ROWS:,} rows: take it in in parts.")
    heads = heading_row(grid, columns)
    mapping = one.columns if one.columns is not None else guess(grid[heads], columns, saved)
    headings = set(grid[heads])
    kept = {name: heading for name, heading in mapping.items() if heading in headings}
    return Opened(table, heads, columns, kept)


def _no_rows(one: Upload) -> str:
    if one.name.lower().endswith(WORKBOOKS) and not one.content.startswith(b"PK"):
        return "The file is named like a workbook but is not one: save it again in Excel."
    return "The sheet has no rows under a heading: choose another sheet or file."


def judge(
    realise: Realise,
    one: Upload,
    found: Opened,
    programme: Programme,
    benefits: Mapping[str, Benefit],
    by: str,
    at: datetime,
) -> Judged:
    """What the file comes to, with every fault: of cells, of rows, and of the rules."""
    every = rows_of(found.table.grid, found.heads, found.columns, found.mapping, one.cells)
    rows = [row for row in every if row.number not in one.skipped]
    judged = _judged(one, rows, programme, benefits)
    if judged.commands:
        places = [f"row {row.number}" for row in judged.places]
        judged.warnings += as_warnings(list(zip(places, judged.commands, strict=True)))
        _rehearse(realise, judged, by, at)
    return left_out(judged, every, one)


def left_out(judged: Judged, every: list[Row], one: Upload) -> Judged:
    """The judgement with the rows that the person leaves out shown as such."""
    for row in every:
        if row.number in one.skipped:
            row.standing = SKIPPED
    judged.rows = every
    return judged


def _judged(
    one: Upload, rows: list[Row], programme: Programme, benefits: Mapping[str, Benefit]
) -> Judged:
    if one.what == "register":
        return register.judge(rows, benefits, programme, one.name)
    judging = milestones.judge if one.what == "milestones" else claims.judge
    return judging(rows, benefits, one.name)


def _rehearse(realise: Realise, judged: Judged, by: str, at: datetime) -> None:
    try:
        realise.rehearse(judged.commands, by=by, at=at)
    except SeveralRefused as refused:
        _tell(judged, refused.faults)
    except Refused as refused:
        _tell(judged, ((0, refused),))


def _tell(judged: Judged, faults: Iterable[tuple[int, Refused]]) -> None:
    for number, fault in faults:
        if isinstance(fault, NotAllowed):
            raise fault
        judged.places[number].wrong("", str(fault))
