"""What earlier years promised and finance has not yet verified, and how this year's cash was met.

Brought forward is shown beside this year's plan, never in it: the recurring plan of each earlier
year less what is verified for it, worked for each benefit and never below nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from benefits.money import Pence, pounds
from benefits.periods import FinancialYear, Month
from benefits.profile import Layers, in_year_cash, increments, months_to_date
from benefits.tranches import Nature, Tranche
from reports.lines import Lines, PennyLeftOver


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Annual pence that a plan year promised and that are not verified, and how old that is."""

    plan_year: FinancialYear
    amount: Pence
    years_old: int


def brought_forward(lines: Lines, year: FinancialYear) -> tuple[Shortfall, ...]:
    """One benefit's shortfalls of the plan years before ``year``, oldest first."""
    verified = increments(lines.verified)
    return tuple(
        Shortfall(due, planned - verified.get(due, 0), year.start - due.start)
        for due, planned in increments(lines.plan).items()
        if due < year and planned > verified.get(due, 0)
    )


def aged(benefits: Iterable[Lines], year: FinancialYear) -> tuple[Shortfall, ...]:
    """The shortfalls of many benefits by the plan year in which they were due, oldest first.

    Each benefit's is worked by itself first, so that one's excess never hides another's gap.
    """
    due: dict[FinancialYear, Pence] = defaultdict(int)
    for lines in benefits:
        for shortfall in brought_forward(lines, year):
            due[shortfall.plan_year] += shortfall.amount
    return tuple(
        Shortfall(plan_year, amount, year.start - plan_year.start)
        for plan_year, amount in sorted(due.items())
    )


@dataclass(frozen=True, slots=True)
class ByAge:
    """Verified cash of a year by the plan year that it delivers: earlier, this one, or later."""

    historical: Pence
    current: Pence
    early: Pence


def by_age(lines: Lines, year: FinancialYear, upto: Month | None = None) -> ByAge:
    """One benefit's verified cash of a year (to the end of ``upto``), earlier plan years first.

    The three sum to its verified cash, to the penny.
    """
    came = lines.verified
    parts = [
        [t for t in came if t.plan_year < year],
        [t for t in came if t.plan_year == year],
        [t for t in came if t.plan_year > year],
    ]
    return ByAge(*Layers(parts).cash(year, months_to_date(year, upto)))


@dataclass(frozen=True, slots=True)
class HowMet:
    """Verified cash of a year: as approved + another way + met from one-offs (pence).

    Reserves used are cover, never realised, and so no part of this.
    """

    benefit: str
    year: FinancialYear
    verified: Pence
    as_approved: Pence
    another_way: Pence
    from_one_offs: Pence

    def __post_init__(self) -> None:
        over = self.verified - self.as_approved - self.another_way - self.from_one_offs
        if over:
            raise PennyLeftOver(
                self.benefit, f"how its verified cash was met leaves {pounds(over)} over."
            )


def how_met(
    lines: Lines, year: FinancialYear, *, replaces_withdrawn: bool, upto: Month | None = None
) -> HowMet:
    """How the verified cash of a year was met: the whole year's, or that of months to ``upto``.

    In-year claims against a recurring plan are met from one-offs, up to that plan's gap in cash.
    All the rest is another way when the benefit replaces a withdrawn one, else as approved.
    """
    verified = in_year_cash(lines.verified, year, upto)
    months = months_to_date(year, upto)
    one_offs = sum(_stood_in(lines, year, named, months) for named in increments(lines.plan))
    rest = verified - one_offs
    another = rest if replaces_withdrawn else 0
    return HowMet(lines.benefit, year, verified, rest - another, another, one_offs)


def _stood_in(lines: Lines, year: FinancialYear, named: FinancialYear, months: int) -> Pence:
    """In-year claims for one plan year beyond its planned one-offs, up to its gap in cash."""
    plan = [t for t in lines.plan if t.plan_year == named]
    came = [t for t in lines.verified if t.plan_year == named]
    planned, planned_once = _cash_by_nature(plan, year, months)
    recurring, once = _cash_by_nature(came, year, months)
    return max(0, min(once - planned_once, planned - recurring))


def _cash_by_nature(
    tranches: list[Tranche], year: FinancialYear, months: int
) -> tuple[Pence, Pence]:
    recurring = [t for t in tranches if t.nature is Nature.RECURRING]
    once = [t for t in tranches if t.nature is Nature.ONE_OFF]
    cash, cash_once = Layers([recurring, once]).cash(year, months)
    return cash, cash_once
