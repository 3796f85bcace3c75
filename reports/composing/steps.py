"""What each event since the last report did to a benefit's money, in the order of the log.

The steps begin where the last report left the benefit, and end where this one finds it. What
that report left waiting is taken in its place among the events before.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from benefits import lines as listed
from benefits.benefit import Benefit
from benefits.events import gates, money
from benefits.lifecycle import Stage
from benefits.periods import Month
from benefits.standing import apply
from benefits.tranches import Tranche
from benefits.vocabulary import Kind
from eventlog.recorded import Recorded
from reports.composing.waiting import left_waiting, waits
from reports.forecast_cause import forecast_cause
from reports.foreseen import Coming
from reports.lines import Lines, PennyLeftOver
from reports.movements import Cause, Step


@dataclass(frozen=True, slots=True)
class LastReport:
    """How far the last report looked: its log position and its month."""

    position: int
    month: Month


@dataclass(frozen=True, slots=True)
class Followed:
    """A benefit's steps since the last report, and its lines now (None: nothing approved)."""

    steps: tuple[Step, ...]
    lines: Lines | None


def lines_of(benefit: Benefit, month: Month, waiting: Collection[str] = ()) -> Lines | None:
    """What a report of the month reconciles of a benefit (pence); None before Validation.

    A disbenefit is taken off cashable savings, so its amounts are below nothing. A withdrawn
    benefit that was approved stays, with an empty plan.
    """
    if Stage.VALIDATED not in benefit.stage_since:
        return None
    sign = -1 if benefit.kind is Kind.DISBENEFIT else 1
    claims = [
        claim
        for claim in benefit.claims.values()
        if claim.claim not in waiting and not waits(claim, month)
    ]
    said = tuple(claim.tranche for claim in claims if claim.waiting)
    seen = tuple(part for claim in claims for part in listed.verified(benefit, claim))
    lists = (benefit.original, benefit.plan, listed.expected(benefit), said, seen)
    return Lines(benefit.number, *(_signed(one, sign) for one in lists))


def claimed_of(benefit: Benefit) -> list[Coming]:
    """Every part of every claim, with the month from which a report takes the claim in (pence)."""
    sign = -1 if benefit.kind is Kind.DISBENEFIT else 1
    return [
        Coming(claim.tranche.month, part, verified=verified)
        for claim in benefit.claims.values()
        for verified, parts in (
            (False, (claim.tranche,) if claim.waiting else ()),
            (True, listed.verified(benefit, claim)),
        )
        for part in _signed(parts, sign)
    ]


def _signed(tranches: Sequence[Tranche], sign: int) -> tuple[Tranche, ...]:
    """In one order, whatever the order of recording, so that equal money is equal."""
    if sign < 0:
        tranches = [Tranche(-t.amount, t.nature, t.month, t.plan_year) for t in tranches]
    return tuple(sorted(tranches, key=_place) if len(tranches) > 1 else tranches)


def _place(tranche: Tranche) -> tuple[int, int, str, int]:
    return tranche.month.ordinal, tranche.plan_year.start, tranche.nature, tranche.amount


def follow(
    benefit_id: str, events: Sequence[Recorded[Any]], month: Month, last: LastReport | None
) -> Followed:
    """The steps of one benefit whose ``events`` end at the report's log position.

    Raises ``PennyLeftOver`` when an event that is of no cause has moved the money.
    """
    before, since, waiting = _divided(events, last)
    benefit = Benefit(benefit_id)
    for recorded in before:
        apply(benefit, recorded)
    held = set(waiting.values())
    lines = lines_of(benefit, month, held)
    steps: list[Step] = []
    for recorded in since:
        held.discard(waiting.get(recorded.position, ""))
        apply(benefit, recorded)
        if not isinstance(recorded.event, _MOVING):
            continue
        after = lines_of(benefit, month, held)
        if after != lines:
            cause = _cause(recorded.event, lines, after)
            steps.append(Step(recorded.position, cause, benefit.number, lines, after))
            lines = after
    if since and lines_of(benefit, month, held) != lines:
        raise PennyLeftOver(benefit.number, "an event that has no cause moved its money.")
    return Followed(tuple(steps), lines)


def _divided(
    events: Sequence[Recorded[Any]], last: LastReport | None
) -> tuple[list[Recorded[Any]], list[Recorded[Any]], dict[int, str]]:
    """What the last report took, what is new to this one, and what was waiting of the new."""
    if last is None:
        return [], list(events), {}
    known = [recorded for recorded in events if recorded.position <= last.position]
    waiting = left_waiting(known, last.month)
    taken = [recorded for recorded in known if recorded.position not in waiting]
    since = [
        recorded
        for recorded in events
        if recorded.position > last.position or recorded.position in waiting
    ]
    return taken, since, waiting


_CAUSES = {
    gates.BenefitValidated: Cause.NEWLY_APPROVED,
    gates.PlanRebaselined: Cause.RE_BASELINED,
    money.ClaimMade: Cause.CLAIMED,
    money.ClaimRejected: Cause.REJECTED,
    money.ClaimVerified: Cause.VERIFIED,
    money.ErosionConfirmed: Cause.ERODED,
    money.ClaimCorrected: Cause.CORRECTED,
}
#: What can move the money: after any other event of a benefit there is nothing to work out.
_MOVING = (*_CAUSES, gates.BenefitWithdrawn, money.ForecastRecorded)


def _cause(event: object, before: Lines | None, after: Lines | None) -> Cause:
    if isinstance(event, gates.BenefitWithdrawn):
        return Cause.REPLACED if event.replacement else Cause.WITHDRAWN
    if isinstance(event, money.ForecastRecorded) and before and after:
        return forecast_cause(before.forecast, after.forecast)
    return _CAUSES[type(event)]
