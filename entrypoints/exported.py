"""Tables as CSV files that a spreadsheet opens as text and figures, never as formulas."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask import Response

from benefits.money import Pence

#: How a text must not begin: a spreadsheet would work it out as a formula (OWASP, CSV injection).
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def in_pounds(amount: Pence) -> Decimal:
    """Pence as a figure in pounds, for a column of figures."""
    return Decimal(amount) / 100


def csv_of(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with the mark by which Excel knows UTF-8. Only text is made safe, not figures."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_safe(value) for value in row] for row in rows)
    return "\ufeff" + text.getvalue()


def _safe(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULAS):
        return f"'{value}"
    return value


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> Response:
    """The rows as a file to download."""
    answer = Response(csv_of(rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
