"""What a service says a benefit will bring: its profile, drivers, investments and measures."""

from dataclasses import dataclass
from datetime import date

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import NetOf, Point


@dataclass(frozen=True, slots=True)
class PlannedTranche:
    """One line of a profile, in pence: the committed figure and, where given, its range."""

    nature: Nature
    month: Month
    committed: Pence
    low: Pence | None = None
    mid: Pence | None = None
    high: Pence | None = None

    @property
    def tranche(self) -> Tranche:
        return Tranche.planned(self.committed, self.nature, self.month)


@dataclass(frozen=True, slots=True)
class Component:
    """A line that was printed under one profile with others. It has no money of its own."""

    name: str
    low: Pence | None = None
    high: Pence | None = None


@dataclass(frozen=True, slots=True)
class UnitModel:
    """Drivers: units removed x value of one x times a year, which must reproduce the profile.

    ``unit_value`` is in pence. (450 - 207) x £304 x 52 = £3,841,344, phased 25/50/25.
    """

    baseline_volume: int
    planned_volume: int
    unit_value: Pence
    times_a_year: int
    unit: str
    phasing: tuple[int, ...] = (100,)

    @property
    def total(self) -> Pence:
        return abs(self.baseline_volume - self.planned_volume) * self.unit_value * self.times_a_year


@dataclass(frozen=True, slots=True)
class DriverReading:
    """What the units of a unit model really were in a month, and what one was worth (pence).

    ``unit_value`` is None where nobody looked: then it counts as planned.
    """

    month: Month
    volume: int
    unit_value: Pence | None
    note: str
    position: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The planned tranches, the point committed to, and what they are already net of."""

    tranches: tuple[PlannedTranche, ...]
    point: Point
    net_of: tuple[NetOf, ...] = ()
    components: tuple[Component, ...] = ()
    drivers: UnitModel | None = None

    @property
    def ranged(self) -> bool:
        """False when a single figure was printed: "no range given"."""
        return any(tranche.low is not None for tranche in self.tranches)


@dataclass(frozen=True, slots=True)
class YearAmount:
    """An amount in pence for one financial year."""

    year: FinancialYear
    amount: Pence


@dataclass(frozen=True, slots=True)
class MeasureTarget:
    """What a measure should read on a day."""

    day: date
    value: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What a member asked for when approving: each has an owner (a person's id) and a due date."""

    condition: str
    text: str
    owner: str
    due: date
