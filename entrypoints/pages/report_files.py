"""The files of reports: each edition as it was issued, and drafts."""

import io

from flask import Blueprint, send_file
from werkzeug.wrappers import Response as AnyResponse

from benefits.periods import Month
from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import realise
from entrypoints.report_editions import archived
from reports.issued import Circulation

pages = Blueprint("report_files", __name__)


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
