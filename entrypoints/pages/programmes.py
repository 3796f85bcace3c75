"""The programmes: how each stands, its money by plan year, its months, overlaps and MTFS lines."""

from typing import Any

from flask import Blueprint, render_template
from sqlalchemy import Connection, select

from benefits.periods import FinancialYear, Month, PlanWindow
from benefits.programme import Programme
from benefits.refusals import NotFound
from benefits.register import programme_queries as look
from benefits.wording.writing import listed, month
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import realise, today, viewer
from entrypoints.views import money_grids, programme_grids
from entrypoints.views.grids import Cell, Grid, grid
from entrypoints.views.naming import Called, called
from entrypoints.views.programme_acts import links, may_do
from entrypoints.views.programme_money import Alike, alike
from reports import archive
from workflows import inbox

pages = Blueprint("programmes", __name__)


@pages.get("/programmes")
@allowed(SIGNED_IN)
def index() -> str:
    """Every programme with what waits in it."""
    day = today()
    with realise().database.read() as connection:
        rows = look.every(connection)
        stages = look.stages(connection)
        counts = look.counts(connection, day)
        months = look.months_of(connection)
    number: dict[str, int] = {}
    for row in stages:
        number[row.programme] = number.get(row.programme, 0) + row.benefits
    lines: list[list[str | Cell]] = [
        [
            Cell(row.title, f"/programmes/{row.programme}", _window(row)),
            str(number.get(row.programme, 0)),
            str(counts["open"].get(row.programme, 0) or "–"),
            str(counts["claims"].get(row.programme, 0) or "–"),
            str(counts["overdue"].get(row.programme, 0) or "–"),
            _last_closed(months.get(row.programme, {})),
        ]
        for row in rows
    ]
    table = grid(
        "Programmes",
        ["Programme", "Benefits #", "Before the board #", "Claims with finance #",
         "Milestones overdue #", "Last month closed"],
        lines,
        empty="No programme is started yet. A PMO officer or an administrator starts one.",
    )  # fmt: skip
    return render_template(
        "pages/programmes.html", table=table, may_start=may_do(viewer(), "start-programme")
    )


def _window(row: Any) -> str:
    window = PlanWindow(FinancialYear(row.first_year), row.years)
    return f"Planned for {window.first} to {window.last}"


def _last_closed(months: dict[str, tuple[bool, bool]]) -> str:
    closed = [name for name, (done, _) in months.items() if done]
    return month(Month.parse(max(closed))) if closed else "None yet"


@pages.get("/programmes/<programme>")
@allowed(SIGNED_IN)
def show(programme: str) -> str:
    """How one programme stands."""
    p, day, who = _programme(programme), today(), viewer()
    with realise().database.read() as connection:
        names = called(connection)
        facts = _facts(p, names, _board(connection, p))
        groups = alike(look.tranches_of(connection, programme), p.window, day)
        grids = [
            programme_grids.workstreams(p, look.stages(connection)),
            programme_grids.cases(look.open_cases(connection, programme), names),
            programme_grids.overdue(look.overdue(connection, day, programme), names),
        ]
        issued = programme_grids.reports(archive.listed(connection, programme))
    months = programme_grids.months(
        p,
        day,
        may_close=may_do(who, "close-month", programme),
        may_review=may_do(who, "review-month", programme),
    )
    return render_template(
        "pages/programme.html",
        part="show",
        programme=p,
        facts=facts,
        money=[(one, _bigs(one), _tables(one)) for one in groups],
        chart=money_grids.chart(groups[0].money) if groups else "",
        grids=grids,
        months=months,
        issued=issued,
        groups=links(who, programme),
    )


def _bigs(one: Alike) -> list[money_grids.Big]:
    return money_grids.headlines(one.money)


def _tables(one: Alike) -> list[Grid]:
    found = one.money
    tables = []
    if found.has_recurring:
        tables.append(money_grids.overview(found, None, once=False))
    if found.has_one_offs:
        tables.append(money_grids.overview(found, None, once=True))
    return [*tables, money_grids.cash_overview(found.years)]


@pages.get("/programmes/<programme>/money")
@allowed(SIGNED_IN)
def money(programme: str) -> str:
    """The whole reconciliation, each fund and family of kinds by itself."""
    p = _programme(programme)
    with realise().database.read() as connection:
        found = alike(look.tranches_of(connection, programme), p.window, today())
    shown = []
    for one in found:
        years = one.money.years
        tables = [money_grids.recurring(years), money_grids.one_offs(years)]
        shown.append((one, [each for each in (*tables, money_grids.cash(years)) if each.rows]))
    return render_template("pages/programme_money.html", part="money", programme=p, money=shown)


@pages.get("/programmes/<programme>/mtfs")
@allowed(SIGNED_IN)
def arrangements(programme: str) -> str:
    """Its investment, its overlaps, and what of it is in the medium-term plan."""
    p = _programme(programme)
    with realise().database.read() as connection:
        names = called(connection)
        grids = [
            programme_grids.investments(p),
            programme_grids.overlaps(look.overlaps_of(connection, programme), names),
            *programme_grids.mtfs(look.lines(connection), look.admitted(connection, programme)),
        ]
    return render_template(
        "pages/programme_mtfs.html",
        part="mtfs",
        programme=p,
        grids=grids,
        groups=links(viewer(), programme, money=True),
    )


def _programme(key: str) -> Programme:
    found = realise().programme(key)
    if not found.exists:
        raise NotFound("There is no such programme. Look for it in the list of programmes.")
    return found


def _board(connection: Connection, p: Programme) -> str:
    boards = inbox.boards.c
    found = connection.execute(select(boards.title).where(boards.board == p.board)).scalar()
    return str(found or "No board yet")


def _facts(p: Programme, names: Called, board: str) -> list[tuple[str, str]]:
    recipients = listed(names.person(person) for person in p.recipients)
    due = f"Working day {p.working_day} of the next month"
    return [
        ("Sponsor", names.person(p.sponsor)),
        ("Board", board),
        ("Scrutiny committee", p.committee or "Not named yet"),
        ("Planned for", f"{p.window.first} to {p.window.last}"),
        ("Tolerance", f"{p.tolerance} per cent of the committed figure"),
        ("Report due", due),
        ("Report sent to", recipients or "Nobody yet"),
    ]
