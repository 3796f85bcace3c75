"""A file that a program sends again under its key is answered as it was the first time."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeAlias

from flask import Response
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from entrypoints.api import received
from entrypoints.api.operations import answer
from entrypoints.here import now, realise, viewer
from workflows.handling import Busy
from workflows.repeats import KeyUsed, answers

Told: TypeAlias = dict[str, Any]
#: Keeps what is told, in the transaction of what was done.
Keep: TypeAlias = Callable[[Connection, Told], None]


def once(kind: str, sent: object, act: Callable[[Keep], Told]) -> Response:
    """What ``act`` tells, or what it told when the same came before under its Idempotency-Key.

    ``kind`` keeps the keys of one operation apart from those of others. ``act`` calls its ``Keep``
    when it writes. Raises ``KeyUsed`` when something else was sent under the key.
    """
    digest = sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
    asked = _Asked(viewer().person, f"{kind} {received.key()}", digest, now())
    first = asked.first()
    if first is None:
        try:
            return answer(act(asked.keep))
        except (Busy, IntegrityError):
            # The same may have been sent twice at one moment, and the other was answered.
            first = asked.first()
            if first is None:
                raise
    return answer(first, headers={"Idempotent-Replayed": "true"})


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asked for what, under which key."""

    person: str
    key: str
    digest: str
    at: datetime

    def first(self) -> Told | None:
        """What was told the first time; None when this is it."""
        query = select(answers.c.asked, answers.c.answer).where(
            answers.c.person == self.person, answers.c.key == self.key
        )
        with realise().database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        if row.asked != self.digest:
            raise KeyUsed("This key came before with something else.")
        told: Told = json.loads(row.answer)
        return told

    def keep(self, connection: Connection, told: Told) -> None:
        row = {"person": self.person, "key": self.key, "asked": self.digest}
        row |= {"answer": json.dumps(told), "at": self.at.isoformat()}
        connection.execute(insert(answers), [row])
