"""What somebody had typed into a form that could not be taken: given back to be copied."""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from flask import request

from entrypoints.auth import safe_next
from entrypoints.labels import FIELDS
from entrypoints.questions import IDS

MOST, LONGEST = 200, 20_000


def typed() -> Sequence[tuple[str, str]]:
    """The answers of a form that this site's own page sent, each under its label.

    Nothing for a form that another site made: its words would stand on a page of the council's.
    """
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return ()
    found = [
        (label, value[:LONGEST])
        for name, value in request.form.items(multi=True)
        if value.strip() and (label := _label(name))
    ]
    return found[:MOST]


def _label(name: str) -> str:
    """What the box was called; nothing for what nobody types, and for any password."""
    field = next((part for part in reversed(name.split("-")) if part in FIELDS), "")
    typed = field and field not in IDS and field != "version"
    return FIELDS[field].label if typed else ""


def to_sign_in() -> str:
    """Where to sign in to come back to the page that sent the form."""
    return f"/sign-in?next={quote(came_from())}"


def came_from() -> str:
    """The page that sent the form, when it is one of ours; else the first page."""
    came = urlsplit(request.referrer or "")
    return safe_next(came.path) if came.netloc == request.host else "/"
