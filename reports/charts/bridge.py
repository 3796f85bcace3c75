"""From a first amount to a last one, step by step, on a scale that starts at zero.

Rows run down the page, so that long labels have room. Where the steps are too small to be seen
beside the totals, the scale is not cut: the steps get a panel of their own below, which says
how many times larger it is drawn.
"""

from benefits.money import Pence
from reports.charts.drawing import (
    BLUE,
    GREY,
    GRID,
    INK,
    PLUM,
    TEAL,
    TEAL_INK,
    Axis,
    Drawing,
    Unit,
    lines_of,
    unit_for,
)
from reports.money_tables import Bridge, Step

LABEL, VALUE, ROW, TOP = 186.0, 92.0, 31.0, 26.0
#: Steps whose whole span is under this part of the scale are drawn in their own panel.
TOO_SMALL = 0.15


def bridge_chart(bridge: Bridge, name: str = "bridge") -> str:
    """Totals solid; rises plain with a plus, falls hatched with a minus."""
    steps = [step for step in bridge.steps if step.amount]
    run = _running(bridge.start.amount, steps)
    unit = unit_for([bridge.start.amount, bridge.end.amount])
    fine = unit_for([step.amount for step in steps])
    axis = Axis.over(run)
    span = max(run) - min(run)
    apart = bool(steps) and span < TOO_SMALL * (axis.high - axis.low)
    rows = len(steps) + 2 + (1.7 if apart else 0)
    said = "; ".join(f"{step.label} {fine.change(step.amount)}" for step in steps)
    drawing = Drawing(
        name,
        TOP + ROW * rows + 6,
        f"Bridge from {bridge.start.label.lower()} {unit.short(bridge.start.amount)} to "
        f"{bridge.end.label.lower()} {unit.short(bridge.end.amount)}: {said or 'no steps'}.",
        f"{bridge.caption}. {bridge.basis} The same figures are in the table beside it.",
    )
    if apart:
        _two_panels(drawing, bridge, steps, axis, unit, fine)
    else:
        _one_panel(drawing, bridge, steps, axis, unit, fine)
    return drawing.svg()


def _running(start: Pence, steps: list[Step]) -> list[Pence]:
    run = [start]
    for step in steps:
        run.append(run[-1] + step.amount)
    return run


def _x(drawing: Drawing, axis: Axis, amount: Pence) -> float:
    return LABEL + (drawing.width - LABEL - VALUE) * axis.part(amount)


def _grid(drawing: Drawing, axis: Axis, unit: Unit, top: float, bottom: float) -> None:
    for mark in axis.marks():
        x = _x(drawing, axis, mark)
        drawing.line((x, top), (x, bottom), INK if mark == 0 else GRID)
        drawing.text(x, top - 7, unit.tick(mark), 12, GREY, "middle")


def _label(drawing: Drawing, words: str, y: float, weight: int = 400) -> None:
    lines = lines_of(words, LABEL - 10, 13)
    for place, line in enumerate(lines):
        drawing.text(0, y + 4.5 + 15 * (place - (len(lines) - 1) / 2), line, 13, INK, weight=weight)


def _total(drawing: Drawing, axis: Axis, unit: Unit, step: Step, row: float) -> None:
    y = TOP + ROW * row
    left, right = sorted((_x(drawing, axis, 0), _x(drawing, axis, step.amount)))
    drawing.rect(left, y + 5, right - left, ROW - 10, BLUE)
    _label(drawing, step.label, y + ROW / 2, 600)
    drawing.text(drawing.width, y + ROW / 2 + 4.5, unit.short(step.amount), 14, INK, "end", 700)


def _step(drawing: Drawing, axis: Axis, unit: Unit, step: Step, start: Pence, top: float) -> None:
    left, right = sorted((_x(drawing, axis, start), _x(drawing, axis, start + step.amount)))
    wide = max(right - left, 2.0)
    left = min(left, drawing.width - VALUE - wide)
    if step.amount > 0:
        drawing.rect(left, top + 6, wide, ROW - 12, TEAL, TEAL_INK)
    else:
        drawing.hatch(left, top + 6, wide, ROW - 12, PLUM, 5)
    _label(drawing, step.label, top + ROW / 2)
    colour = TEAL_INK if step.amount > 0 else PLUM
    words = unit.change(step.amount)
    drawing.text(drawing.width, top + ROW / 2 + 4.5, words, 14, colour, "end", 600)


def _one_panel(
    drawing: Drawing, bridge: Bridge, steps: list[Step], axis: Axis, unit: Unit, fine: Unit
) -> None:
    last = len(steps) + 1
    _grid(drawing, axis, unit, TOP, TOP + ROW * (last + 1))
    _total(drawing, axis, unit, bridge.start, 0)
    run = bridge.start.amount
    for row, step in enumerate(steps, start=1):
        x = _x(drawing, axis, run)
        drawing.line((x, TOP + ROW * row - 6), (x, TOP + ROW * row + 6), INK, 1.2, "3 2")
        _step(drawing, axis, fine, step, run, TOP + ROW * row)
        run += step.amount
    x = _x(drawing, axis, run)
    drawing.line((x, TOP + ROW * last - 6), (x, TOP + ROW * last + 6), INK, 1.2, "3 2")
    _total(drawing, axis, unit, bridge.end, last)


def _two_panels(
    drawing: Drawing, bridge: Bridge, steps: list[Step], axis: Axis, unit: Unit, fine: Unit
) -> None:
    _grid(drawing, axis, unit, TOP, TOP + ROW * 2)
    _total(drawing, axis, unit, bridge.start, 0)
    _total(drawing, axis, unit, bridge.end, 1)
    zoom = Axis.over([step.amount for step in steps], 4)
    times = (axis.high - axis.low) // (zoom.high - zoom.low)
    top = TOP + ROW * 3.7
    drawing.rect(0, TOP + ROW * 2 + 10, drawing.width, 22, "#f1f4f8")
    drawing.text(
        6,
        TOP + ROW * 2 + 25.5,
        f"The steps between them, each from zero, drawn about {times:,} times larger",
        13,
        weight=600,
    )
    _grid(drawing, zoom, fine, top, top + ROW * len(steps))
    for row, step in enumerate(steps):
        _step(drawing, zoom, fine, step, 0, top + ROW * row)
