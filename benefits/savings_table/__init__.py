"""Turning a council's savings table into what is to be recorded, or into the list of its faults."""

from benefits.savings_table.plan import (
    Fault,
    Options,
    PlannedBenefit,
    PlannedInvestment,
    SavingsTable,
    Unit,
)
from benefits.savings_table.printed import printed_back
from benefits.savings_table.table import read_savings_table

__all__ = [
    "Fault",
    "Options",
    "PlannedBenefit",
    "PlannedInvestment",
    "SavingsTable",
    "Unit",
    "printed_back",
    "read_savings_table",
]
