"""What every reading has in common: pages by position, and how things stood at a moment."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from marshmallow import ValidationError

from entrypoints.api import described
from entrypoints.api.described import ID, MONTH, Schema
from entrypoints.api.operations import answer
from entrypoints.api.received import Parameter
from entrypoints.fields import Answer, ChoiceField, IdField, MonthField, TextField, WholeField
from entrypoints.here import realise

#: Past any position that a log will ever have, and exact in every program's numbers.
LAST = 10**12 - 1
MOST, USUAL = 200, 50


_INSTANT = "Write an instant with its time zone: 2024-10-31T09:00:00Z."


class InstantField(Answer):
    """An instant with its time zone: ``2024-10-31T09:00:00Z``."""

    def read(self, value: Any) -> datetime:
        try:
            found = datetime.fromisoformat(str(value).upper())
            known = found.astimezone(UTC)
        except (ValueError, OverflowError) as fault:
            raise ValidationError(_INSTANT) from fault
        if found.tzinfo is None:
            raise ValidationError(_INSTANT)
        return known


def number(name: str, about: str, least: int, most: int) -> Parameter:
    """A whole number."""
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return Parameter(name, WholeField(least, most), schema, about)


def identity(name: str, about: str) -> Parameter:
    """The id of a thing."""
    return Parameter(name, IdField(), {"type": "string", "pattern": ID}, about)


def words(name: str, about: str) -> Parameter:
    """A short text."""
    schema = described.words(200, lines=False, needed=False)
    return Parameter(name, TextField(200, many_lines=False), schema, about)


def choice(name: str, about: str, of: Any, *, many: bool = False) -> Parameter:
    """One of a list of words, or several."""
    schema = {"type": "string", "enum": [str(member.value) for member in of]}
    return Parameter(name, ChoiceField(of), schema, about, many)


def month(name: str, about: str) -> Parameter:
    """A month."""
    return Parameter(name, MonthField(), {"type": "string", "pattern": MONTH}, about)


AFTER = number("after", "The position of the last one that you have.", 0, LAST)
LIMIT = number("limit", f"How many at most; {USUAL} unless said.", 1, MOST)
POSITION = number("position", "As known at this position of the log.", 0, LAST)
INSTANT = Parameter(
    "instant",
    InstantField(),
    {"type": "string", "format": "date-time"},
    "As known at this instant, such as 2024-10-31T09:00:00Z.",
)
KNOWN = (POSITION, INSTANT)


def upto(asked: Mapping[str, Any]) -> int | None:
    """The position of the log at which things are asked for, the earlier of two; None for now."""
    known: list[int] = [asked["position"]] if "position" in asked else []
    if "instant" in asked:
        known.append(realise().position_at(asked["instant"]))
    return min(known, default=None)


def page(name: str, items: Sequence[Mapping[str, Any]], limit: int) -> Response:
    """One page of things that each have a ``position``; ``next`` is where to go on, or null.

    ``items`` are one more than ``limit`` when there are more.
    """
    shown = items[:limit]
    following = int(shown[-1]["position"]) if len(items) > limit else None
    headers = {} if following is None else {"Link": f'<{address(following)}>; rel="next"'}
    return answer({name: list(shown), "next": following}, headers=headers)


def address(after: int) -> str:
    """The address of the same question from another position on."""
    kept = [(key, value) for key, value in request.args.items(multi=True) if key != "after"]
    return f"{request.path}?{urlencode([*kept, ('after', str(after))])}"


def page_of(name: str, item: Schema) -> Schema:
    """The description of a page."""
    return {
        "type": "object",
        "required": [name, "next"],
        "properties": {
            name: {"type": "array", "items": item},
            "next": {
                "type": ["integer", "null"],
                "description": "The `after` of the next page; null on the last.",
            },
        },
    }
