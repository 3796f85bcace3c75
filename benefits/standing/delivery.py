"""What the events of milestones, measures, risks and assessments do to a benefit."""

from collections.abc import Callable
from typing import Any

from benefits.benefit import Benefit
from benefits.events import delivery as happened
from benefits.parts import BudgetLine, Impact, Measure, Milestone, Override, Reading, Risk
from benefits.plans import DriverReading
from eventlog.recorded import Recorded


def _plan(b: Benefit, _: Recorded[Any], e: happened.DeliveryPlanStated) -> None:
    b.delivery_plan = e.summary


def _budget_line(b: Benefit, r: Recorded[Any], e: happened.BudgetLineNamed) -> None:
    b.budget_lines[e.line] = BudgetLine(e.line, e.title, e.amount, r.position)


def _planned(b: Benefit, r: Recorded[Any], e: happened.MilestonePlanned) -> None:
    b.milestones[e.milestone] = Milestone(
        e.milestone, e.title, e.planned, e.owner, e.drives, e.lag, r.position, e.planned
    )


def _expected(b: Benefit, r: Recorded[Any], e: happened.MilestoneForecast) -> None:
    milestone = b.milestones[e.milestone]
    milestone.expected, milestone.moved = e.expected, r.position


def _reached(b: Benefit, r: Recorded[Any], e: happened.MilestoneReached) -> None:
    milestone = b.milestones[e.milestone]
    if e.reached != milestone.expected:
        milestone.moved = r.position
    milestone.reached = e.reached


def _waived(b: Benefit, _: Recorded[Any], e: happened.MilestoneWaived) -> None:
    b.milestones[e.milestone].waived = e.reason


def _defined(b: Benefit, r: Recorded[Any], e: happened.MeasureDefined) -> None:
    before = b.measures.get(e.measure)
    b.measures[e.measure] = Measure(
        e.measure,
        e.title,
        e.unit,
        e.direction,
        e.baseline,
        e.baseline_day,
        e.targets,
        e.counter,
        e.tolerance,
        r.position,
        before.readings if before else [],
        e.baseline_evidence,
    )


def _read(b: Benefit, r: Recorded[Any], e: happened.MeasureRead) -> None:
    b.measures[e.measure].readings.append(Reading(e.day, e.value, e.note, r.position))


def _drivers(b: Benefit, r: Recorded[Any], e: happened.DriversRead) -> None:
    b.driver_readings.append(DriverReading(e.month, e.volume, e.unit_value, e.note, r.position))


def _assessed(b: Benefit, r: Recorded[Any], e: happened.ImpactAssessed) -> None:
    b.impacts[e.about] = Impact(e.finding, e.mitigation, r.position)


def _scored(b: Benefit, r: Recorded[Any], e: happened.RiskScored) -> None:
    b.risks[e.risk] = Risk(
        e.risk, e.title, e.likelihood, e.impact, e.mitigation, e.owner, r.position
    )


def _closed(b: Benefit, _: Recorded[Any], e: happened.RiskClosed) -> None:
    b.risks[e.risk].closed = e.reason


def _overridden(b: Benefit, r: Recorded[Any], e: happened.StatusOverridden) -> None:
    b.override = Override(e.status, e.reason, e.until, r.position)


APPLY: dict[type, Callable[[Benefit, Recorded[Any], Any], None]] = {
    happened.DeliveryPlanStated: _plan,
    happened.BudgetLineNamed: _budget_line,
    happened.MilestonePlanned: _planned,
    happened.MilestoneForecast: _expected,
    happened.MilestoneReached: _reached,
    happened.MilestoneWaived: _waived,
    happened.MeasureDefined: _defined,
    happened.MeasureRead: _read,
    happened.DriversRead: _drivers,
    happened.ImpactAssessed: _assessed,
    happened.RiskScored: _scored,
    happened.RiskClosed: _closed,
    happened.StatusOverridden: _overridden,
}
