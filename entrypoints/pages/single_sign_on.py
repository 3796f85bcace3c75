"""Signing in at the council's own provider, and out of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, session
from werkzeug.wrappers import Response as AnyResponse

from entrypoints import auth, sessions
from entrypoints.access import PUBLIC, allowed
from entrypoints.access_record import What
from entrypoints.accesses import note
from entrypoints.here import now, realise, settings, viewer_or_none
from entrypoints.openid import provider
from entrypoints.openid.arriving import Arrival
from entrypoints.openid.choices import OpenId
from entrypoints.openid.provider import LEEWAY, NotSignedIn
from entrypoints.openid.sentences import AMISS

pages = Blueprint("single_sign_on", __name__)

ANOTHER = "Somebody else signed in at the council’s sign-on. Sign out, then sign in as yourself."
UNSAID = AMISS.format("it does not say when you gave your password there (auth_time)")


@pages.get("/sign-in/openid")
@allowed(PUBLIC)
def begin() -> AnyResponse:
    """Send the person to the provider. A link and not a form: browsers let no form lead away."""
    wanted = auth.safe_next(request.args.get("next", "/"))
    again = bool(request.args.get("again")) and viewer_or_none() is not None
    if viewer_or_none() is not None and not again:
        return redirect(wanted, 303)
    try:
        _chosen()
        return provider.begin(wanted, again=again)
    except NotSignedIn as fault:
        return _refused(str(fault))


@pages.get(provider.BACK)
@allowed(PUBLIC)
def back() -> AnyResponse:
    """The person is back from the provider: sign them in, or say why not."""
    try:
        openid = _chosen()
        wanted, again, begun = provider.under_way()
        claims = provider.claims()
        person = Arrival(realise(), openid, claims, now()).person()
        proved = _proved_at(claims)
        if again:
            _prove(person, begun, proved)
        else:
            _let_in(person, proved)
    except NotSignedIn as fault:
        note(What.SIGN_IN_FAILED)
        return _refused(str(fault))
    note(What.SIGNED_IN, person)
    return redirect(wanted, 303)


@pages.get("/sign-in/openid/leave")
@allowed(PUBLIC)
def leave() -> AnyResponse:
    """Go to where the person signs out of the provider too."""
    try:
        _chosen()
        address = provider.leaving()
    except NotSignedIn as fault:
        return _refused(str(fault))
    if not address:
        flash("The council’s sign-on has no page to sign out of it. Close the browser.")
    return redirect(address or "/sign-in", 303)


def _chosen() -> OpenId:
    """The provider; these pages are not there for a council without one."""
    openid = provider.chosen()
    if openid is None:
        abort(404)
    return openid


def _proved_at(claims: Any) -> datetime | None:
    """When the person last proved who they are to the provider, if it says so."""
    said = claims.get("auth_time")
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 < said < 1e11:
        return None
    return datetime.fromtimestamp(said, UTC)


def _let_in(person: str, proved: datetime | None) -> None:
    """A new session. It proves as much as the provider says that it asked for, and no more."""
    at = now()
    never = datetime.fromtimestamp(0, UTC)
    with realise().database.write() as connection:
        token = sessions.start(connection, person, at, settings().session_hours)
        sessions.prove(connection, token, min(proved or never, at))
    auth.begin(token, at, by=auth.BY_OPENID)


def _prove(person: str, begun: datetime, proved: datetime | None) -> None:
    """The person here has proved again who they are. Raises ``NotSignedIn``."""
    here = viewer_or_none()
    if here is None or here.person != person:
        raise NotSignedIn(ANOTHER)
    if proved is None or proved < begun - timedelta(seconds=LEEWAY):
        raise NotSignedIn(UNSAID)
    with realise().database.write() as connection:
        sessions.prove(connection, str(session["token"]), now())


def _refused(sentence: str) -> Response:
    page = render_template("pages/not_signed_in.html", sentence=sentence)
    return Response(page, 403)
