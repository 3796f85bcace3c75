"""One thing that happened, as the log keeps it; and what is handed over to be kept."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

import msgspec

E = TypeVar("E")


class Recorded(msgspec.Struct, Generic[E], frozen=True, gc=False):
    """An event with everything that the log knows about it.

    A struct, because a whole log is read as these and they are made five times as fast as a
    frozen dataclass. They hold no cycles, so the collector need not look at them (``gc``).

    ``position`` counts the whole log from 1 without a gap; ``version`` counts its stream from 1.
    ``recorded_at`` is an aware UTC instant: when we knew, not when it was true. ``hash`` is the
    lower-case hexadecimal link of the chain (docs/log-format.md).
    """

    position: int
    event_id: str
    stream: str
    version: int
    type: str
    schema_version: int
    recorded_at: datetime
    actor: str
    correlation: str
    causation: str | None
    event: E
    hash: str

    def telling(self, event: E) -> "Recorded[E]":
        """The same row with another event in it, for whoever may not read all that it says."""
        return msgspec.structs.replace(self, event=event)


@dataclass(frozen=True, slots=True)
class Batch(Generic[E]):
    """Events for one stream, which must still be at version ``expected`` (0: not begun).

    With no events it is a guard: the append goes through only if that stream has not moved.
    ``event_ids`` given make a retry safe; left out, new ones are drawn.
    """

    stream: str
    expected: int
    events: tuple[E, ...] = ()
    event_ids: tuple[str, ...] | None = None


class NotAnInstant(ValueError):
    """A time without its zone was handed to the log."""


def instant_text(instant: datetime) -> str:
    """Write an instant as the log does: ``2026-11-22T09:38:00.000000Z``, always UTC."""
    if instant.tzinfo is None:
        raise NotAnInstant(
            f"{instant.isoformat()} has no time zone. Give the log an aware instant."
        )
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
