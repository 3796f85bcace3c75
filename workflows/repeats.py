"""A command asked twice under one key gives the first answer. Kept, not rebuilt from the log."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Column, Connection, Table, Text, insert, select

from benefits.refusals import Refused
from eventlog.database import metadata

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
