"""What Realise keeps as JSON: any of its values, and the description of it, from its type alone.

Money is text in pounds with two decimals, months are ``2024-10``, financial years ``2024/25``,
instants UTC. A test asks of each whole number whether it is known as money or as a number.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy import Row

from benefits import parts
from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from entrypoints.questions import MONEY

Schema = dict[str, Any]

#: Whole numbers that are pence, by the name of their field.
PENCE = MONEY | {"admitted", "confirmed", "eroded", "gives_up", "increments", "range", "verified"}
#: Whole numbers that are just that.
NUMBERS = frozenset(
    {
        "after_years", "approvals", "baseline_volume", "binds_to", "closed", "corrections", "days",
        "impact", "lag", "moved", "optimism", "per_cent", "phasing", "planned_volume",
        "portfolio_day", "positions", "quorum", "reviewed", "sign_in_within", "size",
        "times_a_year", "tolerance", "version",
        "volume", "working_day", "years",
    }
)  # fmt: skip
MONEY_SCHEMA: Schema = {"type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"}
#: Where two kinds of value have the same name, what one of them is called in the document.
NAMED: Mapping[type, str] = {parts.Overlap: "GivenUp"}
_PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Month: {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"},
    FinancialYear: {"type": "string", "pattern": "^[0-9]{4}/[0-9]{2}$"},
}


def in_pounds(amount: Pence) -> str:
    """Pence as text in pounds: ``-1234.50``."""
    whole, rest = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:02d}"


def columns(row: Row[Any]) -> dict[str, Any]:
    """A row of a table by the names of its columns."""
    return dict(zip(row._fields, row, strict=True))


def plain(value: Any, name: str = "") -> Any:
    """A value as JSON. ``name`` is the field that holds it: it tells money from numbers."""
    match value:
        case Mapping():
            return _keyed(value, name)
        case set() | frozenset():
            return sorted(plain(each, name) for each in value)
        case list() | tuple():
            return [plain(each, name) for each in value]
    if not dataclasses.is_dataclass(value) or isinstance(value, Month | FinancialYear):
        return _one(value, name)
    return {
        field.name: plain(getattr(value, field.name), field.name)
        for field in dataclasses.fields(value)
    }


def _one(value: Any, name: str) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Month() | FinancialYear():
            return str(value)
        case int() if name in PENCE and not isinstance(value, bool):
            return in_pounds(value)
    return value


def _keyed(value: Mapping[Any, Any], name: str) -> dict[str, Any]:
    """Things by their ids. A pair of ids is written with a space between."""
    return {
        " ".join(map(str, key)) if isinstance(key, tuple) else str(plain(key)): plain(each, name)
        for key, each in value.items()
    }


def described(hint: Any, name: str = "") -> Schema:
    """The description of such values. Raises ``TypeError`` for what it cannot describe."""
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    if hint is int:
        return _number(name)
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (known,) = [part for part in inner if part is not type(None)]
        return {"anyOf": [described(known, name), {"type": "null"}]}
    if origin in (dict, Mapping):
        return {"type": "object", "additionalProperties": described(inner[1], name)}
    if origin in (list, set, frozenset, tuple):
        return _several(origin, inner, name)
    if isinstance(hint, type) and (issubclass(hint, Enum) or dataclasses.is_dataclass(hint)):
        return {"$ref": f"#/components/schemas/{name_of(hint)}"}
    raise TypeError(f"{name} is of a kind that the API cannot describe: {hint}.")


def _several(origin: Any, inner: tuple[Any, ...], name: str) -> Schema:
    schema: Schema = {"type": "array", "items": described(inner[0], name)}
    if origin is tuple and Ellipsis not in inner:
        schema |= {"minItems": len(inner), "maxItems": len(inner)}
    return schema


def _number(name: str) -> Schema:
    if name in PENCE:
        return dict(MONEY_SCHEMA)
    return {"type": "integer"}


def is_known(name: str) -> bool:
    """Whether it is said of a whole number of this name that it is pence, or that it is not."""
    return name in PENCE or name in NUMBERS or name.endswith("position")


def name_of(kind: type) -> str:
    """What a kind of value is called in the document."""
    return NAMED.get(kind, kind.__name__)


def components(kinds: Iterable[type]) -> dict[str, Schema]:
    """The descriptions of these kinds and of every kind within them, by name."""
    found: dict[str, Schema] = {}
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        if name_of(kind) in found:
            continue
        if issubclass(kind, Enum):
            found[name_of(kind)] = {"type": "string", "enum": [each.value for each in kind]}
        else:
            found[name_of(kind)] = _object(kind)
            waiting += [part for hint in get_type_hints(kind).values() for part in _within(hint)]
    return found


def _within(hint: Any) -> list[type]:
    if isinstance(hint, type) and hint not in _PLAIN and get_origin(hint) is None:
        named = issubclass(hint, Enum) or dataclasses.is_dataclass(hint)
        return [hint] if named else []
    return [part for inner in get_args(hint) for part in _within(inner)]


def _object(hint: Any) -> Schema:
    hints = get_type_hints(hint)
    fields = [field.name for field in dataclasses.fields(hint)]
    return {
        "type": "object",
        "required": fields,
        "properties": {name: described(hints[name], name) for name in fields},
        "additionalProperties": False,
    }
