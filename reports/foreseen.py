"""What a benefit comes to by status on each of many days, summed up as its claims come in.

``status.all_years`` works out one day from whole lists. The register wants every day on which a
status will change, dozens for one benefit; so here each list is gone through once, and a plan
year is looked at again only when something of it has moved. Amounts are in pence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature, Tranche
from reports.lines import Lines, Named, by_name, carried_over, unclaimed
from reports.reconciliation import Recurring, covering_years, row_of
from reports.status import NOTHING, Signs, Strip, by_status

#: Unclaimed money is carried to the next April when the month of March is over.
_YEAR_TURNS = (3, 4)


@dataclass(slots=True)
class _PlanYear:
    """One nature of one plan year: what is planned and forecast, and what has come so far."""

    benefit: str
    year: FinancialYear
    plan: Pence
    forecast: list[Tranche]
    #: Claims that only cover a recurring plan are not one-offs delivered.
    counts: bool
    verified: Pence = 0
    claimed: Pence = 0
    used: Pence = 0
    losses: list[Tranche] = field(default_factory=list)
    #: The months after which it may stand otherwise, as ordinals, beside the turn of each year.
    moves: set[int] = field(default_factory=set)
    stale: bool = True
    last: Strip = NOTHING

    def comes(self, part: Tranche, *, verified: bool) -> None:
        """Take one part of a claim."""
        self.stale = True
        if part.amount < 0:
            self.losses.append(part)
            self.losses.sort(key=_begins)
            self.moves.add(part.month.ordinal)
        else:
            self.used += part.amount
        if self.counts:
            self.verified += part.amount if verified else 0
            self.claimed += 0 if verified else part.amount

    def strip(self, upto: Month, signs: Signs, *, anew: bool) -> Strip:
        """Its pounds by status at the end of the month ``upto``; ``anew`` when signs differ."""
        if self.stale or anew or upto.month in _YEAR_TURNS or upto.ordinal in self.moves:
            self.last = self._worked_out(upto, signs)
            self.stale = False
        return self.last

    def _worked_out(self, upto: Month, signs: Signs) -> Strip:
        within, ends = 0, self.year.last
        if upto < ends:
            within = sum(t.amount for t in self.forecast if t.month <= ends)
        later = sum(t.amount for t in self.forecast) - within
        left = carried_over(unclaimed(self.forecast, self.used, self.losses), upto)
        passed = sum(t.amount for t in left if t.month <= upto)
        came = (self.verified, self.claimed)
        row = row_of(self.benefit, self.year, self.plan, self.plan, *came, (within, later))
        return by_status(Recurring(*row), passed, upto, signs)


@dataclass(frozen=True, slots=True)
class Coming:
    """A part of a claim: it counts from the claim's month on."""

    claimed_for: Month
    part: Tranche
    verified: bool


class Foreseen:
    """A benefit's pounds by status on one day after another.

    ``lines`` are those of its last day. ``coming`` are all parts of its claims.
    """

    def __init__(self, lines: Lines, coming: list[Coming]) -> None:
        self._coming = sorted(coming, key=_claimed_for, reverse=True)
        self._years = dict(_plan_years(lines))
        self._signs: Signs | None = None

    def on(self, month: Month, signs: Signs) -> Strip:
        """All plan years together on a day of ``month``, which is never before the last asked."""
        while self._coming and self._coming[-1].claimed_for <= month:
            one = self._coming.pop()
            self._years[one.part.plan_year, one.part.nature].comes(one.part, verified=one.verified)
        # A judgement ends with a month, so while there is one every month is looked at.
        anew, upto = signs != self._signs or signs.override is not None, month.plus(-1)
        self._signs = signs
        strips = [year.strip(upto, signs, anew=anew) for year in self._years.values()]
        return Strip(
            sum(strip.delivered for strip in strips),
            sum(strip.on_track for strip in strips),
            sum(strip.at_risk for strip in strips),
            sum(strip.not_delivered for strip in strips),
            sum(strip.plan for strip in strips),
        )


def _claimed_for(one: Coming) -> int:
    return one.claimed_for.ordinal


def _begins(loss: Tranche) -> int:
    return loss.month.ordinal


def _plan_years(lines: Lines) -> Iterator[tuple[Named, _PlanYear]]:
    planned, forecast = by_name(lines.plan), by_name(lines.forecast)
    covered = covering_years(lines)
    for name in {**planned, **forecast, **by_name((*lines.verified, *lines.claimed))}:
        year, nature = name
        plan = sum(tranche.amount for tranche in planned.get(name, ()))
        counts = nature is Nature.RECURRING or year not in covered
        found = _PlanYear(lines.benefit, year, plan, forecast.get(name, []), counts)
        found.moves.update(tranche.month.ordinal for tranche in found.forecast)
        yield name, found
