"""What ran by itself and what was emailed, the latest first, as an administrator looks at it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Blueprint, render_template, request

from benefits.periods import Month, NotAPeriod
from benefits.wording.writing import day, month
from entrypoints.access import allowed
from entrypoints.here import realise
from entrypoints.reporting import programmes
from entrypoints.views import naming
from entrypoints.views.grids import Cell, Grid, Tag, capital, grid, moment
from entrypoints.views.issued import STATES
from entrypoints.views.paging import page_of, paging
from workflows import ledger, outbox
from workflows.commands import Role

pages = Blueprint("what_ran", __name__)

RUNS = {
    ledger.RUNNING: Tag("Running", "yellow"),
    ledger.DONE: Tag("Done", "green"),
    ledger.FAILED: Tag("Failed", "red"),
}
#: How many are on a page, and the longest words that are kept on one line.
PAGE, ONE_LINE = 50, 30


@pages.get("/admin/jobs")
@allowed(Role.ADMINISTRATOR)
def jobs() -> str:
    """The jobs that ran, when, and what came of each."""
    with realise().database.read() as connection:
        found, page = ledger.runs(connection), page_of(request.args.get("page", ""))
        table = _runs(connection, page)
    links = paging(page, found, PAGE, lambda number: f"/admin/jobs?page={number}")
    return render_template("pages/jobs.html", table=table, paging=links)


@pages.get("/admin/email")
@allowed(Role.ADMINISTRATOR)
def email() -> str:
    """The emails that were queued, how each stands, and a way to try whether they go."""
    with realise().database.read() as connection:
        found, page = outbox.queued(connection), page_of(request.args.get("page", ""))
        table, waiting = _mail(connection, page), outbox.waiting(connection)
        given_up = len(outbox.given_up(connection))
    links = paging(page, found, PAGE, lambda number: f"/admin/email?page={number}")
    return render_template(
        "pages/email.html", table=table, waiting=waiting, given_up=given_up, paging=links
    )


def _runs(connection: Any, page: int) -> Grid:
    titles = {key: row.title for key, row in programmes().items()}
    return grid(
        "Jobs that ran last",
        ["Job", "Began", "Outcome"],
        [
            [
                Cell(_job(run.job, titles), note=_in_one_line(f"due {_due(run.due)}")),
                moment(datetime.fromisoformat(run.started_at)),
                Cell(tag=RUNS[run.state], note=_said(run)),
            ]
            for run in ledger.latest(connection, PAGE, (page - 1) * PAGE)
        ],
        empty="No job has run yet. Start the scheduler: realise schedule.",
    )


def _job(job: str, titles: Mapping[str, str]) -> str:
    """What a job is called: the report of a programme by the programme's title."""
    about, _, programme = job.rpartition(" of ")
    named = f"{about} of {titles[programme]}" if programme in titles else job
    return _in_one_line(capital(named))


def _in_one_line(words: str) -> str:
    """Short words are kept on one line, since what is told beside them would squeeze them."""
    return words.replace(" ", "\N{NO-BREAK SPACE}") if len(words) <= ONE_LINE else words


def _due(due: str) -> str:
    """The day or month in words."""
    try:
        return day(date.fromisoformat(due))
    except ValueError:
        pass
    try:
        return month(Month.parse(due))
    except NotAPeriod:
        return due


def _said(run: Any) -> str:
    again = f" Tried {run.tries} times." if run.tries > 1 else ""
    return f"{run.said}{again}".strip()


def _mail(connection: Any, page: int) -> Grid:
    called = naming.called(connection)
    return grid(
        "Emails",
        ["Email", "To", "Queued", "Stands"],
        [
            [
                mail.subject,
                called.person(mail.recipient),
                moment(datetime.fromisoformat(mail.queued_at)),
                Cell(tag=STATES[mail.state], note=_tries(mail)),
            ]
            for mail in outbox.latest(connection, PAGE, (page - 1) * PAGE)
        ],
        empty="No email has been queued yet.",
    )


def _tries(mail: Any) -> str:
    tried = f"Tried {mail.tries} times." if mail.tries > 1 else ""
    return f"{tried} {mail.fault}".strip()
