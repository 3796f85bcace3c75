"""Closing a month: a checklist by programme, each thing on it leading to where it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection

from benefits.lifecycle import Gate
from benefits.periods import Month
from benefits.register import closing_queries as look
from benefits.register.closing_queries import Check
from benefits.tranches import Nature
from benefits.wording.writing import count, month, per_year
from entrypoints.views.grids import Cell, Grid, Tag, grid, on
from entrypoints.views.naming import Called

#: How many things of each kind are listed; those done make room for the others.
MOST = 50

HEADINGS: Mapping[Check, str] = {
    Check.CLAIMS: "Claims missing",
    Check.MILESTONES: "Milestones overdue",
    Check.FORECASTS: "Forecasts not reviewed",
    Check.EVIDENCE: "Evidence missing",
    Check.READY: "Ready for the board",
}
#: What stands between the programme and a closed month; a ready case does not.
REMAINS = (Check.CLAIMS, Check.MILESTONES, Check.FORECASTS, Check.EVIDENCE)
#: Where the things of a check are recorded together.
GRIDS: Mapping[Check, str] = {
    Check.CLAIMS: "claims",
    Check.MILESTONES: "milestones",
    Check.FORECASTS: "forecasts",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One check of the list: how many things it finds, and the things."""

    check: Check
    heading: str
    number: int
    table: Grid

    closed: bool = False

    @property
    def tag(self) -> Tag:
        """Done, or how many are left; of a month that is closed, how many were left."""
        if self.check is Check.READY:
            return Tag(str(self.number) if self.number else "None", "blue")
        if self.closed and self.number:
            return Tag(f"{self.number:,} left", "grey")
        return Tag(f"{self.number:,} to do", "yellow") if self.number else Tag("Done", "green")

    @property
    def in_a_grid(self) -> str:
        """The grid in which all of them are recorded at once; empty where there is none."""
        return GRIDS.get(self.check, "") if self.number else ""

    @property
    def more(self) -> int:
        """How many are not listed yet."""
        return self.number - len(self.table.rows)


def to_close(row: Any, closed: Mapping[str, tuple[bool, bool]], today: date) -> Month | None:
    """The first month after the last closed one that is over; else the last month, if begun."""
    last = Month.of(today).plus(-1)
    done = [Month.parse(name) for name, (shut, _) in closed.items() if shut]
    due = max(done).plus(1) if done else last
    begun = due.financial_year.start >= row.first_year
    return due if begun and due <= last else None


def remaining(numbers: Mapping[Check, int]) -> str:
    """What remains before the month can be closed, in a sentence."""
    left = sum(numbers.get(check, 0) for check in REMAINS)
    if not left:
        return "Nothing is missing: the month can be closed."
    return f"{count(left, 'thing')} {'remains' if left == 1 else 'remain'} to be done."


def by_programme(
    connection: Connection,
    programmes: Any,
    closed: Mapping[str, Mapping[str, tuple[bool, bool]]],
    today: date,
) -> Grid:
    """Every programme with what stands between it and a closed month."""
    due = {row.programme: to_close(row, closed.get(row.programme, {}), today) for row in programmes}
    last = Month.of(today).plus(-1)
    months = {programme: one or last for programme, one in due.items()}
    found = look.counts(connection, months, today)
    rows = [
        _programme(
            row,
            due[row.programme],
            f"{month(last)} is closed" if str(last) in closed.get(row.programme, {}) else "",
            {c: found[c].get(row.programme, 0) for c in Check},
        )
        for row in programmes
    ]
    return grid(
        "Closing the month",
        ["Programme", "Month to close", *(f"{HEADINGS[check]} #" for check in Check)],
        rows,
        empty="No programme is started yet. Start one, add its workstreams, then identify its "
        "benefits or import them from a savings table.",
    )


def _programme(
    row: Any, due: Month | None, shut: str, numbers: Mapping[Check, int]
) -> list[str | Cell]:
    home = f"/programmes/{quote(row.programme)}"
    list_of = f"{home}/closing" + (f"?month={due}" if due else "")
    return [
        Cell(row.title, home),
        Cell(month(due), list_of, remaining(numbers))
        if due
        else Cell("Nothing to close", list_of if shut else "", shut),
        *(
            Cell(f"{numbers[check]:,}", f"{list_of}#{check.value}") if numbers[check] else Cell("–")
            for check in Check
        ),
    ]


