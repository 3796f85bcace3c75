"""What the events of forecasts, claims and verification do to a benefit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from benefits.benefit import Benefit
from benefits.events import money as happened
from benefits.parts import Claim, Cover, Erosion, Pressure
from eventlog.recorded import Recorded


def _forecast(b: Benefit, r: Recorded[Any], e: happened.ForecastRecorded) -> None:
    b.forecast, b.forecast_reason = e.tranches, e.reason
    b.forecast_at, b.forecast_position = r.recorded_at, r.position


def _claimed(b: Benefit, r: Recorded[Any], e: happened.ClaimMade) -> None:
    made = Claim(
        e.claim,
        e.tranche,
        e.budget_line,
        e.note,
        r.actor,
        r.recorded_at,
        r.position,
        e.late_for,
    )
    b.claims = {**b.claims, e.claim: made}


def _decided(b: Benefit, r: Recorded[Any], claim: Claim) -> None:
    """Finance has looked at the claim, and it now stands so."""
    b.claims = {**b.claims, claim.claim: claim}
    b.claim_verifiers |= {r.actor}


def _verified(b: Benefit, r: Recorded[Any], e: happened.ClaimVerified) -> None:
    claim = replace(
        b.claims[e.claim],
        verified=e.amount,
        grade=e.grade,
        against=e.against,
        verified_by=r.actor,
    )
    _decided(b, r, claim)


def _rejected(b: Benefit, r: Recorded[Any], e: happened.ClaimRejected) -> None:
    _decided(b, r, replace(b.claims[e.claim], rejected=e.reason))


def _graded(b: Benefit, r: Recorded[Any], e: happened.ClaimGraded) -> None:
    _decided(b, r, replace(b.claims[e.claim], grade=e.grade))


def _corrected(b: Benefit, r: Recorded[Any], e: happened.ClaimCorrected) -> None:
    """The claim holds its new tranche and waits again; earlier losses were of the old one."""
    before = b.claims[e.claim]
    claim = replace(
        before,
        tranche=e.tranche,
        budget_line=e.budget_line,
        verified=None,
        grade=None,
        against="",
        rejected="",
        eroded=0,
        corrections=before.corrections + 1,
        corrected_by=r.actor,
    )
    b.claims = {**b.claims, e.claim: claim}
    b.erosions = {key: loss for key, loss in b.erosions.items() if loss.claim != e.claim}


def _eroded(b: Benefit, r: Recorded[Any], e: happened.ErosionReported) -> None:
    loss = Erosion(e.erosion, e.claim, e.amount, e.month, e.reason, r.actor, r.position)
    b.erosions = {**b.erosions, e.erosion: loss}


def _erosion_confirmed(b: Benefit, r: Recorded[Any], e: happened.ErosionConfirmed) -> None:
    loss, claim = b.erosions[e.erosion], b.claims[e.claim]
    b.erosions = {**b.erosions, e.erosion: replace(loss, confirmed=True)}
    _decided(b, r, replace(claim, eroded=claim.eroded + loss.amount))


def _erosion_dismissed(b: Benefit, r: Recorded[Any], e: happened.ErosionDismissed) -> None:
    b.erosions = {**b.erosions, e.erosion: replace(b.erosions[e.erosion], dismissed=True)}
    b.claim_verifiers |= {r.actor}


def _pressure(b: Benefit, r: Recorded[Any], e: happened.PressureRecorded) -> None:
    pressure = Pressure(e.pressure, e.month, e.amount, e.reason, r.position)
    b.pressures = (*b.pressures, pressure)


def _admitted(b: Benefit, _: Recorded[Any], e: happened.MoneyAdmitted) -> None:
    b.admitted = {**b.admitted, (e.line, e.year): e.amount}


def _cover(b: Benefit, r: Recorded[Any], e: happened.CoverRecorded) -> None:
    b.covers = (*b.covers, Cover(e.cover, e.year, e.amount, e.reason, r.position))


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
