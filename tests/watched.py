"""A council whose every act is watched: what it may write, and what it must leave alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, literal, select, union_all

from benefits.commands import details, money
from benefits.refusals import Refused
from entrypoints.wiring import KINDS
from eventlog.database import metadata
from eventlog.kinds import Standing, kind_of
from tests.scenario import Scenario
from workflows.commands import CastVote
from workflows.repeats import Answer


@dataclass(frozen=True)
class Asked:
    """An act that was done: by whom, what, under which key, and what was answered."""

    by: str
    commands: Sequence[object]
    key: str
    answer: Answer


@dataclass
class Watched(Scenario):
    """Remembers what was accepted, as few words as can be, so that the record can be compared."""

    done: list[Asked] = field(default_factory=list)
    head: int = 0
    #: What the record should hold, by (benefit, id): who voted in a case, and a claim's pence.
    voters: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    claimed_pence: dict[tuple[str, str], int] = field(default_factory=dict)
    verified_pence: dict[tuple[str, str], int] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)

    def do(self, *asked: object, by: str = "pat", seen: int | None = None) -> "Watched":
        """Ask under a key of its own; what is refused must have written nothing at all."""
        before, key = self.weights(), self.fresh("key")
        try:
            answer = self.realise.handle(list(asked), by=by, at=self.at, seen=seen, key=key)
        except Refused:
            assert self.weights() == before, "what was refused has written something"
            raise
        assert [one.position for one in answer.written] == list(
            range(self.head + 1, self.head + 1 + len(answer.written))
        )
        self.head += len(answer.written)
        self.at += timedelta(minutes=1)
        self.done.append(Asked(by, asked, key, answer))
        for command in asked:
            self._remember(command, by)
        return self

    def _remember(self, command: object, by: str) -> None:
        if isinstance(command, CastVote):
            self.voters.setdefault((command.benefit, command.case), set()).add(by)
        elif isinstance(command, money.MakeClaim):
            self.claimed_pence[command.benefit, command.claim] = command.tranche.amount
        elif isinstance(command, money.CorrectClaim):
            self.claimed_pence[command.benefit, command.claim] = command.tranche.amount
            self.verified_pence.pop((command.benefit, command.claim), None)
        elif isinstance(command, money.VerifyClaim):
            self.verified_pence[command.benefit, command.claim] = command.amount
        elif isinstance(command, details.AddNote):
            self.notes[command.benefit] += 1

    def weights(self) -> dict[str, int]:
        """How many rows each table has: one question."""
        counts = [
            select(literal(table.name).label("name"), func.count().label("rows")).select_from(table)
            for table in metadata.sorted_tables
        ]
        with self.realise.database.read() as connection:
            return {row.name: row.rows for row in connection.execute(union_all(*counts))}

    def holds_what_was_accepted(self) -> None:
        """Every vote once, every claim at its pence, every note, whatever was asked beside them."""
        for (key, case), voters in self.voters.items():
            votes = self.benefit(key).cases[case].votes.values()
            found = [vote.voter for vote in votes]
            assert len(found) == len(set(found)), f"a vote of {key} is counted twice"
            assert set(found) <= voters
        for (key, claim), pence in self.claimed_pence.items():
            stands = self.benefit(key).claims[claim]
            assert stands.tranche.amount == pence
            assert 0 <= (stands.verified or 0) <= pence
            assert stands.verified == self.verified_pence.get((key, claim))
            assert 0 <= stands.eroded <= (stands.verified or 0)

    def holds_things_as_replayed(self) -> None:
        """What is held for the next act is what each stream gives from its beginning."""
        held, store = self.realise.handling.held, self.realise.store
        streams: dict[str, list[Any]] = {}
        for event in store.read():
            streams.setdefault(event.stream, []).append(event)
        kinds = {stream: kind_of(KINDS, stream) for stream in streams}
        found = {stream: kind for stream, kind in kinds.items() if kind is not None}
        with self.realise.read() as connection:
            loaded = held.load(store, found, connection)
        for stream, stood in loaded.items():
            kind, key = found[stream]
            fresh = Standing.of(kind, kind.stand(key, streams[stream]))
            stands = stood.standing()
            assert stands.thing == fresh.thing, stream
            for one, other in ((stands.rows, fresh.rows), (stands.lasting, fresh.lasting)):
                told = [[list(part.values()) for part in parts] for parts in (one, other)]
                assert told[0] == told[1], stream
