"""The monthly reports: those issued, with their files; a draft made now; issuing and reissuing."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from benefits.periods import Month, NotAPeriod
from benefits.refusals import NotAllowed, NotFound, Refused
from benefits.wording.writing import month as month_words
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.accesses import reads_exempt
from entrypoints.flagged import in_text
from entrypoints.forms import confirm_box
from entrypoints.here import now, realise, today, viewer
from entrypoints.reporting import (
    LONGEST_REASON,
    fault_of_reason,
    months_of,
    months_to_issue,
    programmes,
    put_on_list,
    reports,
)
from entrypoints.sheets import confirmed
from entrypoints.statuses import status_of
from entrypoints.views.issued import by_programme, editions, listed
from entrypoints.views.making import LOOK_AGAIN, in_the_making
from reports import archive
from reports.calendar import LONDON
from reports.issued import Circulation
from workflows.commands import Role

pages = Blueprint("reports", __name__)

#: Who may make a draft, and who may issue.
DRAFTERS = (Role.PMO, Role.FINANCE, Role.ADMINISTRATOR)
#: What the form of a draft holds.
TYPED = ("which", "edition", "known-day", "known-month", "known-year")
NOT_A_DAY = "Write the day in figures, such as 31 10 2024, or leave it blank for the record now."


@pages.get("/reports")
@allowed(SIGNED_IN)
def index() -> str:
    """Every report that was issued, by programme."""
    return _index()


@pages.post("/reports/draft")
@allowed(*DRAFTERS)
def draft() -> AnyResponse:
    """Make a draft now and hand it over as a file. Nothing is written to the record."""
    try:
        programme, month = _chosen()
        position = _as_known()
        circulation = _circulation()
        made = reports().draft(
            programme,
            month,
            by=viewer().person,
            at=now(),
            position=position,
            circulation=circulation,
        )
    except Refused as fault:
        return _again("draft", str(fault), status_of(fault) or 409)
    return _file(made.pdf, programme, month, draft=True, circulation=circulation)


def _circulation() -> Circulation:
    """The edition that the form asks for, public unless it says. Refused to who may not read it."""
    if request.form.get("edition", "") != Circulation.EXEMPT.value:
        return Circulation.PUBLIC
    return _allowed_exempt()


def _allowed_exempt() -> Circulation:
    if not viewer().reads_exempt:
        raise NotAllowed("This edition is exempt: only those who may read what is exempt open it.")
    reads_exempt()
    return Circulation.EXEMPT


@pages.post("/reports/issue")
@allowed(Role.PMO)
def issue() -> AnyResponse:
    """Issue a month's report: archive it, record it and queue the emails."""
    try:
        programme, month = _chosen()
        if put_on_list(programme, month, 1, ""):
            return redirect(f"/reports/{programme}/{month}", 303)
        done = reports().issue(programme, month, by=viewer().person, at=now())
    except Refused as fault:
        return _again("issue", str(fault), status_of(fault) or 409)
    flash(
        f"The report for {month_words(month)} is issued and on its way to the committee."
        if done.fresh
        else f"The report for {month_words(month)} had been issued already: this is it."
    )
    return redirect(f"/reports/{programme}/{month}", 303)


@pages.get("/reports/<programme>/<month>")
@allowed(SIGNED_IN)
def show(programme: str, month: str) -> AnyResponse:
    """The editions of one month's report. While one is being made the page looks again by itself.

    That is a header and not a part of the page, so that it needs no script.
    """
    which = _read(month)
    answer = Response(_month(programme, which, "", ""))
    if in_the_making(programme, which) is not None:
        answer.headers["Refresh"] = str(LOOK_AGAIN)
    return answer


@pages.post("/reports/<programme>/<month>/reissue")
@allowed(Role.PMO)
def reissue(programme: str, month: str) -> AnyResponse:
    """Replace the report by a new edition, with a reason that is printed on its cover."""
    which, reason = _read(month), request.form.get("reason", "").strip()
    known = editions(programme, which)
    seen = request.form.get("edition", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) <= EDITION_DIGITS):
        abort(428)
    if known and int(seen) < known[0].edition:
        flash("A new edition was issued in the meantime: this is it. Nothing more was done.")
        return redirect(f"/reports/{programme}/{which}", 303)
    wrong = fault_of_reason(reason, confirmed=confirmed())
    if wrong:
        return Response(_month(programme, which, reason, wrong), 422)
    try:
        if known and put_on_list(programme, which, known[0].edition + 1, reason):
            return redirect(f"/reports/{programme}/{which}", 303)
        reports().issue(programme, which, by=viewer().person, at=now(), reason=reason, reissue=True)
    except Refused as fault:
        return Response(_month(programme, which, reason, str(fault)), status_of(fault) or 409)
    flash("The new edition is issued and on its way to the committee.")
    return redirect(f"/reports/{programme}/{which}", 303)


EDITION_DIGITS = 4


