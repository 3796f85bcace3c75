"""The priorities of the council plan, and the golden thread from each to its benefits and money."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from benefits.refusals import NotFound
from benefits.register import map_queries, queries
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.acts import ACTS
from entrypoints.allowing import may_ask
from entrypoints.forms import Form
from entrypoints.here import realise, today, viewer
from entrypoints.sheets import Again, Sheet
from entrypoints.views import golden_thread
from entrypoints.views.register_totals import totals
from workflows import commands
from workflows.commands import Role
from workflows.council import Council
from workflows.events import PriorityRecorded

pages = Blueprint("priorities", __name__)
KEEPERS = (Role.PMO, Role.ADMINISTRATOR)


@pages.get("/priorities")
@allowed(SIGNED_IN)
def index() -> str:
    """Every priority, with how much serves it."""
    keeps = may_ask(viewer(), commands.RecordPriority)
    with realise().database.read() as connection:
        reached = map_queries.reached(connection)
    listed = _council().priorities.values()
    return render_template(
        "pages/priorities.html",
        table=golden_thread.priorities(listed, reached, keeps=keeps),
        keeps=keeps,
    )


@pages.get("/priorities/<priority>")
@allowed(SIGNED_IN)
def show(priority: str) -> str:
    """The objectives that serve it, and through them its outcomes, benefits and money."""
    one = _priority(priority)
    with realise().database.read() as connection:
        found = golden_thread.threads(connection, priority)
        sums = queries.totals_of(connection, map_queries.ids_for(priority), today())
    number = sum(row.benefits for row in sums)
    return render_template(
        "pages/priority.html",
        priority=one,
        threads=found,
        says=golden_thread.said(found, number),
        totals=totals(sums, today()) if number else None,
        keeps=may_ask(viewer(), commands.RecordPriority),
    )


@pages.get("/priorities/new")
@allowed(*KEEPERS)
def new_form() -> str:
    """The form that puts a priority on the list."""
    return _drawn(commands.RecordPriority, _sheet(None).blank(), "/priorities")


@pages.post("/priorities/new")
@allowed(*KEEPERS)
def new() -> AnyResponse:
    """Put it on the list, or the form again."""
    return _answered(commands.RecordPriority, _sheet(None), "/priorities")


@pages.get("/priorities/<priority>/change")
@allowed(*KEEPERS)
def change_form(priority: str) -> str:
    """The form that changes a priority's words."""
    sheet = _sheet(_priority(priority))
    return _drawn(commands.RecordPriority, sheet.blank(), f"/priorities/{priority}")


@pages.post("/priorities/<priority>/change")
@allowed(*KEEPERS)
def change(priority: str) -> AnyResponse:
    """Change its words, or the form again."""
    sheet = _sheet(_priority(priority))
    return _answered(commands.RecordPriority, sheet, f"/priorities/{priority}")


@pages.get("/priorities/<priority>/remove")
@allowed(*KEEPERS)
def remove_form(priority: str) -> str:
    """The form that takes a priority off the list."""
    sheet = _removing(_priority(priority))
    return _drawn(commands.RemovePriority, sheet.blank(), f"/priorities/{priority}")


@pages.post("/priorities/<priority>/remove")
@allowed(*KEEPERS)
def remove(priority: str) -> AnyResponse:
    """Take it off the list, or the form again."""
    return _answered(commands.RemovePriority, _removing(_priority(priority)), "/priorities")


def _council() -> Council:
    found: Council = realise().standing("council", "council")
    return found


def _priority(key: str) -> PriorityRecorded:
    found = _council().priorities.get(key)
    if found is None:
        raise NotFound("There is no such priority. Look for it in the list of priorities.")
    return found


def _sheet(known: PriorityRecorded | None) -> Sheet:
    fixed: dict[str, Any] = {"priority": known.priority} if known else {}
    answers = {"title": known.title, "source": known.source} if known else {}
    return Sheet(ACTS[commands.RecordPriority], _council().version, fixed, {}, answers)


def _removing(known: PriorityRecorded) -> Sheet:
    act = ACTS[commands.RemovePriority]
    return Sheet(act, _council().version, {"priority": known.priority})


def _answered(command: type, sheet: Sheet, back: str) -> AnyResponse:
    outcome = sheet.answer()
    if isinstance(outcome, Again):
        return Response(_drawn(command, outcome.form, back), outcome.status)
    flash(ACTS[command].done)
    return redirect(back, 303)


def _drawn(command: type, form: Form, back: str) -> str:
    return render_template(
        "pages/act.html",
        form=form,
        heading=ACTS[command].title,
        button=ACTS[command].button,
        caption="Priorities of the council plan",
        says="Objectives on the benefits maps of programmes can serve it.",
        back=back,
    )
