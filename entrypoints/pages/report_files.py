"""The files of reports: each edition as it was issued, and drafts."""

import io

from flask import Blueprint, send_file
from werkzeug.wrappers import Response as AnyResponse

from benefits.periods import Month
from benefits.refusals import NotFound
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import now, realise, viewer
from entrypoints.report_editions import DRAFTERS, allowed_circulation, archived, may_draft
from reports import asked_drafts
from reports.issued import Circulation

pages = Blueprint("report_files", __name__)

NO_DRAFT = "There is no such draft of yours: each is kept for a day. Make it again."


@pages.get("/reports/<programme>/<month>/<edition>.pdf")
@allowed(SIGNED_IN)
def public(programme: str, month: str, edition: str) -> AnyResponse:
    """One edition, byte for byte as it was issued."""
    found = archived(programme, month, edition)
    return report_file(found.pdf, programme, found.month)


@pages.get("/reports/<programme>/<month>/<edition>/exempt.pdf")
@allowed(SIGNED_IN)
def exempt(programme: str, month: str, edition: str) -> AnyResponse:
    """The same with what is exempt, for those who may read it."""
    found = archived(programme, month, edition, exempt=True)
    return report_file(found.pdf, programme, found.month, circulation=Circulation.EXEMPT)


@pages.get("/reports/draft/<draft>.pdf")
@allowed(*DRAFTERS)
def drafted(draft: str) -> AnyResponse:
    """A long draft, for the person who asked for it, while they may still have it."""
    with realise().database.read() as connection:
        found = asked_drafts.fetch(connection, draft, viewer().person, now())
    if found is None:
        raise NotFound(NO_DRAFT)
    asked, made = found
    exempt = asked.circulation is Circulation.EXEMPT
    may_draft(asked.programme)
    allowed_circulation(asked.programme, exempt=exempt)
    return report_file(
        made, asked.programme, asked.month, draft=True, circulation=asked.circulation
    )


def report_file(
    pdf: bytes,
    programme: str,
    month: Month,
    *,
    draft: bool = False,
    circulation: Circulation = Circulation.PUBLIC,
) -> AnyResponse:
    """A report as a file. A draft is saved and not shown; an exempt one is kept by no cache."""
    from reports.delivering import file_name

    title = realise().programme(programme).title
    name = file_name(title, month, draft=draft, circulation=circulation)
    answer = send_file(
        io.BytesIO(pdf), "application/pdf", as_attachment=draft, download_name=name, etag=False
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    is_exempt = circulation is Circulation.EXEMPT
    answer.headers["Cache-Control"] = "no-store" if draft or is_exempt else "private, max-age=0"
    return answer
