"""The benefits map of a programme, and the forms by which the PMO keeps it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from benefits.commands import mapping
from benefits.programme import Programme
from benefits.refusals import NotFound
from benefits.register import map_queries, queries
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.acts import ACTS
from entrypoints.allowing import may_ask, require_may
from entrypoints.forms import Form, Option
from entrypoints.here import realise, today, viewer
from entrypoints.sheets import Again, Sheet
from entrypoints.views import benefits_map as view
from entrypoints.views.register_totals import totals
from workflows.council import Council

pages = Blueprint("maps", __name__)

#: What is put on the map, by the word in the address: its command and where the programme has it.
SORTS: Mapping[str, tuple[type, str]] = {
    "objective": (mapping.RecordObjective, "objectives"),
    "outcome": (mapping.RecordOutcome, "outcomes"),
    "change": (mapping.RecordEnablingChange, "changes"),
}
MOST_MILESTONES = 300


@pages.get("/programmes/<programme>/map")
@allowed(SIGNED_IN)
def show(programme: str) -> str:
    """The map, drawn and as a table, with the money of what is on it."""
    p, home = _programme(programme), f"/programmes/{programme}/map"
    keeps = may_ask(viewer(), mapping.RecordObjective, programme=programme)
    with realise().database.read() as connection:
        found = view.read(connection, programme)
        sums = queries.totals_of(connection, map_queries.placed_ids(programme), today())
        number, missing = map_queries.unplaced(connection, programme, view.MOST_UNPLACED)
    deeds = [(ACTS[command].title, f"{home}/{sort}") for sort, (command, _) in SORTS.items()]
    return render_template(
        "pages/programme_map.html",
        part="map",
        programme=p,
        drawing=view.drawn(found, p.title),
        table=view.table(found, _priorities()),
        changes=view.changes(found),
        totals=totals(sums, today()) if sums else None,
        unplaced=view.unplaced(number, missing, places=keeps and bool(p.outcomes)),
        kept=view.kept(found, home) if keeps and not found.empty else None,
        deeds=deeds if keeps else [],
    )


@pages.get("/programmes/<programme>/map/<any(objective, outcome, change):sort>")
@allowed(SIGNED_IN)
def new_form(programme: str, sort: str) -> str:
    """The form that puts something on the map."""
    p = _kept(programme, SORTS[sort][0])
    return _drawn(p, SORTS[sort][0], _sheet(p, sort).blank())


@pages.post("/programmes/<programme>/map/<any(objective, outcome, change):sort>")
@allowed(SIGNED_IN)
def new(programme: str, sort: str) -> AnyResponse:
    """Put it on the map, or the form again."""
    p = _kept(programme, SORTS[sort][0])
    return _answered(p, SORTS[sort][0], _sheet(p, sort))


@pages.get("/programmes/<programme>/map/<any(objective, outcome, change):sort>/<item>")
@allowed(SIGNED_IN)
def change_form(programme: str, sort: str, item: str) -> str:
    """The form that changes something on the map."""
    p = _kept(programme, SORTS[sort][0])
    return _drawn(p, SORTS[sort][0], _sheet(p, sort, item).blank())


@pages.post("/programmes/<programme>/map/<any(objective, outcome, change):sort>/<item>")
@allowed(SIGNED_IN)
def change(programme: str, sort: str, item: str) -> AnyResponse:
    """Change it, or the form again."""
    p = _kept(programme, SORTS[sort][0])
    return _answered(p, SORTS[sort][0], _sheet(p, sort, item))


@pages.get("/programmes/<programme>/map/<any(objective, outcome, change):sort>/<item>/remove")
@allowed(SIGNED_IN)
def remove_form(programme: str, sort: str, item: str) -> str:
    """The form that takes something off the map."""
    p = _kept(programme, mapping.RemoveFromMap)
    sheet, said = _removing(p, sort, item)
    return _drawn(p, mapping.RemoveFromMap, sheet.blank(), said)


@pages.post("/programmes/<programme>/map/<any(objective, outcome, change):sort>/<item>/remove")
@allowed(SIGNED_IN)
def remove(programme: str, sort: str, item: str) -> AnyResponse:
    """Take it off, or the form again."""
    p = _kept(programme, mapping.RemoveFromMap)
    return _answered(p, mapping.RemoveFromMap, *_removing(p, sort, item))


@pages.get("/benefits/<benefit>/place")
@allowed(SIGNED_IN)
def place_form(benefit: str) -> str:
    """The form that says which outcomes a benefit serves and which changes it needs."""
    p, sheet, said = _placing(benefit)
    return _drawn(p, mapping.PlaceOnMap, sheet.blank(), said)


@pages.post("/benefits/<benefit>/place")
@allowed(SIGNED_IN)
def place(benefit: str) -> AnyResponse:
    """Record its place, or the form again."""
    p, sheet, said = _placing(benefit)
    return _answered(p, mapping.PlaceOnMap, sheet, said)


def _programme(key: str) -> Programme:
    found = realise().programme(key)
    if not found.exists:
        raise NotFound("There is no such programme. Look for it in the list of programmes.")
    return found


def _kept(key: str, command: type) -> Programme:
    """The programme, for whoever may keep its map; ``handle`` decides once more."""
    found = _programme(key)
    require_may(viewer(), command, programme=key)
    return found


def _priorities() -> dict[str, str]:
    council: Council = realise().standing("council", "council")
    return {key: one.title for key, one in council.priorities.items()}


def _sheet(p: Programme, sort: str, item: str = "") -> Sheet:
    command, held = SORTS[sort]
    known = getattr(p, held).get(item)
    if item and known is None:
        abort(404)
    name, options = _choices(p, command)
    answers = {each: getattr(known, each) for each in ("title", name)} if known else {}
    fixed = {"programme": p.programme, **({sort: item} if item else {})}
    return _with_choices(Sheet(ACTS[command], p.version, fixed, {name: options}, answers))


def _choices(p: Programme, command: type) -> tuple[str, list[Option]]:
    """What can be named in the form, and in which field."""
    if command is mapping.RecordObjective:
        return "priorities", list(_priorities().items())
    if command is mapping.RecordOutcome:
        return "objectives", [(key, one.title) for key, one in p.objectives.items()]
    with realise().database.read() as connection:
        return "milestone", map_queries.milestones_of(connection, p.programme, MOST_MILESTONES)


def _with_choices(sheet: Sheet) -> Sheet:
    """The same form without the lists from which there is nothing to choose yet."""
    none: dict[str, Any] = {
        name: None if name == "milestone" else []
        for name, options in sheet.choices.items()
        if not options
    }
    return Sheet(sheet.act, sheet.version, {**sheet.fixed, **none}, sheet.choices, sheet.answers)


def _removing(p: Programme, sort: str, item: str) -> tuple[Sheet, str]:
    known = getattr(p, SORTS[sort][1]).get(item)
    if known is None:
        abort(404)
    fixed = {"programme": p.programme, "item": item}
    says = f"“{known.title}” goes, with its links. The record keeps that it was there."
    return Sheet(ACTS[mapping.RemoveFromMap], p.version, fixed), says


def _placing(key: str) -> tuple[Programme, Sheet, str]:
    benefit = realise().benefit(key)
    if not benefit.exists:
        raise NotFound("There is no such benefit. Look for it in the register.")
    require_may(viewer(), mapping.PlaceOnMap, benefit)
    p = _programme(benefit.programme)
    choices = {
        "outcomes": [(one, held.title) for one, held in p.outcomes.items()],
        "changes": [(one, held.title) for one, held in p.changes.items()],
    }
    answers = {"outcomes": benefit.outcomes, "changes": benefit.changes}
    sheet = Sheet(ACTS[mapping.PlaceOnMap], benefit.version, {"benefit": key}, choices, answers)
    return p, _with_choices(sheet), f"{benefit.number} {benefit.title}"


def _answered(p: Programme, command: type, sheet: Sheet, says: str = "") -> AnyResponse:
    outcome = sheet.answer()
    if isinstance(outcome, Again):
        return Response(_drawn(p, command, outcome.form, says), outcome.status)
    flash(ACTS[command].done)
    return redirect(f"/programmes/{p.programme}/map", 303)


_SAYS: Mapping[type, str] = {
    mapping.RecordObjective: "What the programme is to achieve. It can serve priorities of the "
    "council plan, which the PMO or an administrator lists.",
    mapping.RecordOutcome: "What people will notice when an objective is met. Benefits are what "
    "is measured of it.",
    mapping.RecordEnablingChange: "What the council has to put in place so that benefits can come. "
    "Each benefit says which changes it needs.",
}


def _drawn(p: Programme, command: type, form: Form, says: str = "") -> str:
    return render_template(
        "pages/act.html",
        form=form,
        heading=ACTS[command].title,
        button=ACTS[command].button,
        caption=p.title,
        says=says or _SAYS.get(command, ""),
        back=f"/programmes/{p.programme}/map",
    )
