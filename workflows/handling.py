"""The one door for every change: who may, what the rules say, one append, the first answer again.

``handle`` names no command. It is given tables: command type -> rule (``benefits.rules.Rule``),
kind of stream -> how it stands (``eventlog.kinds.Kind``), and who may ask what.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from benefits.benefit import Benefit
from benefits.refusals import NotAllowed, Refused, SeveralRefused, Stale
from benefits.rules import Elsewhere, Rule, stream_of
from eventlog.held import Held
from eventlog.keeping import Register
from eventlog.kinds import Kind
from eventlog.narrowed import whole
from eventlog.recorded import Recorded
from eventlog.store import Conflict, Store
from eventlog.tables import LIVE
from workflows import repeats
from workflows.repeats import Answer, Written
from workflows.work import Overtaken, Work


def _own() -> str:
    return str(uuid4())


#: How often an act is decided again when another writer was first.
TRIES = 5

Also: TypeAlias = Callable[[Connection, Sequence[Recorded[Any]]], None]
#: The version that the person saw: of the first command's stream, or one for each command.
Seen: TypeAlias = int | Sequence[int | None] | None
#: Says why the person may not ask this of the thing, or None when they may.
May: TypeAlias = Callable[[Work, object, Any], str | None]
#: The events that follow from what an act did to a benefit, such as a case that lapses.
Follows: TypeAlias = Callable[[Benefit, Sequence[object], Work], Sequence[object]]
#: One sentence for an event, given its thing just before it and what people are called by id.
Tells: TypeAlias = Callable[[Recorded[Any], object, Callable[[str], str]], str]
#: What people are to be told of an act, read before its append and written with it.
Notifies: TypeAlias = Callable[[Work], Also | None]


class Busy(Refused):
    """Others changed the same thing again and again while this was being decided."""


@dataclass(frozen=True)
class Handling:
    """The tables that ``handle`` works from."""

    store: Store
    kinds: Mapping[str, Kind]
    rules: Mapping[type, Rule]
    may: May
    follows: Follows
    tells: Tells
    notifies: Notifies
    held: Held = field(default_factory=Held)
    #: Names the request that an act belongs to, for its events; on its own it gets a new name.
    correlation: Callable[[], str] = _own

    @whole()  # what is decided rests on the whole record, whatever the person can see of it
    def handle(
        self,
        commands: object | Sequence[object],
        *,
        by: str,
        at: datetime,
        seen: Seen = None,
        key: str | None = None,
        also: Also | None = None,
    ) -> Answer:
        """Do what is asked, all or nothing.

        ``by`` is a person's id, ``at`` an aware instant. ``seen`` is the version of the first
        command's stream that the person saw, or one for each command (None where it does not
        matter). ``key`` makes a repeat give the first answer.
        ``also`` writes kept tables in the same transaction. Raises a ``Refused``: the single
        command's own, or ``SeveralRefused`` with every fault of a list.
        """
        asked = list(commands) if isinstance(commands, list | tuple) else [commands]
        for _ in range(TRIES):
            try:
                return self._once(asked, by, at, seen, key, also)
            except (Conflict, IntegrityError, Overtaken):
                continue
        raise Busy("Others are changing the same thing just now. Nothing was written: try again.")

    @whole()
    def rehearse(
        self, commands: Sequence[object], *, by: str, at: datetime, seen: Seen = None
    ) -> None:
        """Refuse what ``handle`` would refuse now, and write nothing."""
        with self.store.database.read() as connection:
            self._decided(list(commands), connection, by, at, seen)

    def _once(
        self,
        asked: list[object],
        by: str,
        at: datetime,
        seen: Seen,
        key: str | None,
        also: Also | None,
    ) -> Answer:
        digest = repeats.digest(asked) if key else ""
        with self.store.database.read() as connection:
            first = repeats.earlier(connection, by, key, digest) if key else None
            if first is not None:
                return first
            work = self._decided(asked, connection, by, at, seen)
            before = work.standings()
            notices = self.notifies(work)
        if not work.changes:
            return self._nothing(by, key, digest, at)
        register = Register(self.kinds, before)
        answer = Answer()

        def keep(connection: Connection, recorded: Sequence[Recorded[Any]]) -> None:
            nonlocal answer
            work.must_rest_on_the_same(connection)  # the lock is held, no read table written
            answer = Answer(tuple(_written(event) for event in recorded))
            register.keep(connection, LIVE, recorded)
            for writes in (also, notices):
                if writes is not None:
                    writes(connection, recorded)
            if key:
                repeats.remember(connection, by, key, digest, answer, at)

        written = self.store.append(
            work.batches(), actor=by, at=at, correlation=self.correlation(), also=keep
        )
        # Only what is committed is held: each stream's last event is the last one named.
        for stream, last in {event.stream: event for event in written}.items():
            self.held.keep(last, before[stream])
        return answer

    def _nothing(self, by: str, key: str | None, digest: str, at: datetime) -> Answer:
        """Nothing had to change. Under a key that is an answer: no repeat writes later."""
        if key:
            with self.store.database.write() as connection:
                repeats.remember(connection, by, key, digest, Answer(), at)
        return Answer()

    def _decided(
        self, asked: list[object], connection: Connection, by: str, at: datetime, seen: Seen
    ) -> Work:
        work = Work(self.store, self.kinds, connection, by, at, self.held)
        work.preload([self._stream(command) for command in asked])
        self._decide(asked, work, seen)
        return work

    def _stream(self, command: object) -> str:
        rule = self.rules[type(command)]
        return stream_of(rule.stream, getattr(command, rule.key) if rule.key else rule.stream)

    def _decide(self, asked: list[object], work: Work, seen: Seen) -> None:
        faults: list[tuple[int, Refused]] = []
        versions = _versions(seen, len(asked))
        for number, command in enumerate(asked):
            try:
                self._decide_one(command, work, versions[number])
            except Refused as fault:
                faults.append((number, fault))
        if len(faults) == 1 and len(asked) == 1:
            raise faults[0][1]
        if faults:
            raise SeveralRefused(tuple(faults))

    def _decide_one(self, command: object, work: Work, seen: int | None) -> None:
        stream, rule = self._stream(command), self.rules[type(command)]
        loaded = work.loaded(stream)
        refusal = self.may(work, command, loaded.now)
        if refusal is not None:
            raise NotAllowed(refusal)
        if seen is not None:
            self._refuse_stale(command, rule, stream, work, seen)
        for event in rule.decide(loaded.now, command, work):
            where, what = (
                (event.stream, event.event) if isinstance(event, Elsewhere) else (stream, event)
            )
            work.add(where, what)
            self._follow(where, what, work)

    def _follow(self, stream: str, event: object, work: Work) -> None:
        standing = work.loaded(stream).now
        if isinstance(standing, Benefit):
            for further in self.follows(standing, [event], work):
                work.add(stream, further)

    def _refuse_stale(
        self, command: object, rule: Rule, stream: str, work: Work, seen: int
    ) -> None:
        for recorded in work.since(stream, max(0, seen)):
            if rule.overtaken_by(command, recorded.event):
                said = self.tells(recorded, work.before(stream, recorded.version), work.name)
                raise Stale(
                    f"{said} That was after you opened this page: "
                    "look at it again, then repeat what you did."
                )


def _versions(seen: Seen, many: int) -> Sequence[int | None]:
    if isinstance(seen, int) or seen is None:
        return (seen, *(None for _ in range(many - 1)))
    assert len(seen) == many, "Say of each command which version was seen, or None."
    return seen


def _written(event: Recorded[Any]) -> Written:
    return Written(event.position, event.stream, event.version, event.type)
