"""Finance's queue: what waits to be confirmed, verified or reviewed, and the MTFS exceptions."""

from flask import Blueprint, Response, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from benefits.commands.programme import ReviewMonth
from benefits.periods import Month, NotAPeriod
from benefits.refusals import NotFound
from benefits.wording.writing import month as month_words
from entrypoints.access import allowed
from entrypoints.acts import ACTS
from entrypoints.forms import Form
from entrypoints.here import realise, viewer
from entrypoints.sheets import Again, Sheet
from entrypoints.views import finance_queue, naming
from entrypoints.views.exceptions import exceptions
from entrypoints.views.grids import Grid, without_deeds
from workflows.commands import Role

pages = Blueprint("finance", __name__)

REVIEW = ACTS[ReviewMonth]


@pages.get("/finance")
@allowed(Role.FINANCE, Role.AUDITOR)
def index() -> str:
    """Everything that waits for finance."""
    within = viewer().within(Role.FINANCE, Role.AUDITOR)
    with realise().database.read() as connection:
        called = naming.called(connection)
        waits: tuple[Grid, ...] = (
            finance_queue.claims(connection, called, within=within),
            finance_queue.values(connection, within),
            finance_queue.losses(connection, within),
            finance_queue.months(connection, within),
        )
        unlike = exceptions(connection, within)
    if not viewer().acts_wherever(Role.FINANCE, within):
        waits = tuple(without_deeds(each) for each in waits)
        unlike = [without_deeds(each) for each in unlike]
    return render_template("pages/finance.html", waits=waits, exceptions=unlike)


@pages.get("/finance/review/<programme>/<month>")
@allowed(Role.FINANCE)
def review_form(programme: str, month: str) -> str:
    """The form to say that a month has been reviewed."""
    sheet, title, which = _review(programme, month)
    return _page(sheet.blank(), title, which)


@pages.post("/finance/review/<programme>/<month>")
@allowed(Role.FINANCE)
def review(programme: str, month: str) -> AnyResponse:
    """Say that a month has been reviewed."""
    sheet, title, which = _review(programme, month)
    outcome = sheet.answer()
    if isinstance(outcome, Again):
        return Response(_page(outcome.form, title, which), outcome.status)
    flash(f"{which} is reviewed: {title}.")
    return redirect("/finance", 303)


def _review(programme: str, written: str) -> tuple[Sheet, str, str]:
    standing = realise().programme(programme)
    if not standing.exists:
        raise NotFound("There is no such programme. Look for it in the list of programmes.")
    try:
        which = Month.parse(written)
    except NotAPeriod as fault:
        raise NotFound(str(fault)) from fault
    fixed = {"programme": programme, "month": str(which)}
    return Sheet(REVIEW, standing.version, fixed), standing.title, month_words(which)


def _page(form: Form, title: str, which: str) -> str:
    return render_template(
        "pages/act.html",
        form=form,
        button=REVIEW.button,
        caption=title,
        heading=f"Review {which}",
        says="Say that the figures of this month agree with the ledger. The month’s report then "
        "says that it was reviewed.",
        back="/finance",
    )
