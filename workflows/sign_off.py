"""Everything that may be asked about a case at the board, and what lapses one.

Asking, voting and deciding each have a module; this is the table of them.
"""

from benefits.rules import Rule
from workflows import asking, deciding, voting
from workflows.asking import drafted
from workflows.lapsing import lapse, lapse_for_tolerance
from workflows.votes import barred, undecidable

RULES: dict[type, Rule] = {**asking.RULES, **voting.RULES, **deciding.RULES}

__all__ = ["RULES", "barred", "drafted", "lapse", "lapse_for_tolerance", "undecidable"]
