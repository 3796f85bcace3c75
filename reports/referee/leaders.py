"""Finding totals that are printed before their lines, as “People 1,412” above its two lines is."""

from collections.abc import Sequence

from reports.referee.sums import Part, Reading, Score, tested_sums
from reports.referee.table import Line


def led_by(lines: Sequence[Line], kind: str) -> tuple[list[Reading], list[Line]]:
    """The leading totals among some lines, and what is left for a grand total to add.

    A line leads those after it when it equals their sum in most of the cells that it prints; of
    two runs that foot equally well the longer is taken.
    """
    led: list[Reading] = []
    rest: list[Line] = []
    at = 0
    while at < len(lines):
        reading = _best_run(lines, at, kind)
        rest.append(lines[at])
        at += 1
        if reading is not None:
            led.append(reading)
            at += len(reading.parts)
    return led, rest


def _best_run(lines: Sequence[Line], at: int, kind: str) -> Reading | None:
    best: tuple[int, Reading] | None = None
    told = f"{kind.capitalize()} “{lines[at].name}” is taken as the total of the {kind}s after it."
    for end in range(at + 3, len(lines) + 1):
        reading = Reading(lines[at], tuple(map(Part, lines[at + 1 : end])), told)
        score = Score.of(tested_sums(reading))
        if score.exact and score.most and (best is None or score.weight >= best[0]):
            best = (score.weight, reading)
    return best[1] if best else None
