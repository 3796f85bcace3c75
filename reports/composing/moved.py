"""Movements since the last report: a table for each family of kinds, basis and plan year."""

from collections.abc import Mapping
from typing import Any

from benefits.periods import FinancialYear
from benefits.wording.writing import day, london_day
from benefits.wording.writing import month as month_words
from reports.archive import Archived
from reports.composing.book import Book, Family
from reports.composing.corrections import corrections
from reports.composing.opening import from_json, stored_years
from reports.contents import Movements
from reports.money_tables import CashRow, MovementTable, RecurringRow
from reports.movements import (
    Cause,
    Columns,
    Opening,
    Row,
    Statement,
    cash_statements,
    recurring_statements,
)

#: The column of which a cause's reference gives the amount.
_SHOWN = {
    Cause.SLIPPED: ("slipped", "lost_by_delay"),
    Cause.FORECAST_RAISED: ("still_forecast", "still_forecast"),
    Cause.FORECAST_LOWERED: ("still_forecast", "still_forecast"),
    Cause.CLAIMED: ("claimed", "claimed"),
    Cause.REJECTED: ("claimed", "claimed"),
    Cause.VERIFIED: ("verified", "verified"),
    Cause.ERODED: ("verified", "verified"),
    Cause.CORRECTED: ("verified", "verified"),
}


def movements(book: Book, stored: Mapping[str, Any] | None) -> Movements:
    """Section 4. ``stored`` is what the last report left as its opening, None for a first report.

    Raises ``PennyLeftOver``, naming the benefit, when the movements do not tie.
    """
    recurring: list[MovementTable[RecurringRow]] = []
    cash: list[MovementTable[CashRow]] = []
    for family in Family:
        annual, money = statements(book, family, stored)
        recurring += [
            _table(book, family, one, RecurringRow)
            for one in annual.values()
            if _printed(book, one)
        ]
        cash += [
            _table(book, family, one, CashRow) for one in money.values() if _printed(book, one)
        ]
    return Movements(since(book), tuple(recurring), tuple(cash), corrections(book.record))


def statements(
    book: Book, family: Family, stored: Mapping[str, Any] | None
) -> tuple[dict[FinancialYear, Statement], dict[FinancialYear, Statement]]:
    """The movement statements of a family by year: recurring, then in-year cash."""
    accounts = book.of(family)
    opening = _opening(book, family, stored)
    steps = sorted(
        (step for account in accounts for step in account.told.followed.steps),
        key=lambda step: step.position,
    )
    now = [account.lines for account in accounts]
    years = sorted({*book.all_years, *(stored_years(stored) if stored else ())})
    return (
        recurring_statements(opening, steps, now, years, book.month),
        cash_statements(opening, steps, now, years, book.month),
    )


def _opening(book: Book, family: Family, stored: Mapping[str, Any] | None) -> Opening | None:
    if stored is None:
        return None
    return from_json(stored, family, [account.ref for account in book.of(family)])


def _printed(book: Book, statement: Statement) -> bool:
    """Every printed year in which something stands or moved; further years only if moved."""
    stands = any(statement.opening.values()) or any(statement.closing.values())
    return bool(stands and statement.year in book.years) or bool(
        [row for row in statement.rows if row.cause is not Cause.TIME_PASSED]
        and statement.year <= book.record.programme.window.last
    )


def _table(book: Book, family: Family, statement: Statement, kind: Any) -> Any:
    note = f"{_capital(family.value)}, {book.said_funds(family)}."
    return MovementTable(
        statement.year,
        kind(opening_label(book), **statement.opening),
        tuple(_cause(book, family, statement, row, kind) for row in statement.rows),
        kind(f"Closing, end of {month_words(book.month)}", **statement.closing),
        note,
    )


def _cause(book: Book, family: Family, statement: Statement, row: Row, kind: Any) -> Any:
    label = _capital(row.cause.value)
    ref = ""
    if row.events:
        said = f"{label}, {family.value}, {statement.year}, {kind.BASIS.lower()}"
        ref = book.traces.add(said, _shown(row, kind), row.events)
    return kind(label, **row.amounts, ref=ref)


def _shown(row: Row, kind: Any) -> int:
    cash = kind is CashRow
    default = "plan" if cash else "current_plan"
    columns: Columns = row.amounts
    return columns[_SHOWN.get(row.cause, (default, default))[cash]]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def since(book: Book) -> str:
    """Which report this one opens with, in a sentence."""
    last = book.record.last
    if last is None:
        return (
            "This is the first report of the programme: it opens with nothing, and everything "
            "recorded so far is a movement."
        )
    return (
        f"Since the report of {report_words(last)}, which was made from the record up to event "
        f"{last.position:,}. This report takes {_events(book)}."
    )


def _events(book: Book) -> str:
    first, last = book.record.since + 1, book.record.position
    if last < first:
        return "no event since, only the time that has passed"
    return f"events {first:,} to {last:,}" if last > first else f"event {last:,}"


def report_words(last: Archived) -> str:
    """Which report it was: ``September 2024, issued on 3 October 2024``."""
    edition = f", edition {last.edition}" if last.edition > 1 else ""
    return f"{month_words(last.month)}{edition}, issued on {day(london_day(last.issued_at))}"


def opening_label(book: Book) -> str:
    """How the first row of a movement table is called."""
    last = book.record.last
    if last is None:
        return "Opening: nothing, a first report"
    return f"Opening, as the report of {month_words(last.month)} printed it"
