"""A person's calendar for Outlook and the like, at a secret address that the person can end."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from benefits.wording.writing import instant
from entrypoints import calendar_addresses, sight
from entrypoints.access import PUBLIC, SIGNED_IN, allowed
from entrypoints.auth import viewer_of
from entrypoints.here import now, realise, settings, today, viewer
from entrypoints.views.calendar_days import Day, days

pages = Blueprint("calendars", __name__)

#: Calendar programs ask again after this many seconds at the earliest.
FRESH_FOR = 900


@pages.get("/account/calendar")
@allowed(SIGNED_IN)
def index() -> str:
    """What the calendar holds, and its address."""
    return _page()


@pages.post("/account/calendar")
@allowed(SIGNED_IN)
def make() -> AnyResponse:
    """Make a new address and show it, this once; or end the one that there is."""
    with realise().database.write() as connection:
        if request.form.get("end") == "yes":
            calendar_addresses.end(connection, viewer().person)
            flash("Your calendar’s address is ended.")
            return redirect("/account/calendar", 303)
        secret = calendar_addresses.make(connection, viewer().person, now())
    return Response(_page(f"{settings().address}/calendars/{secret}.ics"), 201)


@pages.get("/calendars/<secret>.ics")
@allowed(PUBLIC)
def feed(secret: str) -> Response:
    """The calendar itself. The address is the only key, so a wrong one is nowhere."""
    with realise().database.read() as connection:
        person = calendar_addresses.person_of(connection, secret)
    who = viewer_of(person) if person else None
    if who is None:
        abort(404)
    sight.take(who)  # nobody is signed in: what this person may see holds all the same
    with realise().database.read() as connection:
        found = days(connection, who, today())
    answer = Response(_written(found), mimetype="text/calendar")
    answer.headers["Cache-Control"] = f"private, max-age={FRESH_FOR}"
    return answer


def _written(found: list[Day]) -> bytes:
    """The days as an iCalendar file (RFC 5545)."""
    from icalendar import Calendar, Event  # a quarter of a second that no other page needs

    calendar = Calendar()
    calendar.add("prodid", "-//Realise//Benefits realisation//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Benefits realisation")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    stamp, address = now(), settings().address
    host = address.partition("//")[2].partition("/")[0]
    for day in found:
        entry = Event()
        entry.add("uid", f"{day.uid}@{host}")
        entry.add("dtstamp", stamp)
        entry.add("dtstart", day.on)
        entry.add("dtend", day.on + timedelta(days=1))
        entry.add("summary", day.title)
        entry.add("url", f"{address}{day.path}")
        entry.add("transp", "TRANSPARENT")
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _page(address: str = "") -> str:
    with realise().database.read() as connection:
        since = calendar_addresses.made_at(connection, viewer().person)
    return render_template(
        "pages/calendar.html", address=address, since=instant(since) if since else ""
    )
