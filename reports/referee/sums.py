"""One sum of a table, tested: a printed total against the figures that it should add up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reports.referee.cells import Figure
from reports.referee.rounding import Rounding, explain
from reports.referee.table import Line


@dataclass(frozen=True, slots=True)
class Part:
    """A line that a total adds (sign 1) or takes away (sign -1)."""

    line: Line
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """How a total is read: the parts that it adds up, and a sentence where that was inferred."""

    total: Line
    parts: tuple[Part, ...]
    inferred: str = ""


@dataclass(frozen=True, slots=True)
class Tested:
    """One printed total beside what it should be, in pounds.

    ``at`` is the cross place: the column of a sum down a column, the row of one along a row.
    """

    reading: Reading
    at: int
    printed: Figure
    should_be: Decimal
    parts: tuple[tuple[int, Figure], ...]  # each with the sign with which it is added

    @property
    def difference(self) -> Decimal:
        """Printed less what it should be."""
        return self.printed.pounds - self.should_be

    @property
    def rounding(self) -> Rounding:
        return explain(self.difference, self.printed, self.parts)

    @property
    def telling(self) -> bool:
        """Whether it says anything: a sum of nothing foots whatever the table means."""
        return bool(self.printed.pounds) or any(part.pounds for _, part in self.parts)

    @property
    def added(self) -> int:
        """How many figures that are not nothing were added."""
        return sum(bool(part.pounds) for _, part in self.parts)


def tested_sums(reading: Reading) -> list[Tested]:
    """Each printed figure of the total against its parts; what prints nothing is not tested."""
    tested = []
    for at, printed in sorted(reading.total.figures.items()):
        there = [
            (part.sign, part.line.figures[at]) for part in reading.parts if at in part.line.figures
        ]
        if there:
            should_be = sum((sign * figure.pounds for sign, figure in there), Decimal(0))
            tested.append(Tested(reading, at, printed, should_be, tuple(there)))
    return tested


@dataclass(frozen=True, slots=True)
class Score:
    """How well a reading foots: sums that come out exactly, by rounding, and not at all."""

    exact: int
    rounded: int
    broken: int

    @property
    def most(self) -> bool:
        """Most of it foots."""
        return self.exact + self.rounded > self.broken

    @property
    def weight(self) -> int:
        return 2 * self.exact + self.rounded

    @classmethod
    def of(cls, tested: Iterable[Tested], least_added: int = 1) -> "Score":
        """Count the telling sums that add at least so many figures."""
        exact = rounded = broken = 0
        for test in tested:
            if not test.telling or test.added < least_added:
                broken += test.telling and least_added == 1
            elif not test.difference:
                exact += 1
            elif test.rounding.explains:
                rounded += 1
            else:
                broken += 1
        return cls(exact, rounded, broken)
