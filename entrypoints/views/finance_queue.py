"""What waits for finance: claims, values, losses and months, each with what it is about."""

from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, select, true

from benefits.benefit import Benefit
from benefits.lifecycle import Stage
from benefits.money import pounds
from benefits.periods import Month
from benefits.register import tables
from benefits.standing import stand
from benefits.wording.writing import month, planned, tranche
from entrypoints.here import realise
from entrypoints.views.claimed import on_line
from entrypoints.views.grids import Cell, Grid, capital, grid
from entrypoints.views.naming import Called

#: How many of each are shown; the rest wait behind them.
MOST = 100
#: For somebody of finance for some programmes alone, those; ``None`` for the whole council.
Within: TypeAlias = frozenset[str] | None


def of(column: ColumnElement[str], within: Within) -> ColumnElement[bool]:
    """Only rows of these programmes."""
    return true() if within is None else column.in_(sorted(within))


def claims(connection: Connection, called: Called, most: int = MOST, within: Within = None) -> Grid:
    """Claims to verify, the one that has waited longest first."""
    held = tables.claims.c
    query = (
        select(held.claim, held.benefit)
        .where(held.standing == "waiting", of(held.programme, within))
        .order_by(held.position)
        .limit(most)
    )
    rows = connection.execute(query).all()
    benefits = _benefits(connection, {row.benefit for row in rows})
    return grid(
        "Claims to verify",
        ["Claim", "Budget line", "Claimed by"],
        [_claim(benefits[row.benefit], row.claim, called) for row in rows],
        empty="No claim waits for finance.",
    )


def _claim(benefit: Benefit, key: str, called: Called) -> list[Cell]:
    claim = benefit.claims[key]
    taken = on_line(benefit, claim)
    return [
        Cell(
            tranche(claim.tranche),
            href=f"/claims/{key}",
            note=f"{benefit.number} {benefit.title}, plan year {claim.tranche.plan_year}",
        ),
        Cell(
            taken.line if taken else claim.budget_line or "None",
            note=f"{pounds(taken.verified)} verified of {pounds(taken.removed)} to be removed"
            if taken
            else "",
        ),
        Cell(called.person(claim.made_by), note=_late(claim)),
    ]


def _late(claim: Any) -> str:
    return f"Late: {month(claim.late_for)} was closed" if claim.late_for else ""


def values(connection: Connection, within: Within = None) -> Grid:
    """Values to confirm: identified benefits with a profile that finance has not confirmed."""
    held = tables.register.c
    query = (
        select(held.benefit)
        .where(
            held.stage == Stage.IDENTIFIED.value,
            held.has_profile,
            ~held.value_confirmed,
            of(held.programme, within),
        )
        .order_by(held.position)
        .limit(MOST)
    )
    keys = list(connection.execute(query).scalars())
    found = _benefits(connection, set(keys))
    return grid(
        "Values to confirm",
        ["Benefit", "Profile as it stands", "Kind and fund"],
        [_value(found[key]) for key in keys],
        empty="No value waits to be confirmed.",
    )


def _value(b: Benefit) -> list[str | Cell]:
    confirm = (("Confirm the value", f"/benefits/{b.benefit}/record/confirm-value"),)
    return [
        Cell(f"{b.number} {b.title}", href=f"/benefits/{b.benefit}", links=confirm),
        planned(b.profile.tranches) if b.profile else "",
        f"{capital(b.kind.value)}, {b.fund.value}",
    ]


def losses(connection: Connection, within: Within = None) -> Grid:
    """Losses that a service reported and finance has not decided."""
    lost, held = tables.erosions.c, tables.register.c
    query = (
        select(tables.erosions, held.title, held.position.label("number"))
        .join(tables.register, held.benefit == lost.benefit)
        .where(of(held.programme, within))
        .order_by(lost.position)
        .limit(MOST)
    )
    return grid(
        "Losses to confirm",
        ["Loss", "Why", "Decide"],
        [
            [
                Cell(
                    f"{pounds(row.amount)} a year from {month(Month.parse(row.month))}",
                    href=f"/claims/{row.claim}",
                    note=f"B{row.number} {row.title}",
                ),
                row.reason,
                Cell(
                    links=(
                        ("Confirm", f"/claims/{row.claim}/loss/{row.erosion}/confirm"),
                        ("Dismiss", f"/claims/{row.claim}/loss/{row.erosion}/dismiss"),
                    )
                ),
            ]
            for row in connection.execute(query)
        ],
        empty="No loss waits to be confirmed.",
    )


def months(connection: Connection, within: Within = None) -> Grid:
    """Months that the PMO has closed and finance has not reviewed."""
    kept, programmes = tables.months.c, tables.programmes.c
    query = (
        select(kept.programme, kept.month, programmes.title)
        .join(tables.programmes, programmes.programme == kept.programme)
        .where(kept.closed.is_not(None), kept.reviewed.is_(None), of(kept.programme, within))
        .order_by(kept.month, programmes.title)
        .limit(MOST)
    )
    return grid(
        "Months to review",
        ["Programme", "Month", "Do"],
        [
            [
                row.title,
                month(Month.parse(row.month)),
                Cell(links=(("Review it", f"/finance/review/{row.programme}/{row.month}"),)),
            ]
            for row in connection.execute(query)
        ],
        empty="No closed month waits for a review.",
    )


def _benefits(connection: Connection, keys: set[str]) -> dict[str, Benefit]:
    streams = realise().store.load_many([f"benefit-{key}" for key in keys], None, connection)
    return {key: stand(key, streams[f"benefit-{key}"]) for key in keys}
