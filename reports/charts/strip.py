"""How each pound of the current plan stands, a bar for each workstream, in per cent of its plan.

Every status has a shape and a word beside its colour, and the pounds are in the table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from benefits.money import Pence
from reports.charts.drawing import BLUE, GREY, INK, WHITE, WIDTH, Drawing, lines_of, unit_for
from reports.contents import StatusRow
from reports.entries import Status

LABEL, VALUE, ROW, TOP = 186.0, 76.0, 36.0, 34.0
#: What a row is taller where a per cent has no room inside its bar and stands below it.
BELOW = 15.0
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
    tops = [TOP]
    for row in rows:
        tops.append(tops[-1] + ROW + (BELOW if any(not p.room for p in _parts(row)) else 0))
    drawing = Drawing(
        name,
        tops[-1] + 4,
        f"Status of each pound of the current plan, by workstream. {said}",
        "Each bar is one workstream's current plan and any over-delivery, cut by status. "
        "The pounds are in the table beside it.",
    )
    for status, x in KEY.items():
        _mark(drawing, status, x + 8, 12)
        drawing.text(x + 22, 16.5, status.value, 13)
    for top, row in zip(tops, rows, strict=False):
        _row(drawing, row, top)
        total = unit.short(sum(amounts_of(row).values()))
        drawing.text(drawing.width, top + ROW / 2 + 4.5, total, 13, INK, "end", 600)
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
    parts = _parts(row)
    if not parts:
        drawing.text(LABEL, top + ROW / 2 + 4.5, "No plan above nothing", 13, GREY)
    for part in parts:
        _segment(drawing, part, top + 5)
    _below(drawing, [part for part in parts if not part.room], top + ROW + BELOW / 2 - 4)


@dataclass(frozen=True, slots=True)
class _Part:
    """One status in a bar: where it begins, how wide it is, and its per cent."""

    status: Status
    x: float
    wide: float
    share: int

    @property
    def words(self) -> str:
        return f"{self.share}%"

    @property
    def label(self) -> float:
        """How wide its mark and its per cent are."""
        return 20.0 + 9 * len(self.words)

    @property
    def room(self) -> bool:
        """Whether they fit inside; a share that rounds to nothing is not written."""
        return not self.share or self.wide >= self.label + 6


def _parts(row: StatusRow) -> list[_Part]:
    amounts = amounts_of(row)
    whole = sum(max(amount, 0) for amount in amounts.values())
    per_cent = shares(list(amounts.values()))
    x, wide, parts = LABEL, WIDTH - LABEL - VALUE, []
    for (status, amount), share in zip(amounts.items(), per_cent, strict=True):
        if amount > 0:
            parts.append(_Part(status, x, wide * amount / whole, share))
            x += parts[-1].wide
    return parts


def _segment(drawing: Drawing, part: _Part, y: float) -> None:
    tall, status, x, wide = ROW - 10, part.status, part.x, part.wide
    if status is Status.NOT_DELIVERED:
        drawing.hatch(x, y, wide, tall, COLOURS[status], 5)
    else:
        edge = INK if status is Status.AT_RISK else WHITE
        drawing.rect(x, y, wide, tall, COLOURS[status], edge)
    if not part.share or not part.room:
        return
    if status is Status.NOT_DELIVERED:
        drawing.rect(x + (wide - part.label) / 2 - 2, y + 3, part.label + 4, tall - 6, WHITE)
    start = x + (wide - part.label) / 2
    _mark(drawing, status, start + 8, y + tall / 2, on_colour=True)
    ink = WHITE if status in (Status.DELIVERED, Status.ON_TRACK) else INK
    drawing.text(start + 19, y + tall / 2 + 4.7, part.words, 13, ink, weight=600)


def _below(drawing: Drawing, parts: list[_Part], y: float) -> None:
    """Marks and per cents that have no room in their bar: below it, none on another."""
    end, starts = WIDTH - VALUE, []
    for part in reversed(parts):
        start = min(part.x + (part.wide - part.label) / 2, end - part.label)
        starts.append(start)
        end = start - 4
    for part, start in zip(parts, reversed(starts), strict=True):
        _mark(drawing, part.status, start + 8, y)
        drawing.text(start + 19, y + 4.7, part.words, 13, INK, weight=600)


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
