"""The report's own figures as a JSON and a CSV file, so that anyone can check them.

Both are made from the contents alone: the same contents always give the same bytes.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from reports.contents import ReportContents
from reports.money_tables import Bridge, CashRow, MoneyTable, MovementTable, RecurringRow
from reports.side_tables import SideTable

HEADINGS = ("section", "basis", "table", "row", "figure", "pounds", "reference")
Line = tuple[str, str, str, str, str, Pence, str]


def to_json(contents: ReportContents) -> bytes:
    """Everything that is printed, amounts in pence. UTF-8, in the order of the report."""
    whole = {
        "format": "realise monthly report",
        "version": 1,
        "amounts": "whole pence",
        "report": _plain(contents),
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _plain(value: Any) -> Any:
    """A value as JSON has it; instants in UTC, periods and readings as they are written.

    A row of money says what it counts, so that it can be read back as the same sort of row.
    """
    if is_dataclass(value) and not isinstance(value, type | Month | FinancialYear):
        held = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"counted": value.BASIS, **held} if hasattr(value, "BASIS") else held
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Month | FinancialYear | Decimal):
        return str(value)
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def to_csv(contents: ReportContents) -> bytes:
    """Every amount of money of the tables, one a line, exact to the penny.

    UTF-8 with a byte order mark, for spreadsheets; words that a spreadsheet would take for a
    formula get an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for *words, amount, ref in figure_lines(contents):
        writer.writerow([*(_safe(str(word)) for word in words), _pounds(amount), ref])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _safe(words: str) -> str:
    return f"'{words}" if words[:1] in tuple("=+-@\t\r\n") and words else words


def _pounds(amount: Pence) -> str:
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02d}"


def figure_lines(contents: ReportContents) -> Iterator[Line]:
    """Every amount of the tables: section, basis, table, row, figure, pence, reference."""
    yield from _summary(contents)
    planned = contents.planned
    for bridge in (planned.bridge, *planned.gross_to_net):
        yield from _bridge(bridge)
    for table in (
        planned.recurring_by_year,
        planned.cash_by_year,
        *planned.by_workstream,
        *planned.by_fund,
        *planned.other_kinds,
    ):
        yield from _table(table)
    for point in planned.run_rate.points:
        for name in ("planned", "verified", "forecast", "p10", "p90"):
            amount = getattr(point, name)
            if amount is not None:
                caption, basis = planned.run_rate.caption, planned.run_rate.basis
                yield ("Run rate", basis, caption, str(point.month), name, amount, "")
    for recurring in contents.movements.recurring:
        yield from _movement(recurring)
    for cash in contents.movements.cash:
        yield from _movement(cash)
    yield from _status(contents)
    yield from _beside("Planned and realised", planned.beside)
    yield from _beside("Status", contents.status.beside)
    yield from _beside("Milestones", contents.milestones.beside)
    yield from _benefits(contents)


def _summary(contents: ReportContents) -> Iterator[Line]:
    for headline in contents.summary.headlines:
        start = ("Summary", headline.basis, "Headlines", headline.label)
        yield (*start, "All funds", headline.amount, headline.ref)
        if headline.against is not None:
            yield (*start, "All funds, set beside", headline.against, headline.ref)
        for fund in headline.by_fund:
            yield (*start, fund.fund, fund.amount, headline.ref)
            if fund.against is not None:
                yield (*start, f"{fund.fund}, set beside", fund.against, headline.ref)


def _bridge(bridge: Bridge) -> Iterator[Line]:
    for step in (bridge.start, *bridge.steps, bridge.end):
        yield ("Bridge", bridge.basis, bridge.caption, step.label, "Amount", step.amount, step.ref)


def _row(section: str, basis: str, table: str, row: RecurringRow | CashRow) -> Iterator[Line]:
    for name, heading in row.COLUMNS:
        yield (section, basis, table, row.label, heading, getattr(row, name), row.ref)


def _table(table: MoneyTable[RecurringRow] | MoneyTable[CashRow]) -> Iterator[Line]:
    rows: list[RecurringRow | CashRow] = [*table.rows, table.total]
    for row in rows:
        basis = f"{row.BASIS}. {table.basis}"
        yield from _row("Planned and realised", basis, table.caption, row)


def _movement(table: MovementTable[RecurringRow] | MovementTable[CashRow]) -> Iterator[Line]:
    rows: list[RecurringRow | CashRow] = [table.opening, *table.causes, table.closing]
    for row in rows:
        yield from _row("Movements", row.BASIS, f"Plan year {table.year}", row)


def _status(contents: ReportContents) -> Iterator[Line]:
    status = contents.status
    for row in (*status.strip, status.strip_total):
        for name in ("delivered", "on_track", "at_risk", "not_delivered"):
            words = name.replace("_", " ").capitalize()
            yield (
                "Status",
                status.basis,
                "By workstream",
                row.label,
                words,
                getattr(row, name),
                "",
            )
    for aged in status.aged:
        for name in ("planned", "verified", "brought_forward"):
            words = name.replace("_", " ").capitalize()
            amount = getattr(aged, name)
            yield ("Status", "Recurring basis", "Ageing", str(aged.due), words, amount, aged.ref)
    for source in status.cash_sources:
        yield ("Status", "Cash", "How it was met", source.label, "Amount", source.amount, "")
    for pressure in status.pressures:
        place = f"{pressure.benefit}, {pressure.month}"
        yield ("Status", "Cash", "Pressures", place, "Amount", pressure.amount, pressure.ref)


def _beside(section: str, tables: tuple[SideTable, ...]) -> Iterator[Line]:
    for table in tables:
        for row, column, amount, ref in table.lines():
            yield (section, table.basis, table.caption, row, column, amount, ref)


def _benefits(contents: ReportContents) -> Iterator[Line]:
    for entry in contents.appendix.benefits:
        for year in entry.years:
            for name in ("original_plan", "plan", "forecast", "verified", "claimed"):
                words = name.replace("_", " ").capitalize()
                row = f"{entry.name}, {year.year}"
                amount = getattr(year, name)
                yield ("Benefits", entry.basis, entry.workstream, row, words, amount, entry.ref)
