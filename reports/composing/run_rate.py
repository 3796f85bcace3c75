"""The cumulative run rate by month: planned, verified so far, and to come with its range."""

from collections.abc import Callable, Iterable

from benefits.money import Pence
from benefits.periods import Month
from benefits.tranches import Nature, Tranche
from benefits.wording.writing import month as month_words
from reports.composing.book import Book
from reports.lines import still_expected
from reports.money_tables import RunRate, RunRatePoint
from reports.printing import short_pounds
from reports.risk_adjusted import RiskAdjusted


def run_rate(book: Book, drawn: RiskAdjusted | None) -> RunRate:
    """Cashable benefits over the plan window, and to the reported month where that is outside.

    ``drawn`` holds the likely range of what runs from the reported month on.

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
    likely = drawn.run_rate if drawn else {}
    points = tuple(
        RunRatePoint(
            month,
            planned(month),
            verified(month) if month <= now else None,
            forecast(month) if month >= now else None,
            *likely.get(month, (None, None)),
        )
        for month in (first.plus(number) for number in range(last.minus(first) + 1))
    )
    return RunRate(
        "Cumulative run rate by month",
        f"Annual amounts of cashable benefits, {book.said_funds()}, gross of recurring investment.",
        now,
        points if lines else (),
        _words(points[-1]) if lines else (),
    )


def _words(end: RunRatePoint) -> tuple[str, ...]:
    """What the range says of the last month, in sentences."""
    if end.p10 is None or end.p90 is None or end.forecast is None:
        return ()
    by = f"By {month_words(end.month)}"
    if end.p10 == end.p90:
        return (f"{by} every outcome drawn has {short_pounds(end.p10)} a year.",)
    said = (
        f"{by}, nine in ten of the outcomes drawn have at least {short_pounds(end.p10)} a year "
        f"(P10), and one in ten at least {short_pounds(end.p90)} (P90)."
    )
    if end.forecast > end.p90:
        return (said, f"{_FORECAST} above that range: {_IN_FULL}.")
    if end.forecast < end.p10:
        return (said, f"{_FORECAST} below that range: it is more careful than the ranges given.")
    return (said, f"{_FORECAST} within that range.")


_FORECAST = "The forecast lies"
_IN_FULL = "it counts every benefit in full and on time"


def _not_before(tranche: Tranche, month: Month) -> Tranche:
    if tranche.month >= month:
        return tranche
    return Tranche(tranche.amount, tranche.nature, month, tranche.plan_year)


def _running(tranches: Iterable[Tranche]) -> Callable[[Month], Pence]:
    recurring = [t for t in tranches if t.nature is Nature.RECURRING]

    def at(month: Month) -> Pence:
        return sum(t.amount for t in recurring if t.month <= month)

    return at
