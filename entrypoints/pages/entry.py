"""Recording a programme's month in grids: its milestones, its claims and its forecasts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from benefits.refusals import NotAllowed, NotFound
from benefits.wording.writing import count
from entrypoints.access import OWNER, allowed
from entrypoints.entry import claims, forecasts, milestones
from entrypoints.entry.asked import PAGE, Asked, months_to_choose, read
from entrypoints.entry.cells import Line, Typed, first_faults
from entrypoints.entry.entered import Entered
from entrypoints.forms import confirm_box
from entrypoints.here import now, realise, today, viewer
from entrypoints.ids import is_key, new_key
from entrypoints.sheets import confirmed
from entrypoints.views.paging import paging
from workflows.commands import Role

pages = Blueprint("entry", __name__)

Find = Callable[[Connection, Asked, Sequence[str]], tuple[Sequence[Any], int]]


@dataclass(frozen=True, slots=True)
class _Grid:
    """One of the grids: how its rows are found and drawn, and what it asks for when sent."""

    title: str
    says: str
    heads: tuple[str, ...]
    empty: str
    find: Find
    draw: Callable[[Sequence[Any], Asked, Typed], list[Line]]
    enter: Callable[[Sequence[Any], Asked, Typed, str], Entered]
    why: str = ""
    by_month: bool = False


GRIDS: dict[str, _Grid] = {
    "milestones": _Grid(
        "Milestones",
        "Give a new day where one is now expected on another day, or the day on which it was "
        "reached. Leave the rest as it is. Write days like 31/10/2026.",
        milestones.HEADS,
        "No milestone is still to come here. Plan milestones on each benefit’s own page.",
        milestones.rows,
        lambda found, _, typed: milestones.lines(found, typed, today()),
        lambda found, _, typed, __: milestones.enter(found, typed),
        "Why the days moved, for every row that gives no reason of its own",
    ),
    "claims": _Grid(
        "Claims",
        "Give the amount of each benefit that delivered money in the month: a year’s worth when "
        "it recurs, the whole when it is one-off. Leave the other rows as they are.",
        claims.HEADS,
        "No benefit is in delivery here yet. Money is claimed once the board has passed the "
        "Delivery gate.",
        lambda connection, asked, sent: claims.rows(realise(), connection, asked, sent),
        claims.lines,
        claims.enter,
        by_month=True,
    ),
    "forecasts": _Grid(
        "Forecasts",
        "Each row starts with the forecast as it stands. Change what has changed; tick “Reviewed” "
        "where you looked and nothing changed. Clear an amount to leave its row out.",
        forecasts.HEADS,
        "No benefit here has a plan that the board approved, so there is nothing to forecast yet.",
        lambda connection, asked, sent: forecasts.rows(realise(), connection, asked, sent),
        lambda found, _, typed: forecasts.lines(found, typed),
        lambda found, asked, typed, _: forecasts.enter(found, asked, typed),
        "Why the forecasts changed, for every benefit that gives no reason of its own",
        by_month=True,
    ),
}


@pages.get("/programmes/<programme>/enter")
@allowed(Role.PMO, OWNER)
def start(programme: str) -> AnyResponse:
    """The first of the grids."""
    return redirect(_asked(programme, "milestones").address())


@pages.get("/programmes/<programme>/enter/<grid>")
@allowed(Role.PMO, OWNER)
def show(programme: str, grid: str) -> str:
    """A grid, with what stands already."""
    return _page(_asked(programme, grid), Typed(), new_key())


@pages.post("/programmes/<programme>/enter/<grid>")
@allowed(Role.PMO, OWNER)
def save(programme: str, grid: str) -> AnyResponse:
    """Record everything that was changed as one act, or nothing and the grid again."""
    asked, key = _asked(programme, grid), request.form.get("key", "")
    sent = request.form.getlist("row")[:PAGE]
    if not is_key(key):
        abort(428)
    typed = Typed(request.form.to_dict())
    if forecasts.ALL in request.form:
        return Response(_page(asked, typed, key, sent=sent), 200)
    with realise().database.read() as connection:
        found, _ = GRIDS[grid].find(connection, asked, sent or ["-"])
    entered = GRIDS[grid].enter(found, asked, typed, key)
    if not entered.commands and not entered.faults:
        entered.faults[""] = "Nothing was changed. Change a row, then save."
        return Response(_page(asked, typed, key, entered.faults, sent), 422)
    status = entered.save(realise(), viewer().person, now(), key, confirmed=confirmed())
    if entered.faults:
        asks = bool(entered.personal)
        return Response(_page(asked, typed, key, entered.faults, sent, asks=asks), status)
    flash(f"{count(len(entered.commands), 'change')} recorded, as one act.")
    return redirect(asked.address(page=asked.page), 303)


def _asked(key: str, grid: str) -> Asked:
    if grid not in GRIDS:
        abort(404)
    found = realise().programme(key)
    if not found.exists:
        raise NotFound("There is no such programme. Look for it in the list of programmes.")
    person = viewer()
    if not person.records_in(key):
        raise NotAllowed(f"Only its PMO officers and owners record the month of {found.title}.")
    owner = "" if person.imports_into(key) else person.person
    return read(request.args, found, grid, today(), owner)


def _page(
    asked: Asked,
    typed: Typed,
    key: str,
    faults: dict[str, str] | None = None,
    sent: Sequence[str] = (),
    *,
    asks: bool = False,
) -> str:
    grid, typed = GRIDS[asked.grid], Typed(typed.sent, faults or {})
    with realise().database.read() as connection:
        found, many = grid.find(connection, asked, sent)
    lines = grid.draw(found, asked, typed)
    rows = [row if isinstance(row, str) else _key(row) for row in found]
    return render_template(
        "pages/entry.html",
        programme=asked.programme,
        part="entry",
        grid=grid,
        grids=[(name, each.title, asked.address(grid=name)) for name, each in GRIDS.items()],
        asked=asked,
        lines=lines,
        rows=rows,
        key=key,
        why=typed.sent.get("why", ""),
        faults=first_faults(lines, faults or {}),
        wrong=bool(faults),
        confirm=confirm_box({}, confirmed=confirmed()) if asks else None,
        months=months_to_choose(asked.programme, today(), asked.month) if grid.by_month else [],
        paging={}
        if sent
        else paging(asked.page, many, PAGE, lambda page: asked.address(page=page)),
    )


def _key(row: Any) -> str:
    return str(getattr(row, "milestone", "") or row.benefit)
