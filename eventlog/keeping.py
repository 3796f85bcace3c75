"""Keeps the read tables in step with the log: after an append, and all through a rebuild."""

import itertools
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from eventlog.changes import Changes
from eventlog.facts import Worked, again
from eventlog.kinds import Kind, Rows, Standing, kind_of
from eventlog.recorded import Recorded
from eventlog.tables import Tables


class Register:
    """Keeps the read tables in step with the log, for every kind of stream.

    ``standings`` are things as they stood before the events to come, by stream. A rebuild starts
    with none and remembers each; a single append is given those that it loaded.
    """

    def __init__(
        self, kinds: Mapping[str, Kind], standings: dict[str, Standing] | None = None
    ) -> None:
        self.kinds = kinds
        self.standings = {} if standings is None else standings
        #: Streams that moved since their rows were written, with the rows that are.
        self._unsettled: dict[str, tuple[Worked[Rows], ...]] = {}

    def keep(
        self, connection: Connection, tables: Tables, recorded: Sequence[Recorded[object]]
    ) -> None:
        """Bring the read tables up to the last of these events (in position order)."""
        changes = Changes()
        self._follow(recorded, changes)
        self._settle(changes, None)
        changes.write(connection, tables)

    def follow(
        self, connection: Connection, tables: Tables, recorded: Sequence[Recorded[object]]
    ) -> None:
        """Write the lasting rows, and leave those of how things stand for ``settle``.

        A rebuild goes through a stream's events in hundreds of pages, and how it stood at the
        end of each is of no use to anybody.
        """
        changes = Changes()
        self._follow(recorded, changes)
        changes.write(connection, tables)

    def settle(self, connection: Connection, tables: Tables, most: int | None = None) -> bool:
        """Write how things stand, of so many streams at most; gives whether any are left."""
        changes = Changes()
        self._settle(changes, most)
        changes.write(connection, tables)
        return bool(self._unsettled)

    def _follow(self, recorded: Sequence[Recorded[object]], changes: Changes) -> None:
        for event in recorded:
            standing = self._standing(event.stream)
            if standing is None:
                continue
            self._unsettled.setdefault(event.stream, standing.rows)
            try:
                _add(standing, event, changes)
            except Exception as fault:  # whatever it is goes on, and says where it was
                fault.add_note(f"Position {event.position}, “{event.type}” of {event.stream}")
                raise

    def _settle(self, changes: Changes, most: int | None) -> None:
        for stream in list(itertools.islice(self._unsettled, most)):
            standing = self.standings[stream]
            try:
                standing.rows = again(standing.kind.rows, standing.rows, standing.thing)
            except Exception as fault:
                fault.add_note(f"The stream {stream}")
                raise
            changes.replace(self._unsettled.pop(stream), standing.rows)

    def _standing(self, stream: str) -> Standing | None:
        if stream not in self.standings:
            found = kind_of(self.kinds, stream)
            if found is None:
                return None
            kind, key = found
            self.standings[stream] = Standing.of(kind, kind.new(key))
        return self.standings[stream]


def _add(standing: Standing, event: Recorded[object], changes: Changes) -> None:
    standing.kind.apply(standing.thing, event)
    before = standing.lasting
    if before:
        standing.lasting = again(standing.kind.lasting, before, standing.thing)
        changes.succeed(before, standing.lasting, event.position)
