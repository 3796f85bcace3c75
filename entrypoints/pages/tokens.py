"""A person's own tokens: made, shown once, and ended."""

import re

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from marshmallow import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from benefits.wording.writing import instant
from entrypoints import tokens
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.fields import TextField
from entrypoints.here import now, realise, viewer
from entrypoints.tokens import Scope, Token
from entrypoints.views.grids import Cell, Grid, grid

pages = Blueprint("tokens", __name__)

#: What each scope lets a program do, as it is chosen on the page.
SCOPES: dict[Scope, str] = {
    Scope.READ: "Read what is recorded, and the reports",
    Scope.RECORD: "Record what you may record",
    Scope.DECIDE: "Vote, verify, confirm and close months, where you may",
    Scope.ADMINISTER: "Change boards, roles and settings, where you may",
}
DAYS = (30, 90, 180, 365)
_TOKEN = re.compile(r"[0-9a-f]{16}")


@pages.get("/account/tokens")
@allowed(SIGNED_IN)
def index() -> str:
    """The person's tokens, and the form for another."""
    return _page()


@pages.post("/account/tokens")
@allowed(SIGNED_IN)
def make() -> AnyResponse:
    """Make a token and show it, this once."""
    name, days = request.form.get("name", ""), request.form.get("days", "")
    scopes = {scope for scope in Scope if scope.value in request.form.getlist("scopes")}
    faults = _faults(name, days, scopes)
    if faults:
        return Response(_page(faults), 422)
    by = viewer().person
    with realise().database.write() as connection:
        secret, _ = tokens.make(connection, by, name.strip(), scopes, int(days), by, now())
    return Response(_page(secret=secret), 201)


@pages.post("/account/tokens/<token>/revoke")
@allowed(SIGNED_IN)
def revoke(token: str) -> AnyResponse:
    """End one of the person's own tokens."""
    if not _TOKEN.fullmatch(token):
        abort(404)
    with realise().database.write() as connection:
        ended = tokens.revoke(connection, token, now(), viewer().person)
    if not ended:
        abort(404)
    flash("The token is ended. Programs that use it are refused from now on.")
    return redirect("/account/tokens", 303)


def _faults(name: str, days: str, scopes: set[Scope]) -> dict[str, str]:
    faults: dict[str, str] = {}
    try:
        TextField(100, many_lines=False, required=True).deserialize(name)
    except ValidationError:
        faults["name"] = "Write what the token is for, in up to 100 characters."
    if not scopes:
        faults["scopes"] = "Choose at least one thing that it may do."
    if days not in {str(each) for each in DAYS}:
        faults["days"] = "Choose when it ends."
    return faults


def _page(faults: dict[str, str] | None = None, secret: str = "") -> str:
    with realise().database.read() as connection:
        mine = tokens.listed(connection, viewer().person)
    typed = request.form if faults else {}
    return render_template(
        "pages/tokens.html",
        faults=faults or {},
        secret=secret,
        typed={"name": typed.get("name", ""), "days": typed.get("days", "90")},
        chosen=request.form.getlist("scopes") if faults else [],
        scopes=[(scope.value, words) for scope, words in SCOPES.items()],
        days=DAYS,
        table=_table(mine),
        living=[each for each in mine if each.lives(now())],
    )


def _table(mine: list[Token]) -> Grid:
    rows: list[list[str | Cell]] = [
        [
            each.name,
            f"{each.prefix}…",
            ", ".join(scope.value for scope in Scope if scope in each.scopes),
            _state(each),
            instant(each.last_used_at) if each.last_used_at else "Not yet",
        ]
        for each in mine
    ]
    heads = ["For", "Begins with", "May", "Ends", "Last used"]
    return grid("Your tokens", heads, rows, empty="You have made none.")


def _state(token: Token) -> str:
    if token.revoked_at:
        return f"Ended by hand, {instant(token.revoked_at)}"
    return instant(token.ends_at) if token.lives(now()) else f"Ended, {instant(token.ends_at)}"
