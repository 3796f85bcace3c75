"""What changed between any two reports of a programme: figures side by side, and the causes."""

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request

from benefits.periods import Month
from benefits.refusals import NotFound, Refused
from benefits.wording.writing import month as month_words
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import realise
from entrypoints.views import compared
from entrypoints.views.issued import Edition, listed
from reports import archive
from reports.between import between
from reports.contents import ReportContents
from reports.printed import printed

pages = Blueprint("compare", __name__)


@pages.get("/reports/<programme>/compare")
@allowed(SIGNED_IN)
def show(programme: str) -> Response:
    """Two selects and, once both are chosen, what changed; at first the last two reports."""
    title = realise().programme(programme).title
    issued = listed([programme])
    if not issued:
        raise NotFound("No report of that programme was issued. Look in the list of reports.")
    latest = _latest(issued)
    first, second = latest[min(1, len(latest) - 1)], latest[0]
    asked = (request.args.get("from", _key(first)), request.args.get("to", _key(second)))
    found, refusal = {}, ""
    if len(issued) > 1:
        try:
            found = _found(_chosen(issued, asked[0]), _chosen(issued, asked[1]), latest)
        except Refused as fault:
            refusal = str(fault)
    page = render_template(
        "pages/compare.html",
        title=title,
        choices=[(_key(one), _words(one)) for one in issued],
        asked=asked,
        refusal=refusal,
        found=found,
    )
    return Response(page, 422 if refusal else 200)


def _key(one: Edition) -> str:
    return f"{one.month}/{one.edition}"


def _words(one: Edition) -> str:
    return one.month_words + (f" (edition {one.edition})" if one.edition > 1 else "")


def _latest(issued: Sequence[Edition]) -> list[Edition]:
    """The latest edition of each month, the latest month first."""
    by_month: dict[Month, Edition] = {}
    for one in issued:
        by_month.setdefault(one.month, one)
    return list(by_month.values())


def _chosen(issued: Sequence[Edition], key: str) -> Edition:
    found = next((one for one in issued if _key(one) == key), None)
    if found is None:
        raise Refused("Choose two reports from the lists.")
    return found


def _found(first: Edition, second: Edition, latest: Sequence[Edition]) -> dict[str, object]:
    if _key(first) == _key(second):
        raise Refused("That is the same report twice: choose another one to compare with.")
    then, now = sorted((first, second), key=lambda one: (one.month, one.edition))
    chain = [one for one in reversed(latest) if then.month < one.month < now.month]
    contents = [_read(one) for one in (then, *chain, now)]
    changed = between(contents[0], contents[1:])
    words = (_words(then), _words(now))
    return {
        "then": words[0],
        "now": words[1],
        "now_address": f"{now.address}/{now.edition}",
        "changed": len(changed.figures.changed),
        "figures": changed.figures.figures,
        "headlines": compared.headlines(contents[0], contents[-1], words),
        "moved": [compared.movement(one) for one in changed.moved]
        if then.month != now.month
        else [],
        "grids": compared.side_by_side(changed.figures, *words),
        "told": _told(contents[1:]) if then.month != now.month else [],
    }


def _told(since: Sequence[ReportContents]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What each report since said had changed, and why."""
    return [(month_words(one.cover.month), one.summary.changed, one.summary.why) for one in since]


def _read(one: Edition) -> ReportContents:
    with realise().database.read() as connection:
        found = archive.fetch(connection, one.programme, one.month, one.edition)
    if found is None:
        raise NotFound("No such edition was issued. Look for it in the list of reports.")
    return printed(found.pdf)
