"""What each command asks of a person: its fields as a tree of plain questions.

Made from the command's own types, so that the form, the JSON and the rule cannot differ. Schemas
and forms are both drawn from it.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from benefits.periods import FinancialYear, Month


class Shape(StrEnum):
    """What kind of answer a question takes."""

    MONEY = "money"
    WHOLE = "whole number"
    DECIMAL = "decimal"
    MONTH = "month"
    YEAR = "financial year"
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes or no"
    TICK = "tick"
    ID = "id"
    TEXT = "text"
    LINES = "lines"
    NUMBERS = "numbers"
    PART = "part"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Question:
    """One field. ``of`` is the enum or the nested value; ``parts`` are the nested questions."""

    name: str
    shape: Shape
    required: bool
    nullable: bool = False
    of: Any = None
    parts: tuple["Question", ...] = ()


#: Whole numbers that are not pence, with the least and the most that each may be.
BOUNDS: dict[str, tuple[int, int]] = {
    "after_years": (0, 200),
    "allowance": (0, 200),
    "approvals": (1, 50),
    "baseline_volume": (0, 100_000_000),
    "days": (1, 90),
    "impact": (1, 5),
    "lag": (0, 60),
    "per_cent": (0, 100),
    "planned_volume": (0, 100_000_000),
    "quorum": (1, 50),
    "sign_in_within": (0, 240),
    "size": (1, 10_000_000_000),
    "times_a_year": (1, 366),
    "tolerance": (0, 100),
    "volume": (0, 100_000_000),
    "version": (0, 9_000_000_000),
    "working_day": (1, 20),
    "years": (1, 30),
}
#: Whole numbers that are pence, written in pounds.
MONEY = frozenset({"amount", "annual", "committed", "high", "low", "mid", "unit_value"})
#: Texts that are decimals.
DECIMALS = frozenset({"baseline", "rate", "value"})
#: Texts that name a thing on the record.
IDS = frozenset(
    {
        "benefit", "board", "case", "cases", "change", "changes", "claim", "condition", "cover",
        "erosion",
        "evidence", "gives_up", "investment", "keeps", "line", "measure", "meeting", "milestone",
        "item", "objective", "objectives", "outcome", "outcomes", "priorities", "priority",
        "overlap", "owner", "people", "person", "deputy", "pressure", "programme",
        "question", "replacement", "risk", "seat", "sponsor",
    }
)  # fmt: skip
#: Where a name in ``IDS`` is a text all the same: a budget line is named by its council's code.
NOT_IDS = frozenset({("NameBudgetLine", "line"), ("DescribeBenefit", "outcome")})


@cache
def questions(asked: type) -> tuple[Question, ...]:
    """The questions of a command, or of a value inside one, in the order of its fields."""
    hints = get_type_hints(asked)
    return tuple(_question(asked, field, hints[field.name]) for field in dataclasses.fields(asked))


def every_question(asked: type) -> Iterator[Question]:
    """The questions of a command with those nested in them."""
    waiting = list(questions(asked))
    while waiting:
        question = waiting.pop()
        yield question
        waiting.extend(question.parts)


def _question(asked: type, field: "dataclasses.Field[Any]", hint: Any) -> Question:
    inner, nullable = _without_none(hint)
    required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    shape, of = _shape(asked, field.name, inner)
    if shape is Shape.YES_NO and not required:
        shape = Shape.TICK
    parts = questions(of) if shape in (Shape.PART, Shape.ROWS) else ()
    return Question(field.name, shape, required, nullable, of, parts)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, UnionType):
        (inner,) = [part for part in get_args(hint) if part is not type(None)]
        return inner, True
    return hint, False


_PLAIN: dict[Any, Shape] = {
    Month: Shape.MONTH,
    FinancialYear: Shape.YEAR,
    date: Shape.DAY,
    bool: Shape.YES_NO,
}


def _shape(asked: type, name: str, inner: Any) -> tuple[Shape, Any]:
    """The shape of a field and what it is made of. Raises ``TypeError`` for one it cannot ask."""
    if get_origin(inner) is tuple:
        return _many(name, get_args(inner)[0])
    if inner in _PLAIN:
        return _PLAIN[inner], None
    if inner is str:
        return _text(asked, name), None
    if inner is int:
        return _number(asked, name), None
    if isinstance(inner, type) and issubclass(inner, Enum):
        return Shape.CHOICE, inner
    if dataclasses.is_dataclass(inner):
        return Shape.PART, inner
    raise TypeError(f"{asked.__name__}.{name} is of a kind that no form can ask: {inner}.")


def _many(name: str, item: Any) -> tuple[Shape, Any]:
    if item is str:
        return Shape.LINES, None
    if item is int:
        return Shape.NUMBERS, None
    if isinstance(item, type) and issubclass(item, Enum):
        return Shape.CHOICES, item
    if dataclasses.is_dataclass(item):
        return Shape.ROWS, item
    raise TypeError(f"{name} is a list of a kind that no form can ask: {item}.")


def _text(asked: type, name: str) -> Shape:
    if name in DECIMALS:
        return Shape.DECIMAL
    named = name in IDS and (asked.__name__, name) not in NOT_IDS
    return Shape.ID if named else Shape.TEXT


def _number(asked: type, name: str) -> Shape:
    if name in MONEY:
        return Shape.MONEY
    if name in BOUNDS:
        return Shape.WHOLE
    raise TypeError(f"Say in questions.py whether {asked.__name__}.{name} is pence or a number.")
