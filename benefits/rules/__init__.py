"""The rules that answer a command: the events that follow, or a refusal in one sentence.

A rule sees the thing as it stands and a ``Context`` (who asks, when, and other things that the
rule has to read). It has no clock, no database and no framework.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from benefits.benefit import Benefit
from benefits.programme import MtfsLine, Overlap, Programme


class Context(Protocol):
    """What a rule may know beside the command and the thing itself.

    Reading another stream here puts it under guard, and what is looked up over many streams is
    looked up again as the answer is written: if it has changed, the command is decided again.
    """

    @property
    def by(self) -> str:
        """The id of the person who asks."""

    @property
    def at(self) -> datetime:
        """When it is asked (aware UTC)."""

    @property
    def today(self) -> date:
        """The day in London on which it is asked."""

    def benefit(self, benefit: str) -> Benefit:
        """A benefit by id; raises ``NotFound``."""

    def programme(self, programme: str) -> Programme:
        """A programme by id; raises ``NotFound``."""

    def mtfs_line(self, line: str) -> MtfsLine:
        """An MTFS line by id; raises ``NotFound``."""

    def overlap(self, overlap: str) -> Overlap:
        """An overlap by id; raises ``NotFound``."""

    def knows(self, person: str) -> bool:
        """Whether the directory has this person."""

    def acts_for_finance(self, person: str) -> bool:
        """Whether this person has the finance role."""

    def administrators(self) -> frozenset[str]:
        """Everybody who is an administrator (ids)."""

    def open_cases(self, programme: str) -> Sequence[str]:
        """The ids of the programme's benefits that have a case before the board."""

    def programmes_called(self) -> Mapping[str, str]:
        """What every programme on record is called, by id."""

    def priorities(self) -> Mapping[str, str]:
        """What the priorities of the council plan are called, by id."""

    def has_milestone(self, programme: str, milestone: str) -> bool:
        """Whether a benefit of the programme has this milestone (an id)."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An event that a rule writes in another stream, in the same act."""

    stream: str
    event: object


Answer = Sequence[object]


@dataclass(frozen=True, slots=True)
class Rule:
    """How a command is answered: ``decide(thing, command, context)``.

    ``stream`` is the kind of stream and ``key`` the command's field that names it; an empty
    ``key`` means the one stream of that kind, which has the kind as its key. ``minds`` are
    the events that, when they came after what the person saw, make the answer a refusal (412).
    ``part`` names the fields that say which part of the thing is meant, such as ``claim``: an
    event of another part is not minded. ``overtaken_by`` compares them for whoever handles.
    """

    decide: Callable[[Any, Any, Any], Answer]
    stream: str
    key: str
    minds: tuple[type, ...] = ()
    part: tuple[str, ...] = ()

    def overtaken_by(self, command: object, event: object) -> bool:
        """Whether this event, which the person had not seen, matters to what they ask."""
        return isinstance(event, self.minds) and all(
            getattr(event, name) == getattr(command, name)
            for name in self.part
            if hasattr(event, name)
        )


def stream_of(kind: str, key: str) -> str:
    """The name of a stream, such as ``benefit-k3f9…``."""
    return f"{kind}-{key}"
