"""The register's table, its totals and its file. Unlike money is never added unsaid.

Cashable benefits stand apart from the other kinds, and each fund by itself; what recurs stands
apart from one-offs; what a board approved stands apart from what is only proposed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from benefits.lifecycle import Stage
from benefits.vocabulary import Fund, Kind
from benefits.wording.writing import count
from entrypoints.exported import in_pounds
from entrypoints.views.asked import Asked
from entrypoints.views.grids import Cell, Grid, Head, capital, grid, money, on, stage_tag

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
    ("reference", "Reference", False),
    ("title", "Benefit", False),
    ("stage", "Stage", False),
    ("", "Kind and fund", False),
    ("", "Owner", False),
    ("planned", "Planned a year", True),
    ("verified", "Verified a year", True),
    ("expected", "Expected a year", True),
    ("one-off", "Planned one-offs", True),
    ("milestone", "Next milestone", False),
)


#: The orders that people may choose, in words.
SORTED = (
    ("reference", "Reference"),
    ("title", "Title"),
    ("stage", "Stage"),
    ("-planned", "Planned a year, most first"),
    ("-verified", "Verified a year, most first"),
    ("-expected", "Expected a year, most first"),
    ("-one-off", "Planned one-offs, most first"),
    ("milestone", "Next milestone, soonest first"),
)


def table(
    rows: Sequence[Any], asked: Asked, names: Mapping[str, str], today: date, empty: str
) -> Grid:
    """One page of the register."""
    heads = [_head(asked, *column) for column in _COLUMNS]
    lines = [_row(row, names, today) for row in rows]
    return grid("Benefits", heads, lines, basis=BASIS, empty=empty)


def _head(asked: Asked, name: str, text: str, number: bool) -> Head:  # noqa: FBT001
    if not name:
        return Head(text, number)
    now = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "none")
    begins = f"-{name}" if number else name
    other = name if begins.startswith("-") else f"-{name}"
    sort = other if asked.sort == begins else begins
    return Head(text, number, asked.address(sort=sort), now)


def _row(row: Any, names: Mapping[str, str], today: date) -> list[str | Cell]:
    filed = " › ".join(part for part in (row.programme_title, row.workstream) if part)
    approved = row.approved or row.stage == Stage.WITHDRAWN
    proposed = "" if approved or not row.has_profile else "proposed"
    return [
        f"B{row.position}",
        Cell(row.title, f"/benefits/{row.benefit}", note=filed),
        Cell(tag=stage_tag(row.stage), note=_before_board(row)),
        Cell(capital(row.kind), note=capital(row.fund)),
        names.get(row.owner or "", "Nobody yet"),
        Cell(money(signed(row, "planned_run_rate")), note=proposed),
        money(signed(row, "verified_run_rate")),
        money(signed(row, "forecast_run_rate")),
        money(signed(row, "planned_one_off")),
        _milestone(row, today),
    ]


def _before_board(row: Any) -> str:
    return f"{row.open_gate} before the board" if row.open_gate else ""


def _milestone(row: Any, today: date) -> Cell:
    if not row.next_milestone_day or row.stage == Stage.WITHDRAWN:
        return Cell("–")
    due = date.fromisoformat(row.next_milestone_day)
    late = " (overdue)" if due < today else ""
    return Cell(row.next_milestone, note=f"{on(due)}{late}")


def sums(rows: Iterable[Any]) -> tuple[Grid, Grid | None, str]:
    """The totals of what is found: approved, proposed (if any), and what is in neither."""
    approved, proposed, withdrawn = _apart(rows)
    heads = [
        "Fund and kind", "Benefits #", "Planned a year £", "Verified a year £",
        "Expected a year £", "Planned one-offs £", "Verified one-offs £", "Expected one-offs £",
    ]  # fmt: skip
    first = grid(
        "Approved by the board",
        heads,
        list(_lines(approved, AMOUNTS)),
        basis="Each fund and kind by itself: unlike money is not added. Cashable is "
        "cash-releasing savings and income, less disbenefits. Expected is the latest forecast, or "
        "the plan until there is one.",
        empty="Nothing here is approved by a board yet.",
    )
    second = grid(
        "Proposed, not yet approved",
        ["Fund and kind", "Benefits #", "Proposed a year £", "Proposed one-offs £"],
        list(_lines(proposed, ("planned_run_rate", "planned_one_off"))),
        basis="At the committed point of each profile. None of it may be counted on until the "
        "board approves it at the Validation gate.",
    )
    left = count(withdrawn, "withdrawn benefit") + " not counted here." if withdrawn else ""
    return first, second if proposed else None, left


Sums = dict[tuple[str, str], dict[str, int]]


def _apart(rows: Iterable[Any]) -> tuple[Sums, Sums, int]:
    approved: Sums = defaultdict(lambda: defaultdict(int))
    proposed: Sums = defaultdict(lambda: defaultdict(int))
    withdrawn = 0
    for row in rows:
        if row.stage == Stage.WITHDRAWN:
            withdrawn += row.benefits
            continue
        line = (approved if row.approved else proposed)[row.fund, family(row.kind)]
        line["benefits"] += row.benefits
        for name in AMOUNTS:
            line[name] += signed(row, name)
    return approved, proposed, withdrawn


def family(kind: str) -> str:
    """Cashable, or the kind itself: what may be added to one another."""
    return "cashable" if Kind(kind).cashable else kind


def _lines(sums: Sums, names: Sequence[str]) -> Iterator[list[str | Cell]]:
    funds = [fund.value for fund in Fund]
    for fund, kinds in sorted(sums, key=lambda key: (key[1] != "cashable", funds.index(key[0]))):
        line = sums[fund, kinds]
        words = f"{capital(fund)}, {kinds}"
        yield [words, str(line["benefits"]), *(money(line[name]) for name in names)]


def file_rows(rows: Iterable[Any], names: Mapping[str, str]) -> Iterator[list[object]]:
    """The register's rows for a file: figures in pounds, one basis a column."""
    yield [
        "Reference", "Benefit", "Programme", "Workstream", "Group", "Stage", "Kind", "Fund",
        "Owner", "Approved by the board",
        "Planned a year (£, run rate, gross)", "Verified a year (£, run rate)",
        "Expected a year (£, run rate)", "Planned one-offs (£)", "Verified one-offs (£)",
        "Expected one-offs (£)", "Before the board", "Next milestone", "Next milestone due",
    ]  # fmt: skip
    for row in rows:
        yield [
            f"B{row.position}", row.title, row.programme_title or "", row.workstream,
            row.group_name, row.stage, row.kind, row.fund, names.get(row.owner or "", ""),
            "yes" if row.approved else "no",
            *(in_pounds(signed(row, name)) for name in AMOUNTS),
            row.open_gate, row.next_milestone, row.next_milestone_day,
        ]  # fmt: skip
