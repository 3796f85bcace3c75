"""How far milestones have slipped: from the day planned to the day now expected, a line for each.

A hollow ring is the day planned and a filled square the day expected, joined by a line that is
thick only in between; the days stand at its end. The same milestones are in the table beside it.
"""

from collections.abc import Sequence
from datetime import date

from benefits.periods import Month
from reports.charts.drawing import BLUE, GREY, GRID, INK, WHITE, WIDTH, Drawing, lines_of
from reports.entries import Milestone
from reports.printing import day_short, month_short

LABEL, RIGHT, ROW, TOP = 214.0, 92.0, 38.0, 40.0
#: More rows would not fit a page: the table has them all.
MOST = 12


def slip_chart(slipped: Sequence[Milestone], name: str = "slips") -> str:
    """The milestones given, at most ``MOST``, in the order given; earlier is drawn as later is."""
    shown = slipped[:MOST]
    drawing = Drawing(
        name,
        TOP + ROW * max(1, len(shown)) + 8,
        _sentence(shown, len(slipped)),
        "From the day planned to the day expected. The same dates are in the table beside it.",
    )
    if not shown:
        drawing.text(0, TOP, "No milestone has slipped.", 13, GREY)
        return drawing.svg()
    days = [day for one in shown for day in (one.planned, one.expected)]
    first = Month.of(min(days)).first_day
    last = Month.of(max(days)).plus(1).first_day
    _key(drawing)
    _months(drawing, first, last)
    for place, one in enumerate(shown):
        _row(drawing, one, TOP + ROW * place, (first, last))
    return drawing.svg()


def _sentence(shown: Sequence[Milestone], count: int) -> str:
    told = " ".join(
        f"{_called(one)}: planned {day_short(one.planned)}, expected {day_short(one.expected)}, "
        f"{_days(one)}."
        for one in shown
    )
    rest = f" The other {count - len(shown):,} are in the table." if count > len(shown) else ""
    return f"Chart of milestones that slipped. {told or 'None has.'}{rest}"


def _called(one: Milestone) -> str:
    return f"{one.name} ({one.subject})" if one.subject else one.name


def _days(one: Milestone) -> str:
    late = one.days_late
    if late == 0:
        return "on time"
    unit = "day" if abs(late) == 1 else "days"
    return f"{abs(late):,} {unit} {'late' if late > 0 else 'early'}"


def _x(day: date, ends: tuple[date, date]) -> float:
    first, last = ends
    return LABEL + (WIDTH - LABEL - RIGHT) * ((day - first).days / (last - first).days)


def _key(drawing: Drawing) -> None:
    _ring(drawing, LABEL + 6, 9)
    drawing.text(LABEL + 17, 13.5, "Planned", 12.5)
    _square(drawing, LABEL + 92, 9)
    drawing.text(LABEL + 103, 13.5, "Now expected", 12.5)


def _months(drawing: Drawing, first: date, last: date) -> None:
    """The first of as many months as have room for their names."""
    start = Month.of(first)
    step = max(1, -(-Month.of(last).minus(start) // 5))
    month = start
    while month.first_day <= last:
        x = _x(month.first_day, (first, last))
        drawing.line((x, TOP), (x, drawing.height - 4), GRID)
        if x < WIDTH - RIGHT - 20 or month == start:
            drawing.text(x, TOP - 6, month_short(month), 12, GREY)
        month = month.plus(step)


def _row(drawing: Drawing, one: Milestone, top: float, ends: tuple[date, date]) -> None:
    middle = top + ROW / 2
    (name,) = lines_of(one.name, LABEL - 12, 13, 1)
    (subject,) = lines_of(one.subject, LABEL - 12, 12, 1)
    drawing.text(0, middle - 3, name, 13)
    drawing.text(0, middle + 12, subject, 12, GREY)
    begun, ended = _x(one.planned, ends), _x(one.expected, ends)
    drawing.line((begun, middle), (ended, middle), BLUE, 3)
    _ring(drawing, begun, middle)
    _square(drawing, ended, middle)
    drawing.text(max(begun, ended) + 11, middle + 4.5, _days(one), 12.5, INK, weight=600)


def _ring(drawing: Drawing, x: float, y: float) -> None:
    drawing.marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{WHITE}" stroke="{INK}"/>')


def _square(drawing: Drawing, x: float, y: float) -> None:
    drawing.rect(x - 5, y - 5, 10, 10, BLUE, INK)
