"""Setting a council up: its first steps, its logo, and whether its emails arrive."""

from flask import Blueprint, Response, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from entrypoints import hidden_parts, mail
from entrypoints.access import PUBLIC, allowed
from entrypoints.council import council
from entrypoints.here import now, realise, settings, viewer
from entrypoints.views.first_steps import TEST_EMAIL, first_steps
from reports import logos
from reports.logos import NoLogo
from workflows import directory, outbox
from workflows.commands import Role
from workflows.outbox import Message

pages = Blueprint("setting_up", __name__)

PART = "first steps"


@pages.get("/admin/first-steps")
@allowed(Role.ADMINISTRATOR)
def index() -> str:
    """Every first step, done or not."""
    with realise().database.read() as connection:
        steps = first_steps(connection, realise().standing("council", "council"))
        away = hidden_parts.is_hidden(connection, viewer().person, PART)
    return render_template("pages/first_steps.html", steps=steps, away=away)


@pages.post("/admin/first-steps")
@allowed(Role.ADMINISTRATOR)
def hide() -> AnyResponse:
    """Take the first steps off one's home page, or put them back."""
    away = request.form.get("away") == "yes"
    with realise().database.write() as connection:
        hidden_parts.hide(connection, viewer().person, PART, away=away)
    if away:
        flash("The first steps are off your home page. You find them under Settings.")
    return redirect("/" if away else "/admin/first-steps", 303)


@pages.get("/admin/logo")
@allowed(Role.ADMINISTRATOR)
def logo() -> str:
    """The logo as it is, and the form for another."""
    return render_template("pages/logo.html", fault="", largest=logos.LARGEST // 1000)


@pages.post("/admin/logo")
@allowed(Role.ADMINISTRATOR)
def change_logo() -> AnyResponse:
    """Keep another logo, or none."""
    if request.form.get("remove") == "yes":
        with realise().database.write() as connection:
            logos.remove(connection)
        flash("The logo is taken off the pages.")
        return redirect("/admin/logo", 303)
    sent = request.files.get("logo")
    try:
        found = logos.looked_at(sent.stream.read(logos.LARGEST + 1) if sent else b"")
    except NoLogo as fault:
        page = render_template("pages/logo.html", fault=str(fault), largest=logos.LARGEST // 1000)
        return Response(page, 422)
    with realise().database.write() as connection:
        logos.keep(connection, found, now())
    flash("The logo stands at the top of every page.")
    return redirect("/admin/logo", 303)


@pages.get("/logo")
@allowed(PUBLIC)
def picture() -> Response:
    """The logo itself. It is a picture and nothing else, whatever its bytes would like to be."""
    with realise().database.read() as connection:
        found = logos.fetch(connection)
    if found is None:
        return Response(status=404)
    answer = Response(found.content, mimetype=found.media_type)
    if request.args.get("v") == found.sha256:
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@pages.post("/admin/test-email")
@allowed(Role.ADMINISTRATOR)
def test_email() -> AnyResponse:
    """Send an email to one's own address now, and say what the mail server answered."""
    who, at = viewer().person, now()
    with realise().database.read() as connection:
        entry = directory.by_id(connection, who)
    address = (entry.email if entry else "") or ""
    message = Message(
        f"test-{at:%Y%m%d%H%M%S%f}-{who}",
        who,
        TEST_EMAIL,
        outbox.one_line(f"Test email from {council().name}"),
        f"Emails of the benefits realisation record arrive here.\n\n{settings().address}/admin\n",
    )
    fault = mail.try_out(settings(), message, address, at)
    if not fault:
        with realise().database.write() as connection:
            outbox.queue(connection, [message], at, state=outbox.SENT)
    said = f"It did not go. {fault}" if fault else f"{_taker()} took the email to {address}."
    return Response(render_template("pages/test_email.html", said=said, went=not fault))


def _taker() -> str:
    return "The mail server" if settings().notify is None else "GOV.UK Notify"
