"""What a data set is: its columns, each with its meaning, and how its rows follow from a thing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias


class Of(StrEnum):
    """What stands in a column."""

    ID = "identifier"
    TEXT = "text"
    WORD = "word from a list"
    POUNDS = "pounds and pence"
    NUMBER = "whole number"
    YES_NO = "yes or no"
    DAY = "date"
    MONTH = "month, such as 2024-10"
    YEAR = "financial year, such as 2024/25"
    INSTANT = "instant in UTC"


@dataclass(frozen=True, slots=True)
class Field:
    """A column. ``open`` says whether the open edition has it: no person, no free text."""

    name: str
    of: Of
    about: str
    open: bool = True


#: Values in the order of the fields. Pounds are given in pence; nothing is ``None`` or ``""``.
Row: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DataSet:
    """One table. ``kind`` is the kind of stream that its rows follow from (or ``people``).

    ``benefits`` are the fields that hold a benefit's id: the open edition has no row that names
    an exempt one.
    """

    name: str
    about: str
    kind: str
    fields: tuple[Field, ...]
    rows: Callable[[Any], Iterable[Row]]
    benefits: tuple[str, ...] = ("benefit",)
    open: bool = True


def text(name: str, about: str, *, open: bool = False) -> Field:  # noqa: A002
    """A column of words that people wrote; kept out of the open edition unless said otherwise."""
    return Field(name, Of.TEXT, about, open)


def person(name: str, about: str) -> Field:
    """A column of a person's id."""
    return Field(name, Of.ID, f"{about} The id of a person.", open=False)


def key(name: str, about: str) -> Field:
    """A column of ids of things."""
    return Field(name, Of.ID, about)


def pounds(name: str, about: str) -> Field:
    """A column of money."""
    return Field(name, Of.POUNDS, about)


BENEFIT = key("benefit", "The benefit, as in the set “benefits”.")
NATURE = Field("nature", Of.WORD, "Recurring (an annual amount that goes on) or one-off.")
MONTH = Field("month", Of.MONTH, "The month from which it counts.")
PLAN_YEAR = Field("plan_year", Of.YEAR, "The plan year that it delivers.")
POSITION = Field("position", Of.NUMBER, "The position in the log of the event that recorded it.")
