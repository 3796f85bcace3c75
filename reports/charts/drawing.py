"""The pencil: lines, bars, hatching and words as SVG, and axes with round numbers.

Sizes are CSS pixels and the view box is the drawn size, so that text sizes are true.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from benefits.money import Pence

INK, GREY, GRID, WHITE = "#0b0c0c", "#505a5f", "#d8dbdc", "#ffffff"
#: The palette of the Government Analysis Function, each at least 3:1 on white.
BLUE, TEAL, PLUM = "#12436d", "#28a197", "#801650"
TEAL_INK = "#17645d"
#: The first name is the font file that the print style sheet loads; pages fall to the others.
FONT = "ReportInter, Inter, Arial, sans-serif"
WIDTH = 640.0
#: Mean width of a letter as a part of the font size; generous, so that words never run out.
LETTER = 0.58


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if value else "0"


@dataclass
class Drawing:
    """One SVG in the making. ``name`` makes the ids of title and description unique on a page."""

    name: str
    height: float
    title: str
    description: str
    width: float = WIDTH
    marks: list[str] = field(default_factory=list)
    role: str = "img"  # a drawing with links in it is a group, so that they can be reached

    def rect(self, x: float, y: float, w: float, h: float, fill: str, stroke: str = "none") -> None:
        """A bar with its top left corner at x, y."""
        self.marks.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(w, 0))}" height="{_n(max(h, 0))}" '
            f'fill="{fill}" stroke="{stroke}"/>'
        )

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        stroke: str = INK,
        width: float = 1.0,
        dash: str = "",
    ) -> None:
        """A straight line; ``dash`` as in SVG."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.marks.append(
            f'<line x1="{_n(start[0])}" y1="{_n(start[1])}" x2="{_n(end[0])}" y2="{_n(end[1])}" '
            f'stroke="{stroke}" stroke-width="{_n(width)}"{dashes}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 13,
        fill: str = INK,
        anchor: str = "start",
        weight: int = 400,
    ) -> None:
        """Words whose base line is at y; ``anchor`` is start, middle or end."""
        self.marks.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-family="{FONT}" font-size="{_n(size)}" '
            f'font-weight="{weight}" fill="{fill}" text-anchor="{anchor}">{escape(words)}</text>'
        )

    def path(
        self,
        points: str,
        stroke: str = "none",
        width: float = 1.0,
        dash: str = "",
        fill: str = "none",
    ) -> None:
        """A path given as SVG path data."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.marks.append(
            f'<path d="{points}" fill="{fill}" stroke="{stroke}" stroke-width="{_n(width)}" '
            f'stroke-linejoin="round"{dashes}/>'
        )

    def curve(
        self, points: Sequence[tuple[float, float]], stroke: str, width: float, dash: str = ""
    ) -> None:
        """Straight lines from point to point; nothing when there are none."""
        if points:
            data = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)
            self.path(data, stroke, width, dash)

    def hatch(self, x: float, y: float, w: float, h: float, colour: str, gap: float = 6) -> None:
        """A bar of slanted lines, cut at its edges, with an outline; the same in every viewer."""
        self.rect(x, y, w, h, WHITE)
        strokes, reach = [], gap / 2
        while reach < w + h and w > 0 and h > 0:
            low = (min(reach, w), max(0.0, reach - w))
            high = (max(0.0, reach - h), min(reach, h))
            strokes.append(
                f"M{_n(x + low[0])} {_n(y + low[1])}L{_n(x + high[0])} {_n(y + high[1])}"
            )
            reach += gap
        if strokes:
            self.path("".join(strokes), colour, 1.3)
        self.rect(x, y, w, h, "none", colour)

    def svg(self) -> str:
        """The whole drawing."""
        ids = f"chart-{self.name}-title chart-{self.name}-text"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="{self.role}" aria-labelledby="{ids}" '
            f'width="{_n(self.width)}" height="{_n(self.height)}" '
            f'viewBox="0 0 {_n(self.width)} {_n(self.height)}">'
            f'<title id="chart-{self.name}-title">{escape(self.title)}</title>'
            f'<desc id="chart-{self.name}-text">{escape(self.description)}</desc>'
            + "".join(self.marks)
            + "</svg>"
        )


@dataclass(frozen=True, slots=True)
class Unit:
    """Pounds, thousands, millions or billions: one for a whole chart, so that sizes compare."""

    pence: int
    suffix: str
    decimals: int

    def short(self, amount: Pence) -> str:
        """``£1.2m``, with a true minus. Rounded half up, away from nothing."""
        return self.bare(amount, "£") + (self.suffix if amount else "")

    def bare(self, amount: Pence, sign: str = "") -> str:
        """The same without the pound sign and the unit, for narrow places."""
        if not amount:
            return f"{sign}0"
        tens: int = 10**self.decimals
        scaled = (abs(amount) * tens * 2 + self.pence) // (2 * self.pence)
        whole, rest = divmod(scaled, tens)
        part = f".{rest:0{self.decimals}d}" if self.decimals else ""
        return ("−" if amount < 0 else "") + f"{sign}{whole:,}{part}"

    def tick(self, amount: Pence) -> str:
        """The same without noughts at its end, for the marks of an axis, which are round."""
        words = self.bare(amount, "£")
        if "." in words:
            words = words.rstrip("0").rstrip(".")
        return words + (self.suffix if amount else "")

    def change(self, amount: Pence) -> str:
        """The same with a plus when above nothing."""
        return ("+" if amount > 0 else "") + self.short(amount)


def unit_for(amounts: Iterable[Pence]) -> Unit:
    """The unit in which the largest amount is easily read."""
    largest = max((abs(amount) for amount in amounts), default=0)
    if largest < 1_000_000:
        return Unit(100, "", 0)
    if largest < 99_950_000:
        return Unit(100_000, "k", 1 if largest < 10_000_000 else 0)
    pence, suffix = (100_000_000, "m") if largest < 99_995_000_000 else (100_000_000_000, "bn")
    return Unit(pence, suffix, 2 if largest < 10 * pence else 1)


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale of money from ``low`` to ``high`` pence with round marks; it always holds zero."""

    low: Pence
    high: Pence
    step: Pence

    @classmethod
    def over(cls, amounts: Iterable[Pence], marks: int = 5) -> "Axis":
        """The axis that holds all amounts and zero, with about so many marks."""
        held = [0, *amounts]
        low, high = min(held), max(held)
        rough = max((high - low) // marks, 1)
        magnitude: int = 10 ** (len(str(rough)) - 1)
        step = next(magnitude * k // 2 for k in (2, 4, 5, 10, 20) if magnitude * k // 2 >= rough)
        step = max(-(-step // 100) * 100, 100)
        return cls(
            -(-low // step) * step if low >= 0 else low // step * step,
            max(-(-high // step) * step, step if low >= 0 else 0),
            step,
        )

    def marks(self) -> range:
        """The amounts at which the axis is marked."""
        return range(self.low, self.high + 1, self.step)

    def part(self, amount: Pence) -> float:
        """Where an amount lies between the ends, 0 to 1."""
        return (amount - self.low) / (self.high - self.low)


def lines_of(words: str, width: float, size: float, most: int = 2) -> list[str]:
    """Break words into lines that fit a width; what is left over ends in an ellipsis."""
    room = max(int(width / (size * LETTER)), 4)
    lines = [""]
    for word in words.split() or [""]:
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= room or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [line if len(line) <= room else line[: room - 1].rstrip() + "…" for line in lines]
