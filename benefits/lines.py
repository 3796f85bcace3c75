"""The lists of tranches that a benefit's plan, forecast, claims and verified money make.

Every figure of the register, of reconciliation and of the report starts from these lists.
Amounts are in pence; a recurring tranche is a year's worth.
"""

from enum import StrEnum

from benefits.benefit import Benefit
from benefits.parts import Claim
from benefits.tranches import Nature, Tranche


class Source(StrEnum):
    """Which of a benefit's lists a tranche belongs to."""

    ORIGINAL = "original plan"
    PLAN = "current plan"
    PROPOSED = "proposed"
    FORECAST = "forecast"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    INVESTMENT = "investment"


def proposed(benefit: Benefit) -> tuple[Tranche, ...]:
    """What the profile commits to, whether or not a board has approved it."""
    return tuple(line.tranche for line in benefit.profile.tranches) if benefit.profile else ()


def expected(benefit: Benefit) -> tuple[Tranche, ...]:
    """The forecast; until one is recorded it is the current plan."""
    return benefit.plan if benefit.forecast is None else benefit.forecast


def claimed(claim: Claim) -> Tranche | None:
    """The tranche that waits for finance, if it does."""
    return claim.tranche if claim.waiting else None


def verified(benefit: Benefit, claim: Claim) -> tuple[Tranche, ...]:
    """What finance confirmed of a claim, and each confirmed loss as a negative tranche."""
    if not claim.verified:
        return ()
    said = claim.tranche
    confirmed = Tranche(claim.verified, said.nature, said.month, said.plan_year)
    if not benefit.erosions:
        return (confirmed,)
    losses = [
        Tranche(-loss.amount, said.nature, loss.month, said.plan_year)
        for loss in benefit.erosions.values()
        if loss.claim == claim.claim and loss.confirmed
    ]
    return (confirmed, *losses)


def all_claimed(benefit: Benefit) -> tuple[Tranche, ...]:
    """Every claim that waits for finance."""
    return tuple(claim.tranche for claim in benefit.claims.values() if claim.waiting)


def all_verified(benefit: Benefit) -> tuple[Tranche, ...]:
    """Everything that finance has confirmed, less what was lost since."""
    return tuple(part for claim in benefit.claims.values() for part in verified(benefit, claim))


def annual(tranches: tuple[Tranche, ...]) -> int:
    """The run rate of a list once all of it counts: pence a year."""
    return sum(line.amount for line in tranches if line.nature is Nature.RECURRING)


def once(tranches: tuple[Tranche, ...]) -> int:
    """The one-offs of a list, in pence."""
    return sum(line.amount for line in tranches if line.nature is Nature.ONE_OFF)
