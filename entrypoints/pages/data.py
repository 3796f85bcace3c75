"""Everything on the record as files for other programs, in a full and an open edition."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from flask import Blueprint, Response, abort, render_template

from entrypoints.access import SIGNED_IN, allowed
from entrypoints.data_out.editions import FULL, Data, Edition, named, sets, shown
from entrypoints.exported import XLSX, Values, as_read, attachment, csv_file, workbook
from entrypoints.here import realise, today, viewer
from entrypoints.spooled import made_file
from entrypoints.views.grids import Cell, Grid, grid

pages = Blueprint("data", __name__)

JSON = "application/json"


@pages.get("/data")
@allowed(SIGNED_IN)
def index() -> str:
    """What can be taken, and what each column means."""
    editions = [Edition.FULL, Edition.OPEN] if viewer().has(*FULL) else [Edition.OPEN]
    return render_template(
        "pages/data.html",
        editions=[(each.value, _files(each), _meanings(each)) for each in editions],
    )


def _files(edition: Edition) -> Grid:
    rows = [[Cell(of.name), Cell(of.about, links=_links(of.name, edition))] for of in sets(edition)]
    return grid(f"Data sets of the {edition} edition", ["Data set", "What it holds"], rows)


def _links(name: str, edition: Edition) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{name} as {ending.upper()}", f"/data/{edition}/{name}.{ending}")
        for ending in ("csv", "json")
    )


def _meanings(edition: Edition) -> Grid:
    rows = [
        [f"{of.name}.{field.name}", field.of.value, field.about]
        for of in sets(edition)
        for field in shown(of, edition)
    ]
    return grid(f"Dictionary of the {edition} edition", ["Field", "Holds", "Meaning"], rows)


@pages.get("/data/full/<name>")
@allowed(*FULL)
def full(name: str) -> Response:
    """A file of the full edition."""
    return _file(Edition.FULL, name)


@pages.get("/data/open/<name>")
@allowed(SIGNED_IN)
def of_all(name: str) -> Response:
    """A file of the open edition."""
    return _file(Edition.OPEN, name)


@contextmanager
def _data(edition: Edition) -> Iterator[Data]:
    with realise().database.read() as connection:
        yield Data(realise().store, connection, edition)


def _file(edition: Edition, name: str) -> Response:
    """``everything.json``, ``everything.xlsx``, or one set: ``claims.csv``, ``claims.json``."""
    stem, _, ending = name.rpartition(".")
    called = f"{edition}-{stem}-{today().isoformat()}.{ending}"
    if name == "everything.xlsx":
        return made_file(called, XLSX, lambda stream: _workbook(edition, stream))
    if name == "everything.json":
        return _streamed(called, _everything(edition))
    of = named(stem, edition)
    if ending == "json":
        return _streamed(called, _json(edition, stem))
    if ending != "csv":
        abort(404)

    def rows() -> Iterator[Values]:
        with _data(edition) as data:
            yield from data.table(of)

    return csv_file(called, rows())


def _workbook(edition: Edition, stream: IO[bytes]) -> None:
    with _data(edition) as data:
        workbook(stream, data.sheets())


def _everything(edition: Edition) -> Iterator[str]:
    with _data(edition) as data:
        yield from data.all_json()


def _json(edition: Edition, name: str) -> Iterator[str]:
    with _data(edition) as data:
        yield from data.json(named(name, edition))


def _streamed(called: str, pieces: Iterator[str]) -> Response:
    return attachment(called, Response(as_read(pieces), mimetype=JSON))
