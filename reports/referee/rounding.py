"""Whether rounding explains a difference between a printed total and its parts.

The unit is the largest of 1, 1,000, 100,000 or 1,000,000 pounds that divides every figure tested,
but never less than the last printed digit. Fractions dropped explain a difference of less than
one unit for each figure added; rounding to the nearest would explain half as much.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.referee.cells import Figure

_UNITS = (1_000_000, 100_000, 1_000, 1)


@dataclass(frozen=True, slots=True)
class Rounding:
    """The unit in pounds, how many figures were added, and what that explains."""

    unit: Decimal
    figures: int
    explains: bool
    to_the_nearest: bool


def unit_of(figures: Sequence[Figure]) -> Decimal:
    """The unit in pounds of the figures of one test, the total among them."""
    counted = [figure for figure in figures if figure.pounds]
    divisor = next(
        (Decimal(unit) for unit in _UNITS if all(f.pounds % unit == 0 for f in counted)), Decimal(0)
    )
    return max([divisor, *_last_digits(counted)])


def _last_digits(figures: Sequence[Figure]) -> list[Decimal]:
    """The last printed digits: of each cell with its own unit, and of each heading's finest."""
    by_heading: dict[int, Decimal] = {}
    for figure in figures:
        if not figure.own_scale:
            finest = by_heading.get(figure.scale, figure.last_digit)
            by_heading[figure.scale] = min(finest, figure.last_digit)
    own = [figure.last_digit for figure in figures if figure.own_scale]
    return own + list(by_heading.values())


def explain(difference: Decimal, total: Figure, parts: Sequence[Figure]) -> Rounding:
    """Whether rounding explains a difference in pounds between a total and its parts."""
    unit = unit_of([total, *parts])
    added = sum(not part.dash for part in parts)
    size = abs(difference)
    return Rounding(unit, added, size < unit * added, size * 2 <= unit * added)
