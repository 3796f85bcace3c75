"""Reads everything that a report is made of, as it stood at one position of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from benefits.benefit import Benefit
from benefits.periods import Month
from benefits.programme import MtfsLine, Programme
from benefits.refusals import NotFound
from benefits.register import tables
from eventlog import checkpoints
from eventlog.kinds import Kind
from eventlog.recorded import Recorded
from eventlog.seal import BEGINNING
from eventlog.store import Store
from reports import archive
from reports.archive import Archived
from reports.composing.steps import Followed, LastReport, follow
from reports.composing.waiting import as_reported
from workflows import directory
from workflows.boards import Board
from workflows.council import Council
from workflows.scrutiny import rows
from workflows.scrutiny.question import Question

NOT_NAMED = "not named"


@dataclass
class Names:
    """Names and posts by id; it remembers those that the report prints, for the archive."""

    known: Mapping[str, tuple[str, str]]
    printed: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __call__(self, person: str | None) -> str:
        """The name of a person; whoever is no longer in the directory is said to be so."""
        if not person:
            return NOT_NAMED
        self.printed[person] = self.known.get(person, (directory.FORMER, ""))
        return self.printed[person][0]

    def with_post(self, person: str | None) -> str:
        """Name and post: ``Olu Bright, Director of Children’s Services``."""
        name = self(person)
        post = self.printed[person][1] if person else ""
        return f"{name}, {post}" if post else name

    def of_cabinet(self, person: str | None) -> str:
        """A cabinet member under a heading that says so: the name, and what they answer for."""
        said = self.with_post(person)
        name, _, post = said.partition(", ")
        words = post.removeprefix("Cabinet member").removeprefix("Cabinet Member")
        if words == post:
            return said
        answers_for = words.removeprefix(" for").strip(" ,")
        return f"{name} ({answers_for})" if answers_for else name


@dataclass(frozen=True)
class Told:
    """One benefit as the report takes it: its events, how it stands at the month's end, its money.

    ``events`` hold what waits for the next report too; ``benefit`` and ``followed`` do not.
    """

    month: Month
    events: Sequence[Recorded[Any]]
    benefit: Benefit
    followed: Followed
    tolerance: int | None = None  # of its programme, where the report is of several
    exempt: bool = False  # confidential: within totals only, where the public reads

    @property
    def ref(self) -> str:
        return self.benefit.number


@dataclass(frozen=True)
class Record:
    """The record at a position: the programme with its benefits, its board, and who is who.

    ``last`` is the report that opens this one, the latest of an earlier month that was made from
    no later position; None for a first report.
    """

    month: Month
    position: int
    hash: str
    programme: Programme
    programme_events: Sequence[Recorded[Any]]
    benefits: tuple[Told, ...]
    board: Board
    boards: Mapping[str, Board]
    council: Council
    mtfs_lines: tuple[MtfsLine, ...]
    mtfs_events: Sequence[Recorded[Any]]
    names: Names
    last: Archived | None
    questions: tuple[Question, ...] = ()
    checkpoint: str = ""  # the last signed checkpoint of at most so many events, as it reads

    @property
    def since(self) -> int:
        """Events after this position are new to the report; 0 for a first report."""
        return self.last.position if self.last else 0

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each benefit of the programme is called, by id."""
        return {told.benefit.benefit: told.benefit.title for told in self.benefits}

    @cached_property
    def refs(self) -> dict[str, str]:
        """The short reference of each benefit, by id."""
        return {told.benefit.benefit: told.ref for told in self.benefits}


def read(
    store: Store,
    kinds: Mapping[str, Kind],
    programme: str,
    month: Month,
    position: int,
    names: Mapping[str, tuple[str, str]] | None = None,
    *,
    opened_by: str = "",
    exempt_now: bool = False,
) -> Record:
    """Everything at a position, seen at one moment. Raises ``NotFound`` for no such programme.

    ``opened_by`` names the reports that open this one, where they are not the programme's own.
    ``names`` are names and posts by id as an earlier report printed them; without them they are
    those of the directory as it is today. With ``exempt_now`` a benefit is exempt when it was so
    at the position or is so today.
    """
    with store.database.read() as connection:
        known = _directory(connection) if names is None else names
        reading = _Reading(store, kinds, connection, position, opened_by or programme, exempt_now)
        return reading.record(programme, month, known)


