"""What can happen to a meeting of a board. Names are in the directory: events hold ids alone."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One case on the agenda, with the benefit that it is about."""

    benefit: str
    case: str


@dataclass(frozen=True, slots=True)
class Present:
    """A person who attended, and the seat from which they did."""

    seat: str
    person: str


@dataclass(frozen=True, slots=True)
class MeetingCalled:
    """A board will meet. ``starts`` is the time in London, such as 14:00."""

    board: str
    day: date
    starts: str
    place: str
    agenda: tuple[AgendaItem, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaSet:
    """The cases that the meeting takes, in order. It replaces the agenda before it."""

    agenda: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True)
class AttendanceRecorded:
    """Who attended, and from which seat. It replaces what was recorded before."""

    present: tuple[Present, ...]


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    """The meeting will not take place."""

    reason: str


STORED_NAMES: dict[type, str] = {
    MeetingCalled: "meeting-called",
    AgendaSet: "agenda-set",
    AttendanceRecorded: "attendance-recorded",
    MeetingCancelled: "meeting-cancelled",
}
