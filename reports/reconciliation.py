"""Lays what was planned beside what was verified, claimed and is still expected.

Two tables are made, for each benefit and year: one of recurring amounts by the plan year that
they deliver, one of the cash that falls in the year. In both, the parts sum to the current plan,
to the penny; when they do not, ``PennyLeftOver`` names the benefit. All amounts are whole pence.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.profile import Layers, months_to_date
from benefits.tranches import Nature, Tranche
from reports.in_year_claims import forecast_met
from reports.lines import Lines, PennyLeftOver, delayed, still_expected
from reports.reconciled import Cash, OneOffs, Reconciled, Recurring, total

__all__ = [
    "Cash",
    "Lines",
    "OneOffs",
    "PennyLeftOver",
    "Reconciled",
    "Recurring",
    "cash",
    "cash_by_year",
    "cash_of_each",
    "one_offs",
    "one_offs_by_year",
    "recurring",
    "recurring_by_year",
    "total",
]

#: Pence by the year in which a plan year starts.
_ByStart = dict[int, Pence]
_PlanYear = tuple[str, FinancialYear, Pence, Pence, Pence, Pence, Pence, Pence, Pence, Pence, Pence]


def recurring(lines: Lines, year: FinancialYear, upto: Month) -> Recurring:
    """The recurring basis of one plan year as things stand at the end of the month ``upto``."""
    return recurring_by_year(lines, [year], upto)[year]


def recurring_by_year(
    lines: Lines, years: Iterable[FinancialYear], upto: Month
) -> dict[FinancialYear, Recurring]:
    """The recurring basis of several plan years, by year."""
    return {y: Recurring(*row) for y, row in _plan_years(lines, years, upto, Nature.RECURRING)}


def one_offs(lines: Lines, year: FinancialYear, upto: Month) -> OneOffs:
    """The one-offs planned for one year as things stand at the end of the month ``upto``."""
    return one_offs_by_year(lines, [year], upto)[year]


def one_offs_by_year(
    lines: Lines, years: Iterable[FinancialYear], upto: Month
) -> dict[FinancialYear, OneOffs]:
    """Planned one-offs of several years. In-year claims that only cover a recurring plan are not
    one-offs delivered, and are left to ``brought_forward.how_met``."""
    return {y: OneOffs(*row) for y, row in _plan_years(lines, years, upto, Nature.ONE_OFF)}


def _plan_years(
    lines: Lines, years: Iterable[FinancialYear], upto: Month, nature: Nature
) -> Iterator[tuple[FinancialYear, _PlanYear]]:
    original, plan = _named(lines.original, nature), _named(lines.plan, nature)
    verified, claimed = _named(lines.verified, nature), _named(lines.claimed, nature)
    now, later = _forecast(lines.forecast, nature, upto)
    covered = set() if nature is Nature.RECURRING else {y.start for y in covering_years(lines)}
    for year in years:
        at = year.start
        done, said = (0, 0) if at in covered else (verified.get(at, 0), claimed.get(at, 0))
        forecast = (now.get(at, 0), later.get(at, 0))
        yield (
            year,
            row_of(lines.benefit, year, original.get(at, 0), plan.get(at, 0), done, said, forecast),
        )


def row_of(
    benefit: str,
    year: FinancialYear,
    original: Pence,
    plan: Pence,
    verified: Pence,
    claimed: Pence,
    forecast: tuple[Pence, Pence],
) -> _PlanYear:
    """The columns of one plan year; ``forecast`` is within it and later, met claims and all."""
    still, slipped = _unclaimed(*forecast, verified + claimed)
    rest = plan - verified - claimed - still - slipped
    return (
        benefit,
        year,
        original,
        plan - original,
        plan,
        verified,
        claimed,
        still,
        slipped,
        max(0, rest),
        max(0, -rest),
    )


def _named(tranches: Sequence[Tranche], nature: Nature) -> _ByStart:
    sums: _ByStart = defaultdict(int)
    for tranche in tranches:
        if tranche.nature is nature:
            sums[tranche.plan_year.start] += tranche.amount
    return sums


def _forecast(
    tranches: Sequence[Tranche], nature: Nature, upto: Month
) -> tuple[_ByStart, _ByStart]:
    """What is forecast within its plan year, and what later: all of it, once the year has ended."""
    now: _ByStart = defaultdict(int)
    later: _ByStart = defaultdict(int)
    for tranche in tranches:
        if tranche.nature is nature:
            ends = tranche.plan_year.last.ordinal
            side = now if tranche.month.ordinal <= ends and upto.ordinal < ends else later
            side[tranche.plan_year.start] += tranche.amount
    return now, later


def _unclaimed(now: Pence, later: Pence, claimed: Pence) -> tuple[Pence, Pence]:
    """Still forecast and slipped: claims use up the earliest forecast first.

    A forecast below nothing is a planned fall in the saving (a cumulative plan may have one); no
    claim uses that up, and the rule is mirrored.
    """
    if now + later < 0:
        return min(0, now - claimed), min(0, later - min(0, claimed - now))
    return max(0, now - claimed), max(0, later - max(0, claimed - now))


def covering_years(lines: Lines) -> set[FinancialYear]:
    """Plan years with a recurring plan and no one-off planned or forecast."""
    once = {t.plan_year for t in (*lines.plan, *lines.forecast) if t.nature is Nature.ONE_OFF}
    return {t.plan_year for t in lines.plan if t.nature is Nature.RECURRING} - once


def cash(lines: Lines, year: FinancialYear, upto: Month) -> Cash:
    """The in-year cash basis of one year; ``upto`` is the last month that counts to date."""
    return _CashOf(lines, upto).row(year)


def cash_by_year(
    lines: Lines, years: Iterable[FinancialYear], upto: Month
) -> dict[FinancialYear, Cash]:
    """The in-year cash basis of several years, by year: quicker than one at a time."""
    like = list(alike(lines, years, upto))
    rows = cash_of_each(lines, dict.fromkeys(same for _, same in like), upto)
    return {year: rows[same] if year == same else rows[same].of(year) for year, same in like}


def cash_of_each(
    lines: Lines, years: Iterable[FinancialYear], upto: Month
) -> dict[FinancialYear, Cash]:
    """The same of years of which none is ``alike``: each is worked."""
    worked = _CashOf(lines, upto)
    return {year: worked.row(year) for year in years}


def alike(
    lines: Lines, years: Iterable[FinancialYear], upto: Month
) -> Iterator[tuple[FinancialYear, FinancialYear]]:
    """Each year with the first of those asked for that must have the same amounts, on any basis.

    Before all that a benefit names nothing falls, in whatever year. After it, and after the year
    that is open, each year is like the next: what recurs recurs whole, nothing begins or is due.
    """
    opens = upto.plus(1).financial_year  # what is unclaimed is carried to this year
    named = lines.span() or (opens, opens)
    first, last = named[0].start, max(named[1], opens).start
    before: FinancialYear | None = None
    after: FinancialYear | None = None
    for year in years:
        if year.start < first:
            before = before or year
            yield year, before
        elif year.start > last:
            after = after or year
            yield year, after
        else:
            yield year, year


class _CashOf:
    """The cash of one benefit, laid out once for all years."""

    def __init__(self, lines: Lines, upto: Month) -> None:
        self._lines, self._upto = lines, upto
        self._expected = expected = still_expected(lines, upto)
        claims = (*lines.verified, *lines.claimed)
        self._in_year = any(claim.nature is Nature.ONE_OFF for claim in claims)
        self._plan = Layers([lines.plan])
        self._original = self._plan if lines.original == lines.plan else Layers([lines.original])
        self._delivery = Layers([lines.verified, lines.claimed, expected, delayed(lines, expected)])

    def row(self, year: FinancialYear) -> Cash:
        lines, expected = self._lines, self._expected
        (planned,) = self._plan.cash(year)
        promised = planned if self._original is self._plan else self._original.cash(year)[0]
        verified, claimed, forecast, late_cash = self._delivery.cash(year)
        met = forecast_met(lines, expected, year) if self._in_year else {}
        still = forecast - min(max(0, forecast), sum(met.values()))
        gap = planned - verified - claimed - still
        lost = max(0, min(gap, late_cash))
        early, late = _from_other_years(lines, expected, year, met, -gap) if gap < 0 else (0, 0)
        return Cash(
            lines.benefit,
            year,
            original_plan=promised,
            approved_changes=planned - promised,
            plan=planned,
            verified=verified,
            claimed=claimed,
            still_forecast=still,
            lost_by_delay=lost,
            not_delivered=max(0, gap - lost),
            over_delivery=max(0, -gap),
            early=early,
            late=late,
            plan_to_date=self._to_date(self._plan, year, planned),
            verified_to_date=self._to_date(self._delivery, year, verified),
        )

    def _to_date(self, layers: Layers, year: FinancialYear, whole: Pence) -> Pence:
        """The first layer's cash up to the month; most years are all to come or all past."""
        months = months_to_date(year, self._upto)
        return next(layers.shares(year, months)) if 0 < months < 12 else whole * months // 12


def _from_other_years(
    lines: Lines,
    expected: Sequence[Tranche],
    year: FinancialYear,
    met: dict[FinancialYear, Pence],
    over: Pence,
) -> tuple[Pence, Pence]:
    """How much of the over-delivery names a later plan year (early) and an earlier one (late)."""
    came = _this_earlier_later((*lines.verified, *lines.claimed, *expected), year)
    due = _this_earlier_later(lines.plan, year)
    met_earlier = sum(amount for named, amount in met.items() if named < year)
    met_later = sum(amount for named, amount in met.items() if named > year)
    early = min(over, max(0, came[2] - due[2] - met_later))
    return early, min(over - early, max(0, came[1] - due[1] - met_earlier))


def _this_earlier_later(tranches: Sequence[Tranche], year: FinancialYear) -> list[Pence]:
    this = [t for t in tranches if t.plan_year == year]
    earlier = [t for t in tranches if t.plan_year < year]
    return Layers([this, earlier, [t for t in tranches if t.plan_year > year]]).cash(year)
