"""Scrutiny's questions and recommendations: the list, each with its story, and the forms."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from benefits.refusals import NotAllowed, NotFound
from benefits.register import programme_queries as look
from entrypoints import choosing
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.acts import ACTS
from entrypoints.allowing import may_ask
from entrypoints.forms import Form, Option
from entrypoints.here import realise, today, viewer
from entrypoints.sheets import Again, Sheet
from entrypoints.views import naming, questions
from entrypoints.views.grids import on
from entrypoints.views.told_events import told_events
from workflows.commands import Role
from workflows.permissions import PERMISSIONS, may
from workflows.scrutiny import commands, rows
from workflows.scrutiny.question import Question

pages = Blueprint("scrutiny", __name__)
ASK = ACTS[commands.AskQuestion]


@pages.get("/scrutiny")
@allowed(SIGNED_IN)
def index() -> str:
    """Everything that scrutiny asked, what waits for an answer first."""
    with realise().database.read() as connection:
        called = naming.called(connection)
        titles = {row.programme: row.title for row in look.every(connection)}
        found = rows.every(connection)
    groups = {
        "Waiting for an answer": [row for row in found if row.state in ("asked", "followed up")],
        "Answered": [row for row in found if row.state == "answered"],
        "Closed": [row for row in found if row.state == "closed"],
    }
    day = today()
    return render_template(
        "pages/questions.html",
        grids=[
            questions.table(caption, held, called, day, titles)
            for caption, held in groups.items()
            if held
        ],
        may_ask=viewer().has(Role.SCRUTINY),
    )


@pages.get("/scrutiny/ask")
@allowed(Role.SCRUTINY)
def ask_form() -> str:
    """The form to ask or recommend; the address can say about what."""
    sheet = _asking()
    about = _about(sheet)
    return _drawn(ASK.title, about, sheet.blank(), ASK.button, "/scrutiny", first=_first())


@pages.post("/scrutiny/ask")
@allowed(Role.SCRUTINY)
def ask() -> AnyResponse:
    """Ask it, or the form again."""
    sheet = _asking()
    outcome = sheet.answer()
    if isinstance(outcome, Again):
        page = _drawn(ASK.title, _about(sheet), outcome.form, ASK.button, "/scrutiny")
        return Response(page, outcome.status)
    flash(ASK.done)
    return redirect(f"/scrutiny/{outcome.new}", 303)


@pages.get("/scrutiny/<question>")
@allowed(SIGNED_IN)
def show(question: str) -> str:
    """What was asked, what was answered, and everything that happened to it."""
    q = _question(question)
    with realise().database.read() as connection:
        called = naming.called(connection)
        story = told_events(realise().store, connection, q.positions, called)
    title = realise().programme(q.programme).title
    return render_template(
        "pages/question.html",
        q=q,
        heading=q.sort.value.capitalize(),
        asked=q.asked,
        by=called.person(q.asked.by if q.asked else None),
        tag=questions.tag_of(q, today()),
        response=questions.response_tag(q),
        about=questions.about(q, called, title),
        owner=called.person(q.owner) if q.owner else questions.PMO,
        due=on(q.due),
        story=story,
        deeds=questions.deeds(viewer(), q),
    )


@pages.get("/scrutiny/<question>/<deed>")
@allowed(SIGNED_IN)
def deed_form(question: str, deed: str) -> str:
    """The form to answer, to say who answers, to ask again or to close."""
    q, command = _question(question), _known(deed)
    _require_may(q, command)
    return _of(q, command, _sheet(q, command).blank())


@pages.post("/scrutiny/<question>/<deed>")
@allowed(SIGNED_IN)
def do(question: str, deed: str) -> AnyResponse:
    """Do it, or the form again."""
    q, command = _question(question), _known(deed)
    outcome = _sheet(q, command).answer()
    if isinstance(outcome, Again):
        return Response(_of(q, command, outcome.form), outcome.status)
    flash(ACTS[command].done)
    return redirect(f"/scrutiny/{question}", 303)


def _known(deed: str) -> type:
    if deed not in questions.DEEDS:
        abort(404)
    return questions.DEEDS[deed][0]


def _question(key: str) -> Question:
    found: Question = realise().standing("question", key)
    if not found.exists:
        raise NotFound("There is no such question. Look for it in scrutiny’s list.")
    return found


def _require_may(q: Question, command: type) -> None:
    who = viewer()
    unfilled: object = object.__new__(command)  # only its kind is looked at
    refusal = may(
        who.person,
        set(who.roles_for(q.programme)),
        unfilled,
        table=PERMISSIONS,
        answers=q.owner,
    )
    if refusal is not None:
        raise NotAllowed(refusal)


def _asking() -> Sheet:
    """What the address says is not asked again; a benefit is chosen within its programme."""
    args = {name: request.args.get(name, "").strip()[:100] for name in ("programme", "benefit")}
    fixed: dict[str, Any] = {}
    if args["benefit"]:
        benefit = realise().benefit(args["benefit"])
        if not benefit.exists:
            raise NotFound("There is no such benefit. Look for it in the register.")
        fixed = {"benefit": benefit.benefit, "programme": benefit.programme}
    elif args["programme"]:
        if not realise().programme(args["programme"]).exists:
            raise NotFound("There is no such programme. Choose one from the list.")
        fixed = {"programme": args["programme"]}
    with realise().database.read() as connection:
        choices: dict[str, Sequence[Option]] = {"owner": choosing.people(connection)}
        choices["programme"] = [
            (row.programme, row.title)
            for row in look.every(connection)
            if may_ask(viewer(), commands.AskQuestion, programme=row.programme)
        ]
        if "benefit" not in fixed and fixed:
            choices["benefit"] = look.benefits_of(connection, fixed["programme"])
    if not fixed:
        fixed["benefit"] = ""
    answers = {
        "month": request.args.get("month", "")[:7],
        "figure": request.args.get("figure", "")[:10],
    }
    return Sheet(ASK, 0, fixed, choices, answers)


def _about(sheet: Sheet) -> str:
    """What is asked about, where the address said it; nothing where it is asked in the form."""
    benefit, programme = sheet.fixed.get("benefit"), sheet.fixed.get("programme")
    if benefit:
        return realise().benefit(benefit).title
    return realise().programme(programme).title if programme else ""


def _sheet(q: Question, command: type) -> Sheet:
    fixed: dict[str, Any] = {"question": q.question}
    if command is commands.AnswerQuestion and q.sort is commands.Sort.QUESTION:
        fixed["response"] = None
    choices: dict[str, Sequence[Option]] = {}
    if command is commands.AssignQuestion:
        with realise().database.read() as connection:
            choices["owner"] = choosing.people(connection)
    answers = {"owner": q.owner, "due": q.due} if command is commands.AssignQuestion else {}
    return Sheet(ACTS[command], q.version, fixed, choices, answers)


def _of(q: Question, command: type, form: Form) -> str:
    act = ACTS[command]
    says = q.follow_ups[-1].text if q.follow_ups else (q.asked.text if q.asked else "")
    caption = f"{q.number}, {q.sort.value}"
    return _drawn(act.title, caption, form, act.button, f"/scrutiny/{q.question}", says)


def _first() -> tuple[str, str, str] | None:
    """What comes first where nothing can be asked about yet."""
    with realise().database.read() as connection:
        if look.every(connection):
            return None
    said = "Questions are asked about a programme, and none is started yet."
    return (said, "The programmes", "/programmes")


def _drawn(
    title: str,
    caption: str,
    form: Form,
    button: str,
    back: str,
    says: str = "",
    first: tuple[str, str, str] | None = None,
) -> str:
    return render_template(
        "pages/act.html",
        form=form,
        heading=title,
        button=button,
        caption=caption,
        says=says,
        first=first,
        back=back,
    )
