"""The council's own name and colour, which every page carries."""

from dataclasses import dataclass

from flask import Blueprint, Response, g, request

from entrypoints.access import PUBLIC, allowed
from entrypoints.here import realise
from eventlog.faults import DatabaseFault
from reports import logos

pages = Blueprint("council", __name__)

PLAIN_NAME, COLOUR = "Your council", "#12436d"


@dataclass(frozen=True, slots=True)
class Branding:
    """What the council is called, and its colour (#rrggbb)."""

    name: str
    colour: str
    logo: str = ""  # the picture's SHA-256; empty when there is none

    @property
    def in_a_sentence(self) -> str:
        """The council's name, or what stands for it in a sentence until it is named."""
        return "the council" if self.name == PLAIN_NAME else self.name


def council() -> Branding:
    """The council's name and colour; the plain ones when they are not set or cannot be read."""
    if "council" not in g:
        g.council = _read()
    found: Branding = g.council
    return found


def _read() -> Branding:
    try:
        standing = realise().standing("council", "council")
        with realise().database.read() as connection:
            logo = logos.current(connection)
    except DatabaseFault:
        return Branding(PLAIN_NAME, COLOUR)
    chosen = bool(standing.name)  # until it is named, its colour is nobody's choice
    return Branding(standing.name or PLAIN_NAME, standing.colour if chosen else COLOUR, logo)


@pages.get("/brand.css")
@allowed(PUBLIC)
def brand() -> Response:
    """The council's colour for the stylesheet."""
    colour = council().colour
    answer = Response(
        f":root{{--govuk-brand-colour:{colour};--app-brand-colour:{colour}}}\n",
        mimetype="text/css",
    )
    if request.args.get("v") == colour.removeprefix("#"):
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
