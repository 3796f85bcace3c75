"""Milestones: reached since the last report, slipped with what the delay costs, and due next."""

from collections.abc import Iterator
from datetime import date

from benefits import parts
from benefits.benefit import Benefit
from benefits.delay import cost_of_delay, counts_from, months_lost
from benefits.events.delivery import MilestoneReached
from benefits.money import Pence
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Kind
from benefits.wording.writing import count, month
from reports.composing.book import Account, Book
from reports.contents import Milestones
from reports.entries import Milestone

#: How many months ahead "due next" looks.
AHEAD = 3


def milestones(book: Book) -> Milestones:
    """Section 7, of the benefits that the board has approved and not withdrawn."""
    live = [account for account in book.accounts if account.benefit.stage.reconciled]
    reached = [one for account in live for one in _reached(book, account)]
    slipped = [one for account in live for one in _slipped(book, account)]
    due = [one for account in live for one in _due(book, account)]
    return Milestones(
        tuple(sorted(reached, key=lambda one: (one.expected, one.ref))),
        tuple(sorted(slipped, key=lambda one: (-one.cost_of_delay, -one.days_late, one.ref))),
        tuple(sorted(due, key=lambda one: (one.expected, one.ref))),
    )


def _reached(book: Book, account: Account) -> Iterator[Milestone]:
    """Reached by the month's end, and in no report before."""
    last = book.record.last
    for recorded in account.told.events:
        event = recorded.event
        if not isinstance(event, MilestoneReached) or event.reached > book.month.last_day:
            continue
        waited = last is not None and event.reached > last.month.last_day
        if recorded.position > book.record.since or waited:
            one = account.benefit.milestones[event.milestone]
            yield _printed(book, account, one, event.reached, _drives(one))


def _slipped(book: Book, account: Account) -> Iterator[Milestone]:
    today = book.month.plus(1).first_day
    for one in account.benefit.milestones.values():
        overdue = one.overdue(today)
        if one.open and (one.slipped_days or overdue):
            expected = max(one.expected, today) if overdue else one.expected
            note = "Overdue: no new date is given." if overdue else _drives(one)
            lost = cost(book, account.benefit, one, expected)
            yield _printed(book, account, one, one.expected, note, lost, expected)


def _due(book: Book, account: Account) -> Iterator[Milestone]:
    last = book.month.plus(AHEAD).last_day
    for one in account.benefit.milestones.values():
        if one.open and book.month.last_day < one.expected <= last:
            yield _printed(book, account, one, one.expected, _drives(one))


def _drives(one: parts.Milestone) -> str:
    if not one.drives:
        return ""
    begins = counts_from(one.reached or one.expected, one.lag)
    lag = f", {count(one.lag, 'month')} after it" if one.lag else ""
    return f"Drives the saving from {month(begins)}{lag}."


def cost(book: Book, benefit: Benefit, one: parts.Milestone, expected: date) -> Pence:
    """The cash of this year that the slip of a milestone costs (pence); nothing if it drives none.

    It delays the saving that was planned to begin with it: the earliest recurring tranches from
    the month that the planned day gives.
    """
    if not one.drives or benefit.kind is Kind.DISBENEFIT:
        return 0
    months = months_lost(one.planned, expected, one.lag)
    return cost_of_delay(_driven(benefit, one), months).get(book.year, 0)


def _driven(benefit: Benefit, one: parts.Milestone) -> list[Tranche]:
    begins = counts_from(one.planned, one.lag)
    recurring = [t for t in benefit.plan if t.nature is Nature.RECURRING and t.month >= begins]
    first = min((t.month for t in recurring), default=begins)
    return [t for t in recurring if t.month == first]


def _printed(
    book: Book,
    account: Account,
    one: parts.Milestone,
    day: date,
    note: str,
    cost_of: Pence = 0,
    counted: date | None = None,
) -> Milestone:
    return Milestone(
        account.ref,
        one.title,
        account.benefit.title,
        book.record.names(one.owner or account.benefit.owner),
        one.planned,
        day,
        ((counted or day) - one.planned).days,
        cost_of,
        note,
    )
