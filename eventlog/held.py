"""Rows of things as they last stood, so that an act need not work out again what stood before it.

Each is known by the hash of its stream's last event. The hash stands for that event and all
before it, and rows are a pure function of those: so what is held is right for that hash for
ever, whatever another process has written since, and a stream that moved has another hash.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from eventlog.kinds import Kind, Standing
from eventlog.recorded import Recorded

#: How many things' rows are held. Those of a benefit with two years of claims are some 50 kB.
MOST = 200


@dataclass
class Held:
    """Standings' rows by hash, the longest unused forgotten first. Threads may share it."""

    most: int = MOST
    _rows: OrderedDict[str, Standing] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def standing(self, kind: Kind, key: str, events: Sequence[Recorded[Any]]) -> Standing:
        """The thing after all these events of its stream, with its rows."""
        thing = kind.stand(key, events)
        found = self._found(events[-1].hash) if events else None
        if found is None:
            return Standing.of(kind, thing)
        return Standing(kind, thing, found.rows, found.lasting)

    def keep(self, last: Recorded[Any], standing: Standing) -> None:
        """Hold the rows of a thing as it stands after the last event of its stream, as stored."""
        with self._lock:
            self._rows[last.hash] = Standing(standing.kind, None, standing.rows, standing.lasting)
            while len(self._rows) > self.most:
                self._rows.popitem(last=False)

    def _found(self, last: str) -> Standing | None:
        with self._lock:
            # The act that asks moves the stream on, so this hash will hardly be asked for again.
            return self._rows.pop(last, None)
