"""How a sentence names people and other benefits, whose names no event holds."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """``person`` gives the name of a person by id; ``thing`` that of a benefit or an MTFS line."""

    person: Callable[[str], str]
    thing: Callable[[str], str]

    def perhaps(self, person: str | None) -> str:
        """A person's name, or "nobody"."""
        return self.person(person) if person else "nobody"


def changed(what: str, before: str, after: str) -> str:
    """``The owner changed from Ann to Bob``; ``The owner is Bob`` when there was none before."""
    if before and after:
        return f"{what} changed from {before} to {after}"
    return f"{what} is {after}" if after else f"{what} is no longer {before}"


def because(reason: str) -> str:
    """A sentence's end with its reason: ``: the lease ends later.``"""
    return f": {stopped(reason)}" if reason else "."


def stopped(text: str) -> str:
    """The text with a full stop, unless it ends in a mark of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def quoted(text: str) -> str:
    """A title in quotation marks."""
    return f"“{text}”"
