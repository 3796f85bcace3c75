"""The cumulative run rate by month: planned, verified so far, and forecast from here on."""

from collections.abc import Callable, Iterable

from benefits.money import Pence
from benefits.periods import Month
from benefits.tranches import Nature, Tranche
from reports.composing.book import Book
from reports.lines import still_expected
from reports.money_tables import RunRate, RunRatePoint


def run_rate(book: Book) -> RunRate:
    """Cashable benefits over the plan window, and to the reported month where that is outside.

    The forecast begins with what is verified and claimed at the reported month. Money whose
    month has passed unclaimed can only begin afterwards.
    """
    now = book.month
    lines = [account.lines for account in book.cashable]
    planned = _running(t for one in lines for t in one.plan)
    verified = _running(t for one in lines for t in one.verified)
    said = [t for one in lines for t in (*one.verified, *one.claimed)]
    to_come = [_not_before(t, now.plus(1)) for one in lines for t in still_expected(one, now)]
    forecast = _running([*said, *to_come])
    window = book.record.programme.window
    first = min(window.first.first, now)
    last = max(window.last.last, now)
    points = tuple(
        RunRatePoint(
            month,
            planned(month),
            verified(month) if month <= now else None,
            forecast(month) if month >= now else None,
        )
        for month in (first.plus(number) for number in range(last.minus(first) + 1))
    )
    return RunRate(
        "Cumulative run rate by month",
        f"Annual amounts of cashable benefits, {book.said_funds()}, gross of recurring investment.",
        now,
        points if lines else (),
    )


def _not_before(tranche: Tranche, month: Month) -> Tranche:
    if tranche.month >= month:
        return tranche
    return Tranche(tranche.amount, tranche.nature, month, tranche.plan_year)


def _running(tranches: Iterable[Tranche]) -> Callable[[Month], Pence]:
    recurring = [t for t in tranches if t.nature is Nature.RECURRING]

    def at(month: Month) -> Pence:
        return sum(t.amount for t in recurring if t.month <= month)

    return at
