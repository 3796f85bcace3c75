"""A month told twice: its figures as they were known on a day, beside those known now."""

from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, render_template, request

from benefits.periods import Month, NotAPeriod
from benefits.refusals import NotFound, Refused
from benefits.wording.writing import month as month_words
from entrypoints.access import allowed
from entrypoints.here import now, realise, today, viewer
from entrypoints.views.compared import side_by_side
from entrypoints.wiring import KINDS
from reports import archive
from reports.as_known import AsKnown, as_known
from reports.calendar import LONDON
from reports.monthly import Request
from workflows.commands import Role

pages = Blueprint("as_known", __name__)

#: The figures known now are those of a draft, so it is for those who may read one.
READERS = (Role.PMO, Role.FINANCE, Role.ADMINISTRATOR, Role.AUDITOR)
PARTS = ("day", "month", "year")


@pages.get("/reports/<programme>/<month>/as-known")
@allowed(*READERS)
def show(programme: str, month: str) -> Response:
    """The figures that differ, by section. Without a day, since the last edition was issued."""
    which, standing = _read(month), realise().programme(programme)
    if not standing.exists:
        raise NotFound("There is no such programme. Choose one from the list of reports.")
    typed = {part: request.args.get(f"known-{part}", "").strip() for part in PARTS}
    refusal, found = "", None
    try:
        found = _compared(programme, which, _position(programme, which, typed))
    except Refused as fault:
        refusal = str(fault)
    page = render_template(
        "pages/as_known.html",
        title=standing.title,
        programme=programme,
        month=which,
        words=month_words(which),
        found=found,
        grids=side_by_side(found, "As known then", "As known now") if found else [],
        typed=typed,
        refusal=refusal,
    )
    return Response(page, 422 if refusal else 200)


def _read(written: str) -> Month:
    try:
        return Month.parse(written)
    except NotAPeriod as fault:
        raise NotFound(str(fault)) from fault


def _position(programme: str, month: Month, typed: dict[str, str]) -> int | None:
    """The position at the end of the day typed; else that of the last edition; None for neither."""
    if any(typed.values()):
        return realise().position_at(_end_of(typed))
    with realise().database.read() as connection:
        issued = archive.fetch(connection, programme, month)
    return issued.position if issued else None


def _end_of(typed: dict[str, str]) -> datetime:
    sentence = "Write the day in figures, such as 5 11 2024."
    if not all(box.isascii() and box.isdigit() and len(box) <= 4 for box in typed.values()):
        raise Refused(sentence)
    try:
        day = date(int(typed["year"]), int(typed["month"]), int(typed["day"]))
    except ValueError as fault:
        raise Refused(sentence) from fault
    if day > today():
        raise Refused("That day has not come yet: give an earlier one.")
    return datetime.combine(day + timedelta(days=1), time(), LONDON)


def _compared(programme: str, month: Month, then: int | None) -> AsKnown | None:
    if then is None:
        return None
    head = realise().store.head()[0]
    asked = Request(programme, month, head, viewer().person, now(), draft=True)
    return as_known(realise().store, KINDS, asked, then, head)
