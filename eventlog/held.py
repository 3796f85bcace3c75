"""Things as they last stood, so that an act need not add up again all that happened before it.

Each is known by the hash of its stream's last event. The hash stands for that event and all
before it, and a thing and its rows are a pure function of those. The event is read again each
time, with whatever came after it: what is held is used only where it is that very event, so
what another process has written since is seen, and another record is not mistaken for this one.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import Connection

from eventlog.facts import Worked, again, copied
from eventlog.kinds import Kind, Lasted, Rows, Standing
from eventlog.recorded import Recorded
from eventlog.store import Store

#: How many things are held. A benefit with two years of claims is some 50 kB with its rows.
MOST = 200


@dataclass(frozen=True, slots=True)
class Stood:
    """A thing after the event of this version and hash of its stream. It is not to be changed.

    Where facts do not stay (``Kind``), there is no ``thing`` but the events to make it of.
    """

    kind: Kind
    key: str
    version: int
    hash: str
    thing: Any
    #: The parts of its rows; None until somebody wanted them.
    rows: tuple[Worked[Rows], ...] | None = None
    lasting: tuple[Lasted, ...] = ()
    events: Sequence[Recorded[Any]] = ()

    def once_more(self) -> Any:
        """The same thing again, to which other events can be added."""
        if self.kind.facts_stay:
            return copied(self.thing)
        return self.kind.stand(self.key, self.events)

    def standing(self) -> Standing:
        """The thing once more, with the rows that the read tables hold for it."""
        kind, thing = self.kind, self.once_more()
        if self.rows is None:
            return Standing.of(kind, thing)
        rows = again(kind.rows, self.rows, thing)
        return Standing(kind, thing, rows, again(kind.lasting, self.lasting, thing))

    def after(self, events: Sequence[Recorded[Any]]) -> "Stood | None":
        """With what came since; None unless the first of these events is its own last one."""
        if not events or events[0].hash != self.hash:
            return None
        if len(events) == 1:
            return self
        thing, last = self.once_more(), events[-1]
        for recorded in events[1:]:
            self.kind.apply(thing, recorded)
        rows = (self.rows, self.lasting)
        return Stood(self.kind, self.key, last.version, last.hash, thing, *rows)


@dataclass
class Held:
    """Things by stream, the longest unused forgotten first. Threads may share it."""

    most: int = MOST
    _things: OrderedDict[str, Stood] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def load(
        self, store: Store, streams: Mapping[str, tuple[Kind, str]], connection: Connection
    ) -> dict[str, Stood]:
        """Things as they stand at this moment, by stream; of version 0 where there is no event."""
        known = {stream: found for stream in streams if (found := self._find(stream))}
        since = {s: known[s].version if s in known else 0 for s in streams}
        loaded: dict[str, Stood] = {}
        for stream, events in store.load_since(since, connection).items():
            stood = known[stream].after(events) if stream in known else None
            if stood is None:
                whole = store.load(stream, connection) if stream in known else events
                stood = _stood(*streams[stream], whole)
            loaded[stream] = stood
            self._hold(stream, stood)
        return loaded

    def knows_more(self, stream: str, version: int) -> bool:
        """Whether a later version than this was committed once. Only for who holds up appends."""
        found = self._find(stream)
        return found is not None and found.version > version

    def keep(self, last: Recorded[Any], standing: Standing) -> None:
        """Hold a thing as it stands after the last event of its stream, as stored."""
        key = last.stream.removeprefix(f"{standing.kind.name}-")
        rows = (standing.rows, standing.lasting)
        stood = Stood(standing.kind, key, last.version, last.hash, standing.thing, *rows)
        self._hold(last.stream, stood)

    def _find(self, stream: str) -> Stood | None:
        with self._lock:
            return self._things.get(stream)

    def _hold(self, stream: str, stood: Stood) -> None:
        if not stood.kind.facts_stay or not stood.version:
            return
        with self._lock:
            known = self._things.get(stream)
            # What was read at an earlier moment does not stand in for what is known since.
            if known is None or known.version <= stood.version:
                self._things[stream] = stood
            self._things.move_to_end(stream)
            while len(self._things) > self.most:
                self._things.popitem(last=False)


def _stood(kind: Kind, key: str, events: Sequence[Recorded[Any]]) -> Stood:
    sealed = events[-1].hash if events else ""
    if kind.facts_stay:
        return Stood(kind, key, len(events), sealed, kind.stand(key, events))
    return Stood(kind, key, len(events), sealed, None, events=events)
