"""Asks before the same claim is made a second time, as after the back button, or by two people.

Two equal claims of one month can both be right, so nobody is refused: who sends it again goes on.
"""

from benefits.benefit import Benefit
from benefits.commands.money import MakeClaim
from benefits.parts import Claim
from benefits.wording.writing import tranche

#: The name under which a form that was asked carries the claim that it was asked about.
SAME = "same"


def same_claim(benefit: Benefit, command: MakeClaim) -> Claim | None:
    """A claim of the same money, month and plan year that waits or stands; not its own."""
    return next(
        (
            claim
            for claim in benefit.claims.values()
            if claim.claim != command.claim
            and claim.tranche == command.tranche
            and (claim.waiting or claim.verified)
        ),
        None,
    )


def asked_twice(claim: Claim) -> str:
    """What a person is told of it."""
    money = tranche(claim.tranche)
    return f"{money} is claimed already. Send it again only if yours is another claim."
