"""What is reconciled of one benefit: what was promised, what is planned, expected and claimed.

Beside that, the two things that the reconciliation has to work out from it: what is still
expected once claims have used up the earliest forecast, and what has been delayed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature, Tranche

Named = tuple[FinancialYear, Nature]

#: What stands in a row for the name of the benefit when it is a sum over benefits.
TOTAL = "total"


class PennyLeftOver(ValueError):
    """Money does not reconcile, so nothing may be issued. ``benefit`` is the one to look at."""

    def __init__(self, benefit: str, sentence: str) -> None:
        subject = "The total" if benefit == TOTAL else f"Benefit {benefit}"
        super().__init__(f"{subject} does not reconcile: {sentence}")
        self.benefit = benefit


@dataclass(frozen=True, slots=True)
class Lines:
    """One benefit that has passed Validation, as lists of tranches (pence).

    ``original`` and ``plan`` are at the committed point, gross of recurring investment and after
    overlaps given up. ``forecast`` is the whole delivery now expected, with what is already
    claimed; until one is recorded it is the plan. ``claimed`` is neither verified nor rejected.
    ``verified`` holds each erosion as a negative tranche of its claim's plan year, from the month
    in which the money is lost. Which tranches of ``forecast`` a claim meets is worked out here.
    """

    benefit: str
    original: tuple[Tranche, ...] = ()
    plan: tuple[Tranche, ...] = ()
    forecast: tuple[Tranche, ...] = ()
    claimed: tuple[Tranche, ...] = ()
    verified: tuple[Tranche, ...] = ()

    def only(self, nature: Nature) -> "Lines":
        """The same benefit's recurring amounts, or its one-offs."""
        lists = (self.original, self.plan, self.forecast, self.claimed, self.verified)
        return Lines(self.benefit, *(tuple(t for t in l_ if t.nature is nature) for l_ in lists))

    def years(self) -> set[FinancialYear]:
        """Every plan year and every year in which money begins."""
        starts = {t.plan_year.start for one in self._lists() for t in one}
        starts |= {t.month.financial_year.start for one in self._lists() for t in one}
        return {FinancialYear(start) for start in starts}

    def span(self) -> tuple[FinancialYear, FinancialYear] | None:
        """The first and the last of its years, without working out those between."""
        every = [t for one in self._lists() for t in one]
        if not every:
            return None
        named = [t.plan_year.start for t in every]
        months = [t.month.ordinal for t in every]
        first, last = ((at - 3) // 12 for at in (min(months), max(months)))  # April is month 3
        return FinancialYear(min(first, *named)), FinancialYear(max(last, *named))

    def _lists(self) -> Iterator[tuple[Tranche, ...]]:
        """Each list once: until it is changed a plan is the original plan and the forecast."""
        yield self.plan
        if self.original is not self.plan:
            yield self.original
        if self.forecast is not self.plan:
            yield self.forecast
        yield self.claimed
        yield self.verified


def by_name(tranches: Iterable[Tranche]) -> dict[Named, list[Tranche]]:
    """Tranches by the plan year that they name and their nature, earliest month first."""
    named: dict[Named, list[Tranche]] = defaultdict(list)
    for tranche in tranches:
        named[tranche.plan_year, tranche.nature].append(tranche)
    for group in named.values():
        if len(group) > 1:
            group.sort(key=_begins)
    return named


def _begins(tranche: Tranche) -> int:
    return tranche.month.ordinal


def still_expected(lines: Lines, upto: Month) -> list[Tranche]:
    """The forecast that is not yet claimed, as things stand at the end of the month ``upto``.

    Claims use up the earliest forecast that names their plan year. What an erosion takes is
    expected again from the month in which it was lost. What is unclaimed when a year ends can
    only come later: it counts from the April of the year that is then open.
    """
    claims = by_name((*lines.verified, *lines.claimed))
    left: list[Tranche] = []
    for name, forecast in by_name(lines.forecast).items():
        came = claims.get(name, [])
        used = sum(claim.amount for claim in came if claim.amount > 0)
        left += unclaimed(forecast, used, [claim for claim in came if claim.amount < 0])
    return carried_over(left, upto)


def carried_over(left: Sequence[Tranche], upto: Month) -> list[Tranche]:
    """What is unclaimed, none of it before the April of the year that is open after ``upto``."""
    opens = upto.plus(1).financial_year.first
    return [
        t if t.month >= opens else Tranche(t.amount, t.nature, opens, t.plan_year) for t in left
    ]


def unclaimed(forecast: Sequence[Tranche], used: Pence, losses: Sequence[Tranche]) -> list[Tranche]:
    """The forecast of one name that claims of ``used`` pence leave, with what was lost of them.

    ``forecast`` and ``losses`` (negative tranches) are in order of month.
    """
    if not used and not losses:
        return list(forecast)
    left: list[Tranche] = []
    for tranche in forecast:
        taken = min(used, max(0, tranche.amount))
        used -= taken
        if tranche.amount != taken:
            left.append(_of(tranche, tranche.amount - taken))
    for eroded in losses:
        # Money claimed beyond the forecast was not expected: to lose it brings nothing back.
        unexpected = min(used, -eroded.amount)
        used -= unexpected
        if unexpected != -eroded.amount:
            left.append(_of(eroded, -eroded.amount - unexpected))
    return left


def _of(tranche: Tranche, amount: Pence) -> Tranche:
    return Tranche(amount, tranche.nature, tranche.month, tranche.plan_year)


def delayed(lines: Lines, expected: Sequence[Tranche]) -> list[Tranche]:
    """The money that comes later than planned, as tranches that cover the months in between.

    Planned and delivered money of one plan year is paired earliest first. A recurring amount
    runs from its planned month and stops (a negative tranche) at the later one; a one-off is
    here in its planned month when it comes in a later year. ``expected`` is what
    ``still_expected`` gives. An eroded amount is planned again from the month of its loss.
    """
    claims = (*lines.verified, *lines.claimed)
    eroded = [_of(t, -t.amount) for t in claims if t.amount < 0]
    planned = by_name((*lines.plan, *eroded) if eroded else lines.plan)
    coming = by_name((*claims, *expected))
    gaps: list[Tranche] = []
    for name, plan in planned.items():
        gaps += _pair(plan, coming.get(name, ()))
    return gaps


def _pair(planned: Sequence[Tranche], coming: Sequence[Tranche]) -> list[Tranche]:
    gaps: list[Tranche] = []
    waiting = (tranche for tranche in planned if tranche.amount > 0)
    due = next(waiting, None)
    owed, late = due.amount if due else 0, 0
    for came in coming:
        amount = came.amount
        while amount > 0 and due:
            met = min(amount, owed)
            amount -= met
            owed -= met
            if _is_late(due, came):
                late += met
                if due.nature is Nature.RECURRING:
                    gaps.append(_of(came, -met))
            if not owed:
                gaps += [_of(due, late)] if late else []
                due = next(waiting, None)
                owed, late = due.amount if due else 0, 0
    return [*gaps, _of(due, late)] if due and late else gaps


def _is_late(due: Tranche, came: Tranche) -> bool:
    """Whether cash is lost or moved: a one-off that comes late in its own year is not."""
    if came.month.ordinal <= due.month.ordinal:
        return False
    return due.nature is Nature.RECURRING or came.month.financial_year != due.month.financial_year
