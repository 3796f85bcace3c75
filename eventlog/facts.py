"""What was worked out of a thing stays right as long as the facts that were read for it stand.

A thing's facts are its fields. Where an event gives a thing other facts and changes none in place,
a fact that is the same object as before is the same fact. So what was worked out need not be
worked out again while every fact that was read for it is the same object. Which facts those are is
not declared, where it could be wrong, but seen: the part is handed a thing that takes each fact
from the real one when it is first asked for, and notes it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Worked(Generic[R]):
    """What was worked out, and the facts that were read for it; None when nobody watched."""

    value: R
    read: dict[str, object] | None

    def stands(self, thing: object) -> bool:
        """Whether working it out of this thing would read the same facts, and so give the same."""
        if self.read is None:
            return False
        for name, fact in self.read.items():  # noqa: SIM110 - a third of the time of all()
            if getattr(thing, name) is not fact:
                return False
        return True

    def anew(self, part: Callable[[Any], R], thing: object) -> "Worked[R]":
        """The same part of a thing as it stands now."""
        return (unwatched if self.read is None else watched)(part, thing)

    def values(self) -> Iterator[R]:
        """What was worked out: one value."""
        yield self.value

    def unlike(self, before: "Worked[R]") -> Iterator[tuple[R | None, R | None]]:
        """What it was and what it is, when it was worked out anew."""
        if self is not before:
            yield before.value, self.value


class Part(Protocol):
    """What was worked out of a thing: ``Worked``, or ``Pieces`` of each of its items."""

    def stands(self, thing: object) -> bool: ...

    def anew(self, part: Any, thing: Any) -> Any: ...


P = TypeVar("P", bound=Part)


def unwatched(part: Callable[[T], R], thing: T) -> Worked[R]:
    """Work a part out of a thing whose facts may change in place: it has to be done each time."""
    return Worked(part(thing), None)


def watched(part: Callable[[T], R], thing: T) -> Worked[R]:
    """Work a part out of a dataclass with slots, and note which of its fields are read.

    The part is a pure function of the thing.
    """
    of: Any = type(thing)
    seen = _seen(of)()
    seen.of, seen.read = thing, {}
    return Worked(part(seen), seen.read)


def again(parts: Sequence[Any], before: tuple[P, ...], thing: object) -> tuple[P, ...]:
    """The parts of a thing as it stands now: those of ``before`` that stand, the others anew."""
    return tuple(
        old if old.stands(thing) else old.anew(part, thing)
        for part, old in zip(parts, before, strict=True)
    )


def copied(thing: T) -> T:
    """Another thing with the same facts. What is done to one does not show in the other."""
    of: Any = type(thing)
    another: T = object.__new__(of)
    for name in _names(of):
        setattr(another, name, getattr(thing, name))
    return another


@cache
def _names(of: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(of))


@cache
def _seen(of: Any) -> Any:
    """The class of things that stand for one of class ``of`` and note what is read of it."""
    names = frozenset(_names(of))
    assert names <= frozenset(of.__slots__), f"{of.__name__} keeps its facts elsewhere too"

    class Seen(of):  # type: ignore[misc]
        """Its fields are empty until they are asked for: only then is the following called."""

        __slots__ = ("of", "read")

        def __init__(self) -> None:
            """Begin with no fact at all."""

        def __getattr__(self, name: str) -> Any:
            if name not in names:
                raise AttributeError(name)
            fact = self.read[name] = getattr(self.of, name)
            setattr(self, name, fact)
            return fact

    return Seen
