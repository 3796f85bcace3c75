"""The story of a benefit's milestones, measures, risks and assessments."""

from benefits.benefit import Benefit
from benefits.events import delivery as happened
from benefits.money import pounds
from benefits.wording.details import Say
from benefits.wording.names import Names, because, changed, quoted, stopped
from benefits.wording.writing import count, day, month


def _budget_line(e: happened.BudgetLineNamed, b: Benefit, _: Names) -> str:
    before = b.budget_lines.get(e.line)
    named = f"the budget line {e.line} {quoted(e.title)}"
    if before is None:
        return f"{pounds(e.amount)} a year is to be removed from {named}{because(e.reason)}"
    return (
        f"What is to be removed from {named} changed from {pounds(before.amount)} to "
        f"{pounds(e.amount)} a year{because(e.reason)}"
    )


def _planned(e: happened.MilestonePlanned, _: Benefit, names: Names) -> str:
    owner = f", for {names.person(e.owner)}" if e.owner else ""
    drives = ""
    if e.drives:
        lag = f" {count(e.lag, 'month')} after it" if e.lag else " after it"
        drives = f"; the saving counts from the first whole month{lag}"
    return f"The milestone {quoted(e.title)} was planned for {day(e.planned)}{owner}{drives}."


def _milestone(b: Benefit, milestone: str) -> str:
    known = b.milestones.get(milestone)
    return quoted(known.title) if known else milestone


def _moved(e: happened.MilestoneForecast, b: Benefit, _: Names) -> str:
    known = b.milestones.get(e.milestone)
    before = f" from {day(known.expected)}" if known else ""
    return (
        f"The milestone {_milestone(b, e.milestone)} moved{before} to {day(e.expected)}"
        f"{because(e.reason)}"
    )


def _reached(e: happened.MilestoneReached, b: Benefit, _: Names) -> str:
    known = b.milestones.get(e.milestone)
    days = (e.reached - known.planned).days if known else 0
    against = (
        "as planned"
        if not days
        else (f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'} than planned")
    )
    return (
        f"The milestone {_milestone(b, e.milestone)} was reached on {day(e.reached)}, {against}"
        f"{because(e.note)}"
    )


def _measure(b: Benefit, measure: str) -> str:
    known = b.measures.get(measure)
    return quoted(known.title) if known else measure


def _defined(e: happened.MeasureDefined, b: Benefit, _: Names) -> str:
    again = "defined anew" if e.measure in b.measures else "defined"
    what = "counter-measure" if e.counter else "measure"
    targets = "; ".join(f"{one.value} by {day(one.day)}" for one in e.targets)
    aim = f", and the target {targets}" if targets else ""
    return (
        f"The {what} {quoted(e.title)} was {again}: {e.baseline} {e.unit} on "
        f"{day(e.baseline_day)} ({e.direction.value}){aim}{because(e.reason)}"
    )


def _read(e: happened.MeasureRead, b: Benefit, _: Names) -> str:
    known = b.measures.get(e.measure)
    unit = f" {known.unit}" if known else ""
    latest = known.latest if known else None
    since = f", after {latest.value} on {day(latest.day)}" if latest else ""
    return f"{_measure(b, e.measure)} read {e.value}{unit} on {day(e.day)}{since}{because(e.note)}"


def _drivers(e: happened.DriversRead, b: Benefit, _: Names) -> str:
    model = b.profile.drivers if b.profile else None
    unit = model.unit if model else "units"
    worth = f", worth {pounds(e.unit_value)} each" if e.unit_value is not None else ""
    again = any(one.month == e.month for one in b.driver_readings)
    read = "read again as" if again else "read as"
    return (
        f"The unit model was {read} {e.volume} {unit} in {month(e.month)}{worth}{because(e.note)}"
    )


def _scored(e: happened.RiskScored, b: Benefit, _: Names) -> str:
    before = b.risks.get(e.risk)
    score = f"{e.likelihood.value}{e.impact}"
    if before is None:
        told = f"The risk {quoted(e.title)} was scored {score}"
    elif before.closed:
        told = f"The risk {quoted(e.title)} was opened again at {score}"
    elif before.score == score:
        told = f"The risk {quoted(e.title)} was reviewed and stays at {score}"
    else:
        told = f"The risk {quoted(e.title)} moved from {before.score} to {score}"
    return f"{told}{because(e.mitigation)}"


def _closed(e: happened.RiskClosed, b: Benefit, _: Names) -> str:
    known = b.risks.get(e.risk)
    return f"The risk {quoted(known.title) if known else e.risk} was closed{because(e.reason)}"


def _assessed(e: happened.ImpactAssessed, b: Benefit, _: Names) -> str:
    verb = "assessed again" if e.about in b.impacts else "assessed"
    mitigation = f" To mitigate it: {stopped(e.mitigation)}" if e.mitigation else ""
    return f"The impact on {_ABOUT[e.about.value]} was {verb}{because(e.finding)}{mitigation}"


_ABOUT = {"equality": "equality", "service": "the service", "community": "the community"}


def _overridden(e: happened.StatusOverridden, b: Benefit, _: Names) -> str:
    before = b.override.status.value if b.override and b.override.status is not e.status else ""
    told = changed(
        "The status by a person's judgement",
        quoted(before) if before else "",
        (quoted(e.status.value)),
    )
    return f"{told} until {day(e.until)}{because(e.reason)}"


SAY: dict[type, Say] = {
    happened.DeliveryPlanStated: lambda e, b, _n: (
        f"The delivery plan {'changed' if b.delivery_plan else 'was stated'}{because(e.summary)}"
    ),
    happened.BudgetLineNamed: _budget_line,
    happened.MilestonePlanned: _planned,
    happened.MilestoneForecast: _moved,
    happened.MilestoneReached: _reached,
    happened.MilestoneWaived: lambda e, b, _n: (
        f"The milestone {_milestone(b, e.milestone)} was waived{because(e.reason)}"
    ),
    happened.MeasureDefined: _defined,
    happened.MeasureRead: _read,
    happened.DriversRead: _drivers,
    happened.ImpactAssessed: _assessed,
    happened.RiskScored: _scored,
    happened.RiskClosed: _closed,
    happened.StatusOverridden: _overridden,
}
