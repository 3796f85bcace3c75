"""How each pound of the current plan stands, a bar for each workstream, in per cent of its plan.

Every status has a shape and a word beside its colour, and the pounds are in the table beside it.
"""

from collections.abc import Sequence

from benefits.money import Pence
from reports.charts.drawing import BLUE, GREY, INK, WHITE, Drawing, lines_of, unit_for
from reports.contents import StatusRow
from reports.entries import Status

LABEL, VALUE, ROW, TOP = 186.0, 76.0, 36.0, 34.0
COLOURS = {
    Status.DELIVERED: BLUE,
    Status.ON_TRACK: "#00703c",
    Status.AT_RISK: "#ffbf47",
    Status.NOT_DELIVERED: "#b10e1e",
}
#: Where the key of each status starts, from the left.
KEY = {
    Status.DELIVERED: 0.0,
    Status.ON_TRACK: 110.0,
    Status.AT_RISK: 214.0,
    Status.NOT_DELIVERED: 308.0,
}


def amounts_of(row: StatusRow) -> dict[Status, Pence]:
    """The pence of a row by status, in the order in which they are drawn."""
    return {
        Status.DELIVERED: row.delivered,
        Status.ON_TRACK: row.on_track,
        Status.AT_RISK: row.at_risk,
        Status.NOT_DELIVERED: row.not_delivered,
    }


def shares(amounts: Sequence[Pence]) -> list[int]:
    """Whole per cents that sum to 100: the largest remainders are rounded up, the first on a tie.

    Parts below nothing have no share. All are 0 when there is nothing to share.
    """
    parts = [max(amount, 0) for amount in amounts]
    whole = sum(parts)
    if not whole:
        return [0 for _ in parts]
    floors = [part * 100 // whole for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (-(parts[i] * 100 % whole), i))
    for place in order[: 100 - sum(floors)]:
        floors[place] += 1
    return floors


def status_strip(rows: Sequence[StatusRow], name: str = "status") -> str:
    """One bar a row, cut by status in proportion; a row without a plan says so."""
    unit = unit_for([sum(amounts_of(row).values()) for row in rows])
    said = " ".join(_sentence(row) for row in rows)
    drawing = Drawing(
        name,
        TOP + ROW * len(rows) + 4,
        f"Status of each pound of the current plan, by workstream. {said}",
        "Each bar is one workstream's current plan and any over-delivery, cut by status. "
        "The pounds are in the table beside it.",
    )
    for status, x in KEY.items():
        _mark(drawing, status, x + 8, 12)
        drawing.text(x + 22, 16.5, status.value, 13)
    for place, row in enumerate(rows):
        _row(drawing, row, TOP + ROW * place)
        total = unit.short(sum(amounts_of(row).values()))
        y = TOP + ROW * (place + 0.5) + 4.5
        drawing.text(drawing.width, y, total, 13, INK, "end", 600)
    return drawing.svg()


def _sentence(row: StatusRow) -> str:
    amounts = amounts_of(row)
    per_cent = shares(list(amounts.values()))
    parts = [
        f"{status.value.lower()} {share}%"
        for status, share in zip(amounts, per_cent, strict=True)
        if share
    ]
    return f"{row.label}: {', '.join(parts) or 'no plan'}."


def _row(drawing: Drawing, row: StatusRow, top: float) -> None:
    lines = lines_of(row.label, LABEL - 10, 13)
    for place, line in enumerate(lines):
        y = top + ROW / 2 + 4.5 + 15 * (place - (len(lines) - 1) / 2)
        drawing.text(0, y, line, 13)
    amounts = amounts_of(row)
    per_cent = shares(list(amounts.values()))
    whole = sum(max(amount, 0) for amount in amounts.values())
    if not whole:
        drawing.text(LABEL, top + ROW / 2 + 4.5, "No plan above nothing", 13, GREY)
        return
    x, wide = LABEL, drawing.width - LABEL - VALUE
    for (status, amount), share in zip(amounts.items(), per_cent, strict=True):
        part = wide * max(amount, 0) / whole
        if part > 0:
            _segment(drawing, status, share, x, top + 5, part)
        x += part


def _segment(drawing: Drawing, status: Status, share: int, x: float, y: float, wide: float) -> None:
    tall = ROW - 10
    if status is Status.NOT_DELIVERED:
        drawing.hatch(x, y, wide, tall, COLOURS[status], 5)
    else:
        edge = INK if status is Status.AT_RISK else WHITE
        drawing.rect(x, y, wide, tall, COLOURS[status], edge)
    dark = status in (Status.DELIVERED, Status.ON_TRACK)
    words = f"{share}%"
    room = 20 + 9 * len(words)
    if wide < room + 6:
        return
    if status is Status.NOT_DELIVERED:
        drawing.rect(x + (wide - room) / 2 - 2, y + 3, room + 4, tall - 6, WHITE)
    start = x + (wide - room) / 2
    _mark(drawing, status, start + 8, y + tall / 2, on_colour=True)
    ink = WHITE if dark else INK
    drawing.text(start + 19, y + tall / 2 + 4.7, words, 13, ink, weight=600)


def _mark(drawing: Drawing, status: Status, x: float, y: float, *, on_colour: bool = False) -> None:
    """A tick in a ring, a disc, a triangle or a crossed square, about 14 pixels wide."""
    ink = COLOURS[status]
    if status is Status.DELIVERED:
        edge = WHITE if on_colour else ink
        drawing.marks.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="{ink}" stroke="{edge}"/>'
        )
        tick = [(x - 3, y), (x - 0.8, y + 2.6), (x + 3.4, y - 2.8)]
        drawing.curve(tick, WHITE, 1.8)
    elif status is Status.ON_TRACK:
        fill = WHITE if on_colour else ink
        drawing.marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" fill="{fill}"/>')
    elif status is Status.AT_RISK:
        drawing.path(
            f"M{x:.1f} {y - 6.5:.1f}L{x + 7:.1f} {y + 5.5:.1f}H{x - 7:.1f}Z",
            INK,
            1.2,
            fill=WHITE if on_colour else ink,
        )
    else:
        drawing.rect(x - 6, y - 6, 12, 12, ink, ink)
        drawing.line((x - 3, y - 3), (x + 3, y + 3), WHITE, 1.8)
        drawing.line((x + 3, y - 3), (x - 3, y + 3), WHITE, 1.8)
