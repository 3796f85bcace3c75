"""What can happen to a board, to a person's roles and to the council's own settings."""

from dataclasses import dataclass
from datetime import date

from benefits.discounting import OptimismBias, RateStep
from workflows import meeting_events
from workflows.commands import Role, SeatKind, Tie


@dataclass(frozen=True, slots=True)
class BoardFormed:
    """A programme board with how it decides: quorum, approvals needed, tie, days allowed."""

    title: str
    quorum: int
    approvals: int
    tie: Tie
    days: int


@dataclass(frozen=True, slots=True)
class BoardRulesSet:
    """How the board decides from now on."""

    quorum: int
    approvals: int
    tie: Tie
    days: int


@dataclass(frozen=True, slots=True)
class SeatFilled:
    """A person (id), and perhaps a deputy, sits in a seat."""

    seat: str
    kind: SeatKind
    person: str
    deputy: str | None = None


@dataclass(frozen=True, slots=True)
class SeatVacated:
    """Nobody sits in the seat any more."""

    seat: str


@dataclass(frozen=True, slots=True)
class PersonRegistered:
    """The record knows a person by id; the name lives in the directory."""


@dataclass(frozen=True, slots=True)
class RoleGranted:
    """A person may act in a role."""

    role: Role


@dataclass(frozen=True, slots=True)
class RoleRevoked:
    """A person may no longer act in a role."""

    role: Role


@dataclass(frozen=True, slots=True)
class ProgrammeRoleGranted:
    """A person may act in a role for one programme."""

    role: Role
    programme: str


@dataclass(frozen=True, slots=True)
class ProgrammeRoleRevoked:
    """A person may no longer act in a role for that programme."""

    role: Role
    programme: str


@dataclass(frozen=True, slots=True)
class CouncilNamed:
    """What the council is called, and the colour of its pages (#rrggbb)."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class ListsSet:
    """The council's own lists."""

    themes: tuple[str, ...]
    directorates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PriorityRecorded:
    """A priority of the council plan, and where it stands there."""

    priority: str
    title: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class PriorityRemoved:
    """A priority (id) is on the list no more."""

    priority: str
    reason: str


@dataclass(frozen=True, slots=True)
class PortfolioScheduleSet:
    """The report of all programmes is issued by itself on this working day, or only when asked."""

    by_schedule: bool
    working_day: int


@dataclass(frozen=True, slots=True)
class DiscountRatesSet:
    """The real rates, by years, at which appraisals discount from a day on."""

    from_day: date
    steps: tuple[RateStep, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class OptimismBiasSet:
    """What appraisals allow for optimism, by category, in per cent. It replaces what was set."""

    adjustments: tuple[OptimismBias, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class VotingRulesSet:
    """Within how many minutes of proving who they are members vote; 0 asks for nothing."""

    sign_in_within: int


STORED_NAMES: dict[type, str] = {
    **meeting_events.STORED_NAMES,
    BoardFormed: "board-formed",
    BoardRulesSet: "board-rules-set",
    SeatFilled: "seat-filled",
    SeatVacated: "seat-vacated",
    PersonRegistered: "person-registered",
    RoleGranted: "role-granted",
    RoleRevoked: "role-revoked",
    ProgrammeRoleGranted: "programme-role-granted",
    ProgrammeRoleRevoked: "programme-role-revoked",
    CouncilNamed: "council-named",
    ListsSet: "lists-set",
    PriorityRecorded: "priority-recorded",
    PriorityRemoved: "priority-removed",
    PortfolioScheduleSet: "portfolio-schedule-set",
    DiscountRatesSet: "discount-rates-set",
    OptimismBiasSet: "optimism-bias-set",
    VotingRulesSet: "voting-rules-set",
}
