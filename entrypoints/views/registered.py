"""The register's table, and its file: the same columns, in the same order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from benefits.lifecycle import Stage
from benefits.vocabulary import Kind, Status
from entrypoints.exported import in_pounds
from entrypoints.views.asked import Asked
from entrypoints.views.grids import (
    EXEMPT,
    Cell,
    Grid,
    Head,
    capital,
    grid,
    money,
    on,
    stage_tag,
    status_tag,
)

AMOUNTS = (
    "planned_run_rate",
    "verified_run_rate",
    "forecast_run_rate",
    "planned_one_off",
    "verified_one_off",
    "forecast_one_off",
)
BASIS = (
    "Planned is the board’s plan at the committed point, gross of investment and after overlaps; "
    "before the Validation gate it is the proposed profile. Verified is what finance confirmed. "
    "“A year” is the run rate once all of it counts; one-offs count once. Disbenefits are below "
    "nothing."
)


def signed(row: Any, name: str) -> int:
    """An amount of a row in pence: a disbenefit is taken off, a withdrawn plan is nothing."""
    if row.stage == Stage.WITHDRAWN and not name.startswith("verified"):
        return 0
    amount = int(getattr(row, name) or 0)
    return -amount if row.kind == Kind.DISBENEFIT else amount


_COLUMNS = (
    ("reference", "Ref", False),
    ("title", "Benefit", False),
    ("stage", "Stage", False),
    ("status", "Status", False),
    ("owner", "Owner", False),
    ("planned", "Planned a year", True),
    ("verified", "Verified a year", True),
    ("expected", "Expected a year", True),
    ("one-off", "Planned one-offs", True),
    ("milestone", "Next milestone", False),
)
#: What a column shows below its own thing, and can be sorted by too.
_BELOW = {"title": (("kind", "kind"), ("fund", "fund"))}
#: Headings of which a person first wants to see the last: the most money, the worst status.
_LAST_FIRST = ("status",)


#: The orders that people may choose, in words.
SORTED = (
    ("reference", "Reference"),
    ("title", "Title"),
    ("programme", "Programme and workstream"),
    ("stage", "Stage"),
    ("-status", "Status, worst first"),
    ("kind", "Kind"),
    ("fund", "Fund"),
    ("owner", "Owner"),
    ("-planned", "Planned a year, most first"),
    ("-verified", "Verified a year, most first"),
    ("-expected", "Expected a year, most first"),
    ("-one-off", "Planned one-offs, most first"),
    ("milestone", "Next milestone, soonest first"),
)


def in_words(sort: str) -> str:
    """An order that an address names, in words: one of ``SORTED``, or the other way round."""
    known = dict(SORTED)
    if sort in known:
        return known[sort]
    other = sort[1:] if sort.startswith("-") else f"-{sort}"
    return f"{known[other].partition(',')[0]}, the other way round"


def table(
    rows: Sequence[Any], asked: Asked, names: Mapping[str, str], today: date, empty: str
) -> Grid:
    """One page of the register."""
    heads = [_head(asked, *column) for column in _COLUMNS]
    lines = [_row(row, names, today) for row in rows]
    return grid("Benefits", heads, lines, basis=BASIS, empty=empty)


def _head(asked: Asked, name: str, text: str, number: bool) -> Head:  # noqa: FBT001
    now = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "none")
    begins = f"-{name}" if number or name in _LAST_FIRST else name
    other = name if begins.startswith("-") else f"-{name}"
    sort = other if asked.sort == begins else begins
    also = tuple(_also(asked, *below) for below in _BELOW.get(name, ()))
    return Head(text, number, asked.address(sort=sort), now, also)


def _also(asked: Asked, name: str, text: str) -> tuple[str, str, str]:
    now = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "none")
    return text, asked.address(sort=f"-{name}" if now == "ascending" else name), now


def _row(row: Any, names: Mapping[str, str], today: date) -> list[str | Cell]:
    filed = " › ".join(part for part in (row.programme_title, row.workstream) if part)
    approved = row.approved or row.stage == Stage.WITHDRAWN
    proposed = "" if approved or not row.has_profile else "proposed"
    return [
        f"B{row.position}",
        Cell(
            row.title,
            f"/benefits/{row.benefit}",
            f"{filed}. {_kind_and_fund(row)}",
            EXEMPT if row.exempt else None,
        ),
        Cell(tag=stage_tag(row.stage), note=_before_board(row)),
        _status(row),
        names.get(row.owner or "", "Nobody yet"),
        Cell(money(signed(row, "planned_run_rate")), note=proposed),
        money(signed(row, "verified_run_rate")),
        money(signed(row, "forecast_run_rate")),
        money(signed(row, "planned_one_off")),
        _milestone(row, today),
    ]


def _kind_and_fund(row: Any) -> str:
    return f"{capital(row.kind)}, {row.fund}"


def status_of(row: Any) -> Status | None:
    """The status that a row says by its place; None while no board's plan stands."""
    return None if row.status is None else tuple(Status)[row.status]


def _status(row: Any) -> Cell:
    found = status_of(row)
    return Cell(tag=status_tag(found)) if found else Cell("–")


def _before_board(row: Any) -> str:
    return f"{row.open_gate} before the board" if row.open_gate else ""


def _milestone(row: Any, today: date) -> Cell:
    if not row.next_milestone_day or row.stage == Stage.WITHDRAWN:
        return Cell("–")
    due = date.fromisoformat(row.next_milestone_day)
    late = " (overdue)" if due < today else ""
    return Cell(row.next_milestone, note=f"{on(due)}{late}")


def family(kind: str) -> str:
    """Cashable, or the kind itself: what may be added to one another."""
    return "cashable" if Kind(kind).cashable else kind


#: The columns of a file: those of the page, in its order, with one thing in each.
FILE_HEADS = (
    "Reference", "Benefit", "Programme", "Workstream", "Stage", "Before the board", "Status",
    "Kind", "Fund", "Owner", "Planned is",
    "Planned a year (£, run rate, gross)", "Verified a year (£, run rate)",
    "Expected a year (£, run rate)", "Planned one-offs (£)", "Next milestone",
    "Next milestone due", "Exempt",
)  # fmt: skip
_SHOWN = ("planned_run_rate", "verified_run_rate", "forecast_run_rate", "planned_one_off")


def file_rows(rows: Iterable[Any], names: Mapping[str, str]) -> Iterator[list[object]]:
    """The register's rows for a file, as they come: figures in pounds, one basis a column."""
    for row in rows:
        status, day = status_of(row), row.next_milestone_day
        alive = row.stage != Stage.WITHDRAWN
        yield [
            f"B{row.position}", row.title, row.programme_title or "", row.workstream,
            row.stage, row.open_gate, status.value if status else "", row.kind, row.fund,
            names.get(row.owner or "", ""), _planned_is(row),
            *(in_pounds(signed(row, name)) for name in _SHOWN),
            row.next_milestone if alive else "",
            date.fromisoformat(day) if day and alive else None,
            "exempt: not for publication" if row.exempt else "",
        ]  # fmt: skip


def _planned_is(row: Any) -> str:
    if row.stage == Stage.WITHDRAWN:
        return "withdrawn"
    return "approved" if row.approved else "proposed" if row.has_profile else ""
