"""Milestones: reached since the last report, slipped with what the delay costs, and due next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from benefits import parts
from benefits.delay import cost_of_delay, counts_from, driven, months_lost, unclaimed
from benefits.events.delivery import MilestoneReached
from benefits.money import Pence, pounds
from benefits.vocabulary import Kind
from benefits.wording.writing import count, month
from reports.composing.book import Account, Book
from reports.composing.proposed import proposed_forecasts
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
        tuple(proposed_forecasts(book)),
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
            lost = delay(book, account, one, expected)
            note = " ".join(words for words in (note, lost.words) if words)
            yield _printed(book, account, one, one.expected, note, lost.cost, expected)


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


@dataclass(frozen=True, slots=True)
class Delay:
    """What the slip of a milestone costs of this year's cash (pence), and how that was worked."""

    cost: Pence = 0
    words: str = ""


def delay(book: Book, account: Account, one: parts.Milestone, expected: date) -> Delay:
    """What this year loses while it comes later, of the saving that was planned to begin with it.

    Nothing if it drives none. What is claimed already counts, and is not delayed.
    """
    months = months_lost(one.planned, expected, one.lag)
    if not one.drives or account.benefit.kind is Kind.DISBENEFIT or not months:
        return Delay()
    lines, begins = account.lines, counts_from(one.planned, one.lag)
    drives = driven(lines.plan, begins)
    waiting = unclaimed(drives, (*lines.verified, *lines.claimed))
    lost = cost_of_delay(waiting, months).get(book.year, 0)
    annual = sum(tranche.amount for tranche in waiting)
    if not annual:
        return Delay(words="All that it drives is claimed already." if drives else "")
    return Delay(lost, f"{count(months, 'month')} of {pounds(annual)} a year not yet claimed.")


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
