"""Papers for the board as PDF: a gate pack, and the certificate of a decision."""

from io import BytesIO

from flask import Blueprint, Response, send_file

from entrypoints.access import SIGNED_IN, allowed
from entrypoints.here import now, realise, settings, viewer
from entrypoints.papers import certificate_of, gate_pack, printed
from reports.papers import Paper

pages = Blueprint("papers", __name__)


@pages.get("/cases/<case>/pack.pdf")
@allowed(SIGNED_IN)
def pack(case: str) -> Response:
    """The gate pack with the votes so far."""
    return handed_over(gate_pack(realise(), case, viewer().person, now()), f"gate-pack-{case}")


@pages.get("/cases/<case>/certificate.pdf")
@allowed(SIGNED_IN)
def certificate(case: str) -> Response:
    """The certificate of the board's decision."""
    paper = certificate_of(realise(), case, viewer().person, now())
    return handed_over(paper, f"certificate-{case}")


def handed_over(paper: Paper, name: str) -> Response:
    """A paper as a PDF to keep; it is made anew each time, and no cache may hold it."""
    answer = send_file(
        BytesIO(printed(paper, settings())),
        "application/pdf",
        as_attachment=True,
        download_name=f"{name}.pdf",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
