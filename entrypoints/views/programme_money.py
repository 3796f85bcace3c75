"""A programme's money by plan year, of like benefits together: the reconciliation of the report.

Each benefit is worked by itself and then summed, so that one's over-delivery never hides
another's shortfall. A family of kinds and a fund stand apart from every other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from benefits.lines import Source
from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Fund, Kind
from entrypoints.views.grids import capital
from entrypoints.views.money import Position, YearMoney, last_month, position_of
from entrypoints.views.registered import family
from reports import status
from reports.lines import Lines
from reports.reconciliation import Cash, OneOffs, Recurring, total


@dataclass(frozen=True, slots=True)
class Alike:
    """Benefits of one family of kinds and one fund, with their money together."""

    family: str
    fund: str
    benefits: int
    money: Position

    @property
    def heading(self) -> str:
        return f"{capital(self.family)}, {self.fund}"


def alike(rows: Iterable[Any], window: PlanWindow, today: date) -> list[Alike]:
    """The programme's money by fund and family, cashable first. ``rows`` from the register."""
    upto = last_month(today)
    groups: dict[tuple[str, str], list[Position]] = {}
    for _, each in groupby(rows, key=lambda row: row.benefit):
        held = list(each)
        place = (family(held[0].kind), held[0].fund)
        groups.setdefault(place, []).append(position_of(lines_of(held), window, upto))
    funds = [fund.value for fund in Fund]
    ordered = sorted(groups, key=lambda key: (key[0] != "cashable", key[0], funds.index(key[1])))
    return [
        Alike(*key, len(groups[key]), Position(upto, tuple(_years(groups[key])))) for key in ordered
    ]


def lines_of(rows: Sequence[Any]) -> Lines:
    """One benefit's lists of tranches, as the report reconciles them (pence)."""
    sign = -1 if rows[0].kind == Kind.DISBENEFIT else 1
    by_source: dict[str, list[Tranche]] = {source.value: [] for source in Source}
    for row in rows:
        by_source[row.source].append(
            Tranche(
                row.amount * sign,
                Nature(row.nature),
                Month.parse(row.month),
                FinancialYear.parse(row.plan_year),
            )
        )
    plan = by_source[Source.PLAN]
    lists = (
        by_source[Source.ORIGINAL],
        plan,
        by_source[Source.FORECAST] if rows[0].forecasted else plan,
        by_source[Source.CLAIMED],
        by_source[Source.VERIFIED],
    )
    return Lines(rows[0].benefit, *(tuple(one) for one in lists))


def _years(positions: Sequence[Position]) -> Iterable[YearMoney]:
    """The years of all of them together. A year that one has no money in is nothing to it."""
    found: dict[FinancialYear, list[YearMoney]] = {}
    for position in positions:
        for part in position.years:
            found.setdefault(part.year, []).append(part)
    for year, parts in sorted(found.items()):
        yield YearMoney(
            year,
            total([part.recurring for part in parts], Recurring.nothing(year)),
            total([part.one_offs for part in parts], OneOffs.nothing(year)),
            total([part.cash for part in parts], Cash.nothing(year)),
            sum(part.forecast_recurring for part in parts),
            sum(part.forecast_once for part in parts),
            status.total(part.strip for part in parts),
        )
