"""Signing in and out."""

from urllib.parse import quote

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from entrypoints import auth
from entrypoints.access import PUBLIC, allowed
from entrypoints.access_record import What
from entrypoints.accesses import note
from entrypoints.attempts import TooManyAttempts
from entrypoints.auth import Outcome, PasswordsAreNotForYou
from entrypoints.here import settings, viewer_or_none

pages = Blueprint("sign_in", __name__)

WRONG = "The email address or the password is not right. Check both and try again."
WRONG_CODE = "That code is not right, or was used already. Wait for the next one and write that."
EMPTY = "Write your email address and your password."


@pages.get("/sign-in")
@allowed(PUBLIC)
def form() -> str | AnyResponse:
    """The form; who is signed in already goes on."""
    wanted = auth.safe_next(request.args.get("next", "/"))
    if viewer_or_none() is not None:
        return redirect(wanted, 303)
    return _page("", wanted, "")


@pages.post("/sign-in")
@allowed(PUBLIC)
def sign_in() -> AnyResponse:
    """Sign in, or say that it is not right without saying which part."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    wanted = auth.safe_next(request.form.get("next", "/"))
    if not email.strip() or not password:
        return Response(_page(email, wanted, EMPTY), 422)
    try:
        outcome = auth.sign_in(email[:320], password, request.remote_addr or "")
    except TooManyAttempts as fault:
        note(What.SIGN_IN_STOPPED, auth.known_as(email))
        return Response(_page(email, wanted, str(fault)), 429, {"Retry-After": "900"})
    except PasswordsAreNotForYou as fault:
        note(What.SIGN_IN_FAILED, auth.known_as(email))
        return Response(_page(email, wanted, str(fault)), 403)
    if outcome is Outcome.CODE:
        return redirect(f"/sign-in/code?next={quote(wanted)}", 303)
    if outcome is Outcome.WRONG:
        note(What.SIGN_IN_FAILED, auth.known_as(email))
        return Response(_page(email, wanted, WRONG), 401)
    note(What.SIGNED_IN, auth.known_as(email))
    return redirect(wanted, 303)


@pages.get("/sign-in/code")
@allowed(PUBLIC)
def code_form() -> str | AnyResponse:
    """The box for the code, for who gave the right password a moment ago."""
    wanted = auth.safe_next(request.args.get("next", "/"))
    return _asked(wanted, "") if auth.half_way() else redirect("/sign-in", 303)


@pages.post("/sign-in/code")
@allowed(PUBLIC)
def give_code() -> AnyResponse:
    """Sign in by the code of a telephone, or by a recovery code."""
    wanted, person = auth.safe_next(request.form.get("next", "/")), auth.half_way()
    if not person:
        return redirect("/sign-in", 303)
    try:
        right = auth.sign_in_by_code(request.form.get("code", "")[:64], request.remote_addr or "")
    except TooManyAttempts as fault:
        note(What.SIGN_IN_STOPPED, person)
        return Response(_asked(wanted, str(fault)), 429, {"Retry-After": "900"})
    note(What.SIGNED_IN if right else What.SIGN_IN_FAILED, person)
    return redirect(wanted, 303) if right else Response(_asked(wanted, WRONG_CODE), 401)


@pages.post("/sign-out")
@allowed(PUBLIC)
def sign_out() -> AnyResponse:
    """Sign out, everywhere that this session reaches."""
    person, by_openid = viewer_or_none(), auth.came_by_openid()
    auth.sign_out()
    if person is not None:
        note(What.SIGNED_OUT, person.person)
    return redirect("/signed-out" if by_openid else "/sign-in", 303)


@pages.get("/signed-out")
@allowed(PUBLIC)
def signed_out() -> str:
    """Out of Realise; whoever shares the machine signs out of the single sign-on too."""
    return render_template("pages/signed_out.html")


def _asked(wanted: str, fault: str) -> str:
    return render_template("pages/code.html", wanted=wanted, fault=fault)


def _page(email: str, wanted: str, fault: str) -> str:
    openid = settings().openid
    return render_template(
        "pages/sign_in.html",
        email=email[:320],
        wanted=wanted,
        fault=fault,
        single="" if openid is None else openid.called,
        single_at=f"/sign-in/openid?next={quote(wanted)}",
        folded=not settings().passwords_for_all and not fault,
    )
