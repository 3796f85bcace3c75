"""Holding the lines of a business case against the summary that it prints in thousands.

Each figure of the summary is made again from the lines. Where the two differ the cause is sought:
fractions of the unit dropped, a cost that was netted there, or figures put in another year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benefits.money import Pence, pounds


class Cause(StrEnum):
    """Why a figure of a summary is not what its lines come to."""

    FRACTIONS = "fractions dropped"
    NETTED = "a cost netted"
    MOVED = "put in another year"
    UNEXPLAINED = "not explained"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A line of the detail: the row of the summary that holds it, and its pence by column."""

    row: str
    name: str
    amounts: Mapping[str, Pence]
    cost: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of the summary beside its lines, in pence, with the cause and a sentence."""

    row: str
    column: str
    printed: Pence
    from_lines: Pence
    cause: Cause
    netted: Pence
    sentence: str


def compare(
    summary: Mapping[str, Mapping[str, Pence]], lines: Sequence[SummaryLine], unit: Pence
) -> list[Difference]:
    """Every figure of a summary that its lines do not come to exactly.

    ``summary`` gives the printed pence by row and column, costs as positive amounts; ``unit`` is
    the pence that its last digit stands for (100,000 for thousands of pounds).
    """
    return [
        _difference(row, column, printed, lines, summary[row], unit)
        for row, columns in summary.items()
        for column, printed in columns.items()
        if printed != _sum(lines, row, column)
    ]


def _sum(lines: Sequence[SummaryLine], row: str, column: str) -> Pence:
    return sum(line.amounts.get(column, 0) for line in lines if line.row == row)


def _difference(
    row: str,
    column: str,
    printed: Pence,
    lines: Sequence[SummaryLine],
    columns: Mapping[str, Pence],
    unit: Pence,
) -> Difference:
    there = _sum(lines, row, column)
    told = f"{row}, {column}: the lines come to {pounds(there)} and {pounds(printed)} is printed"
    if 0 <= there - printed < unit:
        return Difference(
            row, column, printed, there, Cause.FRACTIONS, 0, f"{told}: fractions dropped."
        )
    in_all = sum(_sum(lines, row, each) for each in columns)
    if 0 <= in_all - sum(columns.values()) < unit * len(columns):
        parts = " and ".join(
            f"{pounds(_sum(lines, row, each))} in {each}"
            for each in columns
            if _sum(lines, row, each)
        )
        sentence = f"{told}: the row comes to the same in all, and is {parts}."
        return Difference(row, column, printed, there, Cause.MOVED, 0, sentence)
    for cost in lines:
        amount = cost.amounts.get(column, 0)
        if cost.cost and amount and 0 <= there - amount - printed < unit:
            sentence = f"{told}: “{cost.name}” ({pounds(amount)}) is netted there, and again below."
            return Difference(row, column, printed, there, Cause.NETTED, amount, sentence)
    return Difference(row, column, printed, there, Cause.UNEXPLAINED, 0, f"{told}: not explained.")
