"""Every rule in one table: which command is answered by which rule, in which stream."""

from benefits.rules import (
    Rule,
    claims,
    delivery,
    details,
    exempting,
    investments,
    mapping,
    measures,
    money,
    mtfs,
    overlaps,
    programme,
    valuing,
    verification,
)

_PARTS = (
    details,
    exempting,
    valuing,
    investments,
    delivery,
    measures,
    money,
    claims,
    verification,
    programme,
    overlaps,
    mtfs,
    mapping,
)

RULES: dict[type, Rule] = {command: rule for part in _PARTS for command, rule in part.RULES.items()}
