"""The register's totals: of exactly what the filter finds, and unlike money never added unsaid.

Cashable benefits stand apart from the other kinds, and each fund by itself; what recurs stands
apart from one-offs; what a board approved stands apart from what is only proposed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits.lifecycle import Stage
from benefits.register.queries import BY_STATUS
from benefits.vocabulary import Fund
from benefits.wording.writing import count, month
from entrypoints.views.grids import Cell, Grid, capital, grid, money
from entrypoints.views.money import last_month
from entrypoints.views.registered import AMOUNTS, family, signed


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of what is found; ``left_out`` says what is in none of them."""

    approved: Grid
    stands: Grid | None
    proposed: Grid | None
    left_out: str


def totals(rows: Iterable[Any], today: date) -> Totals:
    """What is approved, how each pound of it stands, and what is only proposed."""
    approved, proposed, withdrawn = _apart(rows)
    left = count(withdrawn, "withdrawn benefit") + " not counted here." if withdrawn else ""
    return Totals(
        _approved(approved),
        _stands(approved, today) if approved else None,
        _proposed(proposed) if proposed else None,
        left,
    )


def _approved(sums: "Sums") -> Grid:
    heads = [
        "Fund and kind", "Benefits #", "Planned a year £", "Verified a year £",
        "Expected a year £", "Planned one-offs £", "Verified one-offs £", "Expected one-offs £",
    ]  # fmt: skip
    return grid(
        "Approved by the board",
        heads,
        list(_lines(sums, AMOUNTS)),
        basis="Each fund and kind by itself: unlike money is not added. Cashable is "
        "cash-releasing savings and income, less disbenefits. Expected is the latest forecast, or "
        "the plan until there is one.",
        empty="Nothing here is approved by a board yet.",
    )


def _stands(sums: "Sums", today: date) -> Grid:
    return grid(
        "How the approved money stands",
        ["Fund and kind", "Delivered £", "On track £", "At risk £", "Will not be delivered £"],
        list(_lines(sums, BY_STATUS, counted=False)),
        basis="Each pound of every plan year once, annual amounts and one-offs together: the four "
        "add up to the plan and what is delivered beyond it. Delivered is verified. Everything "
        f"recorded so far counts; months are counted to the end of {month(last_month(today))}.",
    )


def _proposed(sums: "Sums") -> Grid:
    return grid(
        "Proposed, not yet approved",
        ["Fund and kind", "Benefits #", "Proposed a year £", "Proposed one-offs £"],
        list(_lines(sums, ("planned_run_rate", "planned_one_off"))),
        basis="At the committed point of each profile. None of it may be counted on until the "
        "board approves it at the Validation gate.",
    )


Sums = dict[tuple[str, str], dict[str, int]]


def _apart(rows: Iterable[Any]) -> tuple[Sums, Sums, int]:
    approved: Sums = defaultdict(lambda: defaultdict(int))
    proposed: Sums = defaultdict(lambda: defaultdict(int))
    withdrawn = 0
    for row in rows:
        if row.stage == Stage.WITHDRAWN:
            withdrawn += row.benefits
            continue
        line = (approved if row.approved else proposed)[row.fund, family(row.kind)]
        line["benefits"] += row.benefits
        for name in AMOUNTS:
            line[name] += signed(row, name)
        for name in BY_STATUS:
            line[name] += int(getattr(row, name))
    return approved, proposed, withdrawn


def _lines(sums: Sums, names: Sequence[str], *, counted: bool = True) -> Iterator[list[str | Cell]]:
    funds = [fund.value for fund in Fund]
    for fund, kinds in sorted(sums, key=lambda key: (key[1] != "cashable", funds.index(key[0]))):
        line = sums[fund, kinds]
        words = f"{capital(fund)}, {kinds}"
        benefits = [str(line["benefits"])] if counted else []
        yield [words, *benefits, *(money(line[name]) for name in names)]
