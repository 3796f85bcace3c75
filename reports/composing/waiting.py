"""What a month's report leaves for the next: claims, readings and dates reached after the month.

A report takes every event up to its log position, except a claim, a reading or a date reached
that is dated after the month. What was done to such a claim (verified, graded, rejected, eroded)
waits with it, and a correction that moves a claim past the month makes it wait too.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from benefits.benefit import Benefit
from benefits.events.money import ClaimCorrected, ClaimMade
from benefits.parts import Claim, Measure, Milestone
from benefits.periods import Month
from eventlog.recorded import Recorded


def waits(claim: Claim, month: Month) -> bool:
    """Whether a claim, as last corrected, is dated after the month."""
    return claim.tranche.month > month


def as_reported(benefit: Benefit, month: Month) -> Benefit:
    """The benefit without what waits: changed in place, for it is a report's own copy."""
    benefit.claims = {key: one for key, one in benefit.claims.items() if not waits(one, month)}
    benefit.erosions = {
        key: loss for key, loss in benefit.erosions.items() if loss.claim in benefit.claims
    }
    benefit.measures = {key: _read_by(one, month) for key, one in benefit.measures.items()}
    benefit.milestones = {key: _reached_by(one, month) for key, one in benefit.milestones.items()}
    return benefit


def _read_by(measure: Measure, month: Month) -> Measure:
    readings = tuple(read for read in measure.readings if read.day <= month.last_day)
    return replace(measure, readings=readings)


def _reached_by(step: Milestone, month: Month) -> Milestone:
    late = step.reached is not None and step.reached > month.last_day
    return replace(step, reached=None) if late else step


def left_waiting(events: Iterable[Recorded[Any]], month: Month) -> dict[int, str]:
    """Of one benefit's events, those that a report of the month left waiting: position to claim.

    They run from the event that dated the claim after the month to the last about that claim.
    """
    waiting: dict[str, list[int]] = {}
    for recorded in events:
        claim = getattr(recorded.event, "claim", "")
        if isinstance(recorded.event, ClaimMade | ClaimCorrected):
            if recorded.event.tranche.month > month:
                waiting.setdefault(claim, []).append(recorded.position)
            else:
                waiting.pop(claim, None)
        elif claim in waiting:
            waiting[claim].append(recorded.position)
    return {position: claim for claim, tail in waiting.items() for position in tail}
