"""The ledger held against the claims: what is matched, what differs, what has no other side."""

from dataclasses import dataclass

import pytest

from benefits.money import Pence
from entrypoints.days import NotADay, read_day, read_month
from entrypoints.taking.columns import Column, guess
from entrypoints.taking.matching import code, match


@dataclass
class Of:
    budget_line: str
    amount: Pence
    nature: str = "recurring"


@pytest.mark.parametrize(
    ("ledger", "claimed", "listed"),
    [
        ([120_000_00], [Of("4711", 120_000_00)], "matched"),
        ([-120_000_00], [Of("4711", 120_000_00)], "matched"),
        ([10_000_00], [Of("4711", 120_000_00)], "matched"),
        ([8], [Of("4711", 100)], "matched"),  # a twelfth of £1.00, rounded either way
        ([9], [Of("4711", 100)], "matched"),
        ([10], [Of("4711", 100)], "differing"),
        ([500_00, -500_00], [Of("4711", 500_00, "one-off")], "differing"),
        ([300_00, 200_00], [Of("4711", 500_00, "one-off")], "matched"),
        ([500_00], [Of("4711", 250_00, "one-off"), Of("4711", 250_00, "one-off")], "matched"),
        ([500_00], [], "unclaimed"),
        ([], [Of("4711", 500_00)], "unseen"),
    ],
)
def test_lines_and_claims_are_paired(ledger: list[int], claimed: list[Of], listed: str) -> None:
    found = match([Of("4711", amount) for amount in ledger], claimed)
    sizes = {name: len(getattr(found, name)) for name in ("matched", "differing", "unclaimed",
                                                         "unseen")}  # fmt: skip
    assert sizes == {**dict.fromkeys(sizes, 0), listed: 1}


def test_zeros_that_a_spreadsheet_dropped_make_no_difference_to_a_code() -> None:
    assert code(" 004711 ") == code("4711")
    assert code("ASC-4410") == code("asc-4410")
    assert code("000") == code("000")
    assert code("4711") != code("47110")


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2026-10", "2026-10"), ("October 2026", "2026-10"), ("Oct-26", "2026-10"),
        ("10/2026", "2026-10"), ("31/10/2026", "2026-10"), ("Period 7 2026/27", "2026-10"),
        ("P12 2026/27", "2027-03"), ("2026-10-31", "2026-10"),
    ],
)  # fmt: skip
def test_a_month_is_read_as_ledgers_write_it(written: str, month: str) -> None:
    assert str(read_month(written)) == month


@pytest.mark.parametrize("written", ["", "13/2026", "2026-13", "P13 2026/27", "Someday", "10"])
def test_what_is_no_month_gets_a_sentence(written: str) -> None:
    with pytest.raises(NotADay, match=r"month|periods"):
        read_month(written)


@pytest.mark.parametrize("written", ["31/2/2026", "2026-02-31", "1/13/2026", "1/1/26", "x"])
def test_what_is_no_day_gets_a_sentence(written: str) -> None:
    with pytest.raises(NotADay):
        read_day(written)


def test_columns_are_guessed_from_names_and_a_saved_mapping_that_fits_wins() -> None:
    columns = (Column("amount", "Amount (£)", also=("value",)), Column("2026/27", "2026/27 (£)"))
    headings = ["Net value", "FY 2026-27", "Value"]
    assert guess(headings, columns, {}) == {"amount": "Value", "2026/27": "FY 2026-27"}
    saved = {"ours": {"amount": "Net value"}, "theirs": {"amount": "Betrag"}}
    assert guess(headings, columns, saved) == {"amount": "Net value"}
