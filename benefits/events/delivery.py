"""What can happen to a benefit's milestones, measures, risks and impact assessments."""

from dataclasses import dataclass
from datetime import date

from benefits.money import Pence
from benefits.periods import Month
from benefits.plans import MeasureTarget
from benefits.vocabulary import Assessed, Direction, Likelihood, Status


@dataclass(frozen=True, slots=True)
class DeliveryPlanStated:
    """How the benefit will be delivered, in words; its milestones carry the dates."""

    summary: str


@dataclass(frozen=True, slots=True)
class BudgetLineNamed:
    """The budget line that will be reduced, and by how much a year (pence)."""

    line: str
    title: str
    amount: Pence
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MilestonePlanned:
    """A dated step. One that ``drives`` a saving: the saving counts ``lag`` months after it."""

    milestone: str
    title: str
    planned: date
    owner: str | None = None
    drives: bool = False
    lag: int = 0


@dataclass(frozen=True, slots=True)
class MilestoneForecast:
    """A milestone is now expected on another day."""

    milestone: str
    expected: date
    reason: str


@dataclass(frozen=True, slots=True)
class MilestoneReached:
    """A milestone was reached."""

    milestone: str
    reached: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneWaived:
    """A milestone is no longer needed."""

    milestone: str
    reason: str


@dataclass(frozen=True, slots=True)
class MeasureDefined:
    """A non-financial measure: unit, direction, baseline and targets. Values are decimals as text.

    A ``counter`` measure guards the quality of the service: it may worsen by at most
    ``tolerance`` per cent of its baseline.
    """

    measure: str
    title: str
    unit: str
    direction: Direction
    baseline: str
    baseline_day: date
    baseline_evidence: str = ""
    targets: tuple[MeasureTarget, ...] = ()
    counter: bool = False
    tolerance: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRead:
    """A measure was read."""

    measure: str
    day: date
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DriversRead:
    """How many units of the unit model there were in a month, and what one was worth (pence)."""

    month: Month
    volume: int
    unit_value: Pence | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImpactAssessed:
    """What the change does to people (equality), to the service or to the community."""

    about: Assessed
    finding: str
    mitigation: str = ""


@dataclass(frozen=True, slots=True)
class RiskScored:
    """A risk, likelihood A to E by impact 1 to 5. Scored again, it moves."""

    risk: str
    title: str
    likelihood: Likelihood
    impact: int
    mitigation: str = ""
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class RiskClosed:
    """A risk can no longer happen, or has happened."""

    risk: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatusOverridden:
    """A person says that the worked-out status misleads, until a day. Never makes Delivered."""

    status: Status
    reason: str
    until: date
