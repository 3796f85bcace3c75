"""Emails that were given up: why, and sending them again once what stood in their way is mended."""

from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from benefits.wording.writing import count, instant
from entrypoints.access import allowed
from entrypoints.here import now, realise
from entrypoints.views import naming
from workflows import outbox
from workflows.commands import Role

pages = Blueprint("emails", __name__)


@pages.get("/admin/emails")
@allowed(Role.ADMINISTRATOR)
def given_up() -> str:
    """The emails that could not be sent, each to be ticked."""
    return _page("")


@pages.post("/admin/emails")
@allowed(Role.ADMINISTRATOR)
def send_again() -> AnyResponse | tuple[str, int]:
    """Queue the ticked emails anew: the scheduler sends them with its next round."""
    with realise().database.write() as connection:
        queued = outbox.again(connection, request.form.getlist("emails"), now())
    if not queued:
        return _page("Tick the emails that should go again."), 422
    flash(f"{count(queued, 'email is', 'emails are')} queued again and sent within a minute.")
    return redirect("/admin/email", 303)


def _page(fault: str) -> str:
    with realise().database.read() as connection:
        called = naming.called(connection)
        found = [
            {
                "value": row.message,
                "text": f"{row.subject}, to {called.person(row.recipient)}",
                "hint": {
                    "text": f"Given up on {instant(datetime.fromisoformat(row.ended_at))}. "
                    f"{row.fault}"
                },
                "checked": True,
            }
            for row in outbox.given_up(connection)
        ]
    return render_template("pages/emails.html", found=found, fault=fault)
