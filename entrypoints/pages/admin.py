"""Administration: the council, its lists, what ran, what was emailed, and whether all is sound."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from benefits.discounting import GREEN_BOOK, OptimismBias, said
from benefits.periods import Month, NotAPeriod
from benefits.wording.writing import count, day, listed, month
from entrypoints.access import allowed
from entrypoints.acts import ACTS
from entrypoints.forms import Form
from entrypoints.here import realise
from entrypoints.reporting import programmes
from entrypoints.sheets import Again, Sheet
from entrypoints.views import naming
from entrypoints.views.grids import Cell, Grid, Tag, capital, grid, moment
from entrypoints.views.issued import STATES
from eventlog import seal
from workflows import commands, ledger, outbox
from workflows.commands import Role
from workflows.council import Council

# The navigation knows administration by this name.
pages = Blueprint("settings", __name__)

RUNS = {
    ledger.RUNNING: Tag("Running", "yellow"),
    ledger.DONE: Tag("Done", "green"),
    ledger.FAILED: Tag("Failed", "red"),
}
MOST = 50
ONE_LINE = 30
#: What an administrator changes of the council itself, by the name in the address.
DEEDS: Mapping[str, type] = {
    "council": commands.NameCouncil,
    "lists": commands.SetLists,
    "portfolio": commands.SetPortfolioSchedule,
    "voting": commands.SetVotingRules,
    "rates": commands.SetDiscountRates,
    "optimism": commands.SetOptimismBias,
}
SAYS: Mapping[type, str] = {
    commands.NameCouncil: "The name and the colour stand at the top of every page and on the cover "
    "of every report. White words must be easy to read on the colour.",
    commands.SetLists: "A benefit is filed under one theme and one directorate. A name that is "
    "taken off the list stays on the benefits that have it.",
    commands.SetPortfolioSchedule: "The report of all programmes goes to the recipients of each. "
    "By itself it is issued from this month’s on, each time after the programmes’ own.",
    commands.SetVotingRules: "A member who signed in longer ago than this gives the password again "
    "when voting. Programs with a token cannot vote while it is asked.",
    commands.SetDiscountRates: "Reports from the day on discount later years at these rates. "
    "Until the council sets its own, the Green Book’s stand: 3.5% to year 30, 3.0% to year 75, "
    "then 2.5%.",
    commands.SetOptimismBias: "Appraisals take the allowance off benefits of a kind (such as "
    "income) and add it to money spent on a thing. The list replaces what was set before.",
}


@pages.get("/admin")
@allowed(Role.ADMINISTRATOR)
def index() -> str:
    """Everything that an administrator looks after."""
    return _page("")


@pages.post("/admin/verify")
@allowed(Role.ADMINISTRATOR)
def verify() -> str:
    """Work every hash of the log out again, and say what was found."""
    with realise().database.read() as connection:
        return _page(str(seal.verify(connection)))


def _page(verdict: str) -> str:
    council: Council = realise().standing("council", "council")
    with realise().database.read() as connection:
        runs, mail = _runs(connection), _mail(connection)
        waiting = outbox.waiting(connection)
        given_up = len(outbox.given_up(connection))
    return render_template(
        "pages/admin.html",
        council_now=[
            ("Name", council.name or "Not named yet"),
            ("Colour", council.colour),
            ("Themes", ", ".join(council.themes) or "None yet"),
            ("Directorates", ", ".join(council.directorates) or "None yet"),
            ("Report of all programmes", _portfolio(council)),
            ("Signing in again to vote", _asked_of_voters(council)),
            ("Discount rates", _rates(council)),
            ("Allowed for optimism", _allowed(council)),
        ],
        runs=runs,
        mail=mail,
        waiting=waiting,
        given_up=given_up,
        verdict=verdict,
    )


def _portfolio(council: Council) -> str:
    if not council.portfolio_day:
        return "Only when asked for"
    return f"By itself on working day {council.portfolio_day} of the next month"


def _rates(council: Council) -> str:
    if not council.rates:
        return f"{said(GREEN_BOOK)} (the Green Book’s)"
    return f"{said(council.rates[-1])}, from {day(council.rates[-1].from_day)}"


def _asked_of_voters(council: Council) -> str:
    minutes = council.sign_in_within
    return f"After {count(minutes, 'minute')}" if minutes else "Not asked"


def _allowed(council: Council) -> str:
    return listed(f"{name} {part}%" for name, part in council.optimism.items()) or "Nothing"


def _runs(connection: Any) -> Grid:
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
            for run in ledger.latest(connection, MOST)
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


def _mail(connection: Any) -> Grid:
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
            for mail in outbox.latest(connection, MOST)
        ],
        empty="No email has been queued yet.",
    )


def _tries(mail: Any) -> str:
    tried = f"Tried {mail.tries} times." if mail.tries > 1 else ""
    return f"{tried} {mail.fault}".strip()


@pages.get("/admin/<any(council, lists, portfolio, voting, rates, optimism):deed>")
@allowed(Role.ADMINISTRATOR)
def council_form(deed: str) -> str:
    """The form for the council's name and colour, its lists, its rates or its allowances."""
    return _act(DEEDS[deed], _sheet(DEEDS[deed]).blank())


@pages.post("/admin/<any(council, lists, portfolio, voting, rates, optimism):deed>")
@allowed(Role.ADMINISTRATOR)
def change_council(deed: str) -> AnyResponse:
    """Record the council's name and colour, its lists, its rates or its allowances."""
    command = DEEDS[deed]
    outcome = _sheet(command).answer()
    if isinstance(outcome, Again):
        return Response(_act(command, outcome.form), outcome.status)
    flash(ACTS[command].done)
    return redirect("/admin", 303)


def _sheet(command: type) -> Sheet:
    council: Council = realise().standing("council", "council")
    return Sheet(ACTS[command], council.version, {}, {}, _answers(council, command))


def _answers(council: Council, command: type) -> dict[str, Any]:
    """What is so now, for the form to begin with."""
    if command is commands.SetOptimismBias:
        held = [OptimismBias(name, allowance) for name, allowance in council.optimism.items()]
        return {"adjustments": tuple(held)}
    if command is commands.SetDiscountRates:
        now = council.rates[-1] if council.rates else GREEN_BOOK
        return {"from_day": now.from_day, "steps": now.steps}
    if command is commands.SetPortfolioSchedule:
        due = council.portfolio_day
        return {"by_schedule": bool(due), "working_day": due or 3}
    if command is commands.SetVotingRules:
        return {"sign_in_within": council.sign_in_within}
    names = ("name", "colour") if command is commands.NameCouncil else ("themes", "directorates")
    return {name: getattr(council, name) for name in names}


def _act(command: type, form: Form) -> str:
    return render_template(
        "pages/act.html",
        form=form,
        button=ACTS[command].button,
        caption="Administration",
        heading=ACTS[command].title,
        says=SAYS[command],
        back="/admin",
    )