@pages.get("/reports/<programme>/<month>/<edition>.pdf")
@allowed(SIGNED_IN)
def download(programme: str, month: str, edition: str) -> AnyResponse:
    """One edition, byte for byte as it was issued."""
    return _issued(programme, month, edition, Circulation.PUBLIC)


@pages.get("/reports/<programme>/<month>/<edition>/exempt.pdf")
@allowed(SIGNED_IN)
def download_exempt(programme: str, month: str, edition: str) -> AnyResponse:
    """The same with what is exempt, for those who may read it."""
    return _issued(programme, month, edition, _allowed_exempt())


def _issued(programme: str, month: str, edition: str, circulation: Circulation) -> AnyResponse:
    which = _read(month)
    if not (edition.isascii() and edition.isdigit() and len(edition) <= EDITION_DIGITS):
        abort(404)
    with realise().database.read() as connection:
        found = archive.fetch(connection, programme, which, int(edition), circulation)
    if found is None:
        raise NotFound("No such edition was issued. Look for it in the list of reports.")
    return _file(found.pdf, programme, which, circulation=circulation)


def _file(
    pdf: bytes,
    programme: str,
    month: Month,
    *,
    draft: bool = False,
    circulation: Circulation = Circulation.PUBLIC,
) -> AnyResponse:
    from reports.delivering import file_name

    title = realise().programme(programme).title
    name = file_name(title, month, draft=draft, circulation=circulation)
    answer = send_file(
        io.BytesIO(pdf), "application/pdf", as_attachment=draft, download_name=name, etag=False
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    exempt = circulation is Circulation.EXEMPT
    answer.headers["Cache-Control"] = "no-store" if draft or exempt else "private, max-age=0"
    return answer


def _chosen() -> tuple[str, Month]:
    """The programme and month that a form names, as one choice: ``care/2024-10``."""
    programme, _, written = request.form.get("which", "").rpartition("/")
    if not programme:
        raise NotFound("Choose a programme and a month.")
    if not realise().programme(programme).exists or programme not in programmes():
        raise NotFound("There is no such programme. Choose one from the list.")
    return programme, _read(written)


def _read(written: str) -> Month:
    try:
        return Month.parse(written)
    except NotAPeriod as fault:
        raise NotFound(str(fault)) from fault


def _as_known() -> int | None:
    """The position at the end of the day that the form names; None for the log as it stands."""
    boxes = [request.form.get(f"known-{part}", "").strip() for part in ("year", "month", "day")]
    if not any(boxes):
        return None
    if not all(box.isascii() and box.isdigit() and len(box) <= EDITION_DIGITS for box in boxes):
        raise Refused(NOT_A_DAY)
    try:
        day = date(*(int(box) for box in boxes))
    except ValueError as fault:
        raise Refused(NOT_A_DAY) from fault
    if day > today():
        raise Refused("That day has not come yet. Leave it blank for the record now.")
    end = datetime.combine(day + timedelta(days=1), time(), LONDON)
    return realise().position_at(end)


def _again(which: str, refusal: str, status: int) -> AnyResponse:
    return Response(_index(which, refusal), status)


def _index(asked: str = "", refusal: str = "") -> str:
    person = viewer()
    known = programmes()
    issued = listed(known)
    taken = {(one.programme, str(one.month)) for one in issued}
    return render_template(
        "pages/reports.html",
        programmes=by_programme(known, issued),
        drafts=_choices(known, months_of, Month.of(today())) if person.has(*DRAFTERS) else [],
        issuable=[
            one
            for one in _choices(known, months_to_issue, Month.of(today()).plus(-1))
            if tuple(one[0].rsplit("/", 1)) not in taken
        ]
        if person.has(Role.PMO)
        else [],
        asked=asked,
        refusal=refusal,
        typed={name: request.form.get(name, "") for name in TYPED},
        reads_exempt=person.reads_exempt,
    )


def _choices(
    known: Mapping[str, Any], months: Callable[[Any, Month], Sequence[Month]], upto: Month
) -> list[tuple[str, str]]:
    return [
        (f"{key}/{month}", f"{row.title}, {month_words(month)}")
        for key, row in known.items()
        for month in months(row, upto)
    ]


def _month(programme: str, month: Month, reason: str, fault: str) -> str:
    standing = realise().programme(programme)
    found = editions(programme, month, exempt=viewer().reads_exempt)
    making = in_the_making(programme, month)
    if making is not None and not found:
        return render_template(
            "pages/report_in_the_making.html",
            title=standing.title,
            words=month_words(month),
            making=making,
        )
    if not standing.exists or not found:
        raise NotFound("No report of that month was issued. Look in the list of reports.")
    return render_template(
        "pages/report.html",
        title=standing.title,
        programme=programme,
        month=month,
        words=month_words(month),
        editions=found,
        making=making,
        may_reissue=viewer().has(Role.PMO) and making is None,
        confirm=confirm_box({}, confirmed=confirmed()) if in_text(reason) else None,
        may_compare=viewer().has(*DRAFTERS, Role.AUDITOR),
        reason=reason[:LONGEST_REASON],
        fault=fault,
    )
