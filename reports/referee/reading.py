"""Reading a file that holds a printed table, CSV or XLSX, as a grid of text cells."""

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass

from reports.referee.table import LARGEST, NotATable
from reports.referee.workbook import Sheet, read_workbook

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """The cells of a file, and what was taken for granted in reading it."""

    grid: list[list[str]]
    inferred: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str = ""


def read_printed(content: bytes, sheet: str = "") -> PrintedTable:
    """The table of a CSV or XLSX file. Raises ``NotATable`` with a sentence."""
    if content.startswith(_ZIP):
        found = read_workbook(content, sheet)
        return PrintedTable(found.grid, tuple(_told(found)), found.names, found.name)
    if content.startswith(_OLD):
        raise NotATable("This is an XLS of the old kind: save it as XLSX or CSV.")
    text, said = _text(content)
    return PrintedTable(_rows(text), tuple(said))


def _told(found: Sheet) -> Iterator[str]:
    yield "Figures are read as the workbook stores them, not as it rounds them on screen."
    if len(found.names) > 1:
        yield f"Sheet “{found.name}” was read, one of {len(found.names)}."
    if found.hidden:
        names = ", ".join(f"“{name}”" for name in found.hidden[:6])
        yield f"The workbook has hidden sheets, which are read only when named: {names}."
    if found.merged:
        yield (
            f"Cells are merged in {found.merged} places: what stands in merged cells counts for "
            "the first row and column of each alone."
        )
    if found.unworked:
        yield (
            f"{found.unworked} formulas were saved without their value and are read as blank: "
            "open the workbook in a spreadsheet program and save it again."
        )


def _text(content: bytes) -> tuple[str, list[str]]:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), ["The file was read as Unicode text (UTF-16)."]
        except UnicodeDecodeError as fault:
            raise NotATable("The file is broken off: save it again as CSV UTF-8.") from fault
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
