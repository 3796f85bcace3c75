"""What may be asked of a programme's benefits map."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordObjective:
    """Put an objective on the map, or change it: its words, and the priorities that it serves."""

    programme: str
    objective: str
    title: str
    priorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """Put an outcome on the map, or change it: its words, and the objectives that it serves."""

    programme: str
    outcome: str
    title: str
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordEnablingChange:
    """Put an enabling change on the map, or change it. A milestone can stand for it."""

    programme: str
    change: str
    title: str
    milestone: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveFromMap:
    """Take an objective, an outcome or an enabling change off the map, by its id."""

    programme: str
    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlaceOnMap:
    """Say which outcomes a benefit serves and which changes it needs, in place of those before."""

    benefit: str
    outcomes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
