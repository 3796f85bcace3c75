"""Reading a file that holds a printed table, CSV or XLSX, as a grid of text cells."""

import csv
import io
from dataclasses import dataclass

from reports.referee.table import LARGEST, NotATable
from reports.referee.workbook import read_workbook

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """The cells of a file, and what was taken for granted in reading it."""

    grid: list[list[str]]
    inferred: tuple[str, ...] = ()


def read_printed(content: bytes, sheet: str = "") -> PrintedTable:
    """The table of a CSV or XLSX file. Raises ``NotATable`` with a sentence."""
    if content.startswith(_ZIP):
        grid, name, names = read_workbook(content, sheet)
        said = ["Figures are read as the workbook stores them, not as it rounds them on screen."]
        if len(names) > 1:
            said.append(f"Sheet “{name}” was checked, one of {len(names)}.")
        return PrintedTable(grid, tuple(said))
    if content.startswith(_OLD):
        raise NotATable("This is an XLS of the old kind: save it as XLSX or CSV.")
    text, said = _text(content)
    return PrintedTable(_rows(text), tuple(said))


def _text(content: bytes) -> tuple[str, list[str]]:
    if b"\0" in content:
        raise NotATable("The file is neither text nor a workbook: save the table as CSV or XLSX.")
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        said = "The file is not UTF-8, and was read as text of Windows (code page 1252)."
        return content.decode("cp1252"), [said]
    except UnicodeDecodeError as fault:
        raise NotATable("The file is not text: save the table as CSV UTF-8 or XLSX.") from fault


def _rows(text: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)  # the comma where there is none
    rows, cells = [], 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            cells += len(row)
            if cells > LARGEST:
                raise NotATable(f"The table has more than {LARGEST:,} cells: check it in parts.")
            rows.append(row)
    except csv.Error as fault:
        raise NotATable(f"The file is not a CSV ({fault}): save the table again.") from fault
    return rows
