"""Where the MTFS and the signed-off benefits do not meet, both ways (pence)."""

from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, and_, func, select

from benefits.lifecycle import Stage
from benefits.register import tables
from benefits.vocabulary import Kind
from entrypoints.views.finance_queue import Within, of
from entrypoints.views.grids import Cell, Grid, capital, grid, money

SIGNED_OFF = (Stage.IN_DELIVERY.value, Stage.REALISED.value)
FREES_NOTHING = (Kind.NON_CASH.value, Kind.DISBENEFIT.value)
MOST = 200


def exceptions(connection: Connection, within: Within = None) -> list[Grid]:
    """The three lists, each with what to say when it is empty; the lines are the council's."""
    return [
        _lines_without(connection),
        _benefits_without(connection, within),
        _above_committed(connection, within),
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
    rows: list[list[str | Cell]] = [
        [
            Cell(f"{reference} {title}"),
            capital(str(fund)),
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
        empty=_no_line(connection),
    )


def _no_line(connection: Connection) -> str:
    if connection.execute(select(tables.mtfs_lines.c.line).limit(1)).first() is None:
        return (
            "No line of the MTFS is recorded yet. Finance records it on a programme’s page of "
            "investment, overlaps and MTFS."
        )
    return "Every MTFS line has signed-off benefits behind all of it."


def _benefits_without(connection: Connection, within: Within) -> Grid:
    held, admitted = tables.register.c, tables.mtfs_admitted.c
    inside = select(admitted.benefit).where(admitted.amount > 0)
    query = (
        select(
            held.benefit,
            held.programme,
            held.position,
            held.title,
            held.fund,
            held.planned_run_rate,
        )
        .where(
            held.stage.in_(SIGNED_OFF),
            held.kind.not_in(FREES_NOTHING),
            held.planned_run_rate > 0,
            held.benefit.not_in(inside),
            of(held.programme, within),
        )
        .order_by(held.position)
        .limit(MOST)
    )
    rows: list[list[str | Cell]] = [
        [
            Cell(
                f"B{row.position} {row.title}",
                href=f"/benefits/{row.benefit}",
                links=(admit(row, "Admit money to the MTFS"),),
            ),
            capital(str(row.fund)),
            money(row.planned_run_rate),
        ]
        for row in connection.execute(query)
    ]
    return grid(
        "Signed-off benefits that are in no MTFS line",
        ["Benefit", "Fund", "Committed every year £"],
        rows,
        basis="Gross of recurring investment, after overlaps with other benefits.",
        empty="No benefit that passed its Delivery gate is outside the MTFS.",
    )


def _above_committed(connection: Connection, within: Within) -> Grid:
    """Admitted money past what the plan commits to now: after a re-baseline or a withdrawal."""
    admitted, held, net = tables.mtfs_admitted.c, tables.register.c, tables.committed.c
    entered = func.sum(admitted.amount)
    stands = func.coalesce(func.max(net.amount), 0)
    query = (
        select(
            held.benefit,
            held.programme,
            held.position,
            held.title,
            admitted.year,
            entered.label("amount"),
            stands.label("net"),
        )
        .join(held.benefit.table, held.benefit == admitted.benefit)
        .outerjoin(
            net.benefit.table,
            and_(net.benefit == admitted.benefit, net.year == admitted.year),
        )
        .where(of(held.programme, within))
        .group_by(held.benefit, held.programme, held.position, held.title, admitted.year)
        .having(entered > stands)
        .order_by(held.position, admitted.year)
        .limit(MOST)
    )
    rows: list[list[str | Cell]] = [
        [
            Cell(
                f"B{row.position} {row.title}",
                href=f"/benefits/{row.benefit}",
                links=(admit(row, "Change what is admitted"),),
            ),
            row.year,
            money(int(row.amount)),
            money(int(row.net)),
            money(int(row.amount) - int(row.net)),
        ]
        for row in connection.execute(query)
    ]
    return grid(
        "Admitted to the MTFS above what is committed now",
        ["Benefit", "Year", "Admitted £", "Committed, net £", "Too much £"],
        rows,
        basis="Net of recurring investment and of existing MTFS value.",
        empty="Nothing is admitted above what is committed.",
    )


def admit(row: Any, words: str) -> tuple[str, str]:
    """The link to the form by which finance admits money of a benefit, which it has chosen."""
    form = f"/programmes/{quote(row.programme)}/record/admit-to-mtfs"
    return words, f"{form}?benefit={quote(row.benefit)}"