def checklist(
    connection: Connection,
    programme: str,
    closing: Month,
    today: date,
    called: Called,
    *,
    closed: bool = False,
    may_enter: bool = True,
) -> list[Line]:
    """Every check of one programme's month, with what it finds; ``closed`` when that is done.

    The last column leads to where a thing is done: it is for people who ``may_enter``.
    """
    numbers = look.counts(connection, {programme: closing}, today)
    lines = []
    for check in Check:
        rows = look.found(connection, check, programme, closing, today, MOST)
        lines.append(
            Line(
                check,
                HEADINGS[check],
                numbers[check].get(programme, 0),
                _TABLES[check](rows, called) if may_enter else _read(_TABLES[check](rows, called)),
                closed,
            )
        )
    return lines


def _read(table: Grid) -> Grid:
    rows = tuple(row[:-1] for row in table.rows)
    return replace(table, heads=table.heads[:-1], rows=rows)


def _benefit(row: Any) -> Cell:
    return Cell(f"B{row.number} {row.title}", f"/benefits/{row.benefit}")


def _record(row: Any, slug: str, words: str, query: str = "") -> tuple[str, str]:
    return words, f"/benefits/{row.benefit}/record/{slug}{query}"


def _claims(rows: Any, _: Called) -> Grid:
    return grid(
        HEADINGS[Check.CLAIMS],
        ["Benefit", "Expected by the end of the month", "Claimed of it", "Do"],
        [
            [
                _benefit(row),
                per_year(int(row.due), Nature(row.nature)),
                per_year(int(row.claimed), Nature(row.nature)) if row.claimed else "Nothing",
                Cell(
                    links=(
                        _record(row, "make-claim", "Make the claim"),
                        _record(row, "record-forecast", "Change the forecast"),
                    )
                ),
            ]
            for row in rows
        ],
        basis="Benefits in delivery whose forecast says that money has begun which nobody claimed.",
        empty="Everything that was expected to have begun is claimed.",
    )


def _milestones(rows: Any, called: Called) -> Grid:
    return grid(
        HEADINGS[Check.MILESTONES],
        ["Milestone", "Benefit", "Expected", "Answers for it", "Do"],
        [
            [
                Cell(row.step, note="A saving starts when it is reached" if row.drives else ""),
                _benefit(row),
                on(date.fromisoformat(row.expected)),
                called.person(row.owner),
                Cell(
                    links=(
                        _record(row, "reach-milestone", "Reached", _at(row)),
                        _record(row, "forecast-milestone", "Give a new date", _at(row)),
                    )
                ),
            ]
            for row in rows
        ],
        empty="No milestone is overdue.",
    )


def _at(row: Any) -> str:
    return f"?milestone={quote(row.milestone)}"


def _forecasts(rows: Any, called: Called) -> Grid:
    return grid(
        HEADINGS[Check.FORECASTS],
        ["Benefit", "Owner", "Last looked at", "Do"],
        [
            [
                _benefit(row),
                called.person(row.owner),
                on(date.fromisoformat(row.forecast_on)) if row.forecast_on else "Never",
                Cell(links=(_record(row, "record-forecast", "Confirm or change it"),)),
            ]
            for row in rows
        ],
        basis="Benefits in delivery whose forecast nobody has recorded since the month began. "
        "Recording the same forecast again, with what it rests on, is a review.",
        empty="Every forecast was looked at this month.",
    )


def _evidence(rows: Any, _: Called) -> Grid:
    return grid(
        HEADINGS[Check.EVIDENCE],
        ["Claim", "Benefit", "Do"],
        [
            [
                Cell(
                    f"{per_year(row.amount, Nature(row.nature))}, {month(Month.parse(row.month))}",
                    f"/claims/{row.claim}",
                ),
                _benefit(row),
                Cell(links=(("Attach evidence", f"/benefits/{row.benefit}/attach"),)),
            ]
            for row in rows
        ],
        basis="Claims that wait for finance, with no file attached since they were made.",
        empty="Every claim that waits for finance has its evidence.",
    )


def _ready(rows: Any, _: Called) -> Grid:
    return grid(
        HEADINGS[Check.READY],
        ["Benefit", "Gate", "Do"],
        [[_benefit(row), row.next_gate, Cell(links=(put(row),))] for row in rows],
        basis="Every test of the next gate is met and no case is open. The month can be closed "
        "without putting them.",
        empty="No benefit meets every test of its next gate.",
    )


def put(row: Any) -> tuple[str, str]:
    """The link to put the case of a benefit that is ready."""
    gate = Gate(row.next_gate)
    return f"Put the {gate.value} case", f"/benefits/{row.benefit}/ask/{gate.name.lower()}"


_TABLES: Mapping[Check, Callable[[Any, Called], Grid]] = {
    Check.CLAIMS: _claims,
    Check.MILESTONES: _milestones,
    Check.FORECASTS: _forecasts,
    Check.EVIDENCE: _evidence,
    Check.READY: _ready,
}
