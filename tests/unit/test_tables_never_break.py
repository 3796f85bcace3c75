"""Whatever is given to the two readers of tables, they answer: neither raises."""

from hypothesis import given
from hypothesis import strategies as st

from benefits.periods import FinancialYear
from benefits.savings_table import Options, Unit, read_savings_table
from reports.referee import check

WORDS = ["", "-", "Total", "Net", "£1", "(2)", "3%", "Sub-total", "Low", "2023", "x", "1.5m", "()"]
CELLS = st.sampled_from([*WORDS, "Cumulative", "Gross", "(£m)", "£", "FTE"]) | st.text(max_size=6)
OPTIONS = [
    Options(first_year=FinancialYear(2023)),
    Options(cumulative=True, years_down=True, unit=Unit.MILLIONS),
    Options(first_year=FinancialYear(2148), cumulative=True),
]


@given(st.lists(st.lists(CELLS, max_size=6), max_size=7))
def test_the_referee_answers_any_grid(grid: list[list[str]]) -> None:
    verdict = check(grid)
    assert verdict.as_text()
    assert verdict.exit_status() in (0, 1, 2)


@given(st.binary(max_size=80), st.sampled_from(OPTIONS))
def test_any_bytes_give_an_account_or_faults(content: bytes, options: Options) -> None:
    table = read_savings_table(content, options)
    assert table.faults or table.account


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=6), st.sampled_from(OPTIONS))
def test_any_lines_give_an_account_or_faults(lines: list[list[str]], options: Options) -> None:
    text = "\n".join(["workstream,line,kind,year_1", *(",".join(line) for line in lines)])
    table = read_savings_table(text.encode("utf-8", "surrogatepass"), options)
    assert table.faults or table.account
