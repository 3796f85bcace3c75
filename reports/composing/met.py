"""Shortfalls of earlier years by age, how verified cash was met, and pressures beside it."""

from collections.abc import Iterator

from benefits.money import Pence
from benefits.periods import FinancialYear
from benefits.wording.writing import listed
from benefits.wording.writing import month as month_words
from reports.brought_forward import HowMet, aged, brought_forward, how_met
from reports.composing.book import OF_PLAN, OF_VERIFIED, Account, Book, called
from reports.composing.tables import events_of
from reports.entries import AgedShortfall, CashSource, Pressure


def aged_shortfalls(book: Book) -> tuple[AgedShortfall, ...]:
    """Cashable recurring plan of earlier years not yet verified, oldest first (pence)."""
    found = []
    for shortfall in aged([account.lines for account in book.cashable], book.year):
        year = shortfall.plan_year
        planned = sum(account.recurring[year].current_plan for account in book.cashable)
        verified = sum(account.recurring[year].verified for account in book.cashable)
        ref = book.traces.add(
            f"Brought forward from {year}",
            shortfall.amount,
            events_of(book.cashable, (*OF_PLAN, *OF_VERIFIED), year),
            [(account, _due(account, year, book.year)) for account in book.cashable],
        )
        found.append(AgedShortfall(year, planned, verified, shortfall.amount, ref))
    return tuple(found)


def _due(account: Account, year: FinancialYear, now: FinancialYear) -> Pence:
    """What one benefit has left over of an earlier plan year."""
    return sum(one.amount for one in brought_forward(account.lines, now) if one.plan_year == year)


def cash_sources(book: Book) -> tuple[CashSource, ...]:
    """Verified cash of the year to date by how it was met, each fund apart when there are several.

    Reserves used are cover, never realised.
    """
    sources: list[CashSource] = []
    for fund in book.funds():
        accounts = [account for account in book.cashable if account.benefit.fund is fund]
        before = f"{called(fund)}: " if len(book.funds()) > 1 else ""
        met = [_met(book, account) for account in accounts]
        for label, name in (
            ("As approved", "as_approved"),
            ("Another way: the benefit replaces a withdrawn one", "another_way"),
            ("Met from one-offs", "from_one_offs"),
        ):
            amount = sum(getattr(one, name) for one in met)
            if amount:
                words = f"{before}{label[0].lower()}{label[1:]}" if before else label
                sources.append(CashSource(words, amount))
    covered = sum(
        cover.amount
        for account in book.cashable
        for cover in account.benefit.covers
        if cover.year == book.year
    )
    if covered:
        sources.append(CashSource("Reserves used", covered, counts_as_realised=False))
    return tuple(sources)


def _met(book: Book, account: Account) -> HowMet:
    replaced = {told.benefit.replacement for told in book.record.benefits}
    return how_met(
        account.lines,
        book.year,
        replaces_withdrawn=account.benefit.benefit in replaced,
        upto=book.month,
    )


def pressures(book: Book) -> tuple[Pressure, ...]:
    """What finance recorded for months of this year up to the report's, latest first."""
    found = [
        Pressure(account.ref, account.benefit.title, one.month, one.amount, one.reason)
        for account in book.accounts
        for one in account.benefit.pressures
        if one.month.financial_year == book.year and one.month <= book.month
    ]
    return tuple(sorted(found, key=lambda one: (-one.month.ordinal, one.ref)))


def late_claims(account: Account) -> Iterator[str]:
    """The months of claims that were made after they were closed, in one sentence."""
    late = [claim.late_for for claim in account.benefit.claims.values() if claim.late_for]
    if len(late) == 1:
        yield f"A claim for {month_words(late[0])} was made after that month was closed."
    elif late:
        months = listed(dict.fromkeys(month_words(month) for month in sorted(late)))
        yield f"{len(late)} claims, for {months}, were made after the month was closed."
