"""The access record for auditors and administrators: filtered, and taken away as CSV."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from sqlalchemy import ColumnElement, Connection, select

from benefits.register import tables
from benefits.wording.writing import instant
from entrypoints import access_record
from entrypoints.access import allowed
from entrypoints.access_record import What
from entrypoints.exported import csv_file
from entrypoints.here import now, realise, settings
from entrypoints.views import naming, spans
from entrypoints.views.grids import Cell, Grid, grid
from entrypoints.views.naming import Called
from entrypoints.views.spans import Span
from workflows import directory
from workflows.commands import Role

pages = Blueprint("accesses", __name__)

READERS = (Role.AUDITOR, Role.ADMINISTRATOR)
PAGE, MOST_EXPORTED, LONGEST = 50, 100_000, 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of a person, of a sort, about a benefit (B41 or its id), of some days."""

    person: str = ""
    what: str = ""
    benefit: str = ""
    span: Span = field(default_factory=Span)

    @property
    def parts(self) -> dict[str, str]:
        """The filter as an address has it; only what narrows."""
        said = {
            "person": self.person,
            "what": self.what,
            "benefit": self.benefit,
            **self.span.parts,
        }
        return {name: value for name, value in said.items() if value}


@pages.get("/audit/access")
@allowed(*READERS)
def index() -> str:
    """One page of the access record."""
    wanted, faults = _read(request.args)
    before = request.args.get("before", "")[:LONGEST]
    with realise().database.read() as connection:
        asked = _conditions(connection, wanted)
        rows = access_record.found(connection, asked, PAGE + 1, before)
        table = _table(rows[:PAGE], naming.called(connection))
        found = access_record.count(connection, asked)
        people = [(one.person, one.name) for one in directory.everybody(connection)]
    older = urlencode({**wanted.parts, "before": rows[PAGE - 1].access}) if len(rows) > PAGE else ""
    return render_template(
        "pages/accesses.html",
        wanted=wanted,
        faults=faults,
        table=table,
        found=found,
        people=people,
        sorts=[one.value for one in What],
        older=f"/audit/access?{older}" if older else "",
        newest=f"/audit/access?{urlencode(wanted.parts)}" if before else "",
        csv=f"/audit/access.csv?{urlencode(wanted.parts)}",
        days=settings().access_days,
    )


@pages.get("/audit/access.csv")
@allowed(*READERS)
def as_csv() -> Response:
    """Everything that the filter finds, the latest first, by ids as it is kept."""
    wanted, _ = _read(request.args)
    columns = [column.name for column in access_record.access_record.c]
    with realise().database.read() as connection:
        asked = _conditions(connection, wanted)
        rows = access_record.found(connection, asked, MOST_EXPORTED)
    return csv_file(f"access-{now():%Y-%m-%d}.csv", [columns, *rows])


def _read(args: Mapping[str, str]) -> tuple[Wanted, list[str]]:
    span, faults = spans.read(args)
    plain = {
        name: args.get(name, "").replace("\0", "").strip()[:LONGEST]
        for name in ("person", "what", "benefit")
    }
    return Wanted(**plain, span=span), faults


def _conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    benefit = wanted.benefit
    if benefit[:1].upper() == "B" and benefit[1:].isascii() and benefit[1:].isdigit():
        held = tables.register.c
        query = select(held.benefit).where(held.position == int(benefit[1:][:15]))
        benefit = connection.execute(query).scalar() or benefit
    return access_record.conditions(
        wanted.person, wanted.what, benefit, wanted.span.begins, wanted.span.ends
    )


def _table(rows: list[Any], called: Called) -> Grid:
    return grid(
        "Access",
        ["When", "Who", "What", "Where"],
        [
            [
                instant(datetime.fromisoformat(row.at)),
                Cell(called.person(row.person) if row.person else "Not known", note=row.person),
                row.what[:1].upper() + row.what[1:],
                Cell(called.thing(row.benefit) if row.benefit else "", note=row.address),
            ]
            for row in rows
        ],
        empty="Nothing is recorded that is like that. Remove a filter to see more.",
    )
