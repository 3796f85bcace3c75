"""Planned and realised: the reconciliation, the bridges and the run rate, with what they say."""

from benefits.money import Pence, pounds
from benefits.wording.writing import month as month_words
from reports.composing import tables
from reports.composing.appraised import appraised
from reports.composing.book import Book
from reports.composing.drivers import drivers
from reports.composing.likely import likely, risk_adjusted
from reports.composing.net import gross_to_net
from reports.composing.run_rate import run_rate
from reports.contents import PlannedAndRealised
from reports.money_tables import Bridge


def planned(book: Book) -> PlannedAndRealised:
    """Section 2 and 3 of the report."""
    recurring, cash = tables.by_year(book)
    drawn = risk_adjusted(book)
    return PlannedAndRealised(
        introduction=_introduction(book),
        year=book.year,
        bridge=_bridge(book),
        gross_to_net=gross_to_net(book),
        run_rate=run_rate(book, drawn),
        recurring_by_year=recurring,
        cash_by_year=cash,
        by_workstream=tables.by_workstream(book),
        by_fund=tables.by_fund(book),
        other_kinds=tables.other_kinds(book),
        beside=(*drivers(book), *likely(book, drawn), *appraised(book)),
    )


def _bridge(book: Book) -> Bridge:
    row = tables.recurring_row("", [account.recurring[book.year] for account in book.cashable])
    return Bridge.to_outturn(
        row,
        f"Plan year {book.year}, cashable benefits, {book.said_funds()}",
        "Annual amounts, gross of recurring investment.",
    )


def _introduction(book: Book) -> str:
    if not book.accounts:
        return "No benefit has passed Validation yet, so there is no approved plan to reconcile."
    row = tables.recurring_row("", [account.recurring[book.year] for account in book.cashable])
    if not any(getattr(row, name) for name, _ in row.COLUMNS):
        return _outside(book)
    claimed = f"{pounds(row.claimed)} is claimed and" if row.claimed else "no claim"
    return (
        f"Cashable benefits planned to start in {book.year} are worth {pounds(row.current_plan)} "
        f"in a full year. By the end of {month_words(book.month)} finance has verified "
        f"{_or_nothing(row.verified)} of it, {claimed} waits for finance, "
        f"and {_or_nothing(row.still_forecast)} is still forecast before April."
    )


def _or_nothing(amount: Pence) -> str:
    return pounds(amount) if amount else "nothing"


def _outside(book: Book) -> str:
    window = book.record.programme.window
    if book.year < window.first:
        return f"The plan begins in {window.first}, so nothing is due in {book.year}."
    if book.year > window.last:
        return (
            f"The plan ended with {window.last}, so nothing new is due in {book.year}. "
            "What earlier years promised is in the tables below, and any shortfall in section 5."
        )
    return f"No new recurring saving is planned to start in {book.year}."
