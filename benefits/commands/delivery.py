"""What may be asked of a benefit's milestones, measures, risks and impact assessments."""

from dataclasses import dataclass
from datetime import date

from benefits.money import Pence
from benefits.periods import Month
from benefits.plans import MeasureTarget
from benefits.vocabulary import Assessed, Direction, Likelihood, Status


@dataclass(frozen=True, slots=True)
class StateDeliveryPlan:
    """Say how the benefit will be delivered."""

    benefit: str
    summary: str


@dataclass(frozen=True, slots=True)
class NameBudgetLine:
    """Name the budget line that will be reduced and by how much a year (pence)."""

    benefit: str
    line: str
    title: str
    amount: Pence
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanMilestone:
    """Plan a dated step. ``lag``: months after it until a saving that it drives counts."""

    benefit: str
    milestone: str
    title: str
    planned: date
    owner: str | None = None
    drives: bool = False
    lag: int = 0


@dataclass(frozen=True, slots=True)
class ForecastMilestone:
    """Say that a milestone is now expected on another day."""

    benefit: str
    milestone: str
    expected: date
    reason: str


@dataclass(frozen=True, slots=True)
class ReachMilestone:
    """Say that a milestone was reached."""

    benefit: str
    milestone: str
    reached: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaiveMilestone:
    """Say that a milestone is no longer needed, and why."""

    benefit: str
    milestone: str
    reason: str


@dataclass(frozen=True, slots=True)
class DefineMeasure:
    """Define a non-financial measure. Values are decimals as text; tolerance in per cent."""

    benefit: str
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
class ReadMeasure:
    """Record a reading of a measure."""

    benefit: str
    measure: str
    day: date
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadDrivers:
    """Record how many units there were in a month and, where seen, what one was worth (pence)."""

    benefit: str
    month: Month
    volume: int
    unit_value: Pence | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AssessImpact:
    """Record what the change does to people, to the service or to the community."""

    benefit: str
    about: Assessed
    finding: str
    mitigation: str = ""


@dataclass(frozen=True, slots=True)
class ScoreRisk:
    """Score a risk, A to E by 1 to 5; scored again, it moves."""

    benefit: str
    risk: str
    title: str
    likelihood: Likelihood
    impact: int
    mitigation: str = ""
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class CloseRisk:
    """Close a risk."""

    benefit: str
    risk: str
    reason: str


@dataclass(frozen=True, slots=True)
class OverrideStatus:
    """Say that the worked-out status misleads, until a day."""

    benefit: str
    status: Status
    reason: str
    until: date
