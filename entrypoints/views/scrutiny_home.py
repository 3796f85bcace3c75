"""What scrutiny sees first: the latest reports, what changed in words, and what it waits for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from benefits.periods import Month
from benefits.wording.writing import count, month
from entrypoints.views import questions
from entrypoints.views.grids import Cell, Grid, grid, on
from entrypoints.views.home_parts import FEW, FEW_TOLD, Looking, Section
from reports import archive
from reports.attached import NotAReport
from reports.printed import printed
from workflows.scrutiny import rows as rows_of


def to_answer(at: Looking) -> Section | None:
    """The questions of scrutiny that this person is to answer, if there are any."""
    asked = rows_of.waiting_for(at.connection, at.viewer.person, FEW)
    grids = asked_of_us(at, "Scrutiny waits for your answer", asked)
    return Section("Questions of scrutiny", tuple(grids)) if grids else None


def asked_of_us(at: Looking, caption: str, asked: Sequence[Any]) -> list[Grid]:
    """Questions as a table, if there are any."""
    titles = {row.programme: row.title for row in at.programmes}
    return [questions.table(caption, asked, at.called, at.today, titles)] if asked else []


def scrutiny(at: Looking) -> Section:
    """The latest reports, what they say has changed, and what scrutiny waits for."""
    waiting = rows_of.outstanding(at.connection, FEW)
    late = [row for row in waiting if rows_of.overdue(row, at.today)]
    asked = asked_of_us(at, "Waiting for an answer", waiting)
    new = asked_of_us(at, "Answered: follow up or close", rows_of.answered(at.connection, FEW))
    return Section(
        "Reports for scrutiny",
        (*asked, *new, _reports(at)),
        f"{_late(len(late))}Every figure of a report has a page, with what it is made up of and "
        "the events behind it.",
        (
            ("Ask or recommend", "/scrutiny/ask"),
            ("All questions", "/scrutiny"),
            ("All reports", "/reports"),
            ("The programmes now", "/programmes"),
            ("Priorities of the council plan", "/priorities"),
        ),
        told(at),
    )


def _late(number: int) -> str:
    if not number:
        return ""
    return f"{count(number, 'answer')} {'is' if number == 1 else 'are'} overdue. "


def told(at: Looking) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """What the latest report of each programme says has changed, with the way to more of it."""
    titles = {row.programme: row.title for row in at.programmes}
    latest: dict[str, Any] = {}
    for row in archive.listed(at.connection):
        latest.setdefault(row.programme, row)
    found = []
    for key, row in [(key, row) for key, row in latest.items() if key in titles][:FEW_TOLD]:
        held = archive.fetch(at.connection, key, Month.parse(row.month), row.edition)
        said = _summary(held)
        if held is not None and said is not None:
            heading = f"{titles[key]}, {month(held.month)}: what changed"
            changed = (*said.changed, *said.why) or ("Nothing changed.",)
            found.append((heading, changed, f"/reports/{key}/compare"))
    return tuple(found)


def _summary(held: archive.Archived | None) -> Any:
    """What a report says in its summary; nothing of a file that holds no figures of its own.

    A home page opens whatever became of one file: the report's own page says what is wrong.
    """
    try:
        return printed(held.pdf).summary if held is not None else None
    except NotAReport:
        return None


def _reports(at: Looking) -> Grid:
    titles = {row.programme: row.title for row in at.programmes}
    rows: list[list[str | Cell]] = [
        [
            titles.get(row.programme, row.programme),
            Cell(month(Month.parse(row.month)), f"/reports/{row.programme}/{row.month}"),
            f"Edition {row.edition}",
            on(date.fromisoformat(row.issued_at[:10])),
        ]
        for row in archive.listed(at.connection, most=FEW)
    ]
    return grid(
        "Latest reports",
        ["Programme", "Month", "Edition", "Issued on"],
        rows,
        empty="No report is issued yet. The first one comes by email to the committee’s "
        "recipients on its due day, and is then listed here.",
    )
