"""What stands in the boxes of a form: read from what was sent, or written from a value.

Answers are a tree of text. A nested box is named by its path: ``tranches-0-amount``; a date has
three boxes, ``planned-day``, ``planned-month`` and ``planned-year``.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, Protocol

from benefits.money import Pence
from entrypoints.days import NotADay, read_month
from entrypoints.questions import Question, Shape

#: Rows left blank at the end of a list of rows, and how many a press of the button adds.
BLANK_ROWS, MORE_ROWS, MOST_ROWS = 2, 3, 200
BOXES = ("day", "month", "year")


class Sent(Protocol):
    """The fields of a form as they came."""

    def get(self, key: str) -> str | None: ...
    def getlist(self, key: str) -> list[str]: ...
    def keys(self) -> Iterable[str]: ...


def read_typed(asked: Sequence[Question], sent: Sent, prefix: str = "") -> dict[str, Any]:
    """What was typed in answer to some questions. Blank rows and parts are left out."""
    return {question.name: _read(question, sent, prefix + question.name) for question in asked}


def _read(question: Question, sent: Sent, name: str) -> Any:
    match question.shape:
        case Shape.DAY:
            boxes = {box: sent.get(f"{name}-{box}") or "" for box in BOXES}
            return boxes if any(text.strip() for text in boxes.values()) else ""
        case Shape.CHOICES:
            return sent.getlist(name)
        case Shape.LINES:
            return [line for text in sent.getlist(name) for line in text.splitlines()]
        case Shape.TICK:
            return sent.get(name) or "no"
        case Shape.PART:
            part = read_typed(question.parts, sent, f"{name}-")
            return None if question.nullable and _blank(question.parts, part) else part
        case Shape.ROWS:
            rows = [
                read_typed(question.parts, sent, f"{name}-{number}-")
                for number in _numbers(sent, name)
            ]
            return [row for row in rows if not _blank(question.parts, row)]
        case Shape.MONTH | Shape.YEAR:
            return _as_written(question.shape, sent.get(name) or "")
        case _:
            return sent.get(name) or ""


def _as_written(shape: Shape, typed: str) -> str:
    """A month or a year as it is kept: people also write ``October 2026``, and ``2026-27``."""
    if shape is Shape.YEAR:
        return typed.strip().replace("-", "/")
    try:
        return str(read_month(typed))
    except NotADay:
        return typed


def _numbers(sent: Sent, name: str) -> list[int]:
    pattern = re.compile(re.escape(name) + r"-([0-9]{1,3})-.+")
    found = {int(match[1]) for key in sent.keys() if (match := pattern.fullmatch(key))}  # noqa: SIM118
    return [number for number in sorted(found) if number < MOST_ROWS]


def _blank(parts: Sequence[Question], typed: Mapping[str, Any]) -> bool:
    """Whether nothing was typed: what comes chosen in a list does not count as typed."""
    for part in parts:
        said = typed.get(part.name)
        if part.shape is Shape.PART and said and not _blank(part.parts, said):
            return False
        untyped = part.shape in (Shape.CHOICE, Shape.TICK, Shape.PART)
        if not untyped and said and (not isinstance(said, str) or said.strip()):
            return False
    return True


def write_typed(asked: Sequence[Question], value: object) -> dict[str, Any]:
    """What to type for a value that stands: a dataclass, or a mapping of some answers."""
    held = value if isinstance(value, Mapping) else _members(value)
    return {
        question.name: _write(question, held[question.name])
        for question in asked
        if question.name in held
    }


def _members(value: object) -> dict[str, Any]:
    assert dataclasses.is_dataclass(value)
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def _write(question: Question, value: Any) -> Any:
    if value is None:
        return None
    match question.shape:
        case Shape.ROWS:
            return [write_typed(question.parts, each) for each in value]
        case Shape.PART:
            return write_typed(question.parts, value)
        case Shape.CHOICES | Shape.LINES:
            return [_text(each) for each in value]
        case Shape.NUMBERS:
            return ", ".join(str(each) for each in value)
        case Shape.MONEY if isinstance(value, int):
            return in_pounds(value)
        case _:
            return _text(value)


def _text(value: Any) -> Any:
    """An answer in one box, or in the three boxes of a date."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case date():
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        case _:
            return str(value)


def in_pounds(amount: Pence) -> str:
    """Pence as they are typed in a box with a pound sign before it: ``-1,234.50``."""
    whole, rest = divmod(abs(amount), 100)
    return ("-" if amount < 0 else "") + f"{whole:,}" + (f".{rest:02d}" if rest else "")
