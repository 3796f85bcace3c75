"""Whether rounding explains a difference between a printed total and its parts.

Each figure has a printed unit of its own, which is what its last printed digit stands for: 100,000
for “£1.2m”, 1,000 under a heading of £000, and 1 for a figure in full. Whole pounds that all end in
three noughts are taken as rounded to thousands; longer rows of noughts say nothing more.

* Rounded to the nearest, a figure is at most half of its unit away: the parts and the total
  together explain less than the sum of their halves.
* With fractions dropped, a figure is less than its whole unit short, and never over. This counts
  only where the parts share one unit, as a column does whose pence were cut off, and only for the
  coarser of parts and total: a lone “£1.2m” among figures in full was rounded by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.referee.cells import Figure

_THOUSAND = 1_000
_PENCE = 2  # decimals


@dataclass(frozen=True, slots=True)
class Rounding:
    """What a sum's printed units explain, in pounds.

    ``units`` holds the different units of the figures, the coarsest first; ``figures`` is how many
    were added and ``most`` the largest difference, either way, that could be explained at all.
    """

    units: tuple[Decimal, ...]
    figures: int
    explains: bool
    to_the_nearest: bool
    most: Decimal


def units_of(figures: Sequence[Figure]) -> list[Decimal]:
    """The printed unit of each figure of one sum, in pounds, the total among them.

    Under one heading the finest figure speaks for all, as a spreadsheet leaves “.0” away; a cell
    that carries its own unit (“£2m”) speaks for itself, and so do whole pounds beside pounds and
    pence, whose noughts nobody leaves away.
    """
    finest: dict[int, Decimal] = {}
    for figure in figures:
        if not figure.own_scale and not figure.dash:
            known = finest.get(figure.scale, figure.last_digit)
            finest[figure.scale] = min(known, figure.last_digit)
    in_full = [figure for figure in figures if figure.scale == 1 and figure.pounds]
    if in_full and all(figure.pounds % _THOUSAND == 0 for figure in in_full):
        finest[1] = Decimal(_THOUSAND)
    alone = {figure.decimals for figure in in_full} == {0, _PENCE}
    return [
        figure.last_digit
        if figure.own_scale or (alone and figure.scale == 1)
        else finest.get(figure.scale, Decimal(0))
        for figure in figures
    ]


def explain(difference: Decimal, total: Figure, parts: Sequence[tuple[int, Figure]]) -> Rounding:
    """Whether rounding explains a difference in pounds: what is printed less what it should be.

    ``parts`` are the figures with the sign (1 or -1) with which each is added. A dash is exactly
    nothing. A single figure is its own sum, and must be printed twice alike in the same unit.
    """
    added = [(sign, figure) for sign, figure in parts if not figure.dash]
    last, *units = units_of([total, *(figure for _, figure in added)])
    halves = (sum(units) + last) / 2
    above, below = _short(total, last, added, units)
    nearest = abs(difference) < halves
    return Rounding(
        tuple(sorted({unit for unit in [last, *units] if unit}, reverse=True)),
        len(added),
        nearest or -below < difference < above,
        nearest,
        max(halves, above, below),
    )


def _short(
    total: Figure, last: Decimal, parts: Sequence[tuple[int, Figure]], units: Sequence[Decimal]
) -> tuple[Decimal, Decimal]:
    """How far above and below its parts dropped fractions can leave a total, in pounds.

    A dropped fraction brings a figure nearer to nothing, so that a part above nothing leaves the
    sum short of the total, and a total above nothing is short of the sum.
    """
    if len(set(units)) != 1:
        return Decimal(0), Decimal(0)
    coarsest = max(last, units[0])
    ways = [_way(figure.pounds * sign) for sign, figure in parts if units[0] == coarsest]
    if last == coarsest:
        ways.append(-_way(total.pounds))
    return coarsest * ways.count(1), coarsest * ways.count(-1)


def _way(pounds: Decimal) -> int:
    return -1 if pounds < 0 else 1
