"""One's own second factor: set up, confirmed, its recovery codes, and taken away."""

from datetime import datetime

import segno
from flask import Blueprint, Response, flash, redirect, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from benefits.wording.writing import instant
from entrypoints import auth, second_factor, sessions
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.access_record import What
from entrypoints.accesses import note
from entrypoints.attempts import TooManyAttempts
from entrypoints.council import council
from entrypoints.here import now, realise, settings, viewer
from workflows import directory
from workflows.commands import Role

pages = Blueprint(auth.SETTING_UP, __name__)

WRONG = "That code is not right, or was used already. Wait for the next one and write that."
NEEDED = "Administrators need a second factor here, so it cannot be taken away."
HERE = "/account/second-factor"


@pages.get(HERE)
@allowed(SIGNED_IN)
def show() -> str:
    """How it stands, and what to do next."""
    return _page({})


@pages.post(f"{HERE}/start")
@allowed(SIGNED_IN)
def start() -> AnyResponse:
    """Begin to set one up: a new secret, which does not count yet."""
    with realise().database.write() as connection:
        second_factor.start(connection, settings().secret_key, viewer().person, now())
    return redirect(HERE, 303)


@pages.post(f"{HERE}/confirm")
@allowed(SIGNED_IN)
def confirm() -> AnyResponse:
    """The first code of the telephone: from now on it counts. Recovery codes are shown, once."""
    code, key = request.form.get("code", "")[:64], settings().secret_key
    with realise().database.write() as connection:
        codes = second_factor.confirm(connection, key, viewer().person, code, now())
        if codes:
            sessions.end_others(connection, viewer().person, str(session["token"]), now())
    if not codes:
        return Response(_page({"code": WRONG}), 422)
    session[auth.SECOND] = True
    note(What.FACTOR_SET, viewer().person)
    return Response(_page({}, codes), 201)


@pages.post(f"{HERE}/<any(codes, remove):way>")
@allowed(SIGNED_IN)
def change(way: str) -> AnyResponse:
    """New recovery codes, or no second factor any more; either takes a code."""
    if way == "remove" and _needed():
        return Response(_page({"code": NEEDED}), 409)
    try:
        right = auth.proves_by_code(
            viewer().person, request.form.get("code", "")[:64], request.remote_addr or ""
        )
    except TooManyAttempts as fault:
        return Response(_page({"code": str(fault)}), 429, {"Retry-After": "900"})
    if not right:
        return Response(_page({"code": WRONG}), 422)
    with realise().database.write() as connection:
        if way == "codes":
            codes = second_factor.new_codes(connection, viewer().person)
            session[auth.SECOND] = True
        else:
            second_factor.remove(connection, viewer().person)
    if way == "codes":
        return Response(_page({}, codes), 201)
    session.pop(auth.SECOND, None)
    note(What.FACTOR_GONE, viewer().person)
    flash("The second factor is taken away. Your password alone signs you in.")
    return redirect(HERE, 303)


def _needed() -> bool:
    return settings().second_factor_asked and viewer().has(Role.ADMINISTRATOR)


def _page(faults: dict[str, str], codes: list[str] | None = None) -> str:
    with realise().database.read() as connection:
        entry = directory.by_id(connection, viewer().person)
        held = second_factor.of_person(connection, settings().secret_key, viewer().person)
    since = held.confirmed_at if held else None
    secret = held.secret if held and not since else ""
    called = (entry.email if entry else None) or viewer().name
    address = second_factor.address_of(secret, called, council().name) if secret else ""
    return render_template(
        "pages/second_factor.html",
        faults=faults,
        codes=codes or [],
        since=instant(datetime.fromisoformat(since)) if since else "",
        left=held.codes_left if held else 0,
        picture=segno.make(address, error="m").svg_data_uri(scale=5, light="#fff")
        if secret
        else "",
        secret=secret,
        needed=_needed(),
        has_password=bool(entry and entry.password),
    )


def _picture(address: str) -> str:
    """What a telephone reads, as an address that the page holds itself."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, light="#fff"))
