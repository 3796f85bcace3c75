"""What must be true before a plan is changed: re-baselined, withdrawn or reopened."""

from benefits.approved import GivesUpTooMuch, approved_plan
from benefits.benefit import Benefit
from benefits.events.gates import CaseSubmitted
from benefits.lifecycle import Stage
from benefits.parts import Claim
from benefits.refusals import NotFound, Refused
from benefits.rules import Context, planned
from benefits.rules.checks import window_of
from benefits.tranches import Tranche
from benefits.wording.writing import listed, pounds, tranche, tranches, year
from workflows.gates.every import REASON
from workflows.gates.findings import Found, Test, met, missing, stated
from workflows.gates.validation import plan_after_overlaps
from workflows.gates.verified import changed_years, lowered_below_verified, standing_claims


def _proposed(b: Benefit, asked: CaseSubmitted) -> tuple[Tranche, ...] | None:
    """The plan that the case asks for; None when there is no profile or overlaps do not fit."""
    if asked.profile is None or not asked.profile.tranches:
        return None
    try:
        return approved_plan(asked.profile, b.overlaps.values())
    except GivesUpTooMuch:
        return None


def _profile(b: Benefit, asked: CaseSubmitted, _: Context) -> Found:
    if asked.profile is None or not asked.profile.tranches:
        return missing("Give the new profile that the board is asked to approve.")
    proposed = _proposed(b, asked)
    if proposed is not None and not changed_years(b.plan, proposed):
        return missing("The new profile leaves the plan as it is. Change it, or put no case.")
    return met(f"From {tranches(b.plan)} to {tranches(proposed or ())}.")


def _sound(b: Benefit, asked: CaseSubmitted, context: Context) -> Found:
    """The same rules as of a profile that is recorded before Validation."""
    if asked.profile is None:
        return missing("Give the new profile by year, with its committed point.")
    try:
        planned.profile(asked.profile, window_of(context, b), b.kind)
    except Refused as fault:
        return missing(str(fault))
    return met("It lies in the plan window, and each amount in its range.")


def _overlaps(b: Benefit, asked: CaseSubmitted, _: Context) -> Found:
    return plan_after_overlaps(b, asked.profile)


def _cause(_: Benefit, asked: CaseSubmitted, __: Context) -> Found:
    word = asked.cause.value if asked.cause else ""
    return stated(
        asked.cause,
        f"The cause: {word}.",
        "Say the cause: slipped, re-scoped, price, volume or replaced.",
    )


def _verified(b: Benefit, asked: CaseSubmitted, _: Context) -> Found:
    below = lowered_below_verified(b, _proposed(b, asked) or ())
    if below:
        said = listed(
            f"{year(when)} would hold {pounds(planned)} and {pounds(verified)} is verified for it"
            for when, planned, verified in below
        )
        return missing(f"{said}. Plan at least what is verified, or have the claims corrected.")
    return met("No plan year falls below what is verified for it.")


def _unverified(b: Benefit, asked: CaseSubmitted, _: Context) -> Found:
    moved = changed_years(b.plan, _proposed(b, asked) or ())
    return _decided([c for c in b.waiting_claims if c.tranche.plan_year in moved])


def _decided(waiting: list[Claim]) -> Found:
    if not waiting:
        return met("No claim that this touches waits for finance.")
    claims = listed(tranche(claim.tranche) for claim in waiting)
    return missing(f"Ask finance to decide first what is claimed and not verified: {claims}.")


def _withdrawn_verified(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    claims = listed(f"{pounds(c.stands)} of {tranche(c.tranche)}" for c in standing_claims(b))
    if claims:
        return missing(
            f"Verified money stands: {claims}. A withdrawn plan is nothing, so ask instead for a"
            " re-baseline down to what is verified, or have the loss confirmed as erosion or the"
            " claims corrected first."
        )
    return met("No verified money stands.")


def _all_decided(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    return _decided(b.waiting_claims)


def _replacement(b: Benefit, asked: CaseSubmitted, context: Context) -> Found:
    if not asked.replacement:
        return met("Nothing replaces it.")
    try:
        other = context.benefit(asked.replacement)
    except NotFound:
        return missing("The replacement is not on the register. Name a benefit that is.")
    if other.benefit == b.benefit:
        return missing("A benefit cannot replace itself. Name another.")
    if other.stage is Stage.WITHDRAWN:
        return missing("The replacement is itself withdrawn. Name another.")
    return met(f"It is replaced by {other.number}, {other.title}.")


def _reopened_verified(b: Benefit, _: CaseSubmitted, __: Context) -> Found:
    """The same test as of a re-baseline, on a plan that does not move: nothing is lowered."""
    stands = listed(tranche(c.tranche) for c in standing_claims(b)) or "nothing"
    return met(f"The plan stays as it is, and so does what is verified: {stands}.")


_DECIDED = "Unverified claims"
REBASELINE = (
    Test("New profile", "A new profile is given, and it changes the plan.", _profile),
    Test(
        "Profile in order",
        "The new profile lies in the programme's plan window, and each amount in its range.",
        _sound,
    ),
    Test("Overlaps", "No overlap gives up more than its plan year holds.", _overlaps),
    Test("Cause", "The cause is given.", _cause),
    REASON,
    Test("Verified money", "No plan year falls below what is verified for it.", _verified),
    Test(_DECIDED, "Finance has decided every claim of the years that change.", _unverified),
)
WITHDRAWAL = (
    REASON,
    Test("Replacement", "What replaces it, if anything, is on the register.", _replacement),
    Test(
        "Verified money",
        "No verified money stands: a withdrawn plan is nothing.",
        _withdrawn_verified,
    ),
    Test(_DECIDED, "Finance has decided every claim.", _all_decided),
)
REOPENING = (
    REASON,
    Test("Verified money", "The plan and what is verified stay as they are.", _reopened_verified),
    Test(_DECIDED, "Finance has decided every claim.", _all_decided),
)
