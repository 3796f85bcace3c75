"""The cumulative run rate month by month: planned, verified so far, forecast, and its range."""

from collections.abc import Sequence

from benefits.money import Pence
from benefits.wording.writing import month as month_in_words
from reports.charts.drawing import (
    BLUE,
    GREY,
    GRID,
    INK,
    LETTER,
    WHITE,
    Axis,
    Drawing,
    Unit,
    unit_for,
)
from reports.money_tables import RunRate, RunRatePoint
from reports.printing import month_short

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 226.0, 58.0, 140.0, 22.0, 30.0
#: The likely range: light enough for every line to be seen on it, with an edge where it is printed.
RANGE, EDGE = "#dfe6ee", "#8a9bb0"


def run_rate_chart(rate: RunRate, name: str = "run-rate") -> str:
    """Planned is dashed grey, verified a thick line, forecast dotted; each is named at its end.

    The likely range of what is to come (P10 to P90) is a shaded band with an edge.
    """
    points = rate.points
    held = [a for p in points for a in _amounts(p) if a is not None]
    unit = unit_for(held)
    drawing = Drawing(
        name,
        HEIGHT,
        _sentence(rate, unit),
        f"{rate.caption}. {rate.basis} The same figures are in the table beside it.",
    )
    axis = Axis.over(held)
    plot = (LEFT, drawing.width - RIGHT)
    for mark in axis.marks():
        y = _y(axis, mark)
        drawing.line((LEFT, y), (plot[1], y), INK if mark == 0 else GRID)
        drawing.text(LEFT - 8, y + 4.5, unit.tick(mark), 12, GREY, "end")
    if points:
        _months(drawing, rate, plot)
        _lines(drawing, axis, unit, points, plot)
    return drawing.svg()


def _amounts(point: RunRatePoint) -> tuple[Pence | None, ...]:
    return point.planned, point.verified, point.forecast, point.p10, point.p90


def _sentence(rate: RunRate, unit: Unit) -> str:
    if not rate.points:
        return "Line chart of the run rate. There are no months to show."
    last = rate.points[-1]
    now = next((p for p in reversed(rate.points) if p.verified is not None), None)
    here = (
        f" At the end of {month_in_words(now.month)}: planned {unit.short(now.planned)} a year, "
        f"verified {unit.short(now.verified or 0)} a year."
        if now
        else " Nothing is verified yet."
    )
    ahead = f", forecast {unit.short(last.forecast)} a year" if last.forecast is not None else ""
    likely = ""
    if last.p10 is not None and last.p90 is not None:
        likely = f", likely range {_range(unit, last.p10, last.p90)} a year (P10 to P90)"
    return (
        f"Line chart of the cumulative run rate.{here} "
        f"By {month_in_words(last.month)}: planned {unit.short(last.planned)} a year"
        f"{ahead}{likely}."
    )


def _range(unit: Unit, low: Pence, high: Pence) -> str:
    return f"{unit.short(low)} to {unit.short(high)}"


def _y(axis: Axis, amount: Pence) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - axis.part(amount))


def _x(place: int, count: int, plot: tuple[float, float]) -> float:
    return plot[0] + (plot[1] - plot[0]) * (place / (count - 1) if count > 1 else 0.5)


