"""Events by their places in the log, each told in a sentence, whatever it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from benefits.wording.writing import instant
from entrypoints.views.log import about, sentence
from entrypoints.views.naming import Called
from entrypoints.wiring import KINDS
from eventlog.kinds import kind_of
from eventlog.recorded import Recorded
from eventlog.store import Store
from eventlog.tables import events


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """One event as a list shows it. ``href`` is the page of what it is about, if it has one."""

    position: int
    sentence: str
    who: str
    when: str
    about: str
    href: str


def told_events(
    store: Store, connection: Connection, positions: Sequence[int], called: Called
) -> list[ToldEvent]:
    """The events at these positions in their order: two queries, however many there are."""
    held = events.c
    query = select(held.stream).where(held.position.in_(positions)).distinct()
    streams = list(connection.execute(query).scalars())
    found: dict[int, ToldEvent] = {}
    wanted = frozenset(positions)
    for stream, recorded in store.load_many(streams, max(positions, default=0), connection).items():
        found |= {one.position: one for one in _of_stream(stream, recorded, wanted, called)}
    return [found[position] for position in sorted(found)]


def _of_stream(
    stream: str, events: Sequence[Recorded[Any]], wanted: frozenset[int], called: Called
) -> list[ToldEvent]:
    """Told one after another, since each sentence needs the thing as it stood just before."""
    kind_and_key = kind_of(KINDS, stream)
    if kind_and_key is None:
        return []
    kind, key = kind_and_key
    before, told = kind.new(key), []
    for recorded in events:
        if recorded.position in wanted:
            told.append(
                ToldEvent(
                    recorded.position,
                    sentence(recorded, before, called),
                    called.person(recorded.actor),
                    instant(recorded.recorded_at),
                    *about(kind.name, key, called),
                )
            )
        kind.apply(before, recorded)
    return told
