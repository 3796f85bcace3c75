"""The rules for forecasts, and for pressures and reserves shown beside a saving. Pence."""

from collections.abc import Iterable

from benefits.benefit import Benefit
from benefits.commands import money as asked
from benefits.events import gates
from benefits.events import money as happened
from benefits.money import Pence, pounds
from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.refusals import require
from benefits.rules import Answer, Context, Rule, checks
from benefits.tranches import Nature, Tranche
from benefits.wording.writing import london_day, month, year


def _forecast(b: Benefit, c: asked.RecordForecast, context: Context) -> Answer:
    checks.live(b)
    require(
        b.stage.reconciled,
        "A forecast is recorded once the board has approved a plan: until Validation, correct the "
        "profile instead.",
    )
    checks.few_enough(c.tranches, "The forecast")
    window = checks.window_of(context, b)
    tranches = tuple(sorted(c.tranches, key=_in_order))
    for line in tranches:
        _line(line, window)
    why = checks.reason(c.reason, "Say what the forecast rests on")
    _claims_included(b, tranches)
    return [] if _known(b, tranches, why, context) else [happened.ForecastRecorded(tranches, why)]


def _known(b: Benefit, tranches: tuple[Tranche, ...], why: str, context: Context) -> bool:
    """Whether just this was recorded this month: in a later one, or for another reason, the same
    forecast is a review that changed nothing, and that is recorded."""
    if (b.forecast, b.forecast_reason) != (tranches, why) or b.forecast_at is None:
        return False
    return Month.of(london_day(b.forecast_at)) == Month.of(context.today)


def _in_order(line: Tranche) -> tuple[Month, str, FinancialYear, Pence]:
    return line.month, line.nature.value, line.plan_year, line.amount


def _line(line: Tranche, window: PlanWindow) -> None:
    checks.amount(line.amount, f"The amount forecast for {month(line.month)}")
    checks.month_near(line.month, window, "The month forecast")
    checks.in_window(line.plan_year, window, "The plan year that a forecast delivers")


def _claims_included(b: Benefit, tranches: tuple[Tranche, ...]) -> None:
    """What is claimed and not rejected or lost is part of the whole delivery now expected.

    In-year claims against a recurring plan are not: they stand beside it (RECONCILIATION, how
    met). So one-offs are compared only in years for which one-offs are planned.
    """
    planned_once = {line.plan_year for line in b.plan if line.nature is Nature.ONE_OFF}
    expected, claimed = _by_plan_year(tranches), _by_plan_year(still_claimed(b))
    for (nature, plan_year), said in sorted(claimed.items()):
        if nature == Nature.ONE_OFF.value and plan_year not in planned_once:
            continue
        forecast = expected.get((nature, plan_year), 0)
        require(
            forecast >= said,
            f"{pounds(said)} of the {nature} plan of {year(plan_year)} is claimed already, and "
            f"the forecast for it is {pounds(forecast)}: include what is claimed.",
        )


def _by_plan_year(tranches: Iterable[Tranche]) -> dict[tuple[str, FinancialYear], Pence]:
    sums: dict[tuple[str, FinancialYear], Pence] = {}
    for line in tranches:
        key = (line.nature.value, line.plan_year)
        sums[key] = sums.get(key, 0) + line.amount
    return sums


def still_claimed(b: Benefit) -> list[Tranche]:
    """What is verified and not lost since, and what waits for finance: a tranche a claim."""
    return [
        Tranche(amount, one.tranche.nature, one.tranche.month, one.tranche.plan_year)
        for one in b.claims.values()
        if (amount := one.tranche.amount if one.waiting else one.stands)
    ]


def _pressure(b: Benefit, c: asked.RecordPressure, context: Context) -> Answer:
    checks.live(b)
    checks.fresh_id(c.pressure, "pressure")
    checks.amount(c.amount, "The pressure")
    checks.month_near(c.month, checks.window_of(context, b), "The month of the pressure")
    checks.month_come(c.month, context.today, "The month of the pressure")
    why = checks.reason(c.reason, "Say what the cost was")
    before = next((one for one in b.pressures if one.pressure == c.pressure), None)
    if before is None:
        return [happened.PressureRecorded(c.pressure, c.month, c.amount, why)]
    same = (before.month, before.amount, before.reason) == (c.month, c.amount, why)
    require(same, "Another pressure already has this id: open a new form and try again.")
    return []


def _cover(b: Benefit, c: asked.RecordCover, context: Context) -> Answer:
    checks.live(b)
    checks.fresh_id(c.cover, "cover")
    checks.amount(c.amount, "The reserves used")
    first = checks.window_of(context, b).first
    now = Month.of(context.today).financial_year
    require(
        first <= c.year <= now,
        f"Reserves are recorded for a year from {year(first)} to {year(now)}: {year(c.year)} is "
        "not one.",
    )
    why = checks.reason(c.reason, "Say which reserves were used, and who decided")
    before = next((one for one in b.covers if one.cover == c.cover), None)
    if before is None:
        return [happened.CoverRecorded(c.cover, c.year, c.amount, why)]
    same = (before.year, before.amount, before.reason) == (c.year, c.amount, why)
    require(same, "Other reserves already have this id: open a new form and try again.")
    return []


RULES: dict[type, Rule] = {
    asked.RecordForecast: Rule(
        _forecast, "benefit", "benefit", (happened.ForecastRecorded, gates.PlanRebaselined)
    ),
    asked.RecordPressure: Rule(_pressure, "benefit", "benefit"),
    asked.RecordCover: Rule(_cover, "benefit", "benefit"),
}
