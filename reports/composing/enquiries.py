"""Lines of enquiry that the figures suggest: questions that a committee could well ask."""

from collections.abc import Iterator
from datetime import date

from benefits.money import pounds
from benefits.vocabulary import Confidence, Grade
from benefits.wording.writing import count, day, london_day
from reports.composing.book import Account, Book

#: A claim that has waited so many days for finance is asked about.
LONG = 60
_WEAKEST = (Grade.PRELIMINARY, Grade.INTERIM)


def enquiries(book: Book) -> Iterator[str]:
    """One question of each sort that the data suggests, with the benefit it is about."""
    for sort in (_slip, _lost, _confidence, _conditions, _waiting, _grade):
        yield from sort(book)


def _largest(book: Book, column: str) -> tuple[int, Account] | None:
    sized = [
        (sum(getattr(account.recurring[year], column) for year in book.years), account)
        for account in book.cashable
    ]
    largest = max(sized, key=lambda pair: (pair[0], -pair[1].benefit.position), default=None)
    return largest if largest and largest[0] > 0 else None


def _slip(book: Book) -> Iterator[str]:
    found = _largest(book, "slipped")
    if found:
        amount, account = found
        yield (
            f"{account.benefit.title} ({account.ref}) has slipped by {pounds(amount)} a year, the "
            "most of any benefit. What does each month of delay cost, and what would bring it back?"
        )


def _lost(book: Book) -> Iterator[str]:
    found = _largest(book, "not_delivered")
    if found:
        amount, account = found
        yield (
            f"{pounds(amount)} a year of {account.benefit.title} ({account.ref}) will not be "
            "delivered. What replaces it?"
        )


def _confidence(book: Book) -> Iterator[str]:
    low = [a for a in book.cashable if a.benefit.confidence is Confidence.LOW]
    open_money = [(sum(_open(a, book)), a) for a in low]
    amount, account = max(open_money, key=lambda pair: pair[0], default=(0, None))
    if account is not None and amount > 0:
        yield (
            f"Confidence in {account.benefit.title} ({account.ref}) is low, and {pounds(amount)} a "
            f"year rests on it. What would make it surer?"
        )


def _open(account: Account, book: Book) -> Iterator[int]:
    for year in book.years:
        yield account.recurring[year].still_forecast + account.recurring[year].slipped


def _conditions(book: Book) -> Iterator[str]:
    end = book.month.last_day
    overdue = [
        (standing.condition.due, told)
        for told in book.record.benefits
        for standing in told.benefit.outstanding_conditions
        if standing.condition.due <= end
    ]
    if overdue:
        oldest, told = min(overdue, key=lambda pair: pair[0])
        if len(overdue) == 1:
            said = f"A condition set by the board is overdue since {day(oldest)}"
        else:
            said = f"{len(overdue)} conditions set by the board are overdue, the oldest since "
            said += day(oldest)
        yield f"{said} ({told.benefit.title}, {told.ref}). Why?"


def _waiting(book: Book) -> Iterator[str]:
    end = book.month.last_day
    waits = [
        (_days(london_day(claim.made_at), end), claim, account)
        for account in book.accounts
        for claim in account.benefit.waiting_claims
        if london_day(claim.made_at) <= end
    ]
    longest = max(waits, key=lambda one: one[0], default=None)
    if longest and longest[0] >= LONG:
        late = sum(1 for one in waits if one[0] >= LONG)
        days, claim, account = longest
        yield (
            f"{count(late, 'claim has', 'claims have')} waited {LONG} days or more for finance; "
            f"the longest is {pounds(claim.tranche.amount)} of {account.benefit.title} "
            f"({account.ref}), {count(days, 'day')}. What holds it up?"
        )


def _days(first: date, last: date) -> int:
    return (last - first).days


def _grade(book: Book) -> Iterator[str]:
    """The most money that rests on the weakest grade."""
    for grade in _WEAKEST:
        sums = [
            (sum(c.stands for c in a.benefit.claims.values() if c.grade is grade), a)
            for a in book.cashable
        ]
        amount, account = max(sums, key=lambda pair: pair[0], default=(0, None))
        if account is not None and amount > 0:
            yield (
                f"{pounds(amount)} verified of {account.benefit.title} ({account.ref}) is graded "
                f"{grade.value} only. When will finance have seen enough to call it Final?"
            )
            return
