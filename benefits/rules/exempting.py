"""The rules for keeping a confidential benefit out of what the public reads.

A council may keep an item from the public where Schedule 12A of the Local Government Act 1972
lets it, such as under paragraph 3 (a person's or the authority's own financial or business
affairs). What such a benefit is worth stays within every total; its name does not appear.
"""

from benefits.benefit import Benefit
from benefits.commands import details as asked
from benefits.events import details as happened
from benefits.rules import Answer, Context, Rule, checks


def _make(b: Benefit, c: asked.MakeExempt, _: Context) -> Answer:
    checks.existing(b)  # a withdrawn benefit too: reports go on telling of it
    why = checks.reason(
        c.reason, "Say why the benefit is exempt, such as the paragraph that applies"
    )
    return [] if b.exempt_because == why else [happened.BenefitMadeExempt(why)]


def _end(b: Benefit, c: asked.EndExemption, _: Context) -> Answer:
    checks.existing(b)
    if not b.exempt:
        return []
    why = checks.reason(c.reason, "Say why the benefit need not be exempt any more")
    return [happened.ExemptionEnded(why)]


_MINDS = (happened.BenefitMadeExempt, happened.ExemptionEnded)
RULES: dict[type, Rule] = {
    asked.MakeExempt: Rule(_make, "benefit", "benefit", _MINDS),
    asked.EndExemption: Rule(_end, "benefit", "benefit", _MINDS),
}
