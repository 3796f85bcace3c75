"""The tables and the chart of a benefit's or a programme's money, each with its basis said."""

from collections.abc import Sequence
from dataclasses import dataclass

from benefits.benefit import Benefit
from benefits.money import Pence
from benefits.plans import PlannedTranche
from benefits.tranches import Nature
from benefits.vocabulary import NetOf, Point
from benefits.wording.writing import listed, month, pounds
from entrypoints.views.grids import Cell, Grid, capital, grid, money, status_tag
from entrypoints.views.money import Position, YearMoney
from reports.charts import YearBar, year_chart
from reports.money_tables import CashRow, RecurringRow
from reports.reconciliation import Cash, OneOffs, Recurring
from reports.reconciliation import total as added


@dataclass(frozen=True, slots=True)
class Big:
    """A figure that a page begins with: its name, its amount and its basis, in words."""

    name: str
    amount: str
    per: str
    basis: str


RUN_RATE = "Annual amounts (run rate), gross of recurring investment, after overlaps given up."
ONCE = "One-offs, each counted once, gross of investment, after overlaps given up."
CASH = (
    "All cash that falls in the year, from whatever plan year, recurring and one-off together. "
    "Whole-year figures; to date is to the end of the last full month."
)


def headlines(found: Position) -> list[Big]:
    """What was planned, verified and is expected, recurring and one-off apart."""
    bigs: list[Big] = []
    if found.has_recurring or not found.has_one_offs:
        bigs += _bigs(found.recurring, "a year", "run rate of all plan years")
    if found.has_one_offs:
        bigs += _bigs(found.one_offs, "once", "one-offs of all plan years")
    return bigs


def _bigs(row: Recurring, per: str, basis: str) -> list[Big]:
    coming = row.claimed + row.still_forecast + row.slipped
    return [
        Big("Current plan", pounds(row.current_plan), per, f"Approved by the board, {basis}"),
        Big("Verified", pounds(row.verified), per, "Confirmed by finance, less losses"),
        Big("Still to come", pounds(coming), per, "Claimed, or still forecast in any year"),
        Big(
            "Will not be delivered",
            pounds(row.not_delivered),
            per,
            "Planned, and no longer expected",
        ),
    ]


def overview(found: Position, tolerance: int | None, *, once: bool) -> Grid:
    """Plan, forecast, verified and claimed by plan year, of what recurs or of one-offs.

    Each year's status stands beside it, unless ``tolerance`` (per cent) is None.
    """
    known = tolerance is not None
    rows: list[list[str | Cell]] = []
    for year in found.years:
        row = year.one_offs if once else year.recurring
        forecast = year.forecast_once if once else year.forecast_recurring
        if not any((*row.amounts().values(), forecast)):
            continue
        tag = [Cell(tag=status_tag(year.strip.worst(tolerance or 0)))] * known
        rows.append([str(year.year), *_four(row, forecast), *tag])
    whole = found.one_offs if once else found.recurring
    coming = sum(y.forecast_once if once else y.forecast_recurring for y in found.years)
    foot = [["All plan years", *_four(whole, coming), *[""] * known]] if len(rows) > 1 else []
    return grid(
        "One-offs by plan year" if once else "Recurring savings by plan year",
        ["Plan year", "Plan £", "Forecast £", "Verified £", "Claimed, not yet verified £",
         *["Status of the year"] * known],
        rows,
        basis=f"{ONCE if once else RUN_RATE} The forecast is the whole delivery now expected for "
        f"that plan year, whenever it comes. {found.counted_to}",
        foot=foot,
    )  # fmt: skip


def _four(row: Recurring, forecast: Pence) -> list[str]:
    return [money(row.current_plan), money(forecast), money(row.verified), money(row.claimed)]


def chart(found: Position, name: str = "years") -> str:
    """Bars by plan year, of what recurs when anything does, else of one-offs; as SVG."""
    once = not found.has_recurring
    bars = []
    for year in found.years:
        row = year.one_offs if once else year.recurring
        coming = row.claimed + row.still_forecast + row.slipped
        if row.current_plan or row.verified or coming:
            bars.append(YearBar(str(year.year), row.current_plan, row.verified, coming))
    return year_chart(bars, name) if bars else ""


def recurring(years: Sequence[YearMoney], caption: str = "Recurring basis") -> Grid:
    """The recurring identity by plan year."""
    rows = [year.recurring for year in years]
    return _identity(rows, RecurringRow.COLUMNS, caption, f"{RUN_RATE} {RecurringRow.IDENTITY}")


def one_offs(years: Sequence[YearMoney], caption: str = "One-offs") -> Grid:
    """The same of planned one-offs."""
    rows = [year.one_offs for year in years]
    return _identity(rows, RecurringRow.COLUMNS, caption, f"{ONCE} {RecurringRow.IDENTITY}")


