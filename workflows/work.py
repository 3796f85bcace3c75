"""One act while it is being decided: what was read, what each command adds, what is guarded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, select

from benefits.benefit import Benefit
from benefits.programme import MtfsLine, Overlap, Programme
from benefits.refusals import NotFound
from benefits.register import tables
from benefits.rules import stream_of
from eventlog.faults import DAMAGED, DamagedRecord
from eventlog.held import Held, Stood
from eventlog.kinds import Kind, Standing, kind_of
from eventlog.recorded import Batch, Recorded
from eventlog.store import Store
from workflows import directory
from workflows.boards import Board
from workflows.commands import Role
from workflows.council import Council
from workflows.inbox import programme_roles, roles
from workflows.people import Person

LONDON = ZoneInfo("Europe/London")
_CALLED = {
    "benefit": "benefit",
    "programme": "programme",
    "overlap": "overlap",
    "mtfs-line": "MTFS line",
    "board": "board",
    "meeting": "meeting",
    "person": "person",
    "question": "question",
}


@dataclass
class Loaded:
    """A thing as it was read (``stood``), and with what the act adds (``now``)."""

    stood: Stood
    now: Any
    added: list[object] = field(default_factory=list)
    guards: bool = True

    @property
    def version(self) -> int:
        return self.stood.version


class Overtaken(Exception):
    """Another act came first and changed what this one rests on."""


class Work:
    """What rules see of the record, at one moment; also their ``Context``.

    A rule that reads another stream puts it under guard: the append then fails when that stream
    has moved. What it looks up over many streams is looked up again in the append. People are
    read without: their roles decide who may ask, not what is right.
    """

    def __init__(
        self,
        store: Store,
        kinds: Mapping[str, Kind],
        connection: Connection,
        by: str,
        at: datetime,
        held: Held,
    ) -> None:
        self._store, self._kinds, self.connection = store, kinds, connection
        self._held = held
        self.by, self.at = by, at
        self.today: date = at.astimezone(LONDON).date()
        self._loaded: dict[str, Loaded] = {}
        self._looked_up: list[tuple[Select[Any], frozenset[Row[Any]]]] = []

    def loaded(self, stream: str, *, guards: bool = True) -> Loaded:
        """A stream, read once however often it is asked for."""
        if stream not in self._loaded:
            self.preload([stream])
            self._loaded[stream].guards = guards
        found = self._loaded[stream]
        found.guards = found.guards or guards
        return found

    def preload(self, streams: Sequence[str]) -> None:
        """Read many streams at once, and with them who asks."""
        asking = stream_of("person", self.by)
        wanted = [one for one in (*streams, asking) if one not in self._loaded]
        kinds = {stream: self._kind(stream) for stream in wanted}
        for stream, stood in self._held.load(self._store, kinds, self.connection).items():
            self._loaded[stream] = Loaded(stood, stood.once_more(), guards=stream in streams)

    def add(self, stream: str, event: object) -> None:
        """Let the commands that follow see this event. Its position is not known yet: 0."""
        found = self.loaded(stream)
        found.added.append(event)
        kind, _ = self._kind(stream)
        kind.apply(found.now, self._draft(stream, found, event))

    def _draft(self, stream: str, found: Loaded, event: object) -> Recorded[Any]:
        version = found.version + len(found.added)
        return Recorded(0, "", stream, version, "", 0, self.at, self.by, "", None, event, "")

    def _kind(self, stream: str) -> tuple[Kind, str]:
        found = kind_of(self._kinds, stream)
        if found is None:
            raise NotFound("There is no such thing on the record.")
        return found

    def batches(self) -> list[Batch[Any]]:
        """What the act writes, and every stream that has to be as it was."""
        return [
            Batch(stream, found.version, tuple(found.added))
            for stream, found in self._loaded.items()
            if found.added or found.guards
        ]

    def added(self) -> Iterator[tuple[str, int, object, Any]]:
        """Each event that the act adds: its stream and version, and its thing after the act."""
        for stream, found in list(self._loaded.items()):
            for number, event in enumerate(found.added, found.version + 1):
                yield stream, number, event, found.now

    @property
    def changes(self) -> bool:
        return any(found.added for found in self._loaded.values())

    def standings(self) -> dict[str, Standing]:
        """Every stream that changes as it stood before: what the read tables hold now."""
        return {
            stream: loaded.stood.standing()
            for stream, loaded in self._loaded.items()
            if loaded.added
        }

    def since(self, stream: str, version: int) -> Sequence[Recorded[Any]]:
        """The events of a stream that came after this version of it, up to what was read."""
        if self.loaded(stream).version <= version:
            return ()
        return self._store.load_since({stream: version + 1}, self.connection)[stream]

    def before(self, stream: str, version: int) -> Any:
        """The thing as it stood just before the event of this version in its stream."""
        kind, key = self._kind(stream)
        return kind.stand(key, self._store.load(stream, self.connection)[: version - 1])

    def _look_up(self, query: Select[Any]) -> frozenset[Row[Any]]:
        """Rows of a read table that a rule rests on, over more streams than can be guarded."""
        found = frozenset(self.connection.execute(query))
        self._looked_up.append((query, found))
        return found

    def must_rest_on_the_same(self, connection: Connection) -> None:
        """Raise ``Overtaken`` unless the transaction that writes finds all that was looked up.

        Raises ``DamagedRecord`` for a stream that had more events than the database now gives.
        """
        for stream, found in self._loaded.items():
            if (found.added or found.guards) and self._held.knows_more(stream, found.version):
                raise DamagedRecord(DAMAGED.format(stream=stream))
        for query, rows in self._looked_up:
            if frozenset(connection.execute(query)) != rows:
                raise Overtaken

    def name(self, person: str) -> str:
        """What a person is called."""
        return directory.names(self.connection, [person]).get(person, directory.FORMER)

    def _existing(self, kind: str, key: str) -> Any:
        standing = self.loaded(stream_of(kind, key)).now
        if not standing.exists:
            raise NotFound(f"There is no such {_CALLED[kind]}. Look for it in the register.")
        return standing

    # What a rule may read (benefits.rules.Context and workflows.context).

    def benefit(self, benefit: str) -> Benefit:
        found: Benefit = self._existing("benefit", benefit)
        return found

    def programme(self, programme: str) -> Programme:
        found: Programme = self._existing("programme", programme)
        return found

    def mtfs_line(self, line: str) -> MtfsLine:
        found: MtfsLine = self._existing("mtfs-line", line)
        return found

    def overlap(self, overlap: str) -> Overlap:
        found: Overlap = self._existing("overlap", overlap)
        return found

    def board(self, board: str) -> Board:
        found: Board = self._existing("board", board)
        return found

    def council(self) -> Council:
        found: Council = self.loaded("council-council").now
        return found

    def person(self, person: str) -> Person:
        found: Person = self.loaded(stream_of("person", person), guards=False).now
        return found

    def knows(self, person: str) -> bool:
        return self.person(person).exists

    def acting_as(self, *wanted: Role, programme: str = "") -> frozenset[str]:
        """Everybody who has any of these roles (ids), for the council or for this programme."""
        names = [role.value for role in wanted]
        council = select(roles.c.person).where(roles.c.role.in_(names))
        held = programme_roles.c
        theirs = select(held.person).where(held.role.in_(names), held.programme == programme)
        return frozenset(self.connection.execute(council.union(theirs)).scalars())

    def acts_for_finance(self, person: str) -> bool:
        found = self.person(person)
        return Role.FINANCE in found.roles | {role for role, _ in found.programme_roles}

    def administrators(self) -> frozenset[str]:
        query = select(roles.c.person).where(roles.c.role == Role.ADMINISTRATOR.value)
        return frozenset(row.person for row in self._look_up(query))

    def open_cases(self, programme: str) -> Sequence[str]:
        query = select(tables.cases.c.benefit).where(
            tables.cases.c.programme == programme, tables.cases.c.outcome == ""
        )
        return sorted(row.benefit for row in self._look_up(query))

    def cases_before(self, board: str) -> Mapping[str, str]:
        held = tables.cases.c
        query = select(held.case_id, held.benefit).where(held.board == board, held.outcome == "")
        return {row.case_id: row.benefit for row in self._look_up(query)}

    def priorities(self) -> Mapping[str, str]:
        return {key: one.title for key, one in self.council().priorities.items()}

    def has_milestone(self, programme: str, milestone: str) -> bool:
        held = tables.milestones.c
        query = select(held.milestone).where(
            held.programme == programme, held.milestone == milestone
        )
        return bool(self._look_up(query))

    def programmes_called(self) -> Mapping[str, str]:
        held = tables.programmes.c
        rows = self._look_up(select(held.programme, held.title))
        return {row.programme: row.title for row in rows}
