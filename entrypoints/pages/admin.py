"""Administration: what is looked after where, the council's lists, and whether all is sound."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from benefits.discounting import GREEN_BOOK, OptimismBias, said
from benefits.wording.writing import count, day, listed
from entrypoints.access import allowed
from entrypoints.acts import ACTS
from entrypoints.council import council as branding
from entrypoints.forms import Form
from entrypoints.here import realise
from entrypoints.sheets import Again, Sheet
from eventlog import seal
from workflows import commands, ledger, outbox
from workflows.commands import Role
from workflows.council import Council

# The navigation knows administration by this name.
pages = Blueprint("settings", __name__)

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
        failed = ledger.failures(connection)
        waiting, unsent = outbox.waiting(connection), len(outbox.given_up(connection))
    return render_template(
        "pages/admin.html",
        council_now=_council_now(council),
        jobs=_jobs(failed),
        email=_email(waiting, unsent),
        verdict=verdict,
    )


def _jobs(failed: int) -> str:
    return f"{count(failed, 'run')} failed and not done since" if failed else "None has failed"


def _email(waiting: int, unsent: int) -> str:
    waits = f"{count(waiting, 'email waits', 'emails wait')} to be sent"
    said = waits if waiting else "No email waits to be sent"
    return f"{said}. {count(unsent, 'email')} could not be sent" if unsent else said


def _council_now(council: Council) -> list[tuple[str, str, str, str]]:
    """What is so now: its name, what is said, and the form that changes it in words."""
    return [
        ("Name", council.name or "Not named yet", "council", "the name"),
        ("Colour", council.colour, "council", "the colour"),
        ("Logo", "Added" if branding().logo else "None yet", "logo", "the logo"),
        ("Themes", ", ".join(council.themes) or "None yet", "lists", "the themes"),
        ("Directorates", ", ".join(council.directorates) or "None yet", "lists",
         "the directorates"),
        ("Report of all programmes", _portfolio(council), "portfolio",
         "when the report of all programmes is due"),
        ("Signing in again to vote", _asked_of_voters(council), "voting",
         "what is asked of members who vote"),
        ("Discount rates", _rates(council), "rates", "the discount rates"),
        ("Allowed for optimism", _allowed(council), "optimism",
         "what is allowed for optimism"),
    ]  # fmt: skip


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
