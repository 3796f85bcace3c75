"""Where the MTFS and the signed-off benefits do not meet, both ways (pence)."""

from collections import defaultdict

from sqlalchemy import Connection, func, select

from benefits.lifecycle import Stage
from benefits.money import Pence
from benefits.periods import FinancialYear
from benefits.register import tables
from benefits.rules.mtfs import net_increment
from benefits.standing import stand
from benefits.vocabulary import Kind
from entrypoints.here import realise
from entrypoints.views.grids import Cell, Grid, grid, money

SIGNED_OFF = (Stage.IN_DELIVERY.value, Stage.REALISED.value)
FREES_NOTHING = (Kind.NON_CASH.value, Kind.DISBENEFIT.value)
MOST = 200


def exceptions(connection: Connection) -> list[Grid]:
    """The three lists, each with what to say when it is empty."""
    return [
        _lines_without(connection),
        _benefits_without(connection),
        _above_committed(connection),
    ]


def _lines_without(connection: Connection) -> Grid:
    lines, admitted, held = tables.mtfs_lines.c, tables.mtfs_admitted.c, tables.register.c
    signed = (
        select(admitted.line, func.sum(admitted.amount).label("amount"))
        .join(held.benefit.table, held.benefit == admitted.benefit)
        .where(held.stage.in_(SIGNED_OFF))
        .group_by(admitted.line)
        .subquery()
    )
    found = func.coalesce(signed.c.amount, 0)
    query = (
        select(lines.line, lines.reference, lines.title, lines.fund, lines.total, found.label("in"))
        .outerjoin(signed, signed.c.line == lines.line)
        .where(found < lines.total)
        .order_by(lines.reference)
        .limit(MOST)
    )
    rows = [
        [
            Cell(f"{reference} {title}"),
            fund,
            money(total),
            money(has),
            money(total - has),
        ]
        for _, reference, title, fund, total, has in connection.execute(query)
    ]
    return grid(
        "MTFS lines that no signed-off benefit stands behind",
        ["MTFS line", "Fund", "In the MTFS £", "Admitted £", "Without a benefit £"],
        rows,
        basis="Increments of all years together. Admitted counts benefits in delivery or realised.",
        empty="Every MTFS line has signed-off benefits behind all of it.",
    )


def _benefits_without(connection: Connection) -> Grid:
    held, admitted = tables.register.c, tables.mtfs_admitted.c
    inside = select(admitted.benefit).where(admitted.amount > 0)
    query = (
        select(held.benefit, held.position, held.title, held.fund, held.planned_run_rate)
        .where(
            held.stage.in_(SIGNED_OFF),
            held.kind.not_in(FREES_NOTHING),
            held.planned_run_rate > 0,
            held.benefit.not_in(inside),
        )
        .order_by(held.position)
        .limit(MOST)
    )
    rows = [
        [
            Cell(f"B{row.position} {row.title}", href=f"/benefits/{row.benefit}"),
            row.fund,
            money(row.planned_run_rate),
        ]
        for row in connection.execute(query)
    ]
    return grid(
        "Signed-off benefits that are in no MTFS line",
        ["Benefit", "Fund", "Committed every year £"],
        rows,
        basis="Gross of recurring investment, after overlaps with other benefits.",
        empty="Every signed-off benefit is in an MTFS line.",
    )


def _above_committed(connection: Connection) -> Grid:
    """Admitted money past what the plan commits to now: after a re-baseline or a withdrawal."""
    admitted, held = tables.mtfs_admitted.c, tables.register.c
    years: dict[str, dict[str, Pence]] = defaultdict(dict)
    titles = {}
    query = (
        select(
            admitted.benefit,
            admitted.year,
            func.sum(admitted.amount).label("amount"),
            held.position,
            held.title,
        )
        .join(held.benefit.table, held.benefit == admitted.benefit)
        .where(admitted.amount > 0)
        .group_by(admitted.benefit, admitted.year, held.position, held.title)
        .order_by(held.position, admitted.year)
    )
    for row in connection.execute(query):
        years[row.benefit][row.year] = row.amount
        titles[row.benefit] = f"B{row.position} {row.title}"
    streams = realise().store.load_many([f"benefit-{key}" for key in years], None, connection)
    rows: list[list[str | Cell]] = []
    for key, by_year in years.items():
        benefit = stand(key, streams[f"benefit-{key}"])
        for year, amount in by_year.items():
            net = net_increment(benefit, FinancialYear.parse(year))
            if amount > net:
                link = Cell(titles[key], href=f"/benefits/{key}")
                rows.append([link, year, money(amount), money(net), money(amount - net)])
    return grid(
        "Admitted to the MTFS above what is committed now",
        ["Benefit", "Year", "Admitted £", "Committed, net £", "Too much £"],
        rows,
        basis="Net of recurring investment and of existing MTFS value.",
        empty="Nothing is admitted above what is committed.",
    )
