"""The money of a gate pack as tables: what is committed with its range, old beside new, and what
is verified. Whole-year figures by plan year; each table says which figures they are.
"""

from collections.abc import Sequence

from benefits.approved import GivesUpTooMuch, approved_plan
from benefits.benefit import Benefit
from benefits.events.gates import CaseSubmitted
from benefits.lifecycle import Gate
from benefits.lines import all_claimed, all_verified, annual, once
from benefits.money import Pence
from benefits.periods import FinancialYear, PlanWindow
from benefits.plans import PlannedTranche, Profile
from benefits.profile import in_year_cash, plan_total, run_rate
from benefits.tranches import Nature, Tranche
from benefits.wording.writing import month
from entrypoints.views.grids import Cell, Grid, capital, grid, money

_EACH = "Recurring figures are a full year’s worth, in the year that first delivers them"


def tables(benefit: Benefit, asked: CaseSubmitted, window: PlanWindow) -> list[Grid]:
    """The tables of the money that a case is about, the plain one of what is asked first."""
    if asked.gate is Gate.REBASELINE and asked.profile:
        proposed = _after_overlaps(benefit, asked.profile)
        return [
            *side_by_side(benefit.plan, proposed, window),
            profile_table("The new profile, as it is proposed", asked.profile, benefit),
            *_verified(benefit),
        ]
    if asked.gate is Gate.VALIDATION:
        if benefit.profile is None:
            return []
        plan = _after_overlaps(benefit, benefit.profile)
        return [
            profile_table(
                "The profile that the board is asked to approve", benefit.profile, benefit
            ),
            cash_table(plan, window),
        ]
    shown = (
        [profile_table("The plan as approved", benefit.profile, benefit)]
        if (benefit.profile and asked.gate is Gate.DELIVERY)
        else []
    )
    return [*shown, cash_table(benefit.plan, window), *_verified(benefit)] if benefit.plan else []


def _after_overlaps(benefit: Benefit, profile: Profile) -> tuple[Tranche, ...]:
    try:
        return approved_plan(profile, benefit.overlaps.values())
    except GivesUpTooMuch:
        return tuple(line.tranche for line in profile.tranches)


def _basis(benefit: Benefit, profile: Profile | None) -> str:
    net = (
        f"Already net of {' and '.join(part.value for part in profile.net_of)}. "
        if (profile and profile.net_of)
        else "Gross. "
    )
    return f"{capital(benefit.fund.value)}. {net}{_EACH}; one-offs count once."


def profile_table(caption: str, profile: Profile, benefit: Benefit) -> Grid:
    """The lines of a profile with their range, and what they come to."""
    rows = [
        [
            Cell(month(line.month), note=str(line.month.financial_year)),
            "Every year from then" if line.nature is Nature.RECURRING else "Once",
            _maybe(line.low),
            money(line.committed),
            _maybe(line.high),
        ]
        for line in sorted(profile.tranches, key=lambda one: (one.month, one.nature.value))
    ]
    foot = [
        [f"All that {'recurs' if nature is Nature.RECURRING else 'comes once'}", "", *figures]
        for nature in Nature
        if (figures := _sums(profile.tranches, nature))
    ]
    ranged = "" if profile.ranged else " No range was given."
    return grid(
        caption,
        ["Counts from", "Nature", "Low £", f"Committed ({profile.point.value}) £", "High £"],
        rows,
        basis=f"{_basis(benefit, profile)}{ranged}",
        foot=foot,
    )


def _sums(lines: Sequence[PlannedTranche], nature: Nature) -> list[str]:
    chosen = [line for line in lines if line.nature is nature]
    if not chosen:
        return []
    lows = [line.low for line in chosen if line.low is not None]
    highs = [line.high for line in chosen if line.high is not None]
    return [
        money(sum(lows)) if len(lows) == len(chosen) else "not given",
        money(sum(line.committed for line in chosen)),
        money(sum(highs)) if len(highs) == len(chosen) else "not given",
    ]


def _maybe(amount: Pence | None) -> str:
    return "not given" if amount is None else money(amount)


