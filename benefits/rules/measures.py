"""The rules for non-financial measures, and for readings of them and of a unit model."""

from dataclasses import replace

from benefits.benefit import Benefit
from benefits.commands import delivery as asked
from benefits.events import delivery as happened
from benefits.events.details import ProfileRecorded
from benefits.events.gates import PlanRebaselined
from benefits.parts import Measure
from benefits.plans import MeasureTarget
from benefits.refusals import NotFound, require
from benefits.rules import Answer, Context, Rule, checks
from benefits.wording.writing import day

MOST_UNITS = 100_000_000


def _define(b: Benefit, c: asked.DefineMeasure, context: Context) -> Answer:
    checks.live(b)
    event = _defined(c, context)
    before = b.measures.get(c.measure)
    if before is None:
        return [event]
    first = min((reading.day for reading in before.readings), default=event.baseline_day)
    require(
        event.baseline_day <= first,
        f"“{before.title}” was read on {day(first)}: its baseline cannot be of a later day.",
    )
    if _same(before, event):
        return []
    checks.reason(event.reason, "Say why the measure is defined anew")
    return [event]


def _defined(c: asked.DefineMeasure, context: Context) -> happened.MeasureDefined:
    checks.number(c.tolerance, "The tolerance in per cent", 0, 100)
    require(
        c.counter or c.tolerance == 0,
        "Only a counter-measure has a tolerance: say that it is one, or leave the tolerance at 0.",
    )
    return happened.MeasureDefined(
        checks.fresh_id(c.measure, "measure"),
        checks.title(c.title, "The title of the measure"),
        checks.title(c.unit, "The unit of the measure"),
        c.direction,
        checks.decimal(c.baseline, "The baseline"),
        checks.day_come(c.baseline_day, context.today, "The day of the baseline"),
        checks.words(c.baseline_evidence, "The evidence of the baseline", needed=False),
        _targets(c),
        c.counter,
        c.tolerance,
        checks.reason(c.reason, needed=False),
    )


def _targets(c: asked.DefineMeasure) -> tuple[MeasureTarget, ...]:
    checks.few_enough(c.targets, "The list of targets")
    targets = sorted(c.targets, key=lambda target: target.day)
    days = [target.day for target in targets]
    require(
        not days or days[0] > c.baseline_day,
        f"A target must be of a day after the baseline of {day(c.baseline_day)}: move it.",
    )
    require(len(set(days)) == len(days), "Two targets are of the same day: keep one of them.")
    latest = checks.LATEST_DAY
    require(
        not days or days[-1] <= latest, f"A target must be of a day by {day(latest)}: put it right."
    )
    return tuple(
        replace(target, value=checks.decimal(target.value, f"The target of {day(target.day)}"))
        for target in targets
    )


def _same(before: Measure, event: happened.MeasureDefined) -> bool:
    names = ("title", "unit", "direction", "baseline", "baseline_day", "baseline_evidence")
    more = ("targets", "counter", "tolerance")
    return all(getattr(before, name) == getattr(event, name) for name in (*names, *more))


def _read(b: Benefit, c: asked.ReadMeasure, context: Context) -> Answer:
    if c.measure not in checks.live(b).measures:
        raise NotFound("There is no such measure on this benefit: define it first.")
    measure = b.measures[c.measure]
    checks.day_come(c.day, context.today, "The day of the reading")
    require(
        c.day >= measure.baseline_day,
        f"The reading is of {day(c.day)}, before the baseline of {day(measure.baseline_day)}: "
        "put the day right.",
    )
    value = checks.decimal(c.value, "The reading")
    note = checks.words(c.note, "The note", needed=False)
    of_day = [reading for reading in measure.readings if reading.day == c.day]
    same = bool(of_day) and (of_day[-1].value, of_day[-1].note) == (value, note)
    return [] if same else [happened.MeasureRead(c.measure, c.day, value, note)]


def _read_drivers(b: Benefit, c: asked.ReadDrivers, context: Context) -> Answer:
    profile = checks.live(b).profile
    require(
        profile is not None and profile.drivers is not None,
        "This benefit has no unit model: record one with its profile, or read a measure instead.",
    )
    month = checks.month_near(c.month, checks.window_of(context, b), "The month of the reading")
    checks.month_come(month, context.today, "The month of the reading")
    checks.number(c.volume, "The units of the month", 0, MOST_UNITS)
    if c.unit_value is not None:
        checks.amount(c.unit_value, "The value of one unit")
    note = checks.words(c.note, "The note", needed=False)
    event = happened.DriversRead(month, c.volume, c.unit_value, note)
    of_month = [one for one in b.driver_readings if one.month == month]
    same = bool(of_month) and (of_month[-1].volume, of_month[-1].unit_value, of_month[-1].note) == (
        event.volume,
        event.unit_value,
        event.note,
    )
    return [] if same else [event]


RULES: dict[type, Rule] = {
    asked.DefineMeasure: Rule(
        _define, "benefit", "benefit", (happened.MeasureDefined,), ("measure",)
    ),
    # A reading is a fact of its day; only what it is a reading of may have changed.
    asked.ReadMeasure: Rule(_read, "benefit", "benefit", (happened.MeasureDefined,), ("measure",)),
    asked.ReadDrivers: Rule(
        _read_drivers, "benefit", "benefit", (ProfileRecorded, PlanRebaselined)
    ),
}
