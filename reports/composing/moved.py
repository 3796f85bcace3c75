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
    Opening,
    Row,
    Statement,
    cash_statements,
    recurring_statements,
)

#: The column of which a cause's reference gives the amount: the first that moved.
_SHOWN = {
    Cause.SLIPPED: ("slipped", "lost_by_delay"),
    Cause.FORECAST_RAISED: ("still_forecast", "slipped"),
    Cause.FORECAST_LOWERED: ("still_forecast", "slipped"),
    Cause.CLAIMED: ("claimed",),
    Cause.REJECTED: ("claimed",),
    Cause.VERIFIED: ("verified", "claimed"),
    Cause.ERODED: ("verified",),
    Cause.CORRECTED: ("verified", "claimed"),
}
_PLAN = ("current_plan", "plan")
#: The statements of one family by year, on the recurring and on the in-year cash basis.
Statements = tuple[dict[FinancialYear, Statement], dict[FinancialYear, Statement]]


def movements(book: Book, stated: Mapping[Family, Statements]) -> Movements:
    """Section 4: the tables of ``statements``; a year in which nothing moved has no causes."""
    recurring: list[MovementTable[RecurringRow]] = []
    cash: list[MovementTable[CashRow]] = []
    for family, (annual, money) in stated.items():
        for year, statement in annual.items():
            if _printed(book, year, statement):
                recurring.append(_table(book, family, statement, RecurringRow))
        for year, statement in money.items():
            if _printed(book, year, statement):
                cash.append(_table(book, family, statement, CashRow))
    return Movements(since(book), tuple(recurring), tuple(cash), corrections(book.record))


def all_statements(book: Book, stored: Mapping[str, Any] | None) -> dict[Family, Statements]:
    """Every family's statements. ``stored`` is the last report's opening, None for a first report.

    Raises ``PennyLeftOver``, naming the benefit, when the movements do not tie.
    """
    return {family: statements(book, family, stored) for family in Family}


def statements(book: Book, family: Family, stored: Mapping[str, Any] | None) -> Statements:
    """The movement statements of a family by year: recurring, then in-year cash."""
    accounts = book.of(family)
    opening = _opening(book, family, stored)
    steps = sorted(
        (step for account in accounts for step in account.told.followed.steps),
        key=lambda step: step.position,
    )
    now = [account.lines for account in accounts]
    years = sorted({*book.all_years, *(stored_years(stored) if stored else ())})
    annual = {account.lines.benefit: account.recurring for account in accounts}
    money = {account.lines.benefit: account.cash for account in accounts}
    return (
        recurring_statements(opening, steps, now, years, book.month, annual),
        cash_statements(opening, steps, now, years, book.month, money),
    )


def _opening(book: Book, family: Family, stored: Mapping[str, Any] | None) -> Opening | None:
    if stored is None:
        return None
    return from_json(stored, family, [account.ref for account in book.of(family)])


def _printed(book: Book, year: FinancialYear, statement: Statement) -> bool:
    """A year that the other tables print too, if it holds anything; whether it moved or not."""
    held = (*statement.opening.values(), *statement.closing.values())
    return year in book.years and (bool(statement.rows) or any(held))


def _table(book: Book, family: Family, statement: Statement, kind: Any) -> Any:
    note = f"{_capital(family.value)}, {book.said_funds(family)}."
    return MovementTable(
        statement.year,
        kind(opening_label(book), **statement.opening),
        tuple(
            kind(
                _capital(row.cause.value),
                **row.amounts,
                ref=_ref(book, family, statement.year, row, kind),
            )
            for row in statement.rows
        ),
        kind(f"Closing, end of {month_words(book.month)}", **statement.closing),
        note,
    )


def _ref(
    book: Book,
    family: Family,
    year: FinancialYear,
    row: Row,
    kind: type[RecurringRow] | type[CashRow],
) -> str:
    """A reference for this row alone: the same events move each year by another amount."""
    if not row.events:
        return ""
    column = _shown(row)
    words = f"{year}, {kind.BASIS.lower()}: {row.cause.value}, {family.value}"
    said = dict(kind.COLUMNS)[column]
    figure = f"Movement of {words} ({said[:1].lower()}{said[1:]})"
    return book.traces.add(figure, row.amounts[column], row.events)


def _shown(row: Row) -> str:
    """The column whose amount stands in the appendix for the row."""
    names = (*_SHOWN.get(row.cause, _PLAN), *row.amounts)
    return next((name for name in names if row.amounts.get(name)), next(iter(row.amounts)))


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
