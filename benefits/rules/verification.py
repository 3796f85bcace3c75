"""The rules for finance: nothing is realised until somebody else has confirmed it. Pence."""

from datetime import date

from benefits.benefit import Benefit
from benefits.commands import money as asked
from benefits.events import money as happened
from benefits.money import pounds
from benefits.parts import Claim, Erosion
from benefits.refusals import NotFound, require
from benefits.rules import Answer, Context, Rule, checks
from benefits.rules.claims import MOVES_A_CLAIM, claim_of
from benefits.rules.delivery import taken_from
from benefits.tranches import Nature
from benefits.vocabulary import Grade, Kind
from benefits.wording.writing import day, month

_SEEN = {
    Kind.CASH_RELEASING: "the budget line and where its reduction was seen",
    Kind.INCOME: "the budget line and where the income was seen",
    Kind.CAPITAL_RECEIPT: "the receipt",
    Kind.COST_AVOIDANCE: "the evidence, and the growth that was not budgeted",
    Kind.NON_CASH: "the readings",
    Kind.DISBENEFIT: "where the cost was seen",
}


def _verify(b: Benefit, c: asked.VerifyClaim, context: Context) -> Answer:
    claim = claim_of(b, c.claim)
    against = _against(b, c.against)
    if (claim.verified, claim.grade, claim.against) == (c.amount, c.grade, against):
        return []
    _independent(b, claim, context)
    require(claim.waiting, f"This claim is already {_decision(claim)}: correct it to decide again.")
    whole = claim.tranche.amount
    checks.amount(c.amount, "The amount verified")
    require(
        c.amount <= whole,
        f"{pounds(whole)} is claimed: {pounds(c.amount)} cannot be verified of it.",
    )
    why = checks.reason(
        c.reason,
        f"Say why {pounds(whole - c.amount)} of the claim is rejected",
        needed=c.amount < whole,
    )
    _grade(claim, c.grade, context.today)
    _room_on_line(b, claim, c.amount)
    return [happened.ClaimVerified(c.claim, c.amount, c.grade, against, why)]


def _against(b: Benefit, written: str) -> str:
    against = checks.words(written, f"What finance saw ({_SEEN[b.kind]})")
    require(
        b.kind is not Kind.NON_CASH or any(measure.readings for measure in b.measures.values()),
        "A benefit that frees no cash is verified by its readings: none is recorded yet.",
    )
    return against


def _decision(claim: Claim) -> str:
    return "rejected" if claim.rejected else "verified"


def _independent(b: Benefit, claim: Claim, context: Context) -> None:
    """Whoever claimed it, last corrected it or owns the benefit leaves it to somebody else."""
    require(
        context.by not in (claim.made_by, claim.corrected_by),
        "Whoever made or corrected a claim cannot decide it: ask somebody else in finance.",
    )
    require(
        context.by != b.owner,
        "The owner of a benefit cannot decide its claims: ask somebody else in finance.",
    )


def _grade(claim: Claim, grade: Grade, today: date) -> None:
    """Final is given once a year end (or twelve months) was seen, or the one-off was received.

    A claim's first year end comes within twelve months of its month, so it is what is asked.
    """
    if grade is not Grade.FINAL or claim.tranche.nature is Nature.ONE_OFF:
        return
    year_end = claim.tranche.month.financial_year.last.last_day
    require(
        today > year_end,
        f"A recurring claim is Final once a year end has been seen, after {day(year_end)}: "
        "choose Interim or Preliminary.",
    )


def _room_on_line(b: Benefit, claim: Claim, amount: int) -> None:
    if claim.tranche.nature is not Nature.RECURRING or claim.budget_line not in b.budget_lines:
        return
    removed = b.budget_lines[claim.budget_line].amount
    taken = taken_from(b, claim.budget_line, beside=claim.claim, waiting=False)
    require(
        taken + amount <= removed,
        f"{pounds(removed)} a year is to be removed from “{claim.budget_line}” and "
        f"{pounds(taken)} of it is verified: verify at most {pounds(max(0, removed - taken))}.",
    )


def _reject(b: Benefit, c: asked.RejectClaim, context: Context) -> Answer:
    claim = claim_of(b, c.claim)
    why = checks.reason(c.reason, "Say why nothing of the claim is verified")
    if claim.rejected == why:
        return []
    _independent(b, claim, context)
    require(claim.waiting, f"This claim is already {_decision(claim)}: correct it to decide again.")
    return [happened.ClaimRejected(c.claim, why)]


