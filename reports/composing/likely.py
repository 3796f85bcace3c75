"""The likely range of what will come, and what past confidence turned out to deliver."""

from collections.abc import Iterator

from benefits.events.details import ConfidenceStated
from benefits.periods import FinancialYear
from benefits.plans import Profile
from benefits.profile import Layers
from benefits.vocabulary import Confidence
from benefits.wording.writing import count, london_day
from benefits.wording.writing import month as month_words
from reports.calibration import Stated, calibrate
from reports.composing.book import OF_ALL, Account, Book
from reports.drawn import Range
from reports.in_year_claims import forecast_met
from reports.lines import still_expected
from reports.risk_adjusted import (
    Likely,
    RiskAdjusted,
    Uncertain,
    method,
    range_of,
    simulate,
)
from reports.side_tables import SideRow, SideTable


def likely(book: Book, found: RiskAdjusted | None) -> Iterator[SideTable]:
    """The range by simulation, and the record of past confidence; nothing without a plan."""
    if found is not None:
        yield _range(book, found)
    yield from _calibration(book)


def risk_adjusted(book: Book) -> RiskAdjusted | None:
    """P10, P50 and P90 of the programme’s cashable benefits; None without a plan or forecast.

    The seed is the event that began the programme, and the month: neither ever changes.
    """
    if not any(a.lines.plan or a.lines.forecast for a in book.cashable):
        return None
    programme = book.record.programme
    seed = f"{programme.position} {book.month}"
    benefits = [_uncertain(book, account) for account in book.cashable]
    return simulate(benefits, book.month, programme.window, seed)


def _uncertain(book: Book, account: Account) -> Uncertain:
    lines, window = account.lines, book.record.programme.window
    expected = still_expected(lines, book.month)
    met = {year: forecast_met(lines, expected, year) for year in {*window, book.year}}
    return Uncertain(
        account.ref,
        lines.verified,
        lines.claimed,
        tuple(expected),
        account.benefit.confidence,
        _share(account.benefit.profile),
        {year: sum(named.values()) for year, named in met.items() if named},
    )


def _share(profile: Profile | None) -> Range | None:
    """The printed range against the committed figure, over all that the profile holds."""
    if profile is None or not profile.ranged:
        return None
    lines = profile.tranches
    mids = [one.mid for one in lines]
    return range_of(
        sum(one.committed if one.low is None else one.low for one in lines),
        sum(mid for mid in mids if mid is not None) if None not in mids else None,
        sum(one.committed if one.high is None else one.high for one in lines),
        sum(one.committed for one in lines),
    )


def _range(book: Book, found: RiskAdjusted) -> SideTable:
    programme = book.record.programme
    window = programme.window
    behind = [
        position
        for account in book.cashable
        for position in account.events((*OF_ALL, ConfidenceStated))
    ]
    rows = []
    for label, one, years in (
        (f"Cash of {book.year}", found.year_end, [book.year]),
        (f"Plan total, {window.first} to {window.last}", found.plan_total, list(window)),
    ):
        ref = book.traces.add(f"{label}, even chance (P50)", one.p50, behind)
        rows.append(SideRow(label, _amounts(book, one, years), ref=ref))
    return SideTable(
        "The likely range",
        "What is likely to come, from each benefit’s range and confidence",
        f"In-year cash of cashable benefits, {book.said_funds()}, gross of recurring investment",
        "Cash",
        (
            "Nine in ten: at least (P10)",
            "Even chance (P50)",
            "One in ten: at least (P90)",
            "As forecast",
            "Current plan",
        ),
        tuple(rows),
        words=method(found.runs, f"event {programme.position:,}, which began the programme"),
    )


def _amounts(book: Book, one: Likely, years: list[FinancialYear]) -> tuple[int, ...]:
    plans = [Layers([account.lines.plan]) for account in book.cashable]
    plan = sum(layers.cash(year)[0] for layers in plans for year in years)
    return one.p10, one.p50, one.p90, one.expected, plan


_SAYS = {
    Confidence.LOW: "Low confidence",
    Confidence.MEDIUM: "Medium confidence",
    Confidence.HIGH: "High confidence",
}


def _calibration(book: Book) -> Iterator[SideTable]:
    rows = [
        SideRow(
            _SAYS[one.confidence],
            (one.planned, one.verified),
            f"{one.per_cent}% of {count(one.plan_years, 'plan year')} of a benefit.",
        )
        for one in calibrate([(a.lines, _stated(a)) for a in book.cashable], book.month)
    ]
    if rows:
        yield SideTable(
            "What past confidence delivered",
            f"Plan years that had ended by {month_words(book.month)}, by the confidence stated "
            "when each began",
            f"Recurring basis, cashable benefits, {book.said_funds()}",
            "Confidence",
            ("Planned", "Verified of it"),
            tuple(rows),
            words=("No benefit’s year counts beyond its own plan.",),
        )


def _stated(account: Account) -> Stated:
    return [
        (london_day(recorded.recorded_at), recorded.event.level)
        for recorded in account.told.events
        if isinstance(recorded.event, ConfidenceStated)
    ]
