"""What drawn outcomes come to: shares of money from a range, and the run rate month by month.

Whole numbers only, so that every computer agrees.
"""

from collections.abc import Sequence
from itertools import accumulate
from math import isqrt

from benefits.money import Pence
from benefits.periods import Month
from benefits.tranches import Nature, Tranche

#: A share of money in parts per million.
WHOLE = 1_000_000
Range = tuple[int, int, int]


def triangular(share: Range, drawn: int) -> int:
    """The share at a point of the triangle, where ``drawn`` is 0 to one less than a million."""
    least, peak, most = share
    width = most - least
    if width == 0:
        return least
    if drawn * width < (peak - least) * WHOLE:
        return least + isqrt(drawn * width * (peak - least) // WHOLE)
    return most - isqrt((WHOLE - drawn) * width * (most - peak) // WHOLE)


def tenths(outcomes: Sequence[Pence], *wanted: int) -> list[Pence]:
    """The outcomes below which so many tenths of all lie, such as 1, 5 and 9 for P10, P50, P90.

    Whole pounds: pence of a drawn outcome would promise what nobody knows.
    """
    ordered = sorted(outcomes)
    return [ordered[len(ordered) * part // 10] // 100 * 100 for part in wanted]


class RunningRange:
    """The run rate of every run from the month ``first`` to ``last``, a benefit at a time."""

    def __init__(self, first: Month, last: Month, runs: int) -> None:
        self._first, self._months = first, last.minus(first) + 1
        self._sure = [0] * (self._months + 1)
        self._drawn = [[0] * (self._months + 1) for _ in range(runs)]

    def sure(self, tranches: Sequence[Tranche]) -> None:
        """Money that runs in every outcome."""
        for amount, place in self._begins(tranches, self._first):
            self._sure[place] += amount

    def late(
        self, claimed: Sequence[Tranche], to_come: Sequence[Tranche], most: int
    ) -> list[list[tuple[Pence, int]]]:
        """What begins in which month, for each number of months late up to ``most``.

        What is to come and was due before begins, at the earliest, in the month after the first.
        """
        begun = self._begins(claimed, self._first)
        next_month = self._first.plus(1)
        return [[*begun, *self._begins(to_come, next_month, months)] for months in range(most + 1)]

    def add(self, run: int, begins: Sequence[tuple[Pence, int]], share: int) -> None:
        """A share (per million) of what begins, in one run."""
        drawn = self._drawn[run]
        for amount, place in begins:
            drawn[place] += amount * share // WHOLE

    def ends(self) -> dict[Month, tuple[Pence, Pence]]:
        """P10 and P90 of what runs a year at the end of each month, in pence."""
        sure = list(accumulate(self._sure))
        runs = [list(accumulate(drawn)) for drawn in self._drawn]
        found = {}
        for place in range(self._months):
            p10, p90 = tenths([sure[place] + run[place] for run in runs], 1, 9)
            found[self._first.plus(place)] = p10, p90
        return found

    def _begins(
        self, tranches: Sequence[Tranche], earliest: Month, later: int = 0
    ) -> list[tuple[Pence, int]]:
        return [
            (t.amount, min(max(t.month, earliest).plus(later).minus(self._first), self._months))
            for t in tranches
            if t.nature is Nature.RECURRING
        ]
