"""Everything that may be asked about a case at the board, and what lapses one.

Asking, voting and deciding each have a module; this is the table of them.
"""

from benefits.rules import Rule
from workflows import asking, conflicts, deciding, voting
from workflows.asking import drafted
from workflows.lapsing import lapse
from workflows.votes import barred, undecidable

#: What follows from new events of a benefit, as ``workflows.handling`` asks.
follows = lapse

RULES: dict[type, Rule] = {**asking.RULES, **voting.RULES, **deciding.RULES, **conflicts.RULES}

__all__ = ["RULES", "barred", "drafted", "follows", "lapse", "undecidable"]
