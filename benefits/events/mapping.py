"""What can happen to a benefits map: what a programme is for, and which benefits bring it about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ObjectiveRecorded:
    """What the programme is to achieve, and the council-plan priorities (ids) that it serves."""

    objective: str
    title: str
    priorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeRecorded:
    """What will be different for people, and the objectives (ids) that it serves."""

    outcome: str
    title: str
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnablingChangeRecorded:
    """What has to change so that benefits come about; a milestone (id) can stand for it."""

    change: str
    title: str
    milestone: str | None = None


@dataclass(frozen=True, slots=True)
class MapItemRemoved:
    """An objective, an outcome or an enabling change (its id) is on the map no more."""

    item: str
    reason: str


@dataclass(frozen=True, slots=True)
class BenefitMapped:
    """Which outcomes a benefit serves and which changes it needs: ids, in place of those before."""

    outcomes: tuple[str, ...]
    changes: tuple[str, ...]
