"""Composes a month's report from the record as it stood at one position of the log.

The same request on the same record gives the same contents and the same inputs, which the
archive keeps beside the bytes: with them the report can be made again.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from benefits.periods import Month
from benefits.refusals import Refused
from benefits.wording.writing import london_day
from eventlog.kinds import Kind
from eventlog.store import Store
from eventlog.undisturbed import undisturbed
from reports import logos
from reports.calendar import due_day
from reports.composing import (
    appendix,
    asked,
    cover,
    decisions,
    measures,
    met,
    milestones,
    moved,
    mtfs,
    opening,
    planned,
    statuses,
    summary,
)
from reports.composing.beside_status import beside_status
from reports.composing.book import Book, book_of
from reports.composing.gathered import gathered
from reports.composing.portfolio import together
from reports.composing.published import exempt_refs, marked, published
from reports.composing.record import Record, programmes, read
from reports.contents import Branding, ReportContents, StatusSection
from reports.drawing import DRAWING
from reports.issued import PORTFOLIO, Circulation
from reports.lines import PennyLeftOver
from reports.money_tables import DoesNotAddUp

#: What the bytes depend on beside the record and the request.
_ENGINES = ("realise", "weasyprint", "pydyf", "pikepdf", "fonttools", "jinja2", "pillow")


@dataclass(frozen=True, slots=True)
class Request:
    """Which report is asked for: of the log up to ``position``, by whom (an id) and when.

    ``address`` is where the record can be read on the web, if anywhere. ``circulation`` says who
    may read it: the public, unless it is said, so that nothing exempt is shown by an oversight.
    """

    programme: str
    month: Month
    position: int
    by: str
    at: datetime
    draft: bool
    edition: int = 1
    reason: str = ""
    address: str = ""
    circulation: Circulation = Circulation.PUBLIC


@dataclass(frozen=True, slots=True)
class Composed:
    """A report ready to print. ``inputs`` is plain JSON, ``closing`` says if it is closed."""

    contents: ReportContents
    branding: Branding
    inputs: dict[str, Any]
    closing: str


class DoesNotReconcile(Refused):
    """Money is left over, so the report is not made; the sentence names the benefit."""


def compose(store: Store, kinds: Mapping[str, Kind], request: Request) -> Composed:
    """Everything that the report prints. Nothing is written.

    Raises ``NotFound`` when there is no such programme, and ``DoesNotReconcile``, naming the
    benefit, when a penny is left over.
    """
    with undisturbed():
        return _composed(store, kinds, request, None, None)


def compose_again(store: Store, kinds: Mapping[str, Kind], inputs: Mapping[str, Any]) -> Composed:
    """The same report from its archived inputs: the names and the branding as they were printed."""
    asked = Request(
        inputs["programme"],
        Month.parse(inputs["month"]),
        inputs["log"]["position"],
        inputs["issuer"],
        datetime.fromisoformat(inputs["time_of_issue"]),
        inputs["draft"],
        inputs["edition"],
        inputs["reason"],
        circulation=Circulation(inputs.get("circulation", Circulation.PUBLIC)),
    )
    names = {person: (name, post) for person, (name, post) in inputs["names"].items()}
    with undisturbed():
        return _composed(store, kinds, asked, names, Branding(**inputs["branding"]))


def _composed(
    store: Store,
    kinds: Mapping[str, Kind],
    request: Request,
    names: Mapping[str, tuple[str, str]] | None,
    branding: Branding | None,
) -> Composed:
    record = _read(store, kinds, request, names)
    try:
        contents, book = contents_of(record, request)
    except PennyLeftOver as fault:
        raise DoesNotReconcile(f"{fault} The report was not made.") from fault
    except DoesNotAddUp as fault:
        raise DoesNotReconcile(str(fault)) from fault
    looks = branding or cover.branding(record, request.address, _logo(store))
    return Composed(contents, looks, _inputs(book, looks, request), contents.cover.closing)


def _logo(store: Store) -> str:
    """The council's logo as it is now: made again, a report has the one that was archived."""
    with store.database.read() as connection:
        return logos.for_print(connection)


