"""How values that have a text of their own, such as a month, are kept as that text in the log.

The codec (msgspec) would write a dataclass such as a month as an object with its fields. While a
decoder is made, a stand-in takes the month's place in the annotations, and the hook reads its text.
"""

import types
from abc import ABC, ABCMeta
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Hook:
    """How a value is written as a text in the log, and read back."""

    to_text: Callable[[Any], str]
    from_text: Callable[[str], Any]


#: Kept for good: msgspec remembers the types of a class that it has seen once.
_STAND_INS: dict[type[Any], type[Any]] = {}


def stand_in(cls: type[Any]) -> type[Any]:
    """A type that values of ``cls`` are instances of, and that is no dataclass."""
    if cls not in _STAND_INS:
        made = ABCMeta(f"{cls.__name__}Text", (ABC,), {})
        made.register(cls)
        _STAND_INS[cls] = made
    return _STAND_INS[cls]


def dataclasses_within(cls: type[Any], hooked: Set[type[Any]]) -> tuple[type[Any], ...]:
    """A dataclass and every dataclass that it may hold; those with a hook are left out.

    Raises ``TypeError`` for a float, which no figure of the record may be.
    """
    found: dict[type[Any], None] = {}
    _gather(cls, hooked, found)
    return tuple(found)


def _gather(kind: Any, hooked: Set[type[Any]], found: dict[type[Any], None]) -> None:
    if kind is float:
        raise TypeError("An event holds no float: money is whole pence, other figures are text.")
    for part in get_args(kind):
        _gather(part, hooked, found)
    if not isinstance(kind, type) or not is_dataclass(kind) or kind in hooked or kind in found:
        return
    found[kind] = None
    for hint in get_type_hints(kind).values():
        _gather(hint, hooked, found)


def _swapped(hint: Any, hooked: Set[type[Any]]) -> Any:
    """A type hint with every hooked class replaced by its stand-in."""
    if isinstance(hint, type) and hint in hooked:
        return stand_in(hint)
    origin, parts = get_origin(hint), get_args(hint)
    swapped = tuple(_swapped(part, hooked) for part in parts)
    if origin is None or swapped == parts:
        return hint
    return Union[swapped] if origin in (Union, types.UnionType) else origin[swapped]  # noqa: UP007


@contextmanager
def hooks_seen(held: tuple[type[Any], ...], hooked: Set[type[Any]]) -> Iterator[bool]:
    """Within this the annotations of ``held`` name stand-ins; yields whether any does.

    msgspec looks at annotations when it makes a decoder, and not again: they are put back.
    """
    bases = {base for cls in held for base in cls.__mro__ if "__annotations__" in vars(base)}
    before = {cls: cls.__annotations__ for cls in bases}
    plain = {cls: _own_hints(cls) for cls in bases}
    swapped = {
        cls: {name: _swapped(hint, hooked) for name, hint in hints.items()}
        for cls, hints in plain.items()
    }
    try:
        for cls in bases:
            cls.__annotations__ = swapped[cls]
        yield swapped != plain
    finally:
        for cls, annotations in before.items():
            cls.__annotations__ = annotations


def _own_hints(cls: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    return {name: hints[name] for name in cls.__annotations__}
