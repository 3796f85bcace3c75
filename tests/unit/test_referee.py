"""The referee's verdicts on the papers' own tables, and on tables that no paper printed."""

import csv
from pathlib import Path

import pytest

from reports.referee import Outcome, Verdict, check

TABLES = Path(__file__).parent.parent / "data" / "tables"


def printed(name: str) -> list[list[str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def told(verdict: Verdict) -> set[tuple[str, str, str, int, bool]]:
    """Each break as row, column, direction, difference in pounds, and whether rounding explains."""
    return {
        (b.row, b.column, b.along, int(b.difference), b.rounding_explains) for b in verdict.breaks
    }


def grid(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in text.strip().splitlines()]


@pytest.mark.parametrize(
    ("name", "sums"),
    [
        ("northumberland_home_to_school_transport", 12),
        ("northumberland_communities_first", 6),
        ("leicestershire_savings_by_theme_millions", 16),
        ("northumberland_service_investments", 9),
    ],
)
def test_a_paper_table_that_adds_up_is_said_to(name: str, sums: int) -> None:
    verdict = check(printed(name))
    assert (verdict.outcome, verdict.tested, verdict.breaks) == (Outcome.ADDS_UP, sums, ())
    assert verdict.exit_status() == 0


def test_two_halves_of_a_rounded_total_are_told_as_rounding() -> None:
    verdict = check(printed("northumberland_third_party_by_year"))
    assert verdict.outcome is Outcome.BUT_FOR_ROUNDING
    assert told(verdict) == {
        ("Savings", "Total", "row", 1_000, True),
        ("Net", "Total", "row", 1_000, True),
    }
    assert (verdict.exit_status(), verdict.exit_status(allow_rounding=True)) == (1, 0)


def test_an_unnamed_total_is_found_and_the_cell_that_is_wrong_is_named() -> None:
    verdict = check(printed("northumberland_technology_investment_thousands"))
    assert verdict.outcome is Outcome.DOES_NOT
    assert told(verdict) == {
        ("Technology", "Year 2", "column", -150_000, False),
        ("Technology", "Total", "row", 151_000, False),
        ("Tribepad Recruitment App", "Total", "row", 1_000, True),
    }
    (suspect,) = verdict.suspects
    assert (suspect.row, suspect.column, int(suspect.would_be)) == ("Technology", "Year 2", 266_000)
    assert any("without the word" in said for said in verdict.inferred)
    assert "£150,000 too little" in verdict.as_text()


def test_totals_printed_before_their_lines_are_understood_when_the_grand_total_says_so() -> None:
    verdict = check(printed("northumberland_one_off_investment"), unit=1_000)
    assert told(verdict) == {
        ("Technology", "Year 2", "column", -150_000, False),
        ("Technology", "Total", "row", 151_000, False),
        ("Programme Management", "Total", "row", 1_000, True),
        ("Tribepad Recruitment App", "Total", "row", 1_000, True),
    }


def test_a_summary_with_gross_investment_and_net_adds_up_but_for_rounding() -> None:
    verdict = check(printed("northumberland_savings_summary"), unit=1_000)
    assert verdict.outcome is Outcome.BUT_FOR_ROUNDING
    assert ("Gross Total", "Total", "column", 1_000, True) in told(verdict)
    assert not any(b.row == "Net Savings Total" for b in verdict.breaks)


def test_a_wrong_net_figure_is_found_by_its_row_and_its_column() -> None:
    verdict = check(printed("northumberland_category_management"))
    (suspect,) = verdict.suspects
    assert (suspect.row, suspect.column, int(suspect.would_be)) == ("Net", "Year 3", 1_500_000)


def test_a_total_in_millions_over_lines_in_pounds_is_rounded_to_its_own_last_digit() -> None:
    verdict = check(printed("northumberland_local_services_range"))
    assert told(verdict) == {
        ("Total", "Low", "column", 2_000, True),
        ("Total", "High", "column", -255_000, False),
    }


def test_half_a_unit_each_is_said_not_to_do_when_it_would_not() -> None:
    verdict = check([["", "£"], ["A", "£10"], ["B", "£10"], ["C", "£10"], ["Total", "£32"]])
    assert verdict.outcome is Outcome.BUT_FOR_ROUNDING
    assert not verdict.breaks[0].nearest_explains
    assert "half a unit each, would not do" in verdict.breaks[0].sentence


def test_a_difference_of_one_unit_for_each_figure_is_not_rounding() -> None:
    verdict = check([["", "£"], ["A", "£11"], ["B", "£11"], ["C", "£11"], ["Total", "£36"]])
    assert verdict.outcome is Outcome.DOES_NOT


def test_subtotals_a_gross_total_and_costs_without_brackets_come_to_net() -> None:
    verdict = check(
        grid("""
        Savings proposals (£000)||||
        |2024/25|2025/26|2026/27|Total
        Adults||||
        Reablement|1,200|300|–|1,500
        Direct payments|250|250|250|750
        Sub-total Adults|1,450|550|250|2,250
        Children||||
        Placements|(100)|400|400|700
        Transport|50|50|50|150
        Sub-total Children|(50)|450|450|850
        Gross savings|1,400|1,000|700|3,100
        Less: investment|200|100|–|300
        Less: existing MTFS|100|100|100|300
        Net savings|1,100|800|600|2,500
        % of budget|1.1%|0.8%|0.6%|
        """)
    )
    assert (verdict.outcome, verdict.tested) == (Outcome.ADDS_UP, 26)


def test_several_subtotals_are_added_by_a_grand_total_once() -> None:
    text = """
        |2024/25|2025/26
        A|1|2
        B|3|4
        Total|4|6
        C|5|6
        D|7|8
        Total|12|14
        Grand total|16|{}
    """
    assert check(grid(text.format(20))).outcome is Outcome.ADDS_UP
    wrong = check(grid(text.format(40)))
    assert told(wrong) == {("Grand total", "2025/26", "column", 20, False)}


def test_columns_of_savings_and_investment_come_to_a_net_column() -> None:
    verdict = check(
        grid("|Savings £m|Investment £m|Net £m\nA|1.2|0.2|1.0\nB|2.3|0.3|2.0\nTotal|3.5|0.5|3.0")
    )
    assert (verdict.outcome, verdict.tested) == (Outcome.ADDS_UP, 6)


def test_notes_references_counts_and_percentages_are_not_added_to_money() -> None:
    verdict = check(
        grid("""
        Ref|Proposal|FTE|2023|2024|Total|% change|Notes
        1|Close depot|2.5|100|200|300|4%|subject to consultation
        2|New rota|1|50||50|1%|
        |Total|3.5|150|200|350||
        """)
    )
    assert verdict.outcome is Outcome.ADDS_UP


def test_a_cumulative_row_is_held_against_the_row_that_it_runs_up_and_not_added() -> None:
    text = "|18/19|19/20|20/21\nDelivered in-year|£0m|£14m|£18m\nCumulative benefit|£0m|£14m|£{}m"
    assert check(grid(text.format(32))).outcome is Outcome.ADDS_UP
    wrong = check(grid(text.format(42)))
    assert told(wrong) == {("Cumulative benefit", "20/21", "column", 10_000_000, False)}


def test_a_ramp_of_a_quarter_a_quarter_and_a_half_is_not_taken_for_a_total() -> None:
    verdict = check(grid("|Year 1|Year 2|Year 3\nA|25|25|50\nB|100|100|200\nC|50|50|100"))
    assert verdict.outcome is Outcome.NOTHING_TO_CHECK
    assert verdict.exit_status() == 2


def test_a_total_column_printed_first_is_footed() -> None:
    verdict = check(grid("|Total|Year 1|Year 2\nA|30|10|20\nB|40|15|25\nTotal|70|25|95"))
    assert ("Total", "Year 2", "column", 50, False) in told(verdict)


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        # The only total, printed first, is footed whether it comes out or not.
        ("Line|£\nTotal|450\nAgency|100\nFleet|300", 1),
        ("Theme|Total|Q1|Q2\nDigital|50|25|25\nAssets|90|20|20", 1),
        # A total row may have its per cent in a column of per cents, and a caption its unit alone.
        ("Plan||\n(£000)||\nSaving|Amount|% of all\nTotal|400|100%\nA|100|25%\nB|300|75%", 0),
        # Rows may be numbered in parts.
        ("Ref|Line|Y1|Y2|Total\n1.1|A|10|5|15\n1.2|B|2|1|3\n1|All of one|12|6|18", 0),
        # Every way in which a minus is printed with a pound sign.
        ("Line|£\nA|£(100)\nB|-£50\nC|£-50\nD|(£50)\nE|100-\nF|+£700\nTotal|£350", 0),
        (
            "Reserve|Y1|Y2\nOpening balance|100|80\nIn|20|10\nOut|(40)|(30)\nClosing balance|80|70",
            1,
        ),
        # Where either reading breaks, the one that breaks less is told.
        ("£|Y1|Y2\nPressures|500|600\nSavings|-300|-800\nNet budget change|200|200", 1),
    ],
)
def test_tables_that_are_hard_to_read_are_read_as_they_were_meant(rows: str, broken: int) -> None:
    verdict = check(grid(rows))
    assert (verdict.tested > 0, len(verdict.breaks)) == (True, broken), verdict.as_text()


