"""What a benefit’s page says ahead of the record: a proposed forecast, and units against plan."""

from benefits.benefit import Benefit
from benefits.driver_variance import driver_variance
from benefits.money import Pence
from benefits.slippage import proposal
from benefits.vocabulary import Kind
from benefits.wording.writing import listed, month, pounds, tranches, year
from entrypoints.views.can_do import Doing
from entrypoints.views.grids import Cell, Grid, capital, grid, money


def proposed(benefit: Benefit, doing: Doing) -> Grid | None:
    """The forecast that moved milestones ask for, what it costs, and where it is accepted."""
    found = proposal(benefit) if benefit.kind is not Kind.DISBENEFIT else None
    if found is None:
        return None
    moved = listed(f"“{benefit.milestones[one].title}”" for one in found.milestones)
    accept = (("Accept it or change it", doing.href("record-forecast")),)
    links = accept if doing.may("record-forecast") else ()
    costs = found.costs
    rows: list[list[str | Cell]] = [
        [Cell("Proposed forecast", links=links), Cell(capital(tranches(found.tranches)))],
        *(_line(f"Cash lost or moved in {year(one.year)}", one.amount) for one in costs.lost),
        *(_line(f"Delay in {month(at)}", amount) for at, amount in costs.by_month[:12]),
        _line("A year, after its plan year", costs.slipped),
        _line("Full-year effect, in the year after it begins", costs.full_year_effect),
    ]
    return grid(
        "Proposed forecast",
        ["What", "Amount £"],
        rows,
        basis=f"{moved} moved since the forecast was recorded. This is in no figure until somebody "
        "accepts it, with a reason.",
    )


def _line(what: str, amount: Pence) -> list[str | Cell]:
    return [what, money(amount)]


def drivers(benefit: Benefit) -> Grid | None:
    """The latest reading of the unit model, split into volume, price and timing."""
    found = driver_variance(benefit)
    if found is None or benefit.profile is None or benefit.profile.drivers is None:
        return None
    unit = benefit.profile.drivers.unit
    rows = [
        ["Planned by then", money(found.planned)],
        ["As it came", money(found.actual)],
        ["Volume: units that have not come and are not forecast to", money(found.volume)],
        [f"Price: {pounds(found.unit_value)} each", money(found.price)],
        ["Timing: units early, or forecast to come later", money(found.timing)],
    ]
    return grid(
        "Unit model against plan",
        ["What", "Amount £"],
        rows,
        basis=f"Read for {month(found.month)}: a change of {found.units:,} {unit} of "
        f"{found.units_planned:,} planned in all. Annual amounts, before overlaps.",
        foot=[["Difference from plan", money(found.difference)]],
    )
