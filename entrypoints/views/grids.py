"""A table of a page as plain values: its headings, its rows, and what its figures stand on.

One template macro draws every table; on a narrow screen each row becomes a short list.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias

from benefits.money import Pence
from benefits.vocabulary import Status
from benefits.wording.writing import day, instant, pounds


@dataclass(frozen=True, slots=True)
class Tag:
    """A word with a colour beside it. The word says everything; the colour only helps."""

    text: str
    colour: str = "grey"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table. ``note`` is smaller, below; ``links`` are after it."""

    text: str = ""
    href: str = ""
    note: str = ""
    tag: Tag | None = None
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading. ``href`` sorts by it; ``order`` is how it is sorted now.

    ``also`` are more things that the column shows and can be sorted by.
    """

    text: str
    number: bool = False
    href: str = ""
    order: str = "none"
    also: tuple[tuple[str, str, str], ...] = ()  # other orders of the column: words, href, order


Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``basis`` says what its figures are; ``empty`` is said when there is no row."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    basis: str = ""
    empty: str = ""
    foot: tuple[Row, ...] = ()


def grid(
    caption: str,
    heads: Sequence[str | Head],
    rows: Sequence[Sequence[str | Cell]],
    *,
    basis: str = "",
    empty: str = "",
    foot: Sequence[Sequence[str | Cell]] = (),
) -> Grid:
    """A table from words. A heading that ends in ``£`` or ``#`` is a column of figures."""
    return Grid(
        caption,
        tuple(head if isinstance(head, Head) else _head(head) for head in heads),
        tuple(_row(row) for row in rows),
        basis,
        empty,
        tuple(_row(row) for row in foot),
    )


def without_deeds(table: Grid) -> Grid:
    """The same table for somebody who only looks: the ways to act, after its cells, are gone."""
    rows = tuple(tuple(replace(cell, links=()) for cell in row) for row in table.rows)
    return replace(table, rows=rows)


def _head(text: str) -> Head:
    number = text.endswith(("£", "#"))
    return Head(text[:-1].strip() if number else text, number)


def _row(row: Sequence[str | Cell]) -> Row:
    return tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row)


def money(amount: Pence) -> str:
    """An amount in a column of figures; a dash for nothing, as councils print it."""
    return pounds(amount) if amount else "–"


def moment(at: datetime) -> Cell:
    """An instant in a table: the day on one line, the time in London below it."""
    when, _, time = instant(at).partition(" at ")
    return Cell(when.replace(" ", "\N{NO-BREAK SPACE}"), note=time)


def on(when: date | None) -> str:
    """A date in a table; nothing for none."""
    return day(when) if when else ""


#: Kept out of public editions of the report.
EXEMPT = Tag("Exempt", "purple")
STAGES = {
    "identified": "grey",
    "validated": "light-blue",
    "in delivery": "blue",
    "realised": "green",
    "withdrawn": "red",
}
STATUSES = {
    Status.DELIVERED: "blue",
    Status.ON_TRACK: "green",
    Status.AT_RISK: "yellow",
    Status.WILL_NOT_BE_DELIVERED: "red",
}
STANDINGS = {"waiting": "yellow", "verified": "green", "rejected": "red"}


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def stage_tag(stage: str) -> Tag:
    """A stage of a benefit's life."""
    return Tag(capital(stage), STAGES.get(stage, "grey"))


def status_tag(status: Status) -> Tag:
    """A status of money, with its own shape before the word in the style sheet."""
    return Tag(status.value, STATUSES[status])


def standing_tag(standing: str) -> Tag:
    """How a claim stands."""
    words = {"waiting": "Waits for finance", "verified": "Verified", "rejected": "Rejected"}
    return Tag(words[standing], STANDINGS[standing])
