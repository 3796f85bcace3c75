"""A command asked twice under one key gives the first answer. Kept, not rebuilt from the log."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, Text, insert, select

from benefits.refusals import Refused
from eventlog.database import metadata
from eventlog.stored import misfit, stored
from eventlog.tables import events

#: So many answers are compared with the log at a time.
_FEW = 100

answers = Table(
    "answers",
    metadata,
    Column("person", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("asked", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Text, nullable=False),
)


class KeyUsed(Refused):
    """The key came before with something else asked under it."""


@dataclass(frozen=True, slots=True)
class Written:
    """One event that an answer wrote: where it stands in the log and in its stream."""

    position: int
    stream: str
    version: int
    type: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an act: the events written, none when nothing had to change."""

    written: tuple[Written, ...] = ()
    repeated: bool = False

    @property
    def position(self) -> int:
        """The last position of the log that this act wrote; 0 for none."""
        return self.written[-1].position if self.written else 0


def digest(commands: Sequence[object]) -> str:
    """What was asked, as a hash: the same commands give the same digest."""
    return sha256("\n".join(repr(command) for command in commands).encode()).hexdigest()


def earlier(connection: Connection, person: str, key: str, asked: str) -> Answer | None:
    """The first answer under this key. Raises ``KeyUsed`` when something else was asked then."""
    query = select(answers.c.asked, answers.c.answer).where(
        answers.c.person == person, answers.c.key == key
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    if row.asked != asked:
        raise KeyUsed("This form was sent before with other contents. Open it again to send more.")
    return Answer(tuple(Written(**written) for written in json.loads(row.answer)), repeated=True)


def remember(
    connection: Connection, person: str, key: str, asked: str, answer: Answer, at: datetime
) -> None:
    """Keep the answer, in the transaction of the events that it names."""
    connection.execute(
        insert(answers).values(
            person=person,
            key=key,
            asked=asked,
            answer=json.dumps([asdict(written) for written in answer.written]),
            at=at.isoformat(),
        )
    )


def faults_in(connection: Connection) -> Iterator[str]:
    """A sentence for each answer that names what the log does not hold, or is of somebody else.

    A row that was put in could make an act that was never done look done, and lose it.
    """
    rows = stored(connection, answers, _FEW)
    while some := list(islice(rows, _FEW)):
        read = [(row, _named(row)) for row in some]
        logged = _logged(connection, [one for _, named in read for one in named or ()])
        for row, named in read:
            if wrong := _wrong(row, named, logged):
                yield f"The answer that was kept at {row.at!s:.40} for {row.person!s:.80} {wrong}"


def _wrong(
    row: Any, named: Sequence[Written] | None, logged: Mapping[int, tuple[Written, str]]
) -> str:
    if misfit(answers, row):
        return misfit(answers, row)
    if named is None:
        return "cannot be read."
    held = all(logged.get(one.position) == (one, row.person) for one in named)
    return "" if held else "names events that are not those of the log."


def _named(row: Any) -> tuple[Written, ...] | None:
    """The events that an answer names; None when it is none that was written here."""
    try:
        named = tuple(Written(**written) for written in json.loads(row.answer))
    except (TypeError, ValueError, RecursionError):
        return None
    whole = all(type(one.position) is int and 0 < one.position < 2**63 for one in named)
    return named if whole else None


def _logged(connection: Connection, named: Sequence[Written]) -> dict[int, tuple[Written, str]]:
    """What the log holds at those positions, and who wrote it."""
    column = events.c
    positions = {one.position for one in named}
    query = select(column.position, column.stream, column.version, column.type, column.actor_id)
    found = connection.execute(query.where(column.position.in_(sorted(positions))))
    return {row[0]: (Written(*row[:4]), row.actor_id) for row in found}
