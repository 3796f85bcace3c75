"""What stands beside the status: historical and current apart, replacements, and pressures."""

from collections.abc import Iterator
from itertools import chain

from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.profile import increments
from benefits.wording.writing import month as month_words
from reports.brought_forward import by_age
from reports.composing.book import OF_VERIFIED, Account, Book, called
from reports.composing.headroom import headroom_by_line
from reports.side_tables import SideRow, SideTable


def beside_status(book: Book) -> Iterator[SideTable]:
    """The tables that follow the status section's own, those with nothing left out."""
    yield from chain(_by_age(book), _replaced(book), _consumed(book), headroom_by_line(book))


def _by_age(book: Book) -> Iterator[SideTable]:
    """Verified cash of the year to date, by the plan year that it delivers; a row for each fund."""
    rows = []
    for fund in book.funds():
        accounts = [account for account in book.cashable if account.benefit.fund is fund]
        parts = [by_age(account.lines, book.year, book.month) for account in accounts]
        now = sum(one.current for one in parts)
        before = sum(one.historical for one in parts)
        early = sum(one.early for one in parts)
        behind = [p for account in accounts for p in account.events(OF_VERIFIED)]
        if before or early:
            label = called(fund)
            given = [(one, part.historical) for one, part in zip(accounts, parts, strict=True)]
            figure = f"Verified for earlier plan years, {fund.value}"
            ref = book.traces.add(figure, before, behind, given)
            rows.append(SideRow(label, (now, before, early, now + before + early), ref=ref))
    if rows:
        yield SideTable(
            "This year’s plan and earlier years’",
            f"Verified cash to {month_words(book.month)}, by the plan year that it delivers",
            f"In-year cash of {book.year}, cashable benefits",
            "Fund",
            ("This year’s plan", "Earlier years’ plans", "Later years’ plans", "Verified cash"),
            tuple(rows),
            words=(
                "What delivers earlier years’ plans is historical: it is no part of this year’s.",
            ),
        )


def _replaced(book: Book) -> Iterator[SideTable]:
    """Withdrawn benefits and what was approved in their place, followed to its end."""
    accounts = {account.benefit.benefit: account for account in book.accounts}
    replaced = {account.benefit.replacement for account in book.accounts}
    rows = [
        _chain_row(book, _chain(first, accounts))
        for first in book.accounts
        if first.benefit.stage is Stage.WITHDRAWN
        and first.benefit.replacement
        and first.benefit.benefit not in replaced
    ]
    if rows:
        yield SideTable(
            "Delivered another way",
            "Withdrawn benefits and what replaces them",
            "Recurring basis, all plan years",
            "Withdrawn benefit",
            ("Original plan given up", "Plan in its place", "Verified of that"),
            tuple(rows),
            words=("A withdrawn plan counts as met only by what finance verifies in its place.",),
        )


def _chain(first: Account, accounts: dict[str, Account]) -> list[Account]:
    found, current = [first], first.benefit
    while current.replacement in accounts:
        following = accounts[current.replacement]
        if following in found:
            break
        found.append(following)
        current = following.benefit
    return found


def _chain_row(book: Book, chain_: list[Account]) -> SideRow:
    first, *rest = chain_
    given_up = sum(increments(first.lines.original).values())
    planned = sum(sum(increments(one.lines.plan).values()) for one in rest)
    verified = sum(sum(increments(one.lines.verified).values()) for one in rest)
    if rest:
        steps = ", then ".join(f"{one.benefit.title} ({one.ref})" for one in rest)
        note = f"Replaced by {steps}."
    else:
        note = f"{_named(book, first.benefit)} is to replace it, and is not approved yet."
    return SideRow(first.benefit.title, (given_up, planned, verified), note, first.ref)


def _named(book: Book, benefit: Benefit) -> str:
    title = book.record.titles.get(benefit.replacement or "", "A benefit of another programme")
    ref = book.record.refs.get(benefit.replacement or "", "")
    return f"{title} ({ref})" if ref else title


def _consumed(book: Book) -> Iterator[SideTable]:
    """Delivery gross of pressure, the pressure that consumed it, and what is left."""
    rows = []
    for account in book.accounts:
        pressure = sum(
            one.amount
            for one in account.benefit.pressures
            if one.month.financial_year == book.year and one.month <= book.month
        )
        if pressure:
            gross = account.cash[book.year].verified_to_date
            amounts = (gross, pressure, gross - pressure)
            rows.append(SideRow(account.benefit.title, amounts, ref=account.ref))
    if rows:
        yield SideTable(
            "Delivered, and what pressure consumed",
            f"Verified cash to {month_words(book.month)}, before and after the pressures recorded",
            f"In-year cash of {book.year}",
            "Benefit",
            ("Delivered, gross", "Pressure", "Net of pressure"),
            tuple(rows),
            words=("A pressure changes no status: what finance has verified stays delivered.",),
        )
