"""The rules for claims: what may be said to be realised, and how it is put right. Pence."""

from benefits.benefit import Benefit
from benefits.commands import money as asked
from benefits.events import money as happened
from benefits.money import pounds
from benefits.parts import Claim
from benefits.refusals import NotFound, require
from benefits.rules import Answer, Context, Rule, checks
from benefits.rules.delivery import taken_from
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Kind
from benefits.wording.writing import listed, month


def _make(b: Benefit, c: asked.MakeClaim, context: Context) -> Answer:
    checks.fresh_id(c.claim, "claim")
    line = _allowed(b, c, context)
    note = checks.words(c.note, "The note", needed=False)
    before = b.claims.get(c.claim)
    if before is not None:
        same = (before.tranche, before.budget_line) == (c.tranche, line)
        require(same, "Another claim already has this id: open a new form and try again.")
        return []
    closed = c.tranche.month in context.programme(b.programme).closed
    late_for = c.tranche.month if closed else None
    return [happened.ClaimMade(c.claim, c.tranche, line, note, late_for)]


def _correct(b: Benefit, c: asked.CorrectClaim, context: Context) -> Answer:
    claim = claim_of(b, c.claim)
    line = _allowed(b, c, context)
    if (claim.tranche, claim.budget_line) == (c.tranche, line):
        return []
    why = checks.reason(c.reason, "Say what was wrong with the claim")
    return [happened.ClaimCorrected(c.claim, c.tranche, why, line)]


def claim_of(b: Benefit, claim: str) -> Claim:
    """A claim of a benefit by its id. Raises ``NotFound``."""
    if claim not in checks.live(b).claims:
        raise NotFound("There is no such claim on this benefit: look for it on its page.")
    return b.claims[claim]


def _allowed(b: Benefit, c: asked.MakeClaim | asked.CorrectClaim, context: Context) -> str:
    """The budget line that the claim names, empty when it needs none; refuses a wrong claim."""
    checks.live(b)
    require(
        b.stage.takes_claims,
        "Money is claimed once the board has passed the Delivery gate: this benefit is "
        f"{b.stage.value}.",
    )
    tranche = c.tranche
    checks.amount(tranche.amount, "The claim")
    window = checks.window_of(context, b)
    checks.month_come(tranche.month, context.today, "The month of the claim")
    checks.month_near(tranche.month, window, "The month of the claim")
    checks.in_window(tranche.plan_year, window, "The plan year that the claim delivers")
    require(
        tranche.nature is Nature.ONE_OFF or b.kind is not Kind.CAPITAL_RECEIPT,
        "A capital receipt comes once: claim it as a one-off.",
    )
    line = _budget_line(b, c.budget_line)
    if line and tranche.nature is Nature.RECURRING:
        _room_on(b, line, tranche, c.claim)
    return line


def _budget_line(b: Benefit, named: str) -> str:
    line = named.strip()
    if line in b.budget_lines:
        return line
    if not line and not b.kind.needs_budget_line:
        return ""
    require(
        b.budget_lines,
        "No budget line is named on this benefit: name the line that is reduced, then claim.",
    )
    listing = listed((f"“{one.line}” ({one.title})" for one in b.budget_lines.values()), "or")
    require(line, f"Name the budget line that was reduced: {listing}.")
    require(not line, f"“{line[:60]}” is not a budget line of this benefit: choose {listing}.")
    return line


def _room_on(b: Benefit, line: str, tranche: Tranche, claim: str) -> None:
    """Recurring claims on a line, verified or waiting, stay within the amount to be removed."""
    removed = b.budget_lines[line].amount
    taken = taken_from(b, line, beside=claim)
    require(
        taken < removed,
        f"All of the {pounds(removed)} a year to be removed from “{line}” is claimed already: "
        "correct the budget line, if more is removed from it.",
    )
    require(
        taken + tranche.amount <= removed,
        f"{pounds(removed)} a year is to be removed from “{line}” and {pounds(taken)} of it is "
        f"claimed already: from {month(tranche.month)} claim at most "
        f"{pounds(removed - taken)}, or correct the budget line.",
    )


# What would change a claim under somebody who is about to act on it.
MOVES_A_CLAIM = (
    happened.ClaimVerified,
    happened.ClaimRejected,
    happened.ClaimGraded,
    happened.ClaimCorrected,
    happened.ErosionConfirmed,
)

RULES: dict[type, Rule] = {
    asked.MakeClaim: Rule(_make, "benefit", "benefit"),
    asked.CorrectClaim: Rule(_correct, "benefit", "benefit", MOVES_A_CLAIM, ("claim",)),
}
