"""The story of a benefits map: what was put on it, changed and taken off."""

from collections.abc import Callable
from typing import Any

from benefits.events import mapping as happened
from benefits.wording.names import Names, because, quoted
from benefits.wording.writing import count


def _recorded(held: str, key: str, what: str, served: str) -> Callable[[Any, Any, Names], str]:
    """``held``: where the programme keeps them; ``served``: the field of those that it serves."""

    def say(e: Any, p: Any, _: Names) -> str:
        known = getattr(p, held).get(getattr(e, key))
        links = len(getattr(e, served)) if served else 0
        one, many = ("priority", "priorities") if served == "priorities" else (served[:-1], served)
        serves = f"; it serves {count(links, one, many)}" if links else ""
        if known is None:
            return f"The {what} {quoted(e.title)} was put on the map{serves}."
        if known.title != e.title:
            return f"The {what} {quoted(known.title)} on the map became {quoted(e.title)}{serves}."
        if not served:
            return f"The milestone of the {what} {quoted(e.title)} on the map was changed."
        before = len(getattr(known, served))
        return (
            f"The {what} {quoted(e.title)} on the map now serves {count(links, one, many)} "
            f"({before} before)."
        )

    return say


def _removed(e: happened.MapItemRemoved, p: Any, _: Names) -> str:
    held = {**p.objectives, **p.outcomes, **p.changes}
    title = quoted(held[e.item].title) if e.item in held else e.item
    return f"{title} was taken off the map{because(e.reason)}"


def mapped(e: happened.BenefitMapped, b: Any, _: Names) -> str:
    """Where a benefit stands on the map, and where it stood."""
    return (
        f"On the benefits map it serves {count(len(e.outcomes), 'outcome')} "
        f"({len(b.outcomes)} before) and needs {count(len(e.changes), 'enabling change')} "
        f"({len(b.changes)} before)."
    )


SAY_OF_A_PROGRAMME: dict[type, Callable[[Any, Any, Names], str]] = {
    happened.ObjectiveRecorded: _recorded("objectives", "objective", "objective", "priorities"),
    happened.OutcomeRecorded: _recorded("outcomes", "outcome", "outcome", "objectives"),
    happened.EnablingChangeRecorded: _recorded("changes", "change", "enabling change", ""),
    happened.MapItemRemoved: _removed,
}
