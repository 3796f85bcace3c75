"""What the events of forecasts, claims and verification do to a benefit."""

from collections.abc import Callable
from typing import Any

from benefits.benefit import Benefit
from benefits.events import money as happened
from benefits.parts import Claim, Cover, Erosion, Pressure
from eventlog.recorded import Recorded


def _forecast(b: Benefit, r: Recorded[Any], e: happened.ForecastRecorded) -> None:
    b.forecast, b.forecast_reason = e.tranches, e.reason
    b.forecast_at, b.forecast_position = r.recorded_at, r.position


def _claimed(b: Benefit, r: Recorded[Any], e: happened.ClaimMade) -> None:
    b.claims[e.claim] = Claim(
        e.claim,
        e.tranche,
        e.budget_line,
        e.note,
        r.actor,
        r.recorded_at,
        r.position,
        e.late_for,
    )


def _verified(b: Benefit, r: Recorded[Any], e: happened.ClaimVerified) -> None:
    claim = b.claims[e.claim]
    claim.verified, claim.grade, claim.against = e.amount, e.grade, e.against
    claim.verified_by = r.actor
    b.claim_verifiers.add(r.actor)


def _rejected(b: Benefit, r: Recorded[Any], e: happened.ClaimRejected) -> None:
    b.claims[e.claim].rejected = e.reason
    b.claim_verifiers.add(r.actor)


def _graded(b: Benefit, r: Recorded[Any], e: happened.ClaimGraded) -> None:
    b.claims[e.claim].grade = e.grade
    b.claim_verifiers.add(r.actor)


def _corrected(b: Benefit, r: Recorded[Any], e: happened.ClaimCorrected) -> None:
    """The claim holds its new tranche and waits again; earlier losses were of the old one."""
    claim = b.claims[e.claim]
    claim.tranche, claim.budget_line = e.tranche, e.budget_line
    claim.verified, claim.grade, claim.against, claim.rejected = None, None, "", ""
    claim.eroded = 0
    claim.corrections += 1
    claim.corrected_by = r.actor
    b.erosions = {key: loss for key, loss in b.erosions.items() if loss.claim != e.claim}


def _eroded(b: Benefit, r: Recorded[Any], e: happened.ErosionReported) -> None:
    b.erosions[e.erosion] = Erosion(
        e.erosion, e.claim, e.amount, e.month, e.reason, r.actor, r.position
    )


def _erosion_confirmed(b: Benefit, r: Recorded[Any], e: happened.ErosionConfirmed) -> None:
    erosion = b.erosions[e.erosion]
    erosion.confirmed = True
    b.claims[e.claim].eroded += erosion.amount
    b.claim_verifiers.add(r.actor)


def _erosion_dismissed(b: Benefit, r: Recorded[Any], e: happened.ErosionDismissed) -> None:
    b.erosions[e.erosion].dismissed = True
    b.claim_verifiers.add(r.actor)


def _pressure(b: Benefit, r: Recorded[Any], e: happened.PressureRecorded) -> None:
    b.pressures.append(Pressure(e.pressure, e.month, e.amount, e.reason, r.position))


def _admitted(b: Benefit, _: Recorded[Any], e: happened.MoneyAdmitted) -> None:
    b.admitted[(e.line, e.year)] = e.amount


def _cover(b: Benefit, r: Recorded[Any], e: happened.CoverRecorded) -> None:
    b.covers.append(Cover(e.cover, e.year, e.amount, e.reason, r.position))


APPLY: dict[type, Callable[[Benefit, Recorded[Any], Any], None]] = {
    happened.ForecastRecorded: _forecast,
    happened.ClaimMade: _claimed,
    happened.ClaimVerified: _verified,
    happened.ClaimRejected: _rejected,
    happened.ClaimGraded: _graded,
    happened.ClaimCorrected: _corrected,
    happened.ErosionReported: _eroded,
    happened.ErosionConfirmed: _erosion_confirmed,
    happened.ErosionDismissed: _erosion_dismissed,
    happened.PressureRecorded: _pressure,
    happened.CoverRecorded: _cover,
    happened.MoneyAdmitted: _admitted,
}