def test_net_zero_is_the_name_of_a_saving() -> None:
    verdict = check(grid("|£\nNet zero buildings|10\nFleet|20\nTotal|30"))
    assert (verdict.outcome, verdict.tested) == (Outcome.ADDS_UP, 1)


@pytest.mark.parametrize("rows", [[], [[]], [["", ""]], [["only words"]], [["a", "b"], ["c", "d"]]])
def test_a_grid_without_figures_has_nothing_to_check(rows: list[list[str]]) -> None:
    assert check(rows).outcome is Outcome.NOTHING_TO_CHECK


def test_a_figure_of_twenty_digits_is_words() -> None:
    verdict = check(
        [["", "£"], ["A", "12345678901234567890"], ["B", "5"], ["C", "6"], ["Total", "11"]]
    )
    assert verdict.outcome is Outcome.ADDS_UP
    assert any("holds words" in said for said in verdict.inferred)


def test_amounts_in_json_are_text_in_pounds() -> None:
    answer = check(printed("northumberland_third_party_by_year")).as_json()
    assert answer["verdict"] == "adds up but for rounding"
    first = answer["breaks"][0]  # type: ignore[index]
    assert (first["printed"], first["should_be"], first["difference"]) == (
        "1033000",
        "1032000",
        "1000",
    )
    assert first["units"] == ["1000"]


@pytest.mark.parametrize(("total", "adds_up"), [("170 CR", True), ("170DR", False), ("170", False)])
def test_credits_and_debits_of_a_ledger_are_understood(total: str, *, adds_up: bool) -> None:
    verdict = check(
        grid(
            f"""
            Line      | 2024/25 | 2025/26
            Savings   | 120CR   | 80 (CR)
            Costs     | 20      | 10DR
            Grants    | 70CR    | 5cr.
            Total     | {total} | 75CR
            """
        )
    )
    assert (verdict.outcome is Outcome.ADDS_UP) is adds_up
    assert "Figures marked CR are credits: they are added as negative." in verdict.inferred