def cash_table(plan: Sequence[Tranche], window: PlanWindow) -> Grid:
    """What a plan adds each year, what then recurs, and the cash that falls in the year."""
    rows = [
        [
            str(year),
            money(_of(plan, year, Nature.RECURRING)),
            money(_of(plan, year, Nature.ONE_OFF)),
            money(run_rate(plan, year)),
            money(in_year_cash(plan, year)),
        ]
        for year in window
    ]
    total = [
        "Over the plan",
        money(annual(tuple(plan))),
        money(once(tuple(plan))),
        "",
        money(plan_total(plan, window)),
    ]
    return grid(
        "The plan by year",
        ["Plan year", "Added, recurring £", "One-off £", "Run rate £", "Cash in the year £"],
        rows,
        basis="After overlaps with other benefits, before recurring investment. The run rate is "
        "what recurs every year by the end of the year.",
        foot=[total],
    )


def _of(plan: Sequence[Tranche], year: FinancialYear, nature: Nature) -> Pence:
    return sum(t.amount for t in plan if t.plan_year == year and t.nature is nature)


def side_by_side(old: Sequence[Tranche], new: Sequence[Tranche], window: PlanWindow) -> list[Grid]:
    """The plan as it is and as it would be, with the difference, by plan year."""
    shown = [_compared(nature, old, new, window) for nature in Nature]
    return [table for table in (*shown, _cash_compared(old, new, window)) if table]


_CAPTIONS = {
    Nature.RECURRING: "Recurring savings first delivered in each year, before and after",
    Nature.ONE_OFF: "One-off amounts, before and after",
}
_COLUMNS = ["Plan year", "Plan now £", "Proposed £", "Difference £"]


def _compared(
    nature: Nature, old: Sequence[Tranche], new: Sequence[Tranche], window: PlanWindow
) -> Grid | None:
    if not any(tranche.nature is nature for tranche in (*old, *new)):
        return None
    pairs = [(str(y), _of(old, y, nature), _of(new, y, nature)) for y in window]
    return _difference(_CAPTIONS[nature], pairs, "All years", f"{_EACH}.")


def _cash_compared(
    old: Sequence[Tranche], new: Sequence[Tranche], window: PlanWindow
) -> Grid | None:
    pairs = [(str(y), in_year_cash(old, y), in_year_cash(new, y)) for y in window]
    return _difference(
        "Cash that falls in each year, before and after",
        pairs,
        "Plan total",
        "Recurring savings count from their month; the total is the cash over the plan window.",
    )


def _difference(
    caption: str, pairs: Sequence[tuple[str, Pence, Pence]], total: str, basis: str
) -> Grid:
    def row(name: str, before: Pence, after: Pence) -> list[str]:
        return [name, money(before), money(after), signed(after - before)]

    last = row(total, sum(b for _, b, _ in pairs), sum(a for _, _, a in pairs))
    rows = [row(*pair) for pair in pairs]
    return grid(caption, _COLUMNS, rows, basis=basis, foot=[last])


def signed(amount: Pence) -> str:
    """A difference: with its sign, or the words for none."""
    return f"+{money(amount)}" if amount > 0 else money(amount) if amount else "no change"


def _verified(benefit: Benefit) -> list[Grid]:
    verified, claimed = all_verified(benefit), all_claimed(benefit)
    if not (verified or claimed):
        return []
    rows = []
    for nature, total in ((Nature.RECURRING, annual), (Nature.ONE_OFF, once)):
        figures = [total(part) for part in (benefit.plan, verified, claimed)]
        if any(figures):
            name = "Every year" if nature is Nature.RECURRING else "Once"
            rows.append([name, *map(money, figures), signed(figures[1] - figures[0])])
    return [
        grid(
            "Committed and verified",
            [
                "",
                "Committed £",
                "Verified £",
                "Claimed, with finance £",
                "Verified less committed £",
            ],
            rows,
            basis="Verified is what finance has confirmed, less what was lost since.",
        )
    ]
