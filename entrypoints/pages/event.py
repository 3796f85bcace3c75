"""One event of the log: where the references of reports and pages lead."""

from flask import Blueprint, abort, render_template

from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import realise
from entrypoints.views import log
from entrypoints.views.naming import called

pages = Blueprint("event", __name__)

#: No database counts further.
LARGEST = 2**63 - 1


@pages.get("/events/<int:position>")
@allowed(SIGNED_IN)
def show(position: int) -> str:
    """The event in a sentence, and exactly as the log keeps it."""
    if not 0 < position < LARGEST:
        abort(404)
    with realise().database.read() as connection:
        found = log.entry(realise(), connection, position, called(connection))
        head, _ = realise().store.head(connection)
    if found is None:
        abort(404)
    return render_template("pages/event.html", event=found, head=head)