def programmes(store: Store, position: int) -> list[str]:
    """The programmes that had been started by a position, in the order of the log."""
    known = tables.programmes.c
    query = select(known.programme).where(known.position <= position).order_by(known.position)
    with store.database.read() as connection:
        return list(connection.execute(query).scalars())


def _directory(connection: Connection) -> Mapping[str, tuple[str, str]]:
    entries = directory.everybody(connection)
    names = {entry.person: (entry.name, entry.post) for entry in entries}
    reserved = {one: (called, "") for one, called in directory.RESERVED_NAMES.items()}
    return {**names, **reserved}


@dataclass(frozen=True)
class _Reading:
    store: Store
    kinds: Mapping[str, Kind]
    connection: Connection
    position: int
    opened_by: str
    exempt_now: bool

    def record(self, key: str, month: Month, names: Mapping[str, tuple[str, str]]) -> Record:
        events = self._events([f"programme-{key}"])[f"programme-{key}"]
        programme: Programme = self.kinds["programme"].stand(key, events)
        if not programme.exists:
            raise NotFound("There is no such programme at this position of the log.")
        last = archive.latest_before(self.connection, self.opened_by, month, self.position)
        lines, mtfs_events = self._mtfs()
        benefits = self._benefits(key, month, last)
        return Record(
            month,
            self.position,
            self._hash(),
            programme,
            events,
            benefits,
            self._one("board", programme.board),
            self._boards(benefits),
            self._one("council", "council"),
            lines,
            mtfs_events,
            Names(names),
            last,
            self._questions(key),
            self._checkpoint(),
        )

    def _questions(self, key: str) -> tuple[Question, ...]:
        ids = rows.of_programme_upto(self.connection, key, self.position)
        streams = self._events([f"question-{one}" for one in ids])
        stand = self.kinds["question"].stand
        return tuple(stand(one, streams[f"question-{one}"]) for one in ids)

    def _checkpoint(self) -> str:
        found = checkpoints.latest(self.connection, self.position)
        return found.note if found else ""

    def _events(self, streams: Sequence[str]) -> dict[str, list[Recorded[Any]]]:
        return self.store.load_many(streams, self.position, self.connection)

    def _one(self, kind: str, key: str) -> Any:
        stream = f"{kind}-{key}"
        return self.kinds[kind].stand(key, self._events([stream])[stream])

    def _boards(self, benefits: Sequence[Told]) -> dict[str, Board]:
        """Every board that a case was put to: a programme may have changed its board since."""
        cases = [case for told in benefits for case in told.benefit.cases.values()]
        return {
            board: self._one("board", board)
            for board in sorted({case.submitted.board for case in cases})
        }

    def _hash(self) -> str:
        last = self.store.read(self.position - 1, self.position, connection=self.connection)
        return next((recorded.hash for recorded in last), BEGINNING)

    def _benefits(self, key: str, month: Month, last: Archived | None) -> tuple[Told, ...]:
        register = tables.register.c
        query = (
            select(register.benefit, register.exempt)
            .where(register.programme == key, register.position <= self.position)
            .order_by(register.position)
        )
        exempt = {row.benefit: row.exempt for row in self.connection.execute(query)}
        streams = self._events([f"benefit-{benefit}" for benefit in exempt])
        until = LastReport(last.position, last.month) if last else None
        told = (self._told(b, streams[f"benefit-{b}"], month, until) for b in exempt)
        if not self.exempt_now:
            return tuple(told)
        return tuple(replace(one, exempt=one.exempt or exempt[one.benefit.benefit]) for one in told)

    def _told(
        self,
        benefit: str,
        events: Sequence[Recorded[Any]],
        month: Month,
        last: LastReport | None,
    ) -> Told:
        stands: Benefit = self.kinds["benefit"].stand(benefit, events)
        followed = follow(benefit, events, month, last)
        return Told(month, events, as_reported(stands, month), followed, exempt=stands.exempt)

    def _mtfs(self) -> tuple[tuple[MtfsLine, ...], list[Recorded[Any]]]:
        lines = tables.mtfs_lines.c
        query = select(lines.line).where(lines.position <= self.position).order_by(lines.position)
        ids = list(self.connection.execute(query).scalars())
        streams = self._events([f"mtfs-line-{line}" for line in ids])
        stand = self.kinds["mtfs-line"].stand
        found = tuple(stand(line, streams[f"mtfs-line-{line}"]) for line in ids)
        return found, [recorded for events in streams.values() for recorded in events]
