"""Printing a table of themes back as its paper has it, to show that nothing was lost on the way."""

from decimal import Decimal
from itertools import accumulate

from benefits.money import Pence
from benefits.periods import FinancialYear
from benefits.savings_table.plan import PlannedBenefit, SavingsTable, Unit

_PENCE = {Unit.POUNDS: 100, Unit.THOUSANDS: 100_000, Unit.MILLIONS: 100_000_000}


def printed_back(table: SavingsTable, decimals: int = 1) -> list[list[str]]:
    """The grid of a table that was read with years down: each theme and their Total.

    Figures are in the table's own unit and sign, cumulative where it was, with so many decimals.
    """
    grid = [["financial_year", *(benefit.title for benefit in table.benefits), "Total"]]
    columns = [_figures(benefit, table) for benefit in table.benefits]
    columns.append([sum(row) for row in zip(*columns, strict=True)])
    for at, year in enumerate(table.years):
        grid.append([str(year), *(_written(column[at], table, decimals) for column in columns)])
    return grid


def _figures(benefit: PlannedBenefit, table: SavingsTable) -> list[Pence]:
    steps = [_step(benefit, year) for year in table.years]
    return list(accumulate(steps)) if table.options.cumulative else steps


def _step(benefit: PlannedBenefit, year: FinancialYear) -> Pence:
    return benefit.profile.get(year, 0)


def _written(amount: Pence, table: SavingsTable, decimals: int) -> str:
    number = Decimal(amount) / _PENCE[table.options.unit]
    if number and table.options.savings_negative:
        number = -number
    return f"{number:.{decimals}f}"
