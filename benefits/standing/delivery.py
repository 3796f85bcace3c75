"""What the events of milestones, measures, risks and assessments do to a benefit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from benefits.benefit import Benefit
from benefits.events import delivery as happened
from benefits.parts import BudgetLine, Impact, Measure, Milestone, Override, Reading, Risk
from benefits.plans import DriverReading
from eventlog.recorded import Recorded


def _plan(b: Benefit, _: Recorded[Any], e: happened.DeliveryPlanStated) -> None:
    b.delivery_plan = e.summary


def _budget_line(b: Benefit, r: Recorded[Any], e: happened.BudgetLineNamed) -> None:
    line = BudgetLine(e.line, e.title, e.amount, r.position)
    b.budget_lines = {**b.budget_lines, e.line: line}


def _planned(b: Benefit, r: Recorded[Any], e: happened.MilestonePlanned) -> None:
    step = Milestone(
        e.milestone, e.title, e.planned, e.owner, e.drives, e.lag, r.position, e.planned
    )
    b.milestones = {**b.milestones, e.milestone: step}


def _expected(b: Benefit, r: Recorded[Any], e: happened.MilestoneForecast) -> None:
    step = replace(b.milestones[e.milestone], expected=e.expected, moved=r.position)
    b.milestones = {**b.milestones, e.milestone: step}


def _reached(b: Benefit, r: Recorded[Any], e: happened.MilestoneReached) -> None:
    before = b.milestones[e.milestone]
    moved = before.moved if e.reached == before.expected else r.position
    step = replace(before, reached=e.reached, moved=moved)
    b.milestones = {**b.milestones, e.milestone: step}


def _waived(b: Benefit, _: Recorded[Any], e: happened.MilestoneWaived) -> None:
    step = replace(b.milestones[e.milestone], waived=e.reason)
    b.milestones = {**b.milestones, e.milestone: step}


def _defined(b: Benefit, r: Recorded[Any], e: happened.MeasureDefined) -> None:
    before = b.measures.get(e.measure)
    defined = Measure(
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
        before.readings if before else (),
        e.baseline_evidence,
    )
    b.measures = {**b.measures, e.measure: defined}


def _read(b: Benefit, r: Recorded[Any], e: happened.MeasureRead) -> None:
    measure = b.measures[e.measure]
    readings = (*measure.readings, Reading(e.day, e.value, e.note, r.position))
    b.measures = {**b.measures, e.measure: replace(measure, readings=readings)}


def _drivers(b: Benefit, r: Recorded[Any], e: happened.DriversRead) -> None:
    reading = DriverReading(e.month, e.volume, e.unit_value, e.note, r.position)
    b.driver_readings = (*b.driver_readings, reading)


def _assessed(b: Benefit, r: Recorded[Any], e: happened.ImpactAssessed) -> None:
    b.impacts = {**b.impacts, e.about: Impact(e.finding, e.mitigation, r.position)}


def _scored(b: Benefit, r: Recorded[Any], e: happened.RiskScored) -> None:
    risk = Risk(e.risk, e.title, e.likelihood, e.impact, e.mitigation, e.owner, r.position)
    b.risks = {**b.risks, e.risk: risk}


def _closed(b: Benefit, _: Recorded[Any], e: happened.RiskClosed) -> None:
    b.risks = {**b.risks, e.risk: replace(b.risks[e.risk], closed=e.reason)}


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
