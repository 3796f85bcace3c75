"""Finding the parts of a printed table: its heading, its names, its columns of money."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reports.referee import headings
from reports.referee.cells import Blank, Cell, Figure, plain, read_cell
from reports.referee.headings import Role


class NotATable(ValueError):
    """The grid holds nothing that could be added up."""


@dataclass(slots=True)
class Line:
    """A row or a column: its place, its name, what it is, and its figures by cross place."""

    place: int
    name: str
    role: Role
    group: str = ""
    cost: bool = False
    figures: dict[int, Figure] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """The rows and columns of money of a table, with what was inferred in reading it.

    ``breaks_before`` holds the places of rows that begin a new block, under a heading of their
    own. ``scale`` is what one stands for where a heading says so (1,000 for £000), else 1.
    ``sterling`` says that a heading has a £ sign.
    """

    rows: list[Line]
    columns: list[Line]
    breaks_before: set[int]
    scale: int
    inferred: list[str]
    sterling: bool = False


Grid = Sequence[Sequence[str]]

#: More cells than any printed table.
LARGEST = 200_000


def read_table(grid: Grid, unit: int | None = None) -> Table:
    """Read a grid of text cells, row by row. ``unit`` is in pounds, for a table that does not say.

    Raises ``NotATable`` when there is no figure in it, or far too many cells.
    """
    if sum(len(row) for row in grid) > LARGEST:
        raise NotATable(f"The table has more than {LARGEST:,} cells, so it was not checked.")
    width = max((len(row) for row in grid), default=0)
    texts = {
        place: [plain(cell) for cell in row] + [""] * (width - len(row))
        for place, row in enumerate(grid)
        if any(plain(cell) for cell in row)
    }
    caption, header, body = _split(texts)
    if not body:
        raise NotATable("No figure was found in the table, so there is nothing to check.")
    again = {place for place in body if _heads_again(texts[place], [texts[at] for at in header])}
    cells = {
        place: [read_cell(text) for text in texts[place]] for place in body if place not in again
    }
    table = _build(texts, cells, caption, header, width, unit)
    table.breaks_before |= {place + 1 for place in again}
    return table


def _split(texts: dict[int, list[str]]) -> tuple[list[str], list[int], list[int]]:
    """The caption's words, the places of the heading rows, and the places of the body's rows."""
    places = list(texts)
    caption: list[str] = []
    while places and _is_caption(texts[places[0]]) and len(places) > 1:
        caption.append(next(text for text in texts[places.pop(0)] if text))
    header: list[int] = []
    while places and _is_header(texts[places[0]], first=not header):
        header.append(places.pop(0))
    if not any(isinstance(read_cell(cell), Figure) for place in places for cell in texts[place]):
        return caption, header, []
    return caption, header, places


def _is_caption(texts: list[str]) -> bool:
    written = [text for text in texts if text]
    if written != texts[:1] or len(texts) < 2:
        return False
    return read_cell(written[0]) is Blank.WORDS or headings.scale_in(written[0]) is not None


def _is_header(texts: list[str], *, first: bool) -> bool:
    beyond = [text for text in texts[1:] if text]
    cells = [read_cell(text) for text in beyond]
    figures = [text for cell, text in zip(cells, beyond, strict=True) if isinstance(cell, Figure)]
    if not all(_could_head(text) for text in figures):
        return False
    words = sum(cell is Blank.WORDS for cell in cells)
    if not first:
        units = bool(beyond) and all(headings.is_unit(text) for text in beyond)
        return units or (words == len(beyond) and words > 1)
    return words > 0 or (bool(beyond) and all(headings.is_year(text) for text in beyond))


def _heads_again(texts: list[str], heading: list[list[str]]) -> bool:
    """Whether a row of the body is a heading printed again, as over a second block of lines."""
    if texts in heading:
        return True
    cells = [(text, read_cell(text)) for text in texts[1:] if text]
    words = [text for text, cell in cells if cell is Blank.WORDS]
    figures = [text for text, cell in cells if isinstance(cell, Figure)]
    named = not texts[0] or texts[0] in {row[0] for row in heading}
    totals = any(headings.role_of(text) in (Role.TOTAL, Role.NET) for text in words)
    years = bool(figures) and all(headings.is_year(text) for text in figures)
    return years and bool(words) and (named or totals)


def _could_head(text: str) -> bool:
    """A bare whole number, such as a year or “1”, can stand in a heading beside words."""
    return text.isdigit() and len(text) <= 4 and (len(text) < 3 or headings.is_year(text))


def _build(
    texts: dict[int, list[str]],
    cells: dict[int, list[Cell]],
    caption: list[str],
    header: list[int],
    width: int,
    unit: int | None,
) -> Table:
    names = [
        " ".join(texts[place][at] for place in header if texts[place][at]) for at in range(width)
    ]
    columns, labels, inferred = _columns(names, cells, texts)
    corner = [name for at, name in enumerate(names) if at in labels]
    scale, said = _scale(caption + corner, names, columns, unit)
    sterling = any("£" in text for text in caption + names)
    table = Table([], columns, set(), scale, inferred + said, sterling)
    for place, row in cells.items():
        _add_row(table, place, row, [texts[place][at] for at in sorted(labels)])
    for column in columns:
        column_scale = headings.scale_in(names[column.place]) or scale
        for row_line in table.rows:
            if (figure := row_line.figures.get(column.place)) is not None:
                own = headings.scale_in(row_line.name)
                figure = figure.scaled(own or column_scale)
                row_line.figures[column.place] = column.figures[row_line.place] = figure
    _drop_unprinted_totals(table)
    return table


def _columns(
    names: list[str], cells: dict[int, list[Cell]], texts: dict[int, list[str]]
) -> tuple[list[Line], set[int], list[str]]:
    """The columns of money, the places of the columns that name the rows, and what was inferred."""
    money: list[Line] = []
    labels: set[int] = set()
    inferred: list[str] = []
    for place, name in enumerate(names):
        column = [row[place] for row in cells.values()]
        written = [texts[at][place] for at in cells]
        title = _tidy(name) or f"column {place + 1}"
        if _names_rows(place, name, column, written, any_money=bool(money)):
            labels.add(place)
        elif headings.is_percent(name) or column.count(Blank.PERCENT) * 2 > _printed(column):
            inferred.append(f"Column “{title}” is taken as percentages, and was not added.")
        elif not headings.is_notes(name) and _mostly_figures(column):
            money.append(Line(place, title, headings.role_of(name), cost=headings.is_cost(name)))
        elif any(cell is not Blank.EMPTY for cell in column):
            inferred.append(f"Column “{title}” is taken as notes, and was not added.")
    return money, labels, inferred


def _tidy(name: str) -> str:
    return " ".join(name.replace("_", " ").split())


def _printed(column: Iterable[Cell]) -> int:
    return sum(cell is not Blank.EMPTY for cell in column)


def _mostly_figures(column: list[Cell]) -> bool:
    figures = sum(isinstance(cell, Figure) for cell in column)
    return figures > 0 and figures * 2 >= _printed(column)


def _names_rows(
    place: int, name: str, column: list[Cell], written: list[str], *, any_money: bool
) -> bool:
    if any_money:
        return False
    printed = [text for text in written if text]
    if not printed:
        return place == 0
    if all(headings.is_year(text) for text in printed):
        return True
    if headings.is_label(name) and all(headings.is_number(text) for text in printed):
        return True
    return Blank.WORDS in column and (place == 0 or not _mostly_figures(column))


def _scale(
    captions: list[str], names: list[str], columns: list[Line], unit: int | None
) -> tuple[int, list[str]]:
    found = next((scale for text in captions if (scale := headings.scale_in_caption(text))), None)
    scale = found or unit or 1
    said = [f"Figures are read as {_UNIT_NAMES[scale]}."] if scale in _UNIT_NAMES else []
    for column in columns:
        own = headings.scale_in(names[column.place])
        if own and own != scale:
            text = f"Figures under a heading of {_UNIT_NAMES[own]} are read as such."
            said = said if text in said else [*said, text]
    return scale, said


_UNIT_NAMES = {1_000: "thousands of pounds", 1_000_000: "millions of pounds"}


def _add_row(table: Table, place: int, row: list[Cell], labels: list[str]) -> None:
    written = [label for label in labels if label]
    name = ", ".join(written) or f"row {place + 1}"
    if sum(row[at.place] is Blank.PERCENT for at in table.columns) * 2 > len(table.columns):
        table.inferred.append(f"Row “{name}” is taken as percentages, and was not added.")
        return
    figures = {
        column.place: cell
        for column in table.columns
        if isinstance(cell := row[column.place], Figure)
    }
    _say_unread(table, name, row)
    if not figures:
        table.breaks_before.add(place + 1)
        return
    group = ", ".join(labels[:-1]) if len(labels) > 1 else ""
    cost = headings.is_cost(name) or headings.is_cost((written or [""])[-1])
    table.rows.append(Line(place, name, headings.role_of(name), group, cost, figures))


def _say_unread(table: Table, name: str, row: list[Cell]) -> None:
    for column in table.columns:
        if row[column.place] is Blank.WORDS:
            table.inferred.append(
                f"Row “{name}”, column “{column.name}” holds words and was not added."
            )


def _drop_unprinted_totals(table: Table) -> None:
    """A total row that prints one total and dashes for every year gives the years as not said."""
    totals = {column.place for column in table.columns if column.role in (Role.TOTAL, Role.NET)}
    years = [column for column in table.columns if column.place not in totals]
    for row in table.rows:
        dashes = [row.figures[c.place].dash for c in years if c.place in row.figures]
        printed = any(row.figures[at].pounds for at in totals if at in row.figures)
        if row.role in (Role.TOTAL, Role.NET) and printed and dashes and all(dashes):
            for column in years:
                row.figures.pop(column.place, None)
                column.figures.pop(row.place, None)
            table.inferred.append(
                f"Row “{row.name}” prints dashes beside its one total: taken as not given."
            )
