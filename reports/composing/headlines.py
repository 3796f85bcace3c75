"""The five figures of the summary, each with its basis, for each fund and with its events."""

from collections.abc import Callable

from benefits.money import Pence
from benefits.vocabulary import Fund
from benefits.wording.writing import month as month_words
from reports.brought_forward import brought_forward
from reports.composing.book import (
    OF_ALL,
    OF_PLAN,
    OF_VERIFIED,
    Account,
    Book,
    Family,
    called,
)
from reports.contents import FundAmount, Headline

_Amount = Callable[[Account], Pence]


def headlines(book: Book) -> tuple[Headline, ...]:
    """Current plan, verified, expected by year end; verified cash to date; brought forward.

    Cashable benefits: the amount holds all funds and is given for each.
    """
    year = book.year
    to_date = f"In-year cash, April to {month_words(book.month)}"
    if book.month.month == 4:
        to_date = f"In-year cash, {month_words(book.month)}"
    return (
        _headline(
            book,
            "Current plan of the year",
            "Recurring, a full year’s worth",
            OF_PLAN,
            lambda account: account.recurring[year].current_plan,
        ),
        _headline(
            book,
            "Verified",
            "Recurring, confirmed by finance",
            OF_VERIFIED,
            lambda account: account.recurring[year].verified,
        ),
        _headline(
            book,
            "Expected by year end",
            "Recurring: verified, claimed and still forecast",
            OF_ALL,
            lambda account: expected(account, book),
        ),
        _headline(
            book,
            "Verified cash to date",
            to_date,
            (*OF_PLAN, *OF_VERIFIED),
            lambda account: account.cash[year].verified_to_date,
            lambda account: account.cash[year].plan_to_date,
        ),
        _headline(
            book,
            "Shortfall brought forward",
            "Recurring plan of earlier years, not verified",
            (*OF_PLAN, *OF_VERIFIED),
            lambda account: sum(one.amount for one in brought_forward(account.lines, year)),
        ),
    )


def expected(account: Account, book: Book) -> Pence:
    """What is expected by the end of the plan year: verified, claimed and still forecast."""
    row = account.recurring[book.year]
    return row.verified + row.claimed + row.still_forecast


def _headline(
    book: Book,
    label: str,
    basis: str,
    sorts: tuple[type, ...],
    amount: _Amount,
    against: _Amount | None = None,
) -> Headline:
    def whole(of: _Amount, fund: Fund | None = None) -> Pence:
        return sum(of(account) for account in book.of(Family.CASHABLE, fund))

    by_fund = tuple(
        FundAmount(called(fund), whole(amount, fund), whole(against, fund) if against else None)
        for fund in book.funds()
    )
    behind = [
        position
        for account in book.cashable
        if amount(account) or (against and against(account))
        for position in account.events(sorts)
    ]
    parts = [(account, amount(account)) for account in book.cashable]
    ref = book.traces.add(f"{label} ({basis})", whole(amount), behind, parts)
    return Headline(label, whole(amount), basis, by_fund, whole(against) if against else None, ref)