def _regrade(b: Benefit, c: asked.GradeClaim, context: Context) -> Answer:
    claim = claim_of(b, c.claim)
    require(claim.verified, "Only a verified claim has a grade: verify it first.")
    if claim.grade is c.grade:
        return []
    _independent(b, claim, context)
    _grade(claim, c.grade, context.today)
    why = checks.reason(c.reason, "Say what was seen behind the claim")
    return [happened.ClaimGraded(c.claim, c.grade, why)]


def _report_erosion(b: Benefit, c: asked.ReportErosion, context: Context) -> Answer:
    claim = claim_of(b, c.claim)
    checks.fresh_id(c.erosion, "erosion")
    why = checks.reason(c.reason, "Say why the saving is lost")
    before = b.erosions.get(c.erosion)
    if before is not None:
        same = (before.claim, before.amount, before.month) == (c.claim, c.amount, c.month)
        require(same, "Another erosion already has this id: open a new form and try again.")
        return []
    _can_erode(b, claim, c)
    require(
        c.month >= claim.tranche.month,
        f"The claim counts from {month(claim.tranche.month)}: it cannot be lost from an earlier "
        "month.",
    )
    checks.month_come(c.month, context.today, "The month from which it is lost")
    return [happened.ErosionReported(c.erosion, c.claim, c.amount, c.month, why)]


def _can_erode(b: Benefit, claim: Claim, c: asked.ReportErosion) -> None:
    require(claim.verified, "Only verified money can erode: correct a claim that is not verified.")
    require(
        claim.tranche.nature is Nature.RECURRING,
        "A one-off that was received cannot erode: correct the claim if it was wrong.",
    )
    checks.amount(c.amount, "The amount lost")
    waiting = sum(
        loss.amount for loss in b.erosions.values() if loss.claim == c.claim and loss.waiting
    )
    left = claim.stands - waiting
    require(
        c.amount <= left,
        f"{pounds(left)} of this claim stands, less what is already reported lost: "
        f"{pounds(c.amount)} is more.",
    )


def _erosion(b: Benefit, erosion: str) -> Erosion:
    if erosion not in checks.live(b).erosions:
        raise NotFound("There is no such erosion here: its claim may have been corrected since.")
    return b.erosions[erosion]


def _confirm_erosion(b: Benefit, c: asked.ConfirmErosion, context: Context) -> Answer:
    loss = _erosion(b, c.erosion)
    if loss.confirmed:
        return []
    require(
        context.by != loss.reported_by,
        "Whoever reported an erosion cannot confirm it: ask somebody else in finance.",
    )
    require(loss.waiting, "This erosion was dismissed: report it again if it is lost after all.")
    note = checks.words(c.note, "The note", needed=False)
    return [happened.ErosionConfirmed(c.erosion, loss.claim, note)]


def _dismiss_erosion(b: Benefit, c: asked.DismissErosion, _: Context) -> Answer:
    loss = _erosion(b, c.erosion)
    if loss.dismissed:
        return []
    require(loss.waiting, "This erosion was confirmed: claim again what has come back.")
    why = checks.reason(c.reason, "Say why the saving is not lost")
    return [happened.ErosionDismissed(c.erosion, loss.claim, why)]


_EROSION = (happened.ErosionConfirmed, happened.ErosionDismissed)

RULES: dict[type, Rule] = {
    asked.VerifyClaim: Rule(_verify, "benefit", "benefit", MOVES_A_CLAIM, ("claim",)),
    asked.RejectClaim: Rule(_reject, "benefit", "benefit", MOVES_A_CLAIM, ("claim",)),
    asked.GradeClaim: Rule(_regrade, "benefit", "benefit", MOVES_A_CLAIM, ("claim",)),
    asked.ReportErosion: Rule(
        _report_erosion,
        "benefit",
        "benefit",
        (*MOVES_A_CLAIM, happened.ErosionReported),
        ("claim",),
    ),
    asked.ConfirmErosion: Rule(_confirm_erosion, "benefit", "benefit", _EROSION, ("erosion",)),
    asked.DismissErosion: Rule(_dismiss_erosion, "benefit", "benefit", _EROSION, ("erosion",)),
}
