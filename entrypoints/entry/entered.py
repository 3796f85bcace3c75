"""What a filled grid asks for: its commands, and the cell that each fault is told beside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from benefits.refusals import NotAllowed, Refused, SeveralRefused, Stale
from entrypoints import flagged
from entrypoints.here import Realise
from entrypoints.schemas import Malformed, load
from eventlog.faults import DatabaseFault
from workflows.handling import Busy


@dataclass
class Entered:
    """The commands of a grid, with the version seen and the cell of each. ``faults`` by cell.

    ``personal`` are the cells whose words look like personal data, each with its sentence.
    """

    commands: list[object] = field(default_factory=list)
    seen: list[int | None] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)

    def ask(
        self,
        command: type,
        sent: Mapping[str, Any],
        at: str,
        seen: int | None,
        cells: Mapping[str, str] | None = None,
    ) -> None:
        """One command. A fault of a field is told at its cell, every other one at ``at``."""
        try:
            made: object = load(command, dict(sent))
        except Malformed as fault:
            for name, sentence in fault.faults.items():
                self.faults.setdefault((cells or {}).get(name, at), sentence)
            return
        for name, sentence in flagged.flagged(made).items():
            self.personal.setdefault((cells or {}).get(name, at), sentence)
        self.commands.append(made)
        self.seen.append(seen)
        self.places.append(at)

    def fault(self, name: str, sentence: str) -> None:
        """Something wrong with a cell; the first thing said of it stands."""
        self.faults.setdefault(name, sentence)

    def save(
        self, realise: Realise, by: str, at: datetime, key: str, *, confirmed: bool = False
    ) -> int:
        """Record all of it as one act, or nothing: the status, with every fault in ``faults``.

        Raises ``NotAllowed`` for somebody who may not, ``Busy`` and what the database says.
        """
        if not confirmed:
            self.faults = {**self.personal, **self.faults}
        malformed = bool(self.faults)
        try:
            if malformed:
                realise.rehearse(self.commands, by=by, at=at, seen=self.seen)
                return 422
            realise.handle(self.commands, by=by, at=at, seen=self.seen, key=key)
        except (NotAllowed, Busy, DatabaseFault):
            raise
        except SeveralRefused as refused:
            status = self._told(list(refused.faults))
        except Refused as fault:
            status = self._told([(0, fault)])
        else:
            return 303
        return 422 if malformed else status

    def _told(self, faults: list[tuple[int, Refused]]) -> int:
        for number, fault in faults:
            if isinstance(fault, NotAllowed):
                raise fault
            self.fault(self.places[number], str(fault))
        return 412 if any(isinstance(fault, Stale) for _, fault in faults) else 409
