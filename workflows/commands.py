"""What may be asked of a board, of a case before it, and of the people and the council.

A case's commands change the benefit's own stream: one stream a benefit, its gates included.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from benefits.discounting import OptimismBias, RateStep
from benefits.events.gates import Choice
from benefits.lifecycle import Gate
from benefits.plans import Condition, Profile
from benefits.vocabulary import Cause


class Role(StrEnum):
    """What a person may do in Realise. Owners and board members are named on the record instead."""

    PMO = "PMO officer"
    FINANCE = "finance"
    SCRUTINY = "scrutiny"
    AUDITOR = "auditor"
    EXEMPT_READER = "reader of exempt papers"
    ADMINISTRATOR = "administrator"


class SeatKind(StrEnum):
    """What a seat on a board is for."""

    CHAIR = "chair"
    MEMBER = "member"
    FINANCE = "finance"


class Tie(StrEnum):
    """How a tie ends when the days allowed are over."""

    CHAIR = "as the chair voted"
    DEFER = "deferred"
    REJECT = "rejected"


@dataclass(frozen=True, slots=True)
class SubmitCase:
    """PMO: ask the board to decide a gate on the benefit exactly as it stands."""

    benefit: str
    case: str
    gate: Gate
    summary: str
    profile: Profile | None = None
    cause: Cause | None = None
    replacement: str | None = None
    shortfall: str = ""


@dataclass(frozen=True, slots=True)
class CastVote:
    """Vote from one's own seat. ``version`` is the version that the pack showed."""

    benefit: str
    case: str
    version: int
    choice: Choice
    statement: str = ""
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class RetractCase:
    """PMO: take a case back before it is decided."""

    benefit: str
    case: str
    reason: str


@dataclass(frozen=True, slots=True)
class EndCase:
    """Scheduler: end a case whose days allowed are over."""

    benefit: str
    case: str


@dataclass(frozen=True, slots=True)
class MeetCondition:
    """Say that a condition of an approval has been met."""

    benefit: str
    condition: str
    note: str


@dataclass(frozen=True, slots=True)
class FormBoard:
    """Form a programme board with its rules."""

    board: str
    title: str
    quorum: int
    approvals: int
    tie: Tie = Tie.CHAIR
    days: int = 10


@dataclass(frozen=True, slots=True)
class SetBoardRules:
    """Change how a board decides."""

    board: str
    quorum: int
    approvals: int
    tie: Tie
    days: int


@dataclass(frozen=True, slots=True)
class FillSeat:
    """Put a person, and perhaps a deputy, in a seat of a board."""

    board: str
    seat: str
    kind: SeatKind
    person: str
    deputy: str | None = None


@dataclass(frozen=True, slots=True)
class VacateSeat:
    """Take the person out of a seat."""

    board: str
    seat: str


@dataclass(frozen=True, slots=True)
class RegisterPerson:
    """Let the record know a person by id; the name and address live in the directory."""

    person: str


@dataclass(frozen=True, slots=True)
class GrantRole:
    """Let a person act in a role."""

    person: str
    role: Role


@dataclass(frozen=True, slots=True)
class RevokeRole:
    """Take a role from a person."""

    person: str
    role: Role


@dataclass(frozen=True, slots=True)
class GrantProgrammeRole:
    """Let a person act in a role for one programme."""

    person: str
    role: Role
    programme: str


@dataclass(frozen=True, slots=True)
class RevokeProgrammeRole:
    """Take a role for one programme from a person."""

    person: str
    role: Role
    programme: str


@dataclass(frozen=True, slots=True)
class NameCouncil:
    """Say what the council is called and which colour its pages have (#rrggbb)."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class SetLists:
    """Set the council's own lists of themes and directorates."""

    themes: tuple[str, ...]
    directorates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordPriority:
    """Put a priority of the council plan on the list, or change its words and where it stands."""

    priority: str
    title: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class RemovePriority:
    """Take a priority off the list; objectives that served it keep the link, unseen."""

    priority: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetPortfolioSchedule:
    """Say whether the report of all programmes is issued by itself, and on which working day."""

    by_schedule: bool
    working_day: int


@dataclass(frozen=True, slots=True)
class SetVotingRules:
    """Ask members to have signed in within so many minutes when they vote; 0 asks nothing."""

    sign_in_within: int


@dataclass(frozen=True, slots=True)
class DeclareInterest:
    """Declare a person's interest in a case, so that they cannot vote on it."""

    benefit: str
    case: str
    person: str
    interest: str


@dataclass(frozen=True, slots=True)
class CallMeeting:
    """Call a meeting of a board, with the cases that it takes, in order."""

    meeting: str
    board: str
    day: date
    starts: str
    place: str = ""
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAgenda:
    """Set the cases that a meeting takes, in order."""

    meeting: str
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordAttendance:
    """Record who attended a meeting, holders and deputies of the board's seats."""

    meeting: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CancelMeeting:
    """Cancel a meeting that has not been held."""

    meeting: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetDiscountRates:
    """Set the real rates, by years, at which appraisals discount from a day on."""

    from_day: date
    steps: tuple[RateStep, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SetOptimismBias:
    """Set what appraisals allow for optimism, by kind of benefit or what money is spent on."""

    adjustments: tuple[OptimismBias, ...]
    reason: str
