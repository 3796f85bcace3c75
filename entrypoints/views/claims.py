"""A benefit's claims and what became of them, its losses, pressures and reserves, as tables."""

from benefits.benefit import Benefit
from benefits.parts import Claim, Erosion
from benefits.tranches import Tranche
from benefits.wording.writing import london_day, month, per_year, pounds
from entrypoints.views.can_do import Doing
from entrypoints.views.grids import Cell, Grid, Tag, capital, grid, money, on, standing_tag
from entrypoints.views.naming import Called


def claims(benefit: Benefit, called: Called) -> Grid:
    """Each claim with how it stands, the latest first."""
    ordered = sorted(benefit.claims.values(), key=lambda claim: claim.position, reverse=True)
    return grid(
        "Claims",
        ["Claim", "Plan year", "Budget line", "Standing", "Verified £", "Lost since £",
         "Claimed by"],
        [_claim(claim, called) for claim in ordered],
        basis="A recurring claim is an annual amount; a one-off or in-year claim counts once. "
        "Nothing counts as realised until finance has verified it.",
        empty="Nothing is claimed yet.",
    )  # fmt: skip


def _claim(claim: Claim, called: Called) -> list[str | Cell]:
    said = claim.tranche
    verified = "–" if claim.verified is None else pounds(claim.verified)
    grade = f"{claim.grade.value} grade" if claim.grade else ""
    return [
        Cell(
            written(said),
            f"/claims/{claim.claim}",
            " ".join(part for part in (claim.note, _late(claim)) if part),
        ),
        str(said.plan_year),
        claim.budget_line or "–",
        Cell(tag=standing_tag(claim.standing), note=claim.rejected or grade),
        verified,
        money(claim.eroded),
        Cell(called.person(claim.made_by), note=on(london_day(claim.made_at))),
    ]


def written(said: Tranche) -> str:
    """The claim in words: £120,000 a year from July 2024."""
    joined = "from" if said.nature.value == "recurring" else "in"
    return f"{per_year(said.amount, said.nature)} {joined} {month(said.month)}"


def _late(claim: Claim) -> str:
    return f"Late, for the closed month of {month(claim.late_for)}." if claim.late_for else ""


def losses(benefit: Benefit, doing: Doing) -> Grid | None:
    """Losses that were reported, and what finance made of each."""
    rows = [_loss(benefit, loss, doing) for loss in benefit.erosions.values()]
    heads = ["Loss", "Amount £", "From", "Why", "Standing"]
    basis = "Annual amounts taken off a verified claim; the gap returns to that claim’s plan year."
    return grid("Losses since verification", heads, rows, basis=basis) if rows else None


def _loss(benefit: Benefit, loss: Erosion, doing: Doing) -> list[str | Cell]:
    tag = Tag("Waits for finance", "yellow")
    if not loss.waiting:
        tag = Tag("Confirmed", "red") if loss.confirmed else Tag("Dismissed")
    words = (("confirm-erosion", "Confirm"), ("dismiss-erosion", "Dismiss"))
    about = f"?erosion={loss.erosion}"
    links = [(said, doing.href(slug) + about) for slug, said in words if doing.may(slug)]
    return [
        Cell(
            f"From the claim of {written(benefit.claims[loss.claim].tranche)}",
            links=tuple(links) if loss.waiting else (),
        ),
        money(loss.amount),
        month(loss.month),
        loss.reason,
        Cell(tag=tag),
    ]


def pressures(benefit: Benefit) -> Grid | None:
    """Costs that consumed a saving, shown beside it."""
    rows: list[list[str | Cell]] = [
        [month(one.month), money(one.amount), one.reason] for one in benefit.pressures
    ]
    basis = "Shown beside the saving. A pressure never changes what finance verified."
    heads = ["Month", "Amount £", "Why"]
    return grid("Pressures", heads, rows, basis=basis) if rows else None


def covers(benefit: Benefit) -> Grid | None:
    """Reserves used in place of a saving."""
    rows: list[list[str | Cell]] = [
        [str(one.year), money(one.amount), one.reason] for one in benefit.covers
    ]
    basis = "Cover, not delivery: reserves used are never claimed and never realised."
    heads = ["Financial year", "Amount £", "Why"]
    return grid("Reserves used", heads, rows, basis=basis) if rows else None


def investments(benefit: Benefit) -> Grid:
    """What is spent to get the benefit."""
    rows: list[list[str | Cell]] = []
    for spent in benefit.investments.values():
        seen = "–" if spent.confirmed is None else pounds(spent.confirmed)
        for line in spent.tranches:
            each = per_year(line.committed, line.nature)
            words = f"{each} {'from' if each.endswith('year') else 'in'} {month(line.month)}"
            rows.append([spent.title, spent.spent_on, spent.funding, words, seen])
    return grid(
        "Investment",
        ["Investment", "Spent on", "Funded from", "Amount", "Confirmed a year £"],
        rows,
        basis="One-off investment is never taken off savings. Recurring investment is taken off "
        "once, in the bridge from gross to net.",
        empty=benefit.no_investment or "No investment is stated yet.",
    )


def overlaps(benefit: Benefit, called: Called) -> Grid:
    """What this benefit gives up, because another side counts the same money."""
    rows: list[list[str | Cell]] = [
        [
            Cell(called.thing(one.other), note="MTFS line" if one.with_mtfs else "Benefit"),
            str(year.year),
            money(year.amount),
            called.person(one.agreed_by),
        ]
        for one in benefit.overlaps.values()
        for year in one.gives_up
    ]
    return grid(
        "Given up to others",
        ["Who keeps it", "Plan year", "Given up £", "Agreed by"],
        rows,
        basis="Deducted once: from the plan for another benefit, in the bridge for the MTFS.",
        empty=capital(benefit.overlap_check) or "The overlap check is not stated yet.",
    )
