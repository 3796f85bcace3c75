"""The links at the top of every page, by what the person may open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import current_app, url_for

from entrypoints.access import may_open, who_may
from entrypoints.here import Viewer

#: The order of the links. A link is shown when its page is there and is for the person.
TABS: Sequence[tuple[str, str]] = (
    ("home.index", "Home"),
    ("register.index", "Register"),
    ("programmes.index", "Programmes"),
    ("board.index", "Board"),
    ("meetings.index", "Meetings"),
    ("finance.index", "Finance"),
    ("mtfs.index", "MTFS"),
    ("reports.index", "Reports"),
    ("log.index", "Record"),
    ("settings.index", "Settings"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One link of the navigation."""

    text: str
    href: str
    current: bool


def navigation(viewer: Viewer | None, path: str) -> list[Tab]:
    """The links for this person; ``path`` is the page that they are on."""
    if viewer is None:
        return []
    return [
        Tab(text, href, _within(path, href))
        for endpoint, text in TABS
        if (view := current_app.view_functions.get(endpoint)) and may_open(who_may(view), viewer)
        for href in [url_for(endpoint)]
    ]


#: Pages that belong to a link whose address they do not begin with.
BELONGS: Mapping[str, str] = {
    "/benefits/": "/register",
    "/boards": "/board",
    "/cases/": "/board",
    "/claims/": "/finance",
}


def _within(path: str, href: str) -> bool:
    """A benefit's own pages belong to the register, a case to the board, a claim to finance."""
    if path.startswith("/boards/") and "/meetings/" in path:
        return href == "/meetings"
    if any(path.startswith(start) and href == of for start, of in BELONGS.items()):
        return True
    return path == href or (href != "/" and path.startswith(f"{href}/"))
