"""How a benefit stands on a day, from everything recorded so far, and the days on which it changes.

A status depends on what is recorded and on the calendar: a month passes unclaimed, a milestone
falls overdue, a judgement ends. What is recorded is known; so every later day on which the
calendar alone will change the status is known too, and the register keeps all of them. Nothing
has to be worked anew at midnight. Amounts are in pence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from benefits.benefit import Benefit
from benefits.periods import EARLIEST, LATEST, Month
from benefits.vocabulary import Confidence, Kind
from reports import status
from reports.composing.steps import claimed_of, lines_of
from reports.foreseen import Foreseen
from reports.lines import Lines
from reports.status import NO_SIGNS, Override, Signs, Strip

#: No status changes before the first of these days or from the second on: no money is so dated.
FIRST, LAST = date(EARLIEST, 5, 1), date(LATEST, 4, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """A benefit's pounds by status from a day on, up to the day before the next spell."""

    begins: date
    pounds: Strip


def signs_on(benefit: Benefit, day: date) -> Signs:
    """What is known of the benefit beside its money."""
    if benefit.kind is Kind.DISBENEFIT:
        return NO_SIGNS  # a cost that comes late puts no saving at risk
    overdue = any(step.drives and step.overdue(day) for step in benefit.milestones.values())
    said = benefit.override
    holds = said is not None and day <= said.until
    over = Override(said.status, said.reason, Month.of(said.until)) if said and holds else None
    return Signs(overdue, benefit.confidence is Confidence.LOW, over)


def pounds_on(benefit: Benefit, day: date) -> Strip | None:
    """Its pounds of all plan years by status on a day; None unless a board's plan stands.

    Months are counted to the end of the last one that is over; a claim counts from its month.
    """
    lines = lines_of(benefit, Month.of(day)) if benefit.stage.reconciled else None
    if lines is None:
        return None
    return status.all_years(lines, Month.of(day).plus(-1), signs_on(benefit, day))


def spells(benefit: Benefit) -> Iterator[Spell]:
    """Every spell of a benefit whose plan stands, as the record is now; the first from ``FIRST``.

    No spell is like the one before it.
    """
    lines = lines_of(benefit, Month(LATEST, 12)) if benefit.stage.reconciled else None
    if lines is None:
        return
    foreseen, before = Foreseen(lines, claimed_of(benefit)), None
    for day in sorted({FIRST, *(d for d in _days(benefit, lines) if FIRST < d < LAST)}):
        pounds = foreseen.on(Month.of(day), signs_on(benefit, day))
        if pounds != before:
            yield Spell(day, pounds)
            before = pounds


def _days(benefit: Benefit, lines: Lines) -> Iterator[date]:
    """The days on which its status may change."""
    yield from (claim.tranche.month.first_day for claim in benefit.claims.values())
    yield from _days_of_money(lines)
    yield from (step.expected + _DAY for step in benefit.milestones.values() if step.drives)
    if benefit.override is not None and benefit.override.until < LAST:
        yield benefit.override.until + _DAY


def _days_of_money(lines: Lines) -> Iterator[date]:
    """When a month passes unclaimed, and when a year ends: what is late counts from its April."""
    for tranche in (*lines.forecast, *lines.verified, *lines.claimed):
        yield _after(tranche.month)
    years = lines.years()
    for start in range(min(years).start, max(years).start + 2) if years else ():
        yield from (date(start, 4, 1), date(start, 5, 1))


def _after(month: Month) -> date:
    """The first day after a month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
