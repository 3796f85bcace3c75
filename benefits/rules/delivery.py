"""The rules for delivery plans, budget lines, milestones, impacts, risks and status overrides."""

from benefits.benefit import Benefit
from benefits.commands import delivery as asked
from benefits.events import delivery as happened
from benefits.money import Pence, pounds
from benefits.parts import Milestone, Override
from benefits.refusals import NotFound, require
from benefits.rules import Answer, Context, Rule, checks
from benefits.tranches import Nature
from benefits.vocabulary import Status
from benefits.wording.writing import day

LONGEST_LAG = 60


def _plan(b: Benefit, c: asked.StateDeliveryPlan, _: Context) -> Answer:
    checks.live(b)
    summary = checks.words(c.summary, "The delivery plan")
    return [] if b.delivery_plan == summary else [happened.DeliveryPlanStated(summary)]


def _budget_line(b: Benefit, c: asked.NameBudgetLine, _: Context) -> Answer:
    checks.live(b)
    require(
        b.kind.cashable,
        f"No budget line is reduced by a benefit of the kind “{b.kind.value}”: leave it out.",
    )
    line = checks.title(c.line, "The code of the budget line")
    title = checks.title(c.title, "The title of the budget line")
    checks.amount(c.amount, "The amount to be removed from the line")
    before = b.budget_lines.get(line)
    if before is not None and (before.title, before.amount) == (title, c.amount):
        return []
    taken = taken_from(b, line)
    require(
        c.amount >= taken,
        f"{pounds(taken)} a year is already claimed on this line: the amount to be removed cannot "
        f"be {pounds(c.amount)}.",
    )
    why = checks.reason(c.reason, "Say why the budget line is changed", needed=before is not None)
    return [happened.BudgetLineNamed(line, title, c.amount, why)]


def taken_from(b: Benefit, line: str, *, beside: str = "", waiting: bool = True) -> Pence:
    """What recurring claims take from a budget line a year: verified, and waiting where asked.

    The claim ``beside`` is left out; what was lost since is no longer taken.
    """
    return sum(
        claim.tranche.amount if claim.waiting and waiting else claim.stands
        for claim in b.claims.values()
        if claim.budget_line == line
        and claim.tranche.nature is Nature.RECURRING
        and claim.claim != beside
    )


def _plan_milestone(b: Benefit, c: asked.PlanMilestone, context: Context) -> Answer:
    checks.live(b)
    checks.number(c.lag, "The months until the saving counts", 0, LONGEST_LAG)
    require(
        c.drives or c.lag == 0,
        "Months until the saving counts are given only for a milestone that drives a saving.",
    )
    if c.owner is not None:
        checks.known(context, c.owner, "the milestone's owner")
    event = happened.MilestonePlanned(
        checks.fresh_id(c.milestone, "milestone"),
        checks.title(c.title, "The title of the milestone"),
        checks.day_near(c.planned, checks.window_of(context, b), "The planned day"),
        c.owner,
        c.drives,
        c.lag,
    )
    before = b.milestones.get(c.milestone)
    if before is None:
        return [event]
    same = (before.title, before.planned, before.owner, before.drives, before.lag) == (
        event.title,
        event.planned,
        event.owner,
        event.drives,
        event.lag,
    )
    require(
        same,
        f"“{before.title}” is already planned: give the day now expected, or waive it and plan "
        "another.",
    )
    return []


def _milestone(b: Benefit, milestone: str) -> Milestone:
    if milestone not in checks.live(b).milestones:
        raise NotFound("There is no such milestone on this benefit: look for it on its page.")
    return b.milestones[milestone]


def _not_ended(milestone: Milestone, done: str) -> None:
    if milestone.reached is not None:
        ended = f"was reached on {day(milestone.reached)}"
    else:
        ended = "was waived"
    require(
        milestone.open, f"“{milestone.title}” {ended}, which is final: it can no longer be {done}."
    )


def _forecast_milestone(b: Benefit, c: asked.ForecastMilestone, context: Context) -> Answer:
    milestone = _milestone(b, c.milestone)
    _not_ended(milestone, "forecast")
    if milestone.expected == c.expected:
        return []
    checks.day_near(c.expected, checks.window_of(context, b), "The expected day")
    require(
        c.expected >= context.today,
        f"{day(c.expected)} has passed: say that the milestone was reached, or give a day to come.",
    )
    why = checks.reason(c.reason, "Say why the day has moved")
    return [happened.MilestoneForecast(c.milestone, c.expected, why)]


