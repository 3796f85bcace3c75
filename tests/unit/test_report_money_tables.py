"""A table of the report that leaves a penny over cannot be made."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from reports.money_tables import Bridge, DoesNotAddUp, MoneyTable, MovementTable, Step
from tests.example_report import figures


def test_a_recurring_row_that_is_a_penny_out_says_which_and_by_how_much() -> None:
    row = figures.THIS_YEAR
    with pytest.raises(DoesNotAddUp, match=r"All workstreams, recurring.*£0\.01 apart"):
        replace(row, slipped=row.slipped - 1)


@pytest.mark.parametrize("field", [name for name, _ in figures.THIS_YEAR.COLUMNS])
def test_every_column_of_a_recurring_row_is_held_to_the_identity(field: str) -> None:
    row = figures.THIS_YEAR
    with pytest.raises(DoesNotAddUp):
        replace(row, **{field: getattr(row, field) + 1})


@pytest.mark.parametrize("field", [name for name, _ in figures.CASH_THIS_YEAR.COLUMNS[:9]])
def test_every_column_of_a_cash_row_is_held_to_the_identity(field: str) -> None:
    row = figures.CASH_THIS_YEAR
    with pytest.raises(DoesNotAddUp):
        replace(row, **{field: getattr(row, field) + 1})


def test_a_total_that_is_not_the_sum_of_its_rows_is_refused() -> None:
    other = replace(figures.THIS_YEAR, verified=0, still_forecast=657_500_000)
    with pytest.raises(DoesNotAddUp, match="verified: £0 is printed but its parts make £3,835,000"):
        MoneyTable("By workstream", "Workstream", "Gross.", figures.WORKSTREAMS, other)


@pytest.mark.parametrize("make", [lambda: figures.moved(figures.YEAR), figures.cash_moved])
def test_a_movement_whose_causes_do_not_lead_from_opening_to_closing_is_refused(
    make: Callable[[], Any],
) -> None:
    whole = make()
    with pytest.raises(DoesNotAddUp, match="Movements of 2024/25"):
        MovementTable(whole.year, whole.opening, whole.causes[1:], whole.closing)


def test_a_bridge_that_does_not_reach_its_end_is_refused() -> None:
    with pytest.raises(DoesNotAddUp, match=r"£0\.01 apart"):
        Bridge("Gross to net", "", Step("Gross", 100), (Step("Overlap", -40),), Step("Net", 61))


def test_the_bridge_to_the_out_turn_reconciles_whatever_the_row() -> None:
    for row in (*figures.WORKSTREAMS, *figures.YEARS, figures.THIS_YEAR):
        bridge = Bridge.to_outturn(row, "A bridge", "Gross.")
        assert bridge.end.amount == row.verified + row.claimed + row.still_forecast
