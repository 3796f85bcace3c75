"""An issued report to read on the web, its data, and the page of each of its figures.

All of it comes from the archived file, so that it is what was printed.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from benefits.refusals import NotFound
from benefits.wording.writing import month as month_words
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.allowing import may_ask
from entrypoints.here import realise, viewer
from entrypoints.report_editions import NOT_ISSUED, archived, may_open_exempt, month_of
from entrypoints.views import naming
from entrypoints.views.figures import figure
from entrypoints.views.paging import page_of, paging
from entrypoints.views.told_events import told_events
from reports import archive
from reports.archive import Archived, report_archive
from reports.attached import attached
from reports.attachments import to_json
from reports.contents import Branding, ReportContents
from reports.issued import PORTFOLIO, Circulation
from reports.printed import printed
from workflows.commands import Role
from workflows.scrutiny.commands import AskQuestion

pages = Blueprint("report_read", __name__)

#: How many events a page of a figure lists.
PAGE = 50
#: What is typed from paper: the report's event, a hyphen and the reference.
CODE = re.compile(r"([1-9][0-9]{0,14})-([BF][1-9][0-9]{0,8})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """One edition from the archive, with what it prints."""

    archived: Archived
    contents: ReportContents

    @property
    def month(self) -> str:
        return f"/reports/{self.archived.programme}/{self.archived.month}"

    @property
    def is_exempt(self) -> bool:
        return self.archived.circulation is Circulation.EXEMPT

    @property
    def public(self) -> str:
        return f"{self.month}/{self.archived.edition}"

    @property
    def address(self) -> str:
        return f"{self.public}/exempt" if self.is_exempt else self.public

    @property
    def figures(self) -> str:
        return f"{self.address}/figures"

    @property
    def ask_about(self) -> str:
        """Where scrutiny asks about this report; one of all programmes names none."""
        programme, month = self.archived.programme, self.archived.month
        named = "" if programme == PORTFOLIO else f"programme={programme}&"
        return f"/scrutiny/ask?{named}month={month}"

    @property
    def branding(self) -> Branding:
        return Branding(**json.loads(self.archived.inputs)["branding"])

    def _may_ask(self) -> bool:
        """Whether the person asks for scrutiny here; of all programmes, whether anywhere."""
        programme = self.archived.programme
        if programme == PORTFOLIO:
            return Role.SCRUTINY in viewer().roles
        return may_ask(viewer(), AskQuestion, programme=programme)

    def on_page(self) -> dict[str, Any]:
        """What the frame of each page says of the report."""
        return {
            "title": self.contents.cover.subject,
            "words": month_words(self.archived.month),
            "edition": self.archived.edition,
            "month_address": self.month,
            "address": self.address,
            "public": self.public,
            "is_exempt": self.is_exempt,
            "ask_about": self.ask_about if self._may_ask() else "",
        }


@pages.get("/reports/<programme>/<month>/<edition>", defaults={"exempt": False})
@pages.get("/reports/<programme>/<month>/<edition>/exempt", defaults={"exempt": True})
@allowed(SIGNED_IN)
def read(programme: str, month: str, edition: str, *, exempt: bool) -> Response:
    """The whole report as a page; with what is exempt, for those who may read it."""
    from reports.web_pages import web_page

    found = _opened(programme, month, edition, exempt=exempt)
    body = web_page(found.contents, found.branding, found.figures)
    also = not exempt and _has_exempt(found.archived)
    page = render_template("pages/report_read.html", body=body, also_exempt=also, **found.on_page())
    return _kept_by_none(Response(page), exempt=exempt)


def _has_exempt(found: Archived) -> bool:
    """Whether there is an exempt edition of it that the person may read."""
    if not may_open_exempt(viewer(), found.programme):
        return False
    with realise().database.read() as connection:
        return found.edition in archive.exempt_of(connection, found.programme, found.month)


@pages.get("/reports/<programme>/<month>/<edition>.csv", defaults={"exempt": False})
@pages.get("/reports/<programme>/<month>/<edition>/exempt.csv", defaults={"exempt": True})
@allowed(SIGNED_IN)
def table(programme: str, month: str, edition: str, *, exempt: bool) -> Response:
    """The figures as the PDF carries them, exact to the penny."""
    found = archived(programme, month, edition, exempt=exempt)
    return _file(attached(found.pdf).figures, "text/csv", found)


@pages.get("/reports/<programme>/<month>/<edition>.json", defaults={"exempt": False})
@pages.get("/reports/<programme>/<month>/<edition>/exempt.json", defaults={"exempt": True})
@allowed(SIGNED_IN)
def data(programme: str, month: str, edition: str, *, exempt: bool) -> Response:
    """Everything that is printed, as data."""
    found = _opened(programme, month, edition, exempt=exempt)
    return _file(to_json(found.contents), "application/json", found.archived)


@pages.get("/reports/<programme>/<month>/figures/<ref>")
@allowed(SIGNED_IN)
def latest_figure(programme: str, month: str, ref: str) -> AnyResponse:
    """The figure in the latest edition of the month."""
    with realise().database.read() as connection:
        found = archive.fetch(connection, programme, month_of(month))
    if found is None:
        raise NotFound(NOT_ISSUED)
    return redirect(f"/reports/{programme}/{found.month}/{found.edition}/figures/{ref.upper()}")


@pages.get("/reports/<programme>/<month>/<edition>/figures/<ref>", defaults={"exempt": False})
@pages.get("/reports/<programme>/<month>/<edition>/exempt/figures/<ref>", defaults={"exempt": True})
@allowed(SIGNED_IN)
def show_figure(programme: str, month: str, edition: str, ref: str, *, exempt: bool) -> Response:
    """A figure as printed, how it is made up, and the events behind it."""
    opened = _opened(programme, month, edition, exempt=exempt)
    found = figure(opened.contents, ref, opened.figures)
    if found is None:
        raise NotFound("The report prints no figure of that reference. Look in its appendix B.")
    page = _page_number(len(found.events))
    shown = found.events[(page - 1) * PAGE : page * PAGE]
    with realise().database.read() as connection:
        called = naming.called(connection)
        events = told_events(realise().store, connection, shown, called)
    links = paging(page, len(found.events), PAGE, lambda n: f"{opened.figures}/{ref}?page={n}")
    page_of = render_template(
        "pages/figure.html",
        figure=found,
        events=events,
        first=(page - 1) * PAGE + 1,
        paging=links,
        **opened.on_page(),
    )
    return _kept_by_none(Response(page_of), exempt=exempt)


@pages.get("/f/<code>")
@allowed(SIGNED_IN)
def typed(code: str) -> AnyResponse | str:
    """A reference typed from paper, such as ``1234-F3``: the figure, or a choice of reports."""
    read = CODE.fullmatch(code.strip())
    if read is None:
        raise NotFound(
            "Type the number of the report’s last event, a hyphen and the reference, such as "
            "1234-F3. Both are printed in the report’s appendix B."
        )
    position, ref = int(read[1]), read[2].upper()
    held = report_archive.c
    query = (
        select(held.programme, held.month, held.edition)
        .where(held.position == position)
        .order_by(held.programme, held.month, held.edition)
    )
    with realise().database.read() as connection:
        rows = connection.execute(query).all()
    if not rows:
        raise NotFound("No report was issued from that event. Look for it in the list of reports.")
    places = [f"/reports/{row.programme}/{row.month}/{row.edition}/figures/{ref}" for row in rows]
    if len(rows) == 1:
        return redirect(places[0])
    titles = {row.programme: realise().programme(row.programme).title for row in rows}
    choices = [
        (
            f"{titles[row.programme]}, {month_words(month_of(row.month))}, edition {row.edition}",
            place,
        )
        for row, place in zip(rows, places, strict=True)
    ]
    return render_template("pages/figure_choice.html", ref=ref, position=position, choices=choices)


def _page_number(found: int) -> int:
    last = max(1, -(-found // PAGE))
    return min(page_of(request.args.get("page", "")), last)


def _opened(programme: str, month: str, edition: str, *, exempt: bool) -> Opened:
    found = archived(programme, month, edition, exempt=exempt)
    return Opened(found, printed(found.pdf))


def _kept_by_none(answer: Response, *, exempt: bool) -> Response:
    """What is exempt is kept by no cache."""
    if exempt:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _file(content: bytes, kind: str, found: Archived) -> Response:
    from reports.delivering import file_name

    title = realise().programme(found.programme).title
    name = file_name(title, found.month, circulation=found.circulation)
    ending = "csv" if kind.endswith("csv") else "json"
    answer = Response(
        content,
        headers={
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name.removesuffix(".pdf")}.{ending}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
    return _kept_by_none(answer, exempt=found.circulation is Circulation.EXEMPT)
