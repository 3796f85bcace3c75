"""Northumberland's lines against the summary that the paper prints in thousands."""

import csv
from collections import defaultdict
from pathlib import Path

from benefits.money import Pence
from benefits.periods import FinancialYear
from benefits.savings_table import Options, SavingsTable, read_savings_table
from reports.referee.summary import Cause, SummaryLine, compare

DATA = Path(__file__).parent.parent.parent / "entrypoints" / "sample_data"
FIRST = FinancialYear(2023)
YEARS = {FIRST.plus(at): f"year_{at + 1}" for at in range(3)}
THOUSAND = 100_000
#: The summary must have had Local Services at its low figures in year 2: no year is printed.
ASSUMED = SummaryLine("Best Value for Money", "Local Services, low", {"year_2": 130_800_000})


def lines_of_the_paper() -> tuple[SavingsTable, list[SummaryLine]]:
    table = read_savings_table(
        (DATA / "northumberland_savings.csv").read_bytes(), Options(first_year=FIRST)
    )
    lines = [
        SummaryLine(b.workstream, b.title, {YEARS[y]: a for y, a in b.profile.items()})
        for b in table.benefits
    ]
    lines += [
        SummaryLine(
            "Digital Service Design" if i.group == "Customer" else i.group,
            i.line,
            {YEARS[y]: a for y, a in i.profile.items()},
            cost=True,
        )
        for i in table.investments
    ]
    return table, lines


def summary() -> dict[str, dict[str, Pence]]:
    found: dict[str, dict[str, Pence]] = defaultdict(dict)
    with (DATA / "northumberland_summary_thousands.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] != "total":
                found[row["line"]] = {y: int(row[y] or 0) * THOUSAND for y in YEARS.values()}
    return found


def test_local_services_at_its_low_figures_is_what_is_assumed() -> None:
    table, _ = lines_of_the_paper()
    low = sum(b.low or 0 for b in table.benefits if b.group == "Local Services")
    assert low == ASSUMED.amounts["year_2"] == 130_800_000


def test_the_training_team_is_netted_in_year_2_and_again_below() -> None:
    _, lines = lines_of_the_paper()
    found = {(d.row, d.column): d for d in compare(summary(), [*lines, ASSUMED], THOUSAND)}
    netted = found["Best Value for Money", "year_2"]
    assert (netted.from_lines, netted.printed) == (439_357_800, 434_300_000)
    assert (netted.cause, netted.netted) == (Cause.NETTED, 5_000_000)
    assert "Independent travel training team" in netted.sentence
    printed_net = 17_940 * THOUSAND
    assert printed_net + sum(d.netted for d in found.values()) == 17_990 * THOUSAND


def test_the_net_saving_from_the_lines_is_17_989_172() -> None:
    _, lines = lines_of_the_paper()
    net = sum(
        -sum(line.amounts.values()) if line.cost else sum(line.amounts.values())
        for line in [*lines, ASSUMED]
    )
    assert net == 1_798_917_200


def test_communities_first_is_printed_in_one_year_and_falls_in_two() -> None:
    _, lines = lines_of_the_paper()
    found = {(d.row, d.column): d for d in compare(summary(), [*lines, ASSUMED], THOUSAND)}
    moved = found["Communities First", "year_2"]
    assert (moved.cause, moved.printed) == (Cause.MOVED, 43_900_000)
    assert "£188,188 in year_2 and £251,353 in year_3" in moved.sentence


def test_everything_else_is_fractions_dropped() -> None:
    _, lines = lines_of_the_paper()
    found = compare(summary(), [*lines, ASSUMED], THOUSAND)
    other = [d for d in found if d.cause not in (Cause.NETTED, Cause.MOVED)]
    assert {d.cause for d in other} == {Cause.FRACTIONS}
    assert ("Best Value for Money", "year_1") in {(d.row, d.column) for d in other}


def test_without_the_assumption_the_summary_is_not_explained() -> None:
    _, lines = lines_of_the_paper()
    found = {(d.row, d.column): d.cause for d in compare(summary(), lines, THOUSAND)}
    assert found["Best Value for Money", "year_2"] is Cause.UNEXPLAINED