def cash(years: Sequence[YearMoney], caption: str = "In-year cash basis") -> Grid:
    """The cash identity by year."""
    rows = [year.cash for year in years]
    return _identity(rows, CashRow.COLUMNS, caption, f"{CASH} {CashRow.IDENTITY}")


#: Parts of over-delivery, shown only when there is any.
PARTS = ("early", "late")
SHORT = ("plan", "verified", "claimed", "still_forecast", "plan_to_date", "verified_to_date")


def cash_overview(years: Sequence[YearMoney]) -> Grid:
    """The cash of each year in few columns; the whole identity is on the page of its money."""
    columns = [(name, heading) for name, heading in CashRow.COLUMNS if name in SHORT]
    return _identity([year.cash for year in years], columns, "In-year cash by financial year", CASH)


def _identity(
    rows: Sequence[Recurring | OneOffs | Cash],
    columns: Sequence[tuple[str, str]],
    caption: str,
    basis: str,
) -> Grid:
    shown = [row for row in rows if any(row.amounts().values())]
    columns = [
        (name, heading)
        for name, heading in columns
        if name not in PARTS or any(getattr(row, name) for row in shown)
    ]
    lines = [[str(row.year), *_amounts(row, columns)] for row in shown]
    foot = [["All years", *_amounts(added(shown), columns)]] if len(shown) > 1 else []
    heads = ["Year", *(f"{heading} £" for _, heading in columns)]
    return grid(caption, heads, lines, basis=basis, foot=foot)


def _amounts(
    row: Recurring | OneOffs | Cash, columns: Sequence[tuple[str, str]]
) -> list[str | Cell]:
    return [money(getattr(row, name)) for name, _ in columns]


def profile(benefit: Benefit) -> Grid:
    """What the profile commits to, with its range where one was given."""
    stands = benefit.profile
    lines = stands.tranches if stands else ()
    ranged = bool(stands and stands.ranged)
    heads = ["Counts from", "Nature", "Committed £", *(["Low £", "Mid £", "High £"] * ranged)]
    return grid(
        "Profile",
        heads,
        [_profile_row(line, ranged=ranged) for line in lines],
        basis=_profile_basis(benefit),
        empty="No profile is recorded: there is no money by year yet.",
    )


def _profile_row(line: PlannedTranche, *, ranged: bool) -> list[str | Cell]:
    limits = [line.low, line.mid, line.high] if ranged else []
    each = "a year" if line.nature is Nature.RECURRING else "once"
    return [
        month(line.month),
        f"{capital(line.nature.value)} ({each})",
        money(line.committed),
        *(money(limit) if limit is not None else "–" for limit in limits),
    ]


def _profile_basis(benefit: Benefit) -> str:
    stands = benefit.profile
    if stands is None:
        return ""
    point = "a stated figure" if stands.point is Point.STATED else f"the {stands.point.value} point"
    said = [f"Committed at {point}{'' if stands.ranged else ', no range given'}."]
    net = listed(each.value for each in stands.net_of)
    said.append(f"Given already net of {net}, which is not deducted again." if net else "Gross.")
    return " ".join(said)


def bridge(benefit: Benefit) -> Grid | None:
    """From the gross run rate of the profile to the net one, each thing taken off once."""
    if benefit.profile is None or not any(_gross(benefit)):
        return None
    net_of = benefit.profile.net_of
    shared = sum(_given_up(benefit, with_mtfs=False))
    mtfs = sum(_given_up(benefit, with_mtfs=True))
    taken = (
        ("Less recurring investment", _invested(benefit), NetOf.INVESTMENT),
        ("Less existing MTFS value", mtfs, NetOf.MTFS),
        ("Less overlap with other benefits", shared, NetOf.OVERLAP),
    )
    gross = net = sum(_gross(benefit))
    rows: list[list[str | Cell]] = [["Gross, as profiled", money(gross)]]
    for words, amount, off in taken:
        if off in net_of:
            rows.append([Cell(words, note="Already off in the figures given"), "–"])
        else:
            rows.append([words, money(-amount)])
            net -= amount
    foot = [["Net", money(net)]]
    basis = "Annual amounts (run rate) at the committed point, once all of it counts."
    return grid("From gross to net", ["Step", "Amount £"], rows, basis=basis, foot=foot)


def _gross(benefit: Benefit) -> list[Pence]:
    lines = benefit.profile.tranches if benefit.profile else ()
    return [line.committed for line in lines if line.nature is Nature.RECURRING]


def _given_up(benefit: Benefit, *, with_mtfs: bool) -> list[Pence]:
    return [
        year.amount
        for overlap in benefit.overlaps.values()
        if overlap.with_mtfs is with_mtfs
        for year in overlap.gives_up
    ]


def _invested(benefit: Benefit) -> Pence:
    """What recurring investment costs a year: as finance confirmed it, else as recorded."""
    return sum(
        spent.confirmed
        if spent.confirmed is not None
        else sum(t.committed for t in spent.tranches if t.nature is Nature.RECURRING)
        for spent in benefit.investments.values()
    )
