"""A benefits map: objectives, outcomes, benefits and enabling changes in four columns, joined.

Each column is named and its boxes have a shape of their own, so that nothing rests on colour. A
box that has an address is a link, which the keyboard reaches in the order of reading.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from reports.charts.drawing import BLUE, GREY, INK, WHITE, Drawing, lines_of

COLUMNS = ("Objectives", "Outcomes", "Benefits", "Enabling changes")
WIDE, BETWEEN, TOP, SPACE, EDGE = 236.0, 64.0, 40.0, 16.0, 4.0
SIZE, LINE, PAD, MOST_LINES = 15.0, 19.0, 12.0, 5
#: How each column's boxes are drawn, beside its name: corners, and a broken outline.
_CORNERS = (0, 14, 0, 0)
_BROKEN = ("", "", "", "7 4")


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its place in ``COLUMNS``, its words, a smaller note below them, and its address."""

    key: str
    column: int
    words: str
    note: str = ""
    href: str = ""

    @property
    def lines(self) -> list[str]:
        return lines_of(self.words, WIDE - 2 * PAD, SIZE, MOST_LINES)

    @property
    def height(self) -> float:
        return 2 * PAD + LINE * (len(self.lines) + bool(self.note)) - 4


Edge = tuple[str, str]  # from a node to one in the next column


def benefits_map(
    nodes: Sequence[Node], edges: Sequence[Edge], title: str, name: str = "map"
) -> str:
    """The map as one ``<svg>``. ``edges`` join nodes of neighbouring columns, by their keys."""
    tops = _placed(_columns(nodes, edges), edges)
    by_key = {node.key: node for node in nodes}
    height = max((tops[key] + by_key[key].height for key in tops), default=TOP) + EDGE
    drawing = Drawing(
        name,
        height,
        title,
        "Four columns from left to right, joined by lines: objectives, outcomes, benefits, "
        "enabling changes. The table on this page says the same.",
        4 * WIDE + 3 * BETWEEN + 2 * EDGE,
        role="group",
    )
    for number, heading in enumerate(COLUMNS):
        drawing.text(_left(number), 20, heading, 17, weight=700)
    for one, other in edges:
        _join(drawing, by_key[one], by_key[other], tops)
    for node in sorted(nodes, key=lambda node: (node.column, tops[node.key])):
        _box(drawing, node, tops[node.key])
    return drawing.svg()


def _left(column: int) -> float:
    return EDGE + column * (WIDE + BETWEEN)


def _columns(nodes: Iterable[Node], edges: Iterable[Edge]) -> list[list[Node]]:
    """Each column in the order that crosses few lines: by the middle of what is to its left."""
    held: list[list[Node]] = [[] for _ in COLUMNS]
    for node in nodes:
        held[node.column].append(node)
    joined = _joined(edges)
    for number in range(1, len(held)):
        place = {node.key: float(at) for at, node in enumerate(held[number - 1])}
        held[number].sort(key=lambda node, place=place: _middle(joined, node, place, 1e9))  # type: ignore[misc]
    return held


def _placed(columns: Sequence[list[Node]], edges: Iterable[Edge]) -> dict[str, float]:
    """The top of every box: the tallest column close together, the others beside what they join."""
    joined, tops = _joined(edges), dict[str, float]()
    sizes = [sum(node.height + SPACE for node in column) for column in columns]
    tallest = sizes.index(max(sizes))
    centres: dict[str, float] = {}
    order = [tallest, *range(tallest - 1, -1, -1), *range(tallest + 1, len(columns))]
    for number in order:
        free, column = TOP, list(columns[number])
        if number != tallest:
            column.sort(key=lambda node: _middle(joined, node, centres, 1e9))
        for node in column:
            wanted = _middle(joined, node, centres, free) - node.height / 2
            tops[node.key] = max(free, wanted) if number != tallest else free
            centres[node.key] = tops[node.key] + node.height / 2
            free = tops[node.key] + node.height + SPACE
    return tops


def _joined(edges: Iterable[Edge]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in edges:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def _middle(
    joined: Mapping[str, list[str]], node: Node, at: Mapping[str, float], otherwise: float
) -> float:
    """The mean place of what a node is joined to and that has a place."""
    places = [at[key] for key in joined.get(node.key, ()) if key in at]
    return sum(places) / len(places) if places else otherwise


def _join(drawing: Drawing, one: Node, other: Node, tops: Mapping[str, float]) -> None:
    x, y = _left(one.column) + WIDE, tops[one.key] + one.height / 2
    to_x, to_y = _left(other.column), tops[other.key] + other.height / 2
    bend = (to_x - x) / 2
    drawing.path(
        f"M{x:.1f} {y:.1f}C{x + bend:.1f} {y:.1f} {to_x - bend:.1f} {to_y:.1f} "
        f"{to_x:.1f} {to_y:.1f}",
        GREY,
        1.5,
    )


def _box(drawing: Drawing, node: Node, top: float) -> None:
    left, lines = _left(node.column), node.lines
    if node.href:
        drawing.marks.append(f'<a href="{escape(node.href)}">')
    dash = f' stroke-dasharray="{_BROKEN[node.column]}"' if _BROKEN[node.column] else ""
    drawing.marks.append(
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{WIDE}" height="{node.height:.1f}" '
        f'rx="{_CORNERS[node.column]}" fill="{WHITE}" stroke="{INK}" stroke-width="1.5"{dash}/>'
    )
    if node.column == 0:
        drawing.rect(left, top, 6, node.height, BLUE)
    for number, line in enumerate(lines):
        weight = 600 if node.href else 400
        drawing.text(left + PAD, top + PAD + 11 + LINE * number, line, SIZE, weight=weight)
        drawing.marks.append(" ")  # so that what is read aloud has its words apart
    if node.note:
        low = top + PAD + 11 + LINE * len(lines)
        (note,) = lines_of(node.note, WIDE - 2 * PAD, 13.5, 1)
        drawing.text(left + PAD, low, note, 13.5, GREY)
    if node.href:
        drawing.marks.append("</a>")
