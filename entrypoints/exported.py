"""Tables as files that a spreadsheet opens as text and figures, never as formulas: CSV and XLSX.

A figure is a ``Decimal`` of pounds or a whole number, a day is a ``date``; all else is text. Both
are written as the rows come, so that a file may be longer than the memory.
"""

import csv
import io
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from flask import Response

from benefits.money import Pence

if TYPE_CHECKING:
    from xlsxwriter import Workbook

#: How a text must not begin: a spreadsheet would work it out as a formula (OWASP, CSV injection).
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What Excel takes in a cell, and in a sheet under its headings.
LONGEST_TEXT, MOST_ROWS = 32_767, 1_000_000
#: Control characters have no place in XML; Excel would offer to repair the file.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")

Values = Sequence[object]


def in_pounds(amount: Pence) -> Decimal:
    """Pence as a figure in pounds, for a column of figures."""
    return Decimal(amount) / 100


def csv_lines(rows: Iterable[Values]) -> Iterator[str]:
    """Rows as CSV, in pieces, with the mark by which Excel knows UTF-8.

    Only text is made safe, not figures.
    """
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_safe(value) for value in row])
        if text.tell() > 1 << 15:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def csv_of(rows: Iterable[Values]) -> str:
    """The same in one piece."""
    return "".join(csv_lines(rows))


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULAS):
        return f"'{value}"
    return value


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook. ``above`` are lines over the headings: what it is, its basis."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Values]
    above: Sequence[str] = ()


class TooLong(ValueError):
    """A sheet of a workbook cannot hold so many rows."""


def workbook(stream: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write a workbook, a row at a time: headings frozen, figures as figures, text only text.

    Raises ``TooLong`` for more rows than a sheet holds.
    """
    from xlsxwriter import Workbook  # loaded for the first workbook, and not for each page

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(stream, options) as book:
        drawing = _Drawing(book)
        for sheet in sheets:
            drawing.sheet(sheet)


class _Drawing:
    """The formats of a workbook, and how a value is written in them."""

    def __init__(self, book: "Workbook") -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.text = book.add_format({"num_format": "@"})
        self.pounds = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"})
        self.whole = book.add_format({"num_format": "0"})
        self.day = book.add_format({"num_format": "d mmm yyyy"})

    def sheet(self, it: Sheet) -> None:
        page = self.book.add_worksheet(it.name)
        page.set_column(0, max(0, len(it.heads) - 1), 18)
        for line, words in enumerate(it.above):
            page.write_string(line, 0, _clean(words), self.text if line else self.title)
        top = len(it.above)
        for column, head in enumerate(it.heads):
            page.write_string(top, column, head, self.head)
        page.freeze_panes(top + 1, 0)
        line = top
        for line, row in enumerate(it.rows, top + 1):
            if line - top > MOST_ROWS:
                raise TooLong(f"{it.name} has more rows than a sheet holds. Take it as CSV.")
            for column, value in enumerate(row):
                self._write(page, line, column, value)
        page.autofilter(top, 0, max(line, top), max(0, len(it.heads) - 1))

    def _write(self, page: Any, line: int, column: int, value: object) -> None:
        match value:
            case None | "":
                return
            case bool():
                page.write_string(line, column, "yes" if value else "no", self.text)
            case Decimal():
                page.write_number(line, column, value, self.pounds)
            case int():
                page.write_number(line, column, value, self.whole)
            case date():
                page.write_datetime(line, column, value, self.day)
            case _:
                page.write_string(line, column, _clean(str(value)), self.text)


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text)[:LONGEST_TEXT]


def csv_file(name: str, rows: Iterable[Values]) -> Response:
    """The rows as a file to download, sent as they are read."""
    return attachment(name, Response(as_read(csv_lines(rows)), mimetype="text/csv"))


def as_read(pieces: Iterator[str]) -> Iterator[bytes]:
    """Pieces of an answer, each read when it is sent, and always as this request sees.

    They are read after the request has ended, when what its person may not see is no longer
    hidden: so the context of now is kept for them.
    """
    context = copy_context()

    def sent() -> Iterator[bytes]:
        try:
            while (piece := context.run(next, pieces, None)) is not None:
                yield piece.encode("utf-8", "replace")
        finally:
            if isinstance(pieces, Generator):
                context.run(pieces.close)

    return sent()


def attachment(name: str, answer: Response) -> Response:
    """An answer that the browser keeps as a file."""
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
