"""The monthly reports: those issued; a draft made now; issuing and reissuing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from benefits.periods import Month
from benefits.refusals import NotFound, Refused
from benefits.wording.writing import month as month_words
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.flagged import in_text
from entrypoints.forms import confirm_box
from entrypoints.here import now, realise, today, viewer
from entrypoints.pages.report_files import report_file
from entrypoints.report_editions import (
    DRAFTERS,
    allowed_circulation,
    may_draft,
    may_open_exempt,
    month_of,
)
from entrypoints.reporting import (
    LONGEST_REASON,
    fault_of_reason,
    long_titles,
    months_of,
    months_to_issue,
    programmes,
    put_draft_on_list,
    put_on_list,
    reports,
)
from entrypoints.sheets import confirmed
from entrypoints.statuses import status_of
from entrypoints.views.issued import by_programme, editions, listed
from entrypoints.views.making import LOOK_AGAIN, drafts_for, in_the_making
from reports.calendar import after
from reports.issued import Circulation
from workflows.commands import Role

pages = Blueprint("reports", __name__)

#: What the form of a draft holds.
TYPED = ("which", "edition", "known-day", "known-month", "known-year")
EDITION_DIGITS = 4
NOT_A_DAY = "Write the day in figures, such as 31 10 2024, or leave it blank for the record now."


@pages.get("/reports")
@allowed(SIGNED_IN)
def index() -> str:
    """Every report that was issued, by programme."""
    return _index()


@pages.post("/reports/draft")
@allowed(*DRAFTERS)
def draft() -> AnyResponse:
    """Make a draft and hand it over as a file, a long one later. The record stays as it is."""
    try:
        programme, month = _chosen()
        known = _as_known()
        circulation = _circulation(programme)
        if put_draft_on_list(programme, month, circulation, known):
            flash("The draft is being made. You can leave this page and come back to it.")
            return redirect("/reports", 303)
        made = reports().draft(
            programme,
            month,
            by=viewer().person,
            at=now(),
            position=realise().position_at(after(known)) if known else None,
            circulation=circulation,
        )
    except Refused as fault:
        return _again("draft", str(fault), status_of(fault) or 409)
    return report_file(made.pdf, programme, month, draft=True, circulation=circulation)


def _circulation(programme: str) -> Circulation:
    """The edition that the form asks for, public unless it says. Raises ``NotAllowed``."""
    may_draft(programme)
    exempt = request.form.get("edition", "") == Circulation.EXEMPT.value
    return allowed_circulation(programme, exempt=exempt)


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
    which = month_of(month)
    answer = Response(_month(programme, which, "", ""))
    if in_the_making(programme, which) is not None:
        answer.headers["Refresh"] = str(LOOK_AGAIN)
    return answer


@pages.post("/reports/<programme>/<month>/reissue")
@allowed(Role.PMO)
def reissue(programme: str, month: str) -> AnyResponse:
    """Replace the report by a new edition, with a reason that is printed on its cover."""
    which, reason = month_of(month), request.form.get("reason", "").strip()
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


def _chosen() -> tuple[str, Month]:
    """The programme and month that a form names, as one choice: ``care/2024-10``."""
    programme, _, written = request.form.get("which", "").rpartition("/")
    if not programme:
        raise NotFound("Choose a programme and a month.")
    if not realise().programme(programme).exists or programme not in programmes():
        raise NotFound("There is no such programme. Choose one from the list.")
    return programme, month_of(written)


def _as_known() -> date | None:
    """The day that the form names, at whose end the record is read; None for as it stands."""
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
    return day


def _again(which: str, refusal: str, status: int) -> AnyResponse:
    return Response(_index(which, refusal), status)


def _index(asked: str = "", refusal: str = "") -> str:
    person = viewer()
    known = programmes()
    issued = listed(known)
    taken = {(one.programme, str(one.month)) for one in issued}
    drafted, month = _where(known, *DRAFTERS), Month.of(today())
    issuable = _choices(_where(known, Role.PMO), months_to_issue, month.plus(-1))
    return render_template(
        "pages/reports.html",
        programmes=by_programme(known, issued),
        drafts=_choices(drafted, months_of, month),
        issuable=[one for one in issuable if tuple(one[0].rsplit("/", 1)) not in taken],
        drafting=drafts_for(person.person, {key: row.title for key, row in known.items()}, now()),
        asked=asked,
        refusal=refusal,
        typed={name: request.form.get(name, "") for name in TYPED},
        long_titles=long_titles(drafted),
        reads_exempt=any(may_open_exempt(person, one) for one in drafted),
    )


def _where(known: Mapping[str, Any], *roles: Role) -> Mapping[str, Any]:
    """The programmes for which the person has one of these roles."""
    held = viewer().roles_for
    return {key: row for key, row in known.items() if held(key).intersection(roles)}


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
    roles = viewer().roles_for(programme)
    found = editions(programme, month, exempt=may_open_exempt(viewer(), programme))
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
        may_reissue=Role.PMO in roles and making is None,
        confirm=confirm_box({}, confirmed=confirmed()) if in_text(reason) else None,
        may_compare=bool(roles.intersection((*DRAFTERS, Role.AUDITOR))),
        reason=reason[:LONGEST_REASON],
        fault=fault,
    )