def _read(
    store: Store,
    kinds: Mapping[str, Kind],
    request: Request,
    names: Mapping[str, tuple[str, str]] | None,
) -> Record:
    month, upto = request.month, request.position
    now = request.draft  # a draft of an earlier day does not show what was made exempt since
    if request.programme != PORTFOLIO:
        return read(store, kinds, request.programme, month, upto, names, exempt_now=now)
    every = programmes(store, upto)
    return together(
        [
            read(store, kinds, one, month, upto, names, opened_by=PORTFOLIO, exempt_now=now)
            for one in every
        ]
    )


def contents_of(record: Record, request: Request) -> tuple[ReportContents, Book]:
    """The contents and the book behind them. Raises when a penny is left over."""
    if request.circulation is Circulation.EXEMPT:
        return _whole(marked(record), request)
    contents, book = _whole(published(record), request)
    return gathered(contents, exempt_refs(record)), book


def _whole(record: Record, request: Request) -> tuple[ReportContents, Book]:
    book = book_of(record)
    stated = moved.all_statements(book, stored(record))
    taken, steps = decisions.decisions(record), milestones.milestones(book)
    first = summary.summary(book, stated, taken, steps, london_day(request.at))
    parts: dict[str, Any] = {
        "planned": planned.planned(book),
        "movements": moved.movements(book, stated),
        "status": _status(book),
        "measures": measures.measures(book),
        "counter_measures": measures.counter_measures(book),
        "risks": measures.risks(book),
    }
    front = cover.cover(
        record,
        request.by,
        request.at,
        draft=request.draft,
        edition=request.edition,
        reason=request.reason,
        circulation=request.circulation,
    )
    contents = ReportContents(
        cover=front,
        summary=first,
        decisions=taken,
        milestones=steps,
        appendix=appendix.appendix(book),
        questions=asked.questions(record, london_day(request.at)),
        narratives=tuple(asked.narratives(record)),
        **parts,
    )
    return contents, book


def _status(book: Book) -> StatusSection:
    rows, whole = statuses.status_rows(book)
    return StatusSection(
        f"Plan year {book.year}, cashable benefits, {book.said_funds()}. Recurring basis, and "
        "in-year for one-offs.",
        rows,
        whole,
        statuses.exceptions(book),
        met.aged_shortfalls(book),
        met.cash_sources(book),
        met.pressures(book),
        mtfs.mtfs_exceptions(book),
        tuple(beside_status(book)),
    )


def stored(record: Record) -> Mapping[str, Any] | None:
    """What the last report left as its opening."""
    if record.last is None:
        return None
    opening_of: Mapping[str, Any] = json.loads(record.last.inputs)["opening"]
    return opening_of


def _inputs(book: Book, branding: Branding, request: Request) -> dict[str, Any]:
    record = book.record
    programme = record.programme
    return {
        "format": 1,
        "programme": request.programme,
        "month": str(request.month),
        "edition": request.edition,
        "reason": request.reason,
        "draft": request.draft,
        "circulation": request.circulation.value,
        "issuer": request.by,
        "time_of_issue": request.at.isoformat(),
        "log": {"position": record.position, "hash": record.hash},
        "checkpoint": record.checkpoint,
        "names": {person: list(one) for person, one in sorted(record.names.printed.items())},
        "branding": asdict(branding),
        "calendar": {
            "working_day": programme.working_day,
            "due": due_day(request.month, programme.working_day).isoformat(),
            "time_zone": "Europe/London",
        },
        "versions": {**{name: _version(name) for name in _ENGINES}, "drawing": DRAWING},
        "opened_by": _opened_by(record),
        "opening": opening.to_json(book),
    }


def _opened_by(record: Record) -> dict[str, Any] | None:
    last = record.last
    if last is None:
        return None
    return {
        "month": str(last.month),
        "edition": last.edition,
        "position": last.position,
        "pdf_sha256": last.pdf_sha256,
        "inputs_sha256": last.inputs_sha256,
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
