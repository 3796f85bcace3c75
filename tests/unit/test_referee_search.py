"""Random tables: one built to add up does, in any notation; one changed figure is named."""

from collections.abc import Callable
from typing import TypeAlias

from hypothesis import assume, given
from hypothesis import strategies as st

from reports.referee import Outcome, check

Body: TypeAlias = list[list[int]]
Notation: TypeAlias = tuple[Callable[[int], str], str, int]


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    width = draw(st.integers(2, 5))
    row = st.lists(st.integers(-900, 999), min_size=width, max_size=width)
    return draw(st.lists(row, min_size=3, max_size=8))


def pounds(number: int) -> str:
    return f"£{number:,}" if number >= 0 else f"(£{-number:,})"


def thousands(number: int) -> str:
    return f"{number:,}" if number >= 0 else f"–{-number:,}"


def tenths(number: int) -> str:
    return f"{number / 10:.1f}"


def dashed(number: int) -> str:
    return f"{number:,}" if number > 0 else f"({-number})" if number else "-"


NOTATIONS: list[Notation] = [
    (pounds, "", 1),
    (thousands, "£000", 1_000),
    (tenths, "£m", 100_000),
    (dashed, "£'000", 1_000),
]
notations = st.sampled_from(NOTATIONS)


def totalled(body: Body, with_subtotal: bool) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in body]
    total = [sum(column) for column in zip(*rows, strict=True)]
    if not with_subtotal:
        return [*rows, total]
    half = len(rows) // 2
    first = [sum(column) for column in zip(*rows[:half], strict=True)]
    second = [sum(column) for column in zip(*rows[half:], strict=True)]
    return [*rows[:half], first, *rows[half:], second, total]


def names(body: Body, with_subtotal: bool) -> list[str]:
    lines = [f"Line {chr(65 + at)}" for at in range(len(body))]
    if not with_subtotal:
        return [*lines, "Total"]
    half = len(lines) // 2
    return [*lines[:half], "Sub-total", *lines[half:], "Sub-total", "Grand total"]


def written(rows: list[list[int]], labels: list[str], notation: Notation) -> list[list[str]]:
    write, heading, _ = notation
    years = [f"Year {at + 1}" for at in range(len(rows[0]) - 1)]
    body = [[name, *map(write, row)] for name, row in zip(labels, rows, strict=True)]
    return [[heading, *years, "Total"], *body]


@given(body=bodies(), notation=notations, with_subtotal=st.booleans())
def test_a_table_that_was_added_up_adds_up(
    body: Body, notation: Notation, with_subtotal: bool
) -> None:
    rows = totalled(body, with_subtotal)
    verdict = check(written(rows, names(body, with_subtotal), notation))
    assert verdict.outcome is Outcome.ADDS_UP, verdict.as_text()


@given(
    body=bodies(),
    notation=notations,
    with_subtotal=st.booleans(),
    data=st.data(),
    by=st.integers(20_000, 90_000),
)
def test_one_changed_figure_is_found_and_named(
    body: Body,
    notation: Notation,
    with_subtotal: bool,
    data: st.DataObject,
    by: int,
) -> None:
    rows = totalled(body, with_subtotal)
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    by += 1  # an odd amount keeps the unit at the last printed digit
    assume(rows[row][column] or notation[0] is not dashed)
    right = rows[row][column]
    rows[row][column] += by + by % 2 - 1
    labels = names(body, with_subtotal)
    verdict = check(written(rows, labels, notation))
    assert verdict.outcome is Outcome.DOES_NOT, verdict.as_text()
    cells = {(s.row, s.column, int(s.would_be)) for s in verdict.suspects}
    where = "Total" if column == len(rows[0]) - 1 else f"Year {column + 1}"
    assert (labels[row], where, right * notation[2]) in cells, verdict.as_text()
