"""Tables that no paper printed, made to mislead: mixed units, odd signs, totals in odd places."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from reports.referee import check
from reports.referee.reading import read_printed

TABLES = Path(__file__).parent.parent / "data" / "hostile_tables.txt"


def grid(text: str) -> list[list[str]]:
    return [row.split("|") for row in text.splitlines()]


def tables() -> list[tuple[str, str, str]]:
    """Each table of the file: its name, the verdict that is right, and its rows."""
    found = []
    for block in TABLES.read_text(encoding="utf-8").split("\n= ")[1:]:
        head, _, rows = block.partition("\n")
        verdict, _, name = head.partition(": ")
        found.append((name, verdict, rows.rstrip("\n")))
    return found


@pytest.mark.parametrize(
    ("verdict", "rows"), [pytest.param(*rest, id=name) for name, *rest in tables()]
)
def test_a_table_made_to_mislead_gets_the_right_verdict(verdict: str, rows: str) -> None:
    found = check(grid(rows))
    assert found.outcome == verdict, found.as_text()


def test_the_units_of_a_mixed_sum_are_told() -> None:
    (found,) = check(grid("|£\nA|£1.2m\nB|100,000\nTotal|1,340,000")).breaks
    assert "Rounding explains it (2 figures added, in units of £100,000 and £1,000)" in (
        found.sentence
    )


def test_fractions_dropped_never_make_a_total_too_small() -> None:
    over, under = (
        check(grid(f"£m|Y1\nA|1.4\nB|1.4\nC|0.4\nD|0.4\nE|0.4\nTotal|{total}")).breaks[0]
        for total in ("4.4", "3.6")
    )
    assert (over.rounding_explains, over.nearest_explains) == (True, False)
    assert not under.rounding_explains


def workbook(last: str) -> bytes:
    """A sheet with a merged heading, a unit row, an empty row, and its numbers kept as text."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("B1:C1", "Savings")
        sheet.write_string("D1", "Total savings")
        sheet.write_row("A2", ["Proposal", "2024/25", "2025/26", ""])
        sheet.write_row("B3", ["£000", "£000", "£000"])
        for row, cells in ((3, "100 |250|350"), (5, "'(40)|1,000|960"), (6, f"60|1,250|{last}")):
            sheet.write_string(row, 0, "Total" if row == 6 else f"Line {row}")
            for column, cell in enumerate(cells.split("|"), 1):
                sheet.write_string(row, column, cell)
    return kept.getvalue()


@pytest.mark.parametrize(("last", "verdict"), [("1,310", "adds up"), ("1,410", "does not add up")])
def test_numbers_that_a_workbook_keeps_as_text_are_added(last: str, verdict: str) -> None:
    found = check(read_printed(workbook(last)).grid)
    assert (found.outcome, found.tested) == (verdict, 6), found.as_text()
