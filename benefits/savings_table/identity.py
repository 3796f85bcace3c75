"""The id of what a line of a savings table makes: the same line makes the same id for ever."""

from collections.abc import Container
from hashlib import sha256

from benefits.savings_table.plan import PlannedBenefit, PlannedInvestment


def alike(written: str) -> str:
    """A name as it is compared: in capitals or not, however it is spaced."""
    return " ".join(written.casefold().split())


def id_of(*parts: str) -> str:
    """20 hexadecimal digits of the SHA-256 of the parts, compared as ``alike`` has them."""
    told = "\x1f".join(alike(part) for part in parts)
    return sha256(told.encode()).hexdigest()[:20]


def programme_id(title: str, taken: Container[str]) -> str:
    """The id of a new programme; ``taken`` are ids that programmes of other titles have."""
    number = 0
    while (found := id_of("programme", title, str(number or ""))) in taken:
        number += 1
    return found


def line_id(programme: str, line: PlannedBenefit | PlannedInvestment) -> str:
    """The id of a line, from programme, workstream, group, line and kind as printed."""
    return id_of(programme, *line.key)
