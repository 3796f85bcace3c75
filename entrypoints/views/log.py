"""One event of the log as a page shows it: told in a sentence, and exactly as it is kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from benefits import wording
from benefits.benefit import Benefit
from benefits.programme import MtfsLine, Overlap, Programme
from benefits.wording.writing import instant
from entrypoints.here import Realise
from entrypoints.views.naming import Called
from entrypoints.wiring import KINDS
from eventlog.kinds import kind_of
from eventlog.recorded import Recorded
from eventlog.tables import events
from workflows.scrutiny import wording as scrutiny
from workflows.scrutiny.question import Question


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with everything that the log keeps of it, as text."""

    position: int
    sentence: str
    who: str
    when: str
    about: str
    href: str
    payload: str
    kept: tuple[tuple[str, str], ...]


#: What the rows of the log are called on the page, in its order.
KEPT: Mapping[str, str] = {
    "position": "Position in the log",
    "event_id": "Event id",
    "stream": "Stream",
    "version": "Version of the stream",
    "type": "Type",
    "schema_version": "Schema version",
    "recorded_at": "Recorded at (UTC)",
    "actor_id": "Actor’s id",
    "correlation_id": "Act that it was part of",
    "prev_hash": "Hash of the event before",
    "hash": "Hash of this event",
}


def entry(realise: Realise, connection: Connection, position: int, called: Called) -> Entry | None:
    """The event at a position of the log; None where there is none."""
    row = connection.execute(select(events).where(events.c.position == position)).first()
    if row is None:
        return None
    (recorded,) = realise.store.read(position - 1, position, connection=connection)
    found = kind_of(KINDS, row.stream)
    kind, key = (found[0].name, found[1]) if found else row.stream.split("-", 1)
    return Entry(
        position,
        sentence(recorded, realise.standing(kind, key, position - 1), called),
        called.person(recorded.actor),
        instant(recorded.recorded_at),
        *about(kind, key, called),
        json.dumps(json.loads(row.payload), indent=2, ensure_ascii=False),
        tuple((words, str(getattr(row, name))) for name, words in KEPT.items()),
    )


def sentence(recorded: Recorded[Any], before: object, called: Called) -> str:
    """What happened, in a sentence. ``before`` is the thing just before it."""
    if isinstance(before, Benefit):
        return wording.sentence(recorded, before, called.person, called.thing)
    if isinstance(before, Programme | Overlap | MtfsLine):
        return wording.describe_programme_event(recorded, before, called.person, called.thing)
    if isinstance(before, Question):
        return scrutiny.sentence(recorded, before, called.person)
    words = recorded.type.replace("-", " ")
    return f"{words[:1].upper()}{words[1:]}."


def about(kind: str, key: str, called: Called) -> tuple[str, str]:
    """What the event is about, and its page where it has one."""
    match kind:
        case "benefit":
            return called.thing(key), f"/benefits/{key}"
        case "programme":
            return called.things.get(key, "A programme"), f"/programmes/{key}"
        case "report":
            programme, _, month = key.partition(":")
            return f"The report of {called.things.get(programme, 'a programme')}, {month}", ""
        case "person":
            return called.person(key), ""
        case "question":
            return "A question of scrutiny", f"/scrutiny/{key}"
        case "mtfs-line":
            return called.thing(key), ""
        case _:
            return kind.replace("-", " ").capitalize(), ""
