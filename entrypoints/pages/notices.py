"""What is new: what a person was told, read or not, and how they choose to hear of it."""

from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import now, realise, viewer
from entrypoints.views.notices import KINDS, Choosing, rows_of
from entrypoints.views.paging import page_of
from workflows import notices
from workflows.notices import How

pages = Blueprint("notices", __name__)

SIZE = 25


@pages.get("/notices")
@allowed(SIGNED_IN)
def index() -> str:
    """The person's notices, the newest first; those not read, or all."""
    show_all = request.args.get("show") == "all"
    page = page_of(request.args.get("page", "1"))
    with realise().database.read() as connection:
        found, listed = notices.listed(
            connection,
            viewer().person,
            only_unread=not show_all,
            most=SIZE,
            skip=(page - 1) * SIZE,
        )
        unread = notices.unread(connection, viewer().person)
    return render_template(
        "pages/notices.html",
        show_all=show_all,
        unread=unread,
        **rows_of(listed, found, page, SIZE, show_all=show_all),
    )


@pages.post("/notices")
@allowed(SIGNED_IN)
def read() -> AnyResponse:
    """Mark one of the person's notices as read, or all of them."""
    notice = request.form.get("notice", "")[:400]
    with realise().database.write() as connection:
        notices.read(connection, viewer().person, now(), notice)
    back = "/notices?show=all" if request.form.get("show") == "all" else "/notices"
    return redirect(back, 303)


@pages.get("/account/notices")
@allowed(SIGNED_IN)
def choices() -> str:
    """How the person hears of each kind of thing."""
    return _choosing("")


@pages.post("/account/notices")
@allowed(SIGNED_IN)
def choose() -> AnyResponse:
    """Keep what the person chose."""
    words = {how.value: how for how in How}
    typed = {kind: request.form.get(kind.name, "") for kind in KINDS}
    if not all(one in words for one in typed.values()):
        return Response(_choosing("Choose one of the ways for each."), 422)
    with realise().database.write() as connection:
        notices.choose(connection, viewer().person, {k: words[one] for k, one in typed.items()})
    flash("What you are told, and how, is kept.")
    return redirect("/account/notices", 303)


def _choosing(fault: str) -> str:
    person = viewer().person
    with realise().database.read() as connection:
        held = notices.chosen(connection, [person])
    rows = [Choosing(kind, held[(person, kind)]) for kind in KINDS]
    return render_template("pages/notice_choices.html", rows=rows, ways=list(How), fault=fault)