def _months(drawing: Drawing, rate: RunRate, plot: tuple[float, float]) -> None:
    """A mark at each April, thinned when there are many years; every month when there are few."""
    points = rate.points
    count = len(points)
    aprils = [place for place, point in enumerate(points) if point.month.month == 4]
    marked = aprils if len(aprils) > 1 else list(range(0, count, max(1, count // 8)))
    free = 0.0
    for place in marked:
        month = points[place].month
        x = _x(place, count, plot)
        if x < free:
            continue
        free = x + (66 if x > plot[0] + 24 else 100)
        drawing.line((x, HEIGHT - BOTTOM), (x, HEIGHT - BOTTOM + 4), GREY)
        words = month_short(month)
        drawing.text(x, HEIGHT - 9, words, 12, INK, "middle" if x > plot[0] + 24 else "start")
    here = next((place for place, p in enumerate(points) if p.month == rate.reported), None)
    if here is not None:
        x = _x(here, count, plot)
        drawing.line((x, TOP), (x, HEIGHT - BOTTOM), GREY, 1, "2 3")
        anchor = "end" if x > (plot[0] + plot[1]) / 2 else "start"
        drawing.text(x, TOP - 7, "This report", 12, GREY, anchor)


def _lines(
    drawing: Drawing,
    axis: Axis,
    unit: Unit,
    points: Sequence[RunRatePoint],
    plot: tuple[float, float],
) -> None:
    count = len(points)
    spots = [
        [
            (_x(place, count, plot), _y(axis, amount))
            for place, point in enumerate(points)
            if (amount := getattr(point, line)) is not None
        ]
        for line in ("planned", "forecast", "verified")
    ]
    _band(drawing, axis, points, plot)
    drawing.curve(spots[0], GREY, 2.2, "8 4")
    drawing.curve(spots[1], BLUE, 2.4, "2 3")
    drawing.curve(spots[2], BLUE, 3.6)
    if spots[2]:
        x, y = spots[2][-1]
        drawing.marks.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{BLUE}" stroke="{WHITE}"/>'
        )
    _names(drawing, axis, unit, points, spots, plot[1] + 10)


def _band(
    drawing: Drawing, axis: Axis, points: Sequence[RunRatePoint], plot: tuple[float, float]
) -> None:
    """The likely range, from P10 up to P90, wherever the points have one."""
    count = len(points)
    low, high = (
        [
            (_x(place, count, plot), _y(axis, amount))
            for place, point in enumerate(points)
            if (amount := getattr(point, end)) is not None
        ]
        for end in ("p10", "p90")
    )
    if low and len(low) == len(high):
        around = "L".join(f"{x:.1f} {y:.1f}" for x, y in [*low, *reversed(high)])
        drawing.path(f"M{around}Z", EDGE, 1, fill=RANGE)


def _has_room(words: str, x: float, drawing: Drawing) -> bool:
    return x + 14 + len(words) * 13 * LETTER < drawing.width - RIGHT


def _names(
    drawing: Drawing,
    axis: Axis,
    unit: Unit,
    points: Sequence[RunRatePoint],
    spots: list[list[tuple[float, float]]],
    x: float,
) -> None:
    """Each line's name: verified beside its last point where there is room, else in the margin."""
    last = points[-1]
    named = [(spots[0][-1][1], "Planned", f"{unit.short(last.planned)} a year", GREY)]
    if last.forecast is not None:
        named.append((spots[1][-1][1], "Forecast", f"{unit.short(last.forecast)} a year", BLUE))
    if last.p10 is not None and last.p90 is not None:
        middle = (_y(axis, last.p10) + _y(axis, last.p90)) / 2
        named.append((middle, "Likely range", _range(unit, last.p10, last.p90), GREY))
    verified = next((p.verified for p in reversed(points) if p.verified is not None), None)
    if verified is not None:
        dot, amount = spots[2][-1], f"{unit.short(verified)} a year"
        if _has_room(f"Verified {amount}", dot[0], drawing):
            _beside(drawing, f"Verified {amount}", dot)
        else:
            named.append((dot[1], "Verified", amount, BLUE))
    _in_margin(drawing, sorted(named), x)


def _beside(drawing: Drawing, words: str, dot: tuple[float, float]) -> None:
    y = min(max(dot[1] + 20, TOP + 14), HEIGHT - BOTTOM - 5)
    drawing.rect(dot[0] + 8, y - 13, len(words) * 13 * LETTER, 17, WHITE)
    drawing.text(dot[0] + 10, y, words, 13, BLUE, weight=600)


def _in_margin(drawing: Drawing, named: list[tuple[float, str, str, str]], x: float) -> None:
    """From the top down, moved apart so that none covers another."""
    free = TOP + 4
    for place, (y, word, amount, ink) in enumerate(named):
        room = HEIGHT - BOTTOM - 34 * (len(named) - 1 - place) - 14
        at = min(max(y, free), room)
        drawing.text(x, at + 2, word, 13, ink, weight=600)
        drawing.text(x, at + 17, amount, 13, ink)
        free = at + 34
