"""A paper for the board as plain values: a gate pack, a meeting's packs, minutes, a certificate.

Whoever composes one gives words alone; how they are drawn, and made a PDF, is the same for all.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benefits.wording.writing import instant
from reports.columns import fitted
from reports.pages import check_colour, legible_with
from reports.printing import stamp


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words. ``numbers`` are the places, from 0, of its columns of figures.

    ``widths`` are per cent of the page by column; left out, they follow what the cells hold.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    numbers: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()

    @property
    def shares(self) -> tuple[int, ...]:
        """How wide each column is, in per cent of the page."""
        return self.widths or fitted((self.heads, *self.rows))


@dataclass(frozen=True, slots=True)
class Part:
    """A part under a heading. ``level`` 1 begins a page of its own; 2 and 3 stand below it."""

    heading: str
    words: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. ``kind`` is what it is, such as Gate pack; ``draft`` is printed at its head.

    ``made_at`` is aware; ``record`` says of which state of the record it was made.
    """

    council: str
    kind: str
    title: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    made_at: datetime
    record: str
    colour: str
    draft: str = ""


def as_json(paper: Paper) -> bytes:
    """The paper as data, to be attached to its PDF; the same each time."""
    held = asdict(paper)
    held["made_at"] = stamp(paper.made_at)
    for part in held["parts"]:
        for table in part["tables"]:
            table["numbers"] = sorted(table["numbers"])
    return json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True).encode()


def paper_html(paper: Paper, templates: Path, font: Path) -> str:
    """The paper as one HTML text. Letters that the font lacks are named in words."""
    check_colour(paper.colour)
    pages = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters.update(stamp=stamp, instant=instant)
    return legible_with(pages.get_template("paper.html.j2").render(paper=paper), font)


def lowered(part: Part, by: int = 1) -> Part:
    """The same part further down, to stand within another paper."""
    return replace(part, level=min(3, part.level + by))
