"""One's own account: a new password, and the places where one is signed in."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from benefits.wording.writing import instant
from entrypoints import attempts, auth, passwords, sessions
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.auth import TOO_MANY
from entrypoints.here import now, realise, viewer
from entrypoints.pages.home import posts
from entrypoints.passwords import WeakPassword
from workflows import directory

pages = Blueprint("account", __name__)

WRONG = "That is not your password now."
UNLIKE = "The two new passwords are not the same. Write the new one twice."


@pages.get("/account")
@allowed(SIGNED_IN)
def show() -> str:
    """Who one is here, and the form for a new password."""
    return _page({})


@pages.post("/account/password")
@allowed(SIGNED_IN)
def change_password() -> AnyResponse:
    """Change one's own password. Every other session ends."""
    faults = _faults()
    if faults:
        return Response(_page(faults), 429 if TOO_MANY in faults.values() else 422)
    fresh = passwords.hashed(request.form["fresh"])
    with realise().database.write() as connection:
        directory.set_password(connection, viewer().person, fresh)
        sessions.end_others(connection, viewer().person, str(session["token"]), now())
    flash("Your password is changed. You are signed out everywhere else.")
    return redirect("/account", 303)


@pages.post("/account/sessions")
@allowed(SIGNED_IN)
def end_session() -> AnyResponse:
    """End one of one's own sessions, or all but this one."""
    which = request.form.get("session", "")[:64]
    with realise().database.write() as connection:
        if which == "others":
            sessions.end_others(connection, viewer().person, str(session["token"]), now())
        else:
            sessions.end_one(connection, viewer().person, which, now())
    flash("You are signed out there.")
    return redirect("/account", 303)


def _faults() -> dict[str, str]:
    """What is wrong with the form, by its boxes, in their order."""
    old, fresh = request.form.get("old", ""), request.form.get("fresh", "")
    with realise().database.write() as connection:
        entry = directory.by_id(connection, viewer().person)
        email = (entry.email if entry else "") or viewer().person
        within = attempts.count_one(connection, email, request.remote_addr or "", now())
    if not within:
        return {"old": TOO_MANY}
    if entry is None or not passwords.matches(entry.password, old):
        return {"old": WRONG}
    with realise().database.write() as connection:
        attempts.forget(connection, email)
    try:
        passwords.hashed(fresh)
    except WeakPassword as fault:
        return {"fresh": str(fault)}
    return {} if fresh == request.form.get("again", "") else {"again": UNLIKE}


def _page(faults: dict[str, str]) -> str:
    person = viewer()
    with realise().database.read() as connection:
        entry = directory.by_id(connection, person.person)
        open_sessions: list[dict[str, Any]] = [
            {
                "id": key,
                "began": instant(began),
                "mine": sessions.is_of(str(session["token"]), key),
            }
            for key, began in sessions.of_person(connection, person.person, now())
        ]
        held = posts(connection, person)
    return render_template(
        "pages/account.html",
        entry=entry,
        posts=held,
        faults=faults,
        sessions=open_sessions,
        by_openid=auth.came_by_openid(),
    )
