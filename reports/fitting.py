"""How large the figures of a table are printed, so that no two ever touch.

A column has a fixed width and a figure is never broken over two lines: where the longest figure
of a table has no room at the usual size, the whole table is printed a little smaller.
"""

from collections.abc import Iterable

from benefits.money import Pence
from reports.printing import change, figure, has_pence, short_pounds

#: Widths as parts of the type size, of Inter's heaviest weight in use, a little generous.
_DIGIT, _STOP, _SIGN = 0.66, 0.29, 0.70
_LETTERS = {"m": 0.92, "k": 0.59, "b": 0.65, "n": 0.64, "£": 0.65, "−": _SIGN, "+": _SIGN}
_POINTS_IN_MM = 72 / 25.4


def width_of(shown: str) -> float:
    """How wide a figure is, as a multiple of the type size."""
    return sum(_LETTERS.get(letter, _DIGIT if letter.isdigit() else _STOP) for letter in shown)


def size_for(shown: Iterable[str], room: float, usual: float) -> float:
    """The type size in points at which each figure has room (mm), never above ``usual``."""
    widest = max(map(width_of, shown), default=0.0)
    if not widest:
        return usual
    return min(usual, int(room * _POINTS_IN_MM / widest * 10) / 10)


def fit(amounts: Iterable[Pence], room: float, usual: float, *, signed: bool = False) -> float:
    """The type size for a table of amounts (pence) with ``room`` mm in a column, less padding."""
    held = list(amounts)
    pence = has_pence(held)
    write = change if signed else figure
    return size_for([write(amount, pence=pence) for amount in held], room, usual)


def fit_headlines(amounts: Iterable[Pence], room: float, usual: float) -> float:
    """The same for the rounded figures of the summary."""
    return size_for(map(short_pounds, amounts), room, usual)
