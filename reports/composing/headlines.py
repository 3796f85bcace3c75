"""The five figures of the summary, each with its basis, for each fund and with its events."""

from collections.abc import Callable, Sequence

from benefits.money import Pence
from benefits.wording.writing import month as month_words
from reports.brought_forward import brought_forward
from reports.composing.book import Account, Book, Family, called
from reports.composing.tables import events_of
from reports.contents import FundAmount, Headline

_Amount = Callable[[Sequence[Account]], Pence]


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
            f"Recurring: what {year} first delivers, a full year’s worth",
            lambda accounts: sum(account.recurring[year].current_plan for account in accounts),
        ),
        _headline(
            book,
            "Verified",
            f"Recurring plan of {year}, confirmed by finance",
            lambda accounts: sum(account.recurring[year].verified for account in accounts),
        ),
        _headline(
            book,
            "Expected by year end",
            "Recurring: verified, claimed and still forecast",
            lambda accounts: sum(expected(account, book) for account in accounts),
        ),
        _headline(
            book,
            "Verified cash to date",
            to_date,
            lambda accounts: sum(account.cash[year].verified_to_date for account in accounts),
            lambda accounts: sum(account.cash[year].plan_to_date for account in accounts),
        ),
        _headline(
            book,
            "Shortfall brought forward",
            "Recurring plan of earlier years, not verified",
            lambda accounts: sum(
                shortfall.amount
                for account in accounts
                for shortfall in brought_forward(account.lines, year)
            ),
        ),
    )


def expected(account: Account, book: Book) -> Pence:
    """What is expected by the end of the plan year: verified, claimed and still forecast."""
    row = account.recurring[book.year]
    return row.verified + row.claimed + row.still_forecast


def _headline(
    book: Book, label: str, basis: str, amount: _Amount, against: _Amount | None = None
) -> Headline:
    whole = amount(book.cashable)
    by_fund = tuple(
        FundAmount(
            called(fund),
            amount(book.of(Family.CASHABLE, fund)),
            against(book.of(Family.CASHABLE, fund)) if against else None,
        )
        for fund in book.funds()
    )
    ref = book.traces.add(f"{label} ({basis})", whole, events_of(book.cashable))
    beside = against(book.cashable) if against else None
    return Headline(label, whole, basis, by_fund, beside, ref)
