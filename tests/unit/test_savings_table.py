"""A savings table becomes what is to be recorded, or the whole list of what is wrong with it."""

import csv
from pathlib import Path

import pytest

from benefits.periods import FinancialYear
from benefits.plans import Component
from benefits.savings_table import Options, SavingsTable, Unit, printed_back, read_savings_table
from benefits.savings_table.reading import LARGEST_BYTES
from benefits.vocabulary import Fund, Kind
from reports.referee import Outcome, check

DATA = Path(__file__).parent.parent.parent / "entrypoints" / "sample_data"
FIRST = FinancialYear(2023)
CUMULATIVE = Options(unit=Unit.MILLIONS, cumulative=True, savings_negative=True, years_down=True)
HEADING = "workstream,group,line,kind,low,high,year_1,year_2,year_3,total_printed,note"


def northumberland() -> SavingsTable:
    return read_savings_table(
        (DATA / "northumberland_savings.csv").read_bytes(), Options(first_year=FIRST)
    )


def leicestershire() -> SavingsTable:
    file = DATA / "leicestershire_savings_by_theme_millions_cumulative.csv"
    return read_savings_table(file.read_bytes(), CUMULATIVE)


def read(*lines: str, heading: str = HEADING, options: Options | None = None) -> SavingsTable:
    content = "\n".join([heading, *lines]).encode()
    return read_savings_table(content, options or Options(first_year=FIRST))


def faults(table: SavingsTable) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in table.faults]


def test_every_line_of_the_northumberland_table_is_accounted_for() -> None:
    table = northumberland()
    assert not table.faults
    assert (len(table.benefits), len(table.investments), len(table.account)) == (23, 5, 42)
    numbers = [n for b in table.benefits for n in b.lines]
    numbers += [n for i in table.investments for n in i.lines]
    assert sorted(numbers) == list(range(2, 44))


def test_a_printed_figure_is_the_increment_of_its_year() -> None:
    homecare = northumberland().benefits[0]
    assert [*homecare.profile.items()] == [
        (FIRST, 96_033_600),
        (FIRST.plus(1), 192_067_200),
        (FIRST.plus(2), 96_033_600),
    ]
    assert (homecare.kind, homecare.fund, homecare.low) == (
        Kind.CASH_RELEASING,
        Fund.GENERAL_FUND,
        None,
    )


def test_a_range_without_a_profile_is_a_benefit_without_a_profile() -> None:
    waste = next(b for b in northumberland().benefits if b.line == "Waste")
    assert (dict(waste.profile), waste.low, waste.high) == ({}, 39_800_000, 137_500_000)


def test_a_profile_printed_for_seven_lines_is_one_benefit_with_seven_components() -> None:
    table = northumberland()
    total = next(b for b in table.benefits if b.line == "Total without ICT")
    assert total.title == "Spend with Third Parties (total without ICT)"
    assert sum(total.profile.values()) == 103_200_000
    assert len(total.components) == 7
    assert total.components[0] == Component("FM, repairs and maintenance", 6_000_000, 9_000_000)
    assert total.low is None
    customer = next(b for b in table.benefits if b.line == "Total")
    assert (customer.group, len(customer.components)) == ("Customer", 7)


def test_the_line_that_the_total_leaves_out_is_its_own_benefit_and_is_said_to_be_left_out() -> None:
    table = northumberland()
    ict = next(b for b in table.benefits if b.line == "ICT spend rationalisation")
    assert not ict.profile
    told = next(said for said in table.account if "ICT spend rationalisation" in said)
    assert "left out of “Total without ICT”" in told
    assert "counted under Best Use of Technology" in told


def test_a_range_on_a_line_with_a_profile_is_kept_beside_the_committed_figure() -> None:
    support = next(b for b in northumberland().benefits if b.line == "Corporate business support")
    assert (support.low, support.high) == (150_000_000, 230_000_000)
    assert dict(support.profile) == {FIRST.plus(1): 150_000_000}


def test_recurring_investment_goes_with_the_benefit_of_its_name_or_else_with_the_group() -> None:
    owners = {(i.group, i.line): i.benefit for i in northumberland().investments}
    assert owners == {
        ("Home to School Transport", "Back-office team"): None,
        ("Home to School Transport", "Independent travel training team"): None,
        (
            "Communities First",
            "Community-based service provision",
        ): "Community-based service provision",
        ("Category Management", "Category management"): "Category management",
        ("Customer", "Digital service design"): None,
    }


def test_the_one_printed_total_that_is_off_is_told_and_rounding_explains_it() -> None:
    table = northumberland()
    told = [said for said in table.account if "is printed as the total" in said]
    assert len(told) == 1
    assert "£1,032,000" in told[0]
    verdict = check(table.printed, rows_only=True)
    assert verdict.outcome is Outcome.BUT_FOR_ROUNDING
    assert len(verdict.breaks) == 1


def test_columns_are_found_by_name_in_any_order_and_an_unknown_one_is_told() -> None:
    table = read(
        "saving,100,x,Depot,W", heading="Kind,2023/24,Colour,Line,Workstream", options=Options()
    )
    assert not table.faults
    assert dict(table.benefits[0].profile) == {FIRST: 10_000}
    assert "“Colour”" in table.account[-1]


def test_a_total_of_lines_with_figures_of_their_own_is_not_recorded() -> None:
    table = read("W,G,A,saving,,,1,2,,,", "W,G,B,saving,,,3,4,,,", "W,G,Total,saving,,,4,6,,,")
    assert [b.line for b in table.benefits] == ["A", "B"]
    assert "printed total" in table.account[2]


def test_a_total_over_lines_with_and_without_figures_is_refused_as_nobody_can_tell() -> None:
    table = read("W,G,A,saving,1,2,,,,,", "W,G,B,saving,,,3,4,,,", "W,G,Total,saving,,,4,6,,,")
    assert faults(table) == [(4, "line")]
    assert not table.benefits


