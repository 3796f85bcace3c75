"""Recording about a programme, its overlaps and the MTFS: one page for every form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from sqlalchemy import Connection, select
from werkzeug.wrappers import Response as AnyResponse

from benefits.commands import details, programme
from benefits.programme import Programme
from benefits.refusals import NotFound
from benefits.register import programme_queries as look
from entrypoints import choosing
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.acts import ACTS, Act
from entrypoints.allowing import require_may
from entrypoints.forms import Option
from entrypoints.here import realise, viewer
from entrypoints.sheets import Again, Outcome, Sheet
from entrypoints.views.naming import called
from entrypoints.views.programme_acts import FORMS
from workflows import inbox

pages = Blueprint("programme_forms", __name__)

#: For a thing that is chosen in the form: its version cannot be known when the form is opened.
NOT_COMPARED = 999_999_999
START = ACTS[programme.StartProgramme]
#: What comes first: a sentence, and the words and the address of the link that leads there.
First: TypeAlias = tuple[str, str, str]


@pages.get("/programmes/start")
@allowed(SIGNED_IN)
def start_form() -> str:
    """The form to start a programme."""
    require_may(viewer(), START.command)
    return _template(START, _starting().blank(), "/programmes", None, _first())


@pages.post("/programmes/start")
@allowed(SIGNED_IN)
def start() -> AnyResponse:
    """Start it, or the form again."""
    outcome = _starting().answer()
    if isinstance(outcome, Again):
        return _again(START, outcome, "/programmes", None)
    flash(START.done)
    return redirect(f"/programmes/{outcome.new}", 303)


def _first() -> First | None:
    """What a new council does before it can start a programme: the words and where it is done."""
    with realise().database.read() as connection:
        if _boards(connection):
            return None
    return ("A programme names its board, and there is none yet.", "Form a board first", "/boards")


def _starting() -> Sheet:
    with realise().database.read() as connection:
        choices = {"board": _boards(connection), "sponsor": choosing.people(connection)}
    return Sheet(START, 0, {}, choices)


@pages.get("/programmes/<programme>/record/<slug>")
@allowed(SIGNED_IN)
def show(programme: str, slug: str) -> str:
    """The form, with what stands already."""
    page = _page(programme, slug)
    require_may(viewer(), page.act.command, programme=programme)
    return _drawn(page)


@pages.post("/programmes/<programme>/record/<slug>")
@allowed(SIGNED_IN)
def record(programme: str, slug: str) -> AnyResponse:
    """Do it, or the form again as it was typed with a sentence for each fault."""
    page = _page(programme, slug)
    outcome: Outcome = page.sheet().answer()
    if isinstance(outcome, Again):
        return _again(page.act, outcome, page.back, page.programme.title)
    flash(page.act.done)
    if page.act.command is details.IdentifyBenefit:
        return redirect(f"/benefits/{outcome.new}", 303)
    return redirect(page.back, 303)


@dataclass(frozen=True, slots=True)
class _Page:
    act: Act
    programme: Programme

    @property
    def back(self) -> str:
        home = f"/programmes/{self.programme.programme}"
        return f"{home}/mtfs" if self.act.command in CHOSEN else home

    def sheet(self) -> Sheet:
        """The form with what can be named in it and what stands already."""
        command, p = self.act.command, self.programme
        with realise().database.read() as connection:
            options = _options(command, p, connection)
            lines = {line.line for line in look.lines(connection)}
        fixed: dict[str, Any] = {}
        if command not in CHOSEN or command in OF_PROGRAMME:
            fixed["programme"] = p.programme
        if command is programme.AgreeOverlap:
            kept_by_a_line = request.form.get("keeps", "") in lines
            fixed["with_mtfs"] = "yes" if kept_by_a_line else "no"
        version = NOT_COMPARED if command in CHOSEN else p.version
        return Sheet(self.act, version, fixed, options, _answers(command, p))


#: Forms of the page of investment, overlaps and the MTFS; those that are about the programme.
OF_PROGRAMME = frozenset({programme.RecordGroupInvestment, programme.RemoveGroupInvestment})
CHOSEN = OF_PROGRAMME | {
    programme.AgreeOverlap,
    programme.CancelOverlap,
    programme.RecordMtfsLine,
    programme.AdmitToMtfs,
}


def _page(key: str, slug: str) -> _Page:
    act = FORMS.get(slug)
    if act is None:
        abort(404)
    found = realise().programme(key)
    if not found.exists:
        raise NotFound("There is no such programme. Look for it in the list of programmes.")
    return _Page(act, found)


def _drawn(page: "_Page") -> str:
    form, first = page.sheet().blank(), _first_of(page)
    return _template(page.act, form, page.back, page.programme.title, first)


def _first_of(page: "_Page") -> First | None:
    """What a new programme needs before the form can help: the words and where it is done."""
    p = page.programme
    if page.act.command is details.IdentifyBenefit and not p.workstreams:
        words = "A benefit belongs to a workstream, and the programme has none yet."
        return (words, "Add a workstream first", f"/programmes/{p.programme}/record/add-workstream")
    return None


def _again(act: Act, outcome: Again, back: str, caption: str | None) -> AnyResponse:
    return Response(_template(act, outcome.form, back, caption), outcome.status)


def _template(
    act: Act,
    form: Any,
    back: str,
    caption: str | None,
    first: First | None = None,
) -> str:
    return render_template(
        "pages/act.html",
        form=form,
        heading=act.title,
        button=act.button,
        caption=caption or "",
        says=SAYS.get(act.command, ""),
        first=first,
        back=back,
    )


#: What is worth knowing before a form is filled in.
SAYS: Mapping[type, str] = {
    programme.SetTolerance: "A benefit shows its worst status only above the tolerance, and "
    "Realisation accepts a shortfall within it. The rest of the status rules is fixed, so that "
    "councils and months can be compared: verified money is delivered; claimed or forecast is on "
    "track; past its month, behind an overdue milestone, of low confidence or slipped is at risk; "
    "what nobody expects will not be delivered. One benefit’s status is overridden, with a reason "
    "and an end, on its own page.",
}

Find = Callable[[Programme, Connection], Sequence[Option]]


def _boards(connection: Connection) -> list[Option]:
    boards = inbox.boards.c
    rows = connection.execute(select(boards.board, boards.title).order_by(boards.title))
    return [(row.board, row.title) for row in rows]


def _ours(p: Programme, connection: Connection) -> list[Option]:
    return look.benefits_of(connection, p.programme)


def _lines(_: Programme, connection: Connection) -> list[Option]:
    return [(line.line, f"{line.reference} {line.title}") for line in look.lines(connection)]


def _sides(p: Programme, connection: Connection) -> list[Option]:
    lines = [(key, f"MTFS line {words}") for key, words in _lines(p, connection)]
    return [*_ours(p, connection), *lines]


def _overlaps(p: Programme, connection: Connection) -> list[Option]:
    names = called(connection)
    return [
        (row.overlap, f"{names.thing(row.gives_up)} gives up to {names.thing(row.keeps)}")
        for row in look.overlaps_of(connection, p.programme)
        if not row.cancelled
    ]


def _everybody(_: Programme, connection: Connection) -> list[Option]:
    return choosing.people(connection)


def _workstreams(p: Programme, _: Connection) -> list[Option]:
    return [(name, name) for name in p.workstreams]


#: What can be named in a form's fields.
CHOICES: Mapping[type, Mapping[str, Find]] = {
    details.IdentifyBenefit: {"workstream": _workstreams},
    programme.ChangeProgramme: {"sponsor": _everybody, "board": lambda _, c: _boards(c)},
    programme.SetRecipients: {"people": _everybody},
    programme.RecordGroupInvestment: {"workstream": _workstreams},
    programme.RemoveGroupInvestment: {
        "investment": lambda p, _: [
            (key, held.investment.title) for key, held in p.investments.items()
        ]
    },
    programme.AgreeOverlap: {"gives_up": _ours, "keeps": _sides, "agreed_by": _everybody},
    programme.CancelOverlap: {"overlap": _overlaps},
    programme.AdmitToMtfs: {"line": _lines, "benefit": _ours},
}


def _options(command: type, p: Programme, connection: Connection) -> dict[str, Sequence[Option]]:
    return {name: find(p, connection) for name, find in CHOICES.get(command, {}).items()}


def _answers(command: type, p: Programme) -> dict[str, Any]:
    """What stands already, or what the address says."""
    if command is programme.ChangeProgramme:
        return {name: getattr(p, name) for name in ("title", "sponsor", "board", "committee")}
    if command is programme.SetTolerance:
        return {"per_cent": p.tolerance}
    if command is programme.SetRecipients:
        return {"people": p.recipients}
    if command is programme.SetReportSchedule:
        return {"working_day": p.working_day, "unclosed": p.unclosed}
    if command in (programme.CloseMonth, programme.ReviewMonth):
        return {"month": request.args.get("month", "")[:7]}
    if command is programme.WriteNarrative:
        return _written(p, request.args.get("month", "")[:7], request.args.get("section", ""))
    return {name: request.args[name] for name in CHOICES.get(command, {}) if name in request.args}


def _written(p: Programme, month: str, section: str) -> dict[str, Any]:
    """What stands for that section already, so that it can be put better."""
    held = {(str(when), which.value): one.text for (when, which), one in p.narratives.items()}
    return {"month": month, "section": section[:40], "text": held.get((month, section), "")}
