"""Planned, verified and still expected, year by year: bars, with the plan as a black mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from benefits.money import Pence
from reports.charts.drawing import BLUE, GREY, GRID, INK, WHITE, Axis, Drawing, Unit, unit_for

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 240.0, 58.0, 6.0, 44.0, 30.0


@dataclass(frozen=True, slots=True)
class YearBar:
    """One plan year: its plan, what is verified and what is still expected, in pence."""

    label: str
    planned: Pence
    verified: Pence
    expected: Pence


def year_chart(bars: Sequence[YearBar], name: str = "years") -> str:
    """Verified solid and still expected hatched, one on the other; the plan a black mark."""
    stacks = [_stack(bar) for bar in bars]
    ends = [end for stack in stacks for part in stack for end in part[:2]]
    amounts = [*ends, *(bar.planned for bar in bars)]
    unit = unit_for(amounts)
    said = " ".join(_sentence(bar, unit) for bar in bars)
    drawing = Drawing(
        name,
        HEIGHT,
        f"Bar chart of planned, verified and still expected by year. {said}",
        "Solid bars are verified, hatched bars are claimed or still forecast, "
        "and a black mark is the current plan. The same figures are in the table beside it.",
    )
    axis = Axis.over(amounts)
    _frame(drawing, axis, unit)
    slot = (drawing.width - LEFT - RIGHT) / max(len(bars), 1)
    for place, (bar, stack) in enumerate(zip(bars, stacks, strict=True)):
        _year(drawing, axis, unit, bar, stack, LEFT + slot * (place + 0.5), slot)
    return drawing.svg()


def _sentence(bar: YearBar, unit: Unit) -> str:
    rest = f", still expected {unit.short(bar.expected)}" if bar.expected else ""
    planned, verified = unit.short(bar.planned), unit.short(bar.verified)
    return f"{bar.label}: planned {planned}, verified {verified}{rest}."


def _stack(bar: YearBar) -> list[tuple[Pence, Pence, bool]]:
    """From, to, and whether verified: parts above nothing go up, parts below go down."""
    up = down = 0
    stack = []
    for amount, verified in ((bar.verified, True), (bar.expected, False)):
        if amount > 0:
            stack.append((up, up + amount, verified))
            up += amount
        elif amount < 0:
            stack.append((down, down + amount, verified))
            down += amount
    return stack


def _height(axis: Axis, amount: Pence) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - axis.part(amount))


def _frame(drawing: Drawing, axis: Axis, unit: Unit) -> None:
    drawing.rect(LEFT, 6, 18, 12, BLUE)
    drawing.text(LEFT + 24, 16.5, "Verified")
    drawing.hatch(LEFT + 104, 6, 18, 12, BLUE)
    drawing.text(LEFT + 128, 16.5, "Claimed or still forecast")
    drawing.line((LEFT + 304, 12), (LEFT + 326, 12), INK, 3.4)
    drawing.text(LEFT + 332, 16.5, "Current plan")
    for mark in axis.marks():
        y = _height(axis, mark)
        drawing.line((LEFT, y), (drawing.width - RIGHT, y), INK if mark == 0 else GRID)
        drawing.text(LEFT - 8, y + 4.5, unit.tick(mark), 12, GREY, "end")


def _year(
    drawing: Drawing,
    axis: Axis,
    unit: Unit,
    bar: YearBar,
    stack: list[tuple[Pence, Pence, bool]],
    centre: float,
    slot: float,
) -> None:
    wide = min(84.0, slot * 0.56)
    left = centre - wide / 2
    for start, end, verified in stack:
        top, base = sorted((_height(axis, start), _height(axis, end)))
        (drawing.rect if verified else drawing.hatch)(left, top, wide, base - top, BLUE)
        if wide > 54 and base - top > 24:
            _inside(drawing, unit.short(end - start), centre, (top + base) / 2, verified=verified)
    plan = _height(axis, bar.planned)
    reach = min(10.0, slot * 0.1)
    drawing.line((left - reach, plan), (left + wide + reach, plan), WHITE, 7)
    drawing.line((left - reach, plan), (left + wide + reach, plan), INK, 3.4)
    narrow = slot < 62
    words = unit.bare(bar.planned) if narrow else unit.short(bar.planned)
    highest = min([plan, *(_height(axis, end) for part in stack for end in part[:2])])
    label = highest if plan - highest < 20 else plan
    drawing.text(centre, label - 7, words, 11 if narrow else 13, INK, "middle", 600)
    year = bar.label[2:] if narrow and len(bar.label) > 5 else bar.label
    drawing.text(centre, HEIGHT - 9, year, 11 if narrow else 13, INK, "middle", 600)


def _inside(drawing: Drawing, words: str, x: float, y: float, *, verified: bool) -> None:
    if not verified:
        drawing.rect(x - 27, y - 10, 54, 20, WHITE)
    drawing.text(x, y + 4.5, words, 13, WHITE if verified else BLUE, "middle", 600)
