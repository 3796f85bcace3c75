"""The story of a benefit's money: forecasts, claims, verification, loss and pressure."""

from benefits.benefit import Benefit
from benefits.events import money as happened
from benefits.lines import expected
from benefits.money import pounds
from benefits.wording.details import Say
from benefits.wording.names import Names, because
from benefits.wording.writing import month, tranche, tranches, year


def _forecast(e: happened.ForecastRecorded, b: Benefit, _: Names) -> str:
    before, after = tranches(expected(b)), tranches(e.tranches)
    if before == after:
        return f"The forecast is still {after}{because(e.reason)}"
    return f"The forecast changed from {before} to {after}{because(e.reason)}"


def _claim(b: Benefit, claim: str) -> str:
    known = b.claims.get(claim)
    return f"the claim of {tranche(known.tranche)}" if known else "a claim"


def _made(e: happened.ClaimMade, _: Benefit, __: Names) -> str:
    line = f", out of the budget line {e.budget_line}" if e.budget_line else ""
    late = f", after {month(e.late_for)} was closed" if e.late_for else ""
    return f"{tranche(e.tranche)} was claimed{line}{late}{because(e.note)}"


def _verified(e: happened.ClaimVerified, b: Benefit, _: Names) -> str:
    known = b.claims.get(e.claim)
    whole = known.tranche.amount if known else e.amount
    rest = f"; {pounds(whole - e.amount)} was rejected" if e.amount < whole else ""
    return (
        f"Finance verified {pounds(e.amount)} of {_claim(b, e.claim)} against {e.against}, "
        f"graded {e.grade.value}{rest}{because(e.reason)}"
    )


def _rejected(e: happened.ClaimRejected, b: Benefit, _: Names) -> str:
    return f"Finance verified nothing of {_claim(b, e.claim)}{because(e.reason)}"


def _graded(e: happened.ClaimGraded, b: Benefit, _: Names) -> str:
    known = b.claims.get(e.claim)
    before = f" from {known.grade.value}" if known and known.grade else ""
    return (
        f"Finance moved the grade of {_claim(b, e.claim)}{before} to {e.grade.value}"
        f"{because(e.reason)}"
    )


def _corrected(e: happened.ClaimCorrected, b: Benefit, _: Names) -> str:
    known = b.claims.get(e.claim)
    waits = ""
    if known and known.verified is not None:
        waits = "; it was verified and waits for finance again"
    line = ""
    if known and known.budget_line != e.budget_line:
        line = f", out of the budget line {e.budget_line or 'of none'}"
    subject = _claim(b, e.claim)
    return (
        f"{subject[:1].upper()}{subject[1:]} was corrected to {tranche(e.tranche)}{line}{waits}"
        f"{because(e.reason)}"
    )


def _eroded(e: happened.ErosionReported, b: Benefit, _: Names) -> str:
    return (
        f"{pounds(e.amount)} a year of {_claim(b, e.claim)} was reported lost from "
        f"{month(e.month)}{because(e.reason)}"
    )


def _erosion(b: Benefit, erosion: str, claim: str) -> str:
    known = b.erosions.get(erosion)
    lost = f"{pounds(known.amount)} a year" if known else "part"
    since = f" from {month(known.month)}" if known else ""
    return f"{lost} of {_claim(b, claim)} is lost{since}"


SAY: dict[type, Say] = {
    happened.ForecastRecorded: _forecast,
    happened.ClaimMade: _made,
    happened.ClaimVerified: _verified,
    happened.ClaimRejected: _rejected,
    happened.ClaimGraded: _graded,
    happened.ClaimCorrected: _corrected,
    happened.ErosionReported: _eroded,
    happened.ErosionConfirmed: lambda e, b, _n: (
        f"Finance agreed that {_erosion(b, e.erosion, e.claim)}{because(e.note)}"
    ),
    happened.ErosionDismissed: lambda e, b, _n: (
        f"Finance did not agree that {_erosion(b, e.erosion, e.claim)}{because(e.reason)}"
    ),
    happened.PressureRecorded: lambda e, _b, _n: (
        f"A pressure of {pounds(e.amount)} in {month(e.month)} was recorded{because(e.reason)}"
    ),
    happened.MoneyAdmitted: lambda e, _b, names: (
        f"{pounds(e.amount)} of {year(e.year)} is admitted to the MTFS line {names.thing(e.line)}."
    ),
    happened.CoverRecorded: lambda e, _b, _n: (
        f"Reserves of {pounds(e.amount)} were used as cover in {year(e.year)}{because(e.reason)}"
    ),
}
