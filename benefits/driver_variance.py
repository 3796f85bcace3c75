"""Splits what a unit model brings more or less than planned into volume, price and timing.

It is worked on the annual amount that the units of a month come to, set beside the annual amount
planned to have begun by then. The three parts sum to the whole, to the penny.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from benefits.benefit import Benefit
from benefits.lines import expected, proposed
from benefits.money import Pence
from benefits.periods import Month
from benefits.plans import DriverReading, UnitModel
from benefits.tranches import Nature, Tranche


@dataclass(frozen=True, slots=True)
class DriverVariance:
    """Annual pence at the end of a month: planned by then, as the units came out, and why.

    ``volume`` is units that are not there and are not forecast to come; ``timing`` those that
    came early, or are forecast to come later than planned; ``price`` is what a unit is worth.
    """

    month: Month
    units_planned: int
    units: int
    unit_value_planned: Pence
    unit_value: Pence
    planned: Pence
    actual: Pence
    volume: Pence
    price: Pence
    timing: Pence

    def __post_init__(self) -> None:
        if self.volume + self.price + self.timing != self.difference:
            raise ValueError("Volume, price and timing do not sum to the difference from plan.")

    @property
    def difference(self) -> Pence:
        """What the units bring more than planned by now; below nothing when less."""
        return self.actual - self.planned


def latest_reading(benefit: Benefit, upto: Month | None = None) -> DriverReading | None:
    """The reading of the latest month, as last put right; none after the month ``upto``."""
    taken = [one for one in benefit.driver_readings if upto is None or one.month <= upto]
    return max(taken, key=lambda one: (one.month, one.position), default=None)


def driver_variance(benefit: Benefit, upto: Month | None = None) -> DriverVariance | None:
    """The split of a benefit at its latest reading; None without a unit model or a reading."""
    reading = latest_reading(benefit, upto)
    model = benefit.profile.drivers if benefit.profile else None
    if reading is None or model is None:
        return None
    plan = benefit.plan or proposed(benefit)
    moved = _later(expected(benefit) or plan, reading.month) - _later(plan, reading.month)
    return split(model, proposed(benefit), reading, moved)


def split(
    model: UnitModel, profile: Sequence[Tranche], reading: DriverReading, moved_later: Pence
) -> DriverVariance:
    """The split of one reading.

    ``profile`` is what the model gives by year; ``moved_later`` the annual pence forecast after
    the month beyond what was planned after it (below nothing when money is forecast earlier).
    """
    price_planned = model.unit_value
    price_now = price_planned if reading.unit_value is None else reading.unit_value
    towards = 1 if model.planned_volume >= model.baseline_volume else -1
    units = (reading.volume - model.baseline_volume) * towards
    planned = sum(
        t.amount for t in profile if t.nature is Nature.RECURRING and t.month <= reading.month
    )
    at_plan_price = units * price_planned * model.times_a_year
    actual = units * price_now * model.times_a_year
    quantity = at_plan_price - planned
    timing = -min(-quantity, max(0, moved_later)) if quantity < 0 else 0
    if quantity > 0:
        timing = min(quantity, max(0, -moved_later))
    return DriverVariance(
        reading.month,
        abs(model.baseline_volume - model.planned_volume),
        units,
        price_planned,
        price_now,
        planned,
        actual,
        quantity - timing,
        actual - at_plan_price,
        timing,
    )


def _later(tranches: Sequence[Tranche], month: Month) -> Pence:
    return sum(t.amount for t in tranches if t.nature is Nature.RECURRING and t.month > month)
