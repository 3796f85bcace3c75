"""The log itself: load what happened, and append what happens next."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any, TypeAlias
from uuid import uuid4

from sqlalchemy import Connection

from eventlog.appending import (
    LARGEST,
    Appender,
    Conflict,
    Draft,
    Entry,
    EventIdReused,
    PostgresqlAppender,
    append_on_sqlite,
    last_row,
)
from eventlog.catalogue import Catalogue, UnknownEvent
from eventlog.database import Database
from eventlog.driver import Driver
from eventlog.faults import DAMAGED, DamagedRecord
from eventlog.narrowed import hides
from eventlog.recorded import Batch, Recorded, instant_text
from eventlog.seal import HASHED, Row
from eventlog.tables import LIVE, Apply, Projection

__all__ = ["Also", "BadAppend", "Conflict", "EventIdReused", "Store"]

Event: TypeAlias = Recorded[Any]
Also: TypeAlias = Callable[[Connection, list[Event]], None]

_COLUMNS = ", ".join((*HASHED, "hash"))
_PAGE, _SOME, _FEW = 5_000, 500, 50


class BadAppend(ValueError):
    """What was handed over cannot be one append. Nothing was written."""


class Store:
    """The log, with the read tables that follow it."""

    def __init__(
        self, database: Database, catalogue: Catalogue, projections: Sequence[Projection] = ()
    ) -> None:
        self.database, self.catalogue = database, catalogue
        self.projections = tuple(projections)
        self._append: Appender = (
            append_on_sqlite
            if database.kind == "sqlite"
            else PostgresqlAppender(database.lock_wait)
        )

    def load(
        self, stream: str, connection: Connection | None = None, upto: int | None = None
    ) -> list[Event]:
        """The events of one stream, oldest first; ``upto`` is a position of the log."""
        return self.load_many([stream], upto, connection)[stream]

    def load_many(
        self,
        streams: Iterable[str],
        upto: int | None = None,
        connection: Connection | None = None,
    ) -> dict[str, list[Event]]:
        """The events of many streams, seen at one moment. An unknown stream has none."""
        found: dict[str, list[Event]] = {stream: [] for stream in streams}
        names = [stream for stream in found if not hides(stream)]
        with self._reading(connection) as reader:
            for start in range(0, len(names), _SOME):
                some = names[start : start + _SOME]
                condition, values = _among("stream", some, reader)
                if upto is not None:
                    # Written as a sum, so that no planner walks the index of positions for it.
                    condition += f" AND position + 0 <= {min(upto, LARGEST):d}"
                query = f"{condition} ORDER BY stream, version"
                self._take(found, _rows(reader, query, values))
        for stream, events in found.items():
            _must_be_whole(stream, 1, events)
        return found

    def load_since(
        self, since: Mapping[str, int], connection: Connection
    ) -> dict[str, list[Event]]:
        """The events of streams from a version each on (0 or 1: all of them), oldest first."""
        found: dict[str, list[Event]] = {stream: [] for stream in since}
        wanted = [one for one in since.items() if not hides(one[0])]
        mark = Driver.of(connection).mark
        for start in range(0, len(wanted), _FEW):
            some = wanted[start : start + _FEW]
            each = " OR ".join([f"(stream = {mark} AND version >= {mark})"] * len(some))
            values = tuple(value for one in some for value in one)
            self._take(found, _rows(connection, f"{each} ORDER BY stream, version", values))
        for stream, events in found.items():
            _must_be_whole(stream, max(1, since[stream]), events)
        return found

    def _take(self, found: dict[str, list[Event]], rows: Iterable[Row]) -> None:
        """Put each row with its stream. An index that is damaged gives rows of another one."""
        for row in rows:
            events = found.get(str(row[2]))
            if events is None:
                raise DamagedRecord(DAMAGED.format(stream=row[2]))
            events.append(self._recorded(row))

    def read(
        self,
        after: int = 0,
        upto: int | None = None,
        types: Iterable[str] | None = None,
        connection: Connection | None = None,
    ) -> Iterator[Event]:
        """Every event in order of position, from the one after ``after`` to ``upto``, in pages.

        Without ``upto`` it ends where the log ends when it begins. ``types`` are stored names.
        """
        if upto is None:
            upto = self.head(connection)[0]
        chosen = None if types is None else list(types)
        while after < upto:
            # Positions have no hole, so a page of positions is a page of events.
            last = min(after + _PAGE, upto)
            with self._reading(connection) as reader:
                condition, values = _among("type", chosen, reader)
                where = f"position > {after:d} AND position <= {last:d} AND {condition}"
                page = _rows(reader, f"{where} ORDER BY position", values)
            yield from (self._recorded(row) for row in page if not hides(str(row[2])))
            after = last

    def head(self, connection: Connection | None = None) -> tuple[int, str]:
        """Position and hash of the last event; 0 and 64 zeros when there is none."""
        with self._reading(connection) as reader:
            position, sealed, _ = last_row(Driver.of(reader))
        return position, sealed

    def append(
        self,
        batches: Iterable[Batch[Any]],
        *,
        actor: str,
        at: datetime,
        correlation: str,
        causation: str | None = None,
        also: Also | None = None,
        applying: Mapping[str, Apply] | None = None,
        connection: Connection | None = None,
    ) -> list[Event]:
        """Write events, their read tables and ``also``, all or nothing; gives the stored events.

        Raises ``Conflict`` when a stream has moved, ``EventIdReused`` for an id with other
        content, ``BadAppend`` for what cannot be one append. A retry with the same ids gives the
        stored events and writes nothing. ``recorded_at`` is ``at``, or the last row's when that
        is later. ``applying`` stands in for the ``apply`` of a projection, by its name, when the
        caller has loaded what it needs already. A ``connection`` given must be from
        ``database.write()``.
        """
        entry = self._entry(tuple(batches), actor, at, correlation, causation)
        if connection is not None:
            return self._write(connection, entry, also, applying or {})
        if also is None and not self.projections:
            with self.database.append() as driver:
                return self._recorded_of(self._append(driver, entry)[0])
        with self.database.write() as writer:
            return self._write(writer, entry, also, applying or {})

    def _recorded_of(self, rows: Iterable[Row]) -> list[Event]:
        return [self._recorded((*row[:-2], row[-1])) for row in rows]

    def _write(
        self,
        connection: Connection,
        entry: Entry,
        also: Also | None,
        applying: Mapping[str, Apply],
    ) -> list[Event]:
        rows, stored_before = self._append(Driver.of(connection), entry)
        recorded = self._recorded_of(rows)
        if stored_before:
            return recorded
        if recorded:
            for projection in self.projections:
                apply = applying.get(projection.name, projection.apply)
                apply(connection, LIVE, recorded)
        if also is not None:
            also(connection, recorded)
        return recorded

    def _entry(
        self,
        batches: Sequence[Batch[Any]],
        actor: str,
        at: datetime,
        correlation: str,
        causation: str | None,
    ) -> Entry:
        drafts = tuple(draft for batch in batches for draft in self._drafts(batch))
        streams = [batch.stream for batch in batches]
        if len(set(streams)) < len(streams):
            raise BadAppend("A stream may come once in an append: put its events in one batch.")
        if len({draft.event_id for draft in drafts}) < len(drafts):
            raise BadAppend("Two events of one append have the same event id.")
        words = [actor, correlation, *streams, *(draft.event_id for draft in drafts)]
        if not all(words) or any("\0" in word for word in (*words, causation or "")):
            raise BadAppend("Streams, event ids, actor and correlation are texts, and not empty.")
        # No stream can be at a version past what a database keeps: it conflicts all the same.
        guards = tuple((batch.stream, min(batch.expected, LARGEST)) for batch in batches)
        named = tuple(one for batch in batches for one in batch.event_ids or ())
        return Entry(guards, drafts, instant_text(at), actor, correlation, causation, named)

    def _drafts(self, batch: Batch[Any]) -> Iterator[Draft]:
        if batch.expected < 0:
            raise BadAppend("The expected version of a stream is 0 or more.")
        ids = batch.event_ids or tuple(str(uuid4()) for _ in batch.events)
        if len(ids) != len(batch.events):
            raise BadAppend("Give each event its event id, or none at all.")
        for event_id, event in zip(ids, batch.events, strict=True):
            yield Draft(event_id, batch.stream, *self.catalogue.encode(event))

    def _reading(self, connection: Connection | None) -> AbstractContextManager[Connection]:
        return self.database.read() if connection is None else nullcontext(connection)

    def _recorded(self, row: Row) -> Event:
        (position, event_id, stream, version, kind, schema_version, stamp, actor, correlation,
         causation, payload, sealed) = row  # fmt: skip
        event = self.catalogue.decode(kind, schema_version, payload)  # type: ignore[arg-type]
        try:
            instant = datetime.fromisoformat(stamp)  # type: ignore[arg-type]
        except (ValueError, TypeError) as fault:
            raise UnknownEvent(
                f"Position {position}: it was recorded at no instant ({stamp!r})."
            ) from fault
        return Recorded(
            position, event_id, stream, version, kind, schema_version,  # type: ignore[arg-type]
            instant, actor, correlation, causation,  # type: ignore[arg-type]
            event, sealed,  # type: ignore[arg-type]
        )  # fmt: skip


def _must_be_whole(stream: str, first: int, events: Sequence[Event]) -> None:
    """Versions follow one another without a gap, so as many events are there as they say."""
    if events and (events[0].version, events[-1].version) != (first, first + len(events) - 1):
        raise DamagedRecord(DAMAGED.format(stream=stream))


def _among(
    column: str, values: list[str] | None, connection: Connection
) -> tuple[str, tuple[str, ...]]:
    """A condition that a column holds one of some values (any, for None), and its values."""
    if values is None:
        return "1 = 1", ()
    if not values:
        return "1 = 0", ()
    marks = ", ".join([Driver.of(connection).mark] * len(values))
    return f"{column} IN ({marks})", tuple(values)


def _rows(connection: Connection, where: str, values: tuple[str | int, ...]) -> list[Any]:
    query = f"SELECT {_COLUMNS} FROM events WHERE {where}"  # noqa: S608 - only marks and numbers
    return Driver.of(connection).rows(query, values)