def _reach(b: Benefit, c: asked.ReachMilestone, context: Context) -> Answer:
    milestone = _milestone(b, c.milestone)
    if milestone.reached == c.reached:
        return []
    _not_ended(milestone, "recorded as reached on another day")
    checks.day_near(c.reached, checks.window_of(context, b), "The day reached")
    checks.day_come(c.reached, context.today, "The day reached")
    note = checks.words(c.note, "The note", needed=False)
    return [happened.MilestoneReached(c.milestone, c.reached, note)]


def _waive(b: Benefit, c: asked.WaiveMilestone, _: Context) -> Answer:
    milestone = _milestone(b, c.milestone)
    why = checks.reason(c.reason, "Say why the milestone is no longer needed")
    if milestone.waived == why:
        return []
    _not_ended(milestone, "waived")
    return [happened.MilestoneWaived(c.milestone, why)]


def _assess(b: Benefit, c: asked.AssessImpact, _: Context) -> Answer:
    checks.live(b)
    finding = checks.words(c.finding, "What the assessment found")
    mitigation = checks.words(c.mitigation, "The mitigation", needed=False)
    before = b.impacts.get(c.about)
    same = before is not None and (before.finding, before.mitigation) == (finding, mitigation)
    return [] if same else [happened.ImpactAssessed(c.about, finding, mitigation)]


def _score(b: Benefit, c: asked.ScoreRisk, context: Context) -> Answer:
    """A risk that was closed is open again when it is scored."""
    checks.live(b)
    if c.owner is not None:
        checks.known(context, c.owner, "the risk's owner")
    event = happened.RiskScored(
        checks.fresh_id(c.risk, "risk"),
        checks.title(c.title, "The title of the risk"),
        c.likelihood,
        checks.number(c.impact, "The impact of a risk", 1, 5),
        checks.words(c.mitigation, "The mitigation", needed=False),
        c.owner,
    )
    before = b.risks.get(c.risk)
    same = (
        before is not None
        and not before.closed
        and (before.title, before.likelihood, before.impact, before.mitigation, before.owner)
        == (event.title, event.likelihood, event.impact, event.mitigation, event.owner)
    )
    return [] if same else [event]


def _close_risk(b: Benefit, c: asked.CloseRisk, _: Context) -> Answer:
    if c.risk not in checks.live(b).risks:
        raise NotFound("There is no such risk on this benefit: look for it on its page.")
    risk = b.risks[c.risk]
    why = checks.reason(c.reason, "Say whether the risk happened, or can no longer happen")
    if risk.closed == why:
        return []
    require(not risk.closed, f"“{risk.title}” is closed already: score it again to open it.")
    return [happened.RiskClosed(c.risk, why)]


def _override(b: Benefit, c: asked.OverrideStatus, context: Context) -> Answer:
    checks.live(b)
    require(
        c.status is not Status.DELIVERED,
        "Only finance makes money Delivered, by verifying it: choose another status.",
    )
    require(
        b.stage.reconciled,
        "This benefit has no approved plan, so it has no status yet: wait until Validation.",
    )
    why = checks.reason(c.reason, "Say why the worked-out status misleads")
    checks.day_within_a_year(c.until, context.today, "The last day of the override")
    if _same_override(b.override, c, why):
        return []
    return [happened.StatusOverridden(c.status, why, c.until)]


def _same_override(now: Override | None, c: asked.OverrideStatus, why: str) -> bool:
    return now is not None and (now.status, now.reason, now.until) == (c.status, why, c.until)


_MILESTONE = (happened.MilestoneForecast, happened.MilestoneReached, happened.MilestoneWaived)
_RISK = (happened.RiskScored, happened.RiskClosed)

RULES: dict[type, Rule] = {
    asked.StateDeliveryPlan: Rule(_plan, "benefit", "benefit", (happened.DeliveryPlanStated,)),
    asked.NameBudgetLine: Rule(
        _budget_line, "benefit", "benefit", (happened.BudgetLineNamed,), ("line",)
    ),
    asked.PlanMilestone: Rule(_plan_milestone, "benefit", "benefit"),
    asked.ForecastMilestone: Rule(
        _forecast_milestone, "benefit", "benefit", _MILESTONE, ("milestone",)
    ),
    asked.ReachMilestone: Rule(_reach, "benefit", "benefit", _MILESTONE, ("milestone",)),
    asked.WaiveMilestone: Rule(_waive, "benefit", "benefit", _MILESTONE, ("milestone",)),
    asked.AssessImpact: Rule(_assess, "benefit", "benefit", (happened.ImpactAssessed,), ("about",)),
    asked.ScoreRisk: Rule(_score, "benefit", "benefit", _RISK, ("risk",)),
    asked.CloseRisk: Rule(_close_risk, "benefit", "benefit", _RISK, ("risk",)),
    asked.OverrideStatus: Rule(_override, "benefit", "benefit", (happened.StatusOverridden,)),
}
