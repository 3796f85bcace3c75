"""The parts of a benefit as it stands: milestones, measures, risks, claims, cases and the rest.

None is changed in place: an event that changes a part puts another in its stead.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from benefits.events.gates import CaseSubmitted, Choice, Outcome, VoteCast
from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.plans import (
    Condition,
    MeasureTarget,
    PlannedTranche,
    YearAmount,
)
from benefits.tranches import Tranche
from benefits.vocabulary import (
    Direction,
    Grade,
    Likelihood,
    Status,
)


@dataclass(frozen=True, slots=True)
class Investment:
    """Money spent to get the benefit; ``confirmed`` is the yearly cost that finance has seen."""

    investment: str
    title: str
    spent_on: str
    funding: str
    tranches: tuple[PlannedTranche, ...]
    position: int
    confirmed: Pence | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """What this benefit gives up to another that counts the same money (pence by plan year)."""

    overlap: str
    other: str
    gives_up: tuple[YearAmount, ...]
    with_mtfs: bool
    agreed_by: str
    position: int


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated step, with what has become of it."""

    milestone: str
    title: str
    planned: date
    owner: str | None
    drives: bool
    lag: int
    position: int
    expected: date
    reached: date | None = None
    waived: str = ""
    moved: int = 0  # the event that last changed when it comes

    @property
    def open(self) -> bool:
        return self.reached is None and not self.waived

    @property
    def slipped_days(self) -> int:
        """Days between the planned day and the day reached, or now expected. Never negative."""
        return max(0, ((self.reached or self.expected) - self.planned).days)

    def overdue(self, today: date) -> bool:
        """Whether it should have happened by now and has not."""
        return self.open and self.expected < today


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure's value on a day (a decimal as text)."""

    day: date
    value: str
    note: str
    position: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A non-financial measure and its readings, earliest first."""

    measure: str
    title: str
    unit: str
    direction: Direction
    baseline: str
    baseline_day: date
    targets: tuple[MeasureTarget, ...]
    counter: bool
    tolerance: int
    position: int
    readings: tuple[Reading, ...] = ()
    baseline_evidence: str = ""

    @property
    def latest(self) -> Reading | None:
        return max(self.readings, key=lambda reading: (reading.day, reading.position), default=None)


@dataclass(frozen=True, slots=True)
class Impact:
    """What an assessment found for equality, the service or the community."""

    finding: str
    mitigation: str
    position: int


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk and its score, such as C3."""

    risk: str
    title: str
    likelihood: Likelihood
    impact: int
    mitigation: str
    owner: str | None
    position: int
    closed: str = ""

    @property
    def score(self) -> str:
        return f"{self.likelihood.value}{self.impact}"


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """The budget line to be reduced, and by how much a year (pence)."""

    line: str
    title: str
    amount: Pence
    position: int


@dataclass(frozen=True, slots=True)
class Erosion:
    """A loss from a claim: reported by the service, then confirmed or dismissed by finance."""

    erosion: str
    claim: str
    amount: Pence
    month: Month
    reason: str
    reported_by: str
    position: int
    confirmed: bool = False
    dismissed: bool = False

    @property
    def waiting(self) -> bool:
        return not (self.confirmed or self.dismissed)


@dataclass(frozen=True, slots=True)
class Claim:
    """Money said to be realised, and what finance made of it (pence; a year's when recurring)."""

    claim: str
    tranche: Tranche
    budget_line: str
    note: str
    made_by: str
    made_at: datetime
    position: int
    late_for: Month | None = None
    verified: Pence | None = None
    grade: Grade | None = None
    against: str = ""
    verified_by: str = ""
    rejected: str = ""
    eroded: Pence = 0
    corrections: int = 0
    corrected_by: str = ""

    @property
    def waiting(self) -> bool:
        """Whether finance has yet to decide it."""
        return self.verified is None and not self.rejected

    @property
    def standing(self) -> str:
        """In a word: waiting, verified or rejected."""
        return "waiting" if self.waiting else "rejected" if self.rejected else "verified"

    @property
    def stands(self) -> Pence:
        """What is verified and not lost since."""
        return (self.verified or 0) - self.eroded


@dataclass(frozen=True, slots=True)
class Pressure:
    """A cost that consumed a saving, shown beside it."""

    pressure: str
    month: Month
    amount: Pence
    reason: str
    position: int


@dataclass(frozen=True, slots=True)
class Cover:
    """Reserves used in place of a saving."""

    cover: str
    year: FinancialYear
    amount: Pence
    reason: str
    position: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file kept as evidence."""

    evidence: str
    title: str
    sha256: str
    size: int
    media_type: str
    about: str
    position: int


@dataclass(frozen=True, slots=True)
class Override:
    """A status that a person set in place of the worked-out one, until a day."""

    status: Status
    reason: str
    until: date
    position: int


@dataclass(frozen=True, slots=True)
class CastVote:
    """The vote that a seat now stands by."""

    vote: VoteCast
    voter: str
    at: datetime
    position: int

    @property
    def choice(self) -> Choice:
        return self.vote.choice


@dataclass(frozen=True, slots=True)
class Case:
    """A case at the board: what was asked, the votes that stand, and how it ended."""

    submitted: CaseSubmitted
    by: str
    at: datetime
    position: int
    votes: Mapping[str, CastVote] = field(default_factory=dict)
    outcome: Outcome | None = None
    because: str = ""
    ended_at: datetime | None = None
    ended_position: int = 0
    interests: Mapping[str, str] = field(default_factory=dict)  # declared, by person

    @property
    def case(self) -> str:
        return self.submitted.case

    @property
    def open(self) -> bool:
        return self.outcome is None


@dataclass(frozen=True, slots=True)
class StandingCondition:
    """A condition of an approval, and whether it was met."""

    condition: Condition
    case: str
    position: int
    met: str = ""