def test_a_total_of_nothing_is_refused() -> None:
    assert faults(read("All,,Total,saving,,,4,6,,,")) == [(2, "line")]


def test_a_total_that_leaves_out_a_name_that_is_not_there_is_refused() -> None:
    table = read("W,G,A,saving,1,2,,,,,", "W,G,Total without ICT,saving,,,4,6,,,")
    assert faults(table) == [(3, "line")]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("W,G,A,saving,,,lots,,,,", "year_1"),
        ("W,G,A,saving,5,4,,,,,", "low"),
        ("W,G,A,saving,,,(100),,,,", "year_1"),
        ("W,G,A,saving,,,-100,,,,", "year_1"),
        ("W,G,A,saving,,,12345678901234567890,,,,", "year_1"),
        ("W,G,A,saving,,,1.005,,,,", "year_1"),
        (",G,A,saving,,,1,,,,", "workstream"),
        ("W,G,,saving,,,1,,,,", "line"),
        ("W,G,A,wish,,,1,,,,", "kind"),
        ("W,G,A,,,,1,,,,", "kind"),
        ("W,G,A,saving,,,,,,,", ""),
        ("W,G,A,saving,,,1,,,", ""),
        ("W,G,A,saving,,,1,,,,,,", ""),
    ],
)
def test_a_wrong_line_is_refused_with_its_number_and_column(line: str, column: str) -> None:
    table = read("W,G,Good,saving,,,1,,,,", line)
    assert faults(table) == [(3, column)]
    assert (table.benefits, table.account) == ((), ())
    assert str(table.faults[0]).startswith("Line 3")


def test_every_fault_of_the_file_is_listed_at_once() -> None:
    table = read("W,G,A,saving,9,4,x,-1,,,", ",G,B,wish,,,1,,,,", "W,G,A,saving,,,1,,,,")
    assert faults(table) == [
        (2, "low"),
        (2, "year_1"),
        (2, "year_2"),
        (3, "kind"),
        (3, "workstream"),
        (4, "line"),
    ]


def test_a_year_outside_the_plan_window_is_refused() -> None:
    options = Options(first_year=FIRST, years=2)
    assert faults(read("W,G,A,saving,,,1,,,,", options=options)) == [(1, "year_3")]
    written = read("W,A,saving,1", heading="workstream,line,kind,2022/23", options=options)
    assert faults(written) == [(1, "2022/23")]


def test_numbered_years_need_the_first_year() -> None:
    table = read("W,G,A,saving,,,1,,,,", options=Options())
    assert "--first-year" in str(table.faults[0])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        HEADING.encode(),
        b"a\0b",
        "workstream,line\nCaf\u00e9,1".encode("latin-1"),
        b'workstream,line,kind,year_1\n"W,A,saving,1\n',
        b"x" * (LARGEST_BYTES + 1),
        b"a,b\n1,2\n",
    ],
    ids=["empty", "blank", "heading only", "NUL", "latin-1", "half written", "huge", "other"],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(content: bytes) -> None:
    table = read_savings_table(content, Options(first_year=FIRST))
    assert table.faults
    assert all(str(fault).endswith(".") for fault in table.faults)


def test_a_file_saved_by_excel_with_its_mark_and_pounds_reads_the_same() -> None:
    content = f'\ufeff{HEADING}\r\nW,G,A,saving,,,"£1,234.50",–,,,\r\n'.encode()
    table = read_savings_table(content, Options(first_year=FIRST))
    assert dict(table.benefits[0].profile) == {FIRST: 123_450}


def test_cumulative_themes_become_increments_from_nothing() -> None:
    table = leicestershire()
    assert not table.faults
    sums = [sum(b.profile.get(year, 0) for b in table.benefits) for year in table.years]
    assert [pence / 100_000_000 for pence in sums] == [
        18.7,
        20.4,
        21.1,
        18.9,
        20.6,
        20.9,
        21.2,
        18.1,
    ]
    assert table.left_out == ("Total", "Gap", "TOTAL")
    funds = {b.line: b.fund for b in table.benefits}
    assert funds.pop("DSG/HNB savings") is Fund.DSG
    assert set(funds.values()) == {Fund.GENERAL_FUND}
    assert any("holds money of the fund DSG/high needs" in said for said in table.account)


def test_the_cumulative_table_prints_back_as_the_paper_has_it() -> None:
    table = leicestershire()
    file = DATA / "leicestershire_savings_by_theme_millions_cumulative.csv"
    with file.open(encoding="utf-8", newline="") as paper:
        assert printed_back(table) == [row[:8] for row in csv.reader(paper)]
    assert check(table.printed, unit=1_000_000).outcome is Outcome.ADDS_UP


def test_a_cumulative_saving_that_falls_is_refused_and_says_what_to_do() -> None:
    table = read(
        "2020/21,-3.3", "2021/22,-3.1", heading="financial_year,Income", options=CUMULATIVE
    )
    assert faults(table) == [(3, "Income")]
    assert "one-off" in str(table.faults[0])


def test_years_down_must_follow_one_another_and_be_years() -> None:
    table = read("2020/21,-1", "2022/23,-2", "later,-3", heading="year,Income", options=CUMULATIVE)
    assert faults(table) == [(3, "year"), (4, "year")]


def test_a_cumulative_table_of_lines_in_thousands_becomes_increments() -> None:
    options = Options(first_year=FIRST, unit=Unit.THOUSANDS, cumulative=True)
    table = read("W,G,A,saving,,,100,150,150,,", options=options)
    assert dict(table.benefits[0].profile) == {FIRST: 10_000_000, FIRST.plus(1): 5_000_000}
