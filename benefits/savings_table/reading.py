"""Reading the file itself: bytes to rows of text, before anything is made of them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from benefits.money import NotMoney, Pence, parse_pounds
from benefits.savings_table.plan import Fault, Unit

#: Far more than any savings table: beyond this it is some other file.
LARGEST_BYTES = 5_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 200
_DASHES = {ord(dash): "-" for dash in "‐‑‒–—―−"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file and the number of the line that it begins on."""

    number: int
    cells: tuple[str, ...]


def read_rows(content: bytes) -> tuple[list[Row], list[Fault]]:
    """The rows that are not empty, the heading first, or the fault that stops the reading."""
    if len(content) > LARGEST_BYTES:
        return [], [
            _file(f"The file is larger than {LARGEST_BYTES:,} bytes. Import the table alone.")
        ]
    if b"\0" in content:
        return [], [
            _file("The file holds NUL bytes, so it is not a CSV. Save the table as CSV UTF-8.")
        ]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        return [], [Fault(line, "", "The file is not UTF-8 text. Save the table as CSV UTF-8.")]
    rows, faults = _split(text)
    if not rows and not faults:
        faults = [_file("The file is empty. It needs a heading row and a row for each saving.")]
    elif len(rows) == 1 and not faults:
        faults = [_file("The file has a heading row and nothing under it.")]
    return rows, faults


def _split(text: str) -> tuple[list[Row], list[Fault]]:
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(begins, tuple(cell.strip() for cell in cells)))
            begins = reader.line_num + 1
            if len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
                return [], [
                    _file(f"The table has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns.")
                ]
    except csv.Error as fault:
        sentence = f"The row is broken off or badly quoted ({fault}). Save the table as CSV again."
        return [], [Fault(begins, "", sentence)]
    return rows, []


def _file(sentence: str) -> Fault:
    return Fault(0, "", sentence)


def wrong_widths(rows: Sequence[Row]) -> list[Fault]:
    """A fault for each row that has not as many cells as the heading."""
    width = len(rows[0].cells)
    return [
        Fault(row.number, "", f"The row has {len(row.cells)} columns and the heading {width}.")
        for row in rows[1:]
        if len(row.cells) != width
    ]


def repeated_headings(rows: Sequence[Row]) -> list[Fault]:
    """A fault for each heading that stands twice, as nobody could say which is meant."""
    seen: set[str] = set()
    faults = []
    for cell in rows[0].cells:
        name = cell.lower() if cell not in ("Total", "TOTAL") else cell
        if name and name in seen:
            faults.append(
                Fault(rows[0].number, cell, "The heading stands twice. Name each column once.")
            )
        seen.add(name)
    return faults


def read_amount(written: str, unit: Unit) -> Pence | None:
    """The pence of a cell; None where it is blank or a dash. Raises ``NotMoney``."""
    text = written.translate(_DASHES).strip()
    if not text.strip("£- "):
        return None
    if not unit.value:
        return parse_pounds(text)
    bracket = ")" if text.endswith(")") else ""
    number = text.removesuffix(")").rstrip()
    if not number[-1:].isdigit():
        return parse_pounds(text)
    try:
        return parse_pounds(f"{number}{unit.value}{bracket}")
    except NotMoney:
        parse_pounds(text)
        raise
