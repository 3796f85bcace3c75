"""Papers for the board as PDF: a case's gate pack and certificate, a meeting's papers and minutes.

They are made anew from the record each time, as on the pages, and are no archive.
"""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from flask import Response, send_file
from flask_smorest import Blueprint

from entrypoints.api import received
from entrypoints.api.operations import Operation, View, add
from entrypoints.api.reports import BYTES
from entrypoints.here import Realise, now, realise, settings, viewer
from entrypoints.meeting_papers import meeting_pack, minutes
from entrypoints.papers import certificate_of, gate_pack, printed
from entrypoints.tokens import Scope
from reports.papers import Paper

Compose = Callable[[Realise, str, str, datetime], Paper]


def install(blueprint: Blueprint) -> None:
    """Two papers about a case, and two about a meeting."""
    case, meeting = "/cases/<id:case>", "/meetings/<id:meeting>"
    for name, tag, rule, summary, about, compose in (
        ("getGatePack", "cases", f"{case}/pack", "A gate pack",
         "What the board is asked, with the votes so far.", gate_pack),
        ("getCertificate", "cases", f"{case}/certificate", "The certificate of a decision",
         "Once the board has decided: by whose votes, and the event that proves it.",
         certificate_of),
        ("getMeetingPapers", "meetings", f"{meeting}/papers", "The papers of a meeting",
         "The agenda, and the gate pack of each case in order.", meeting_pack),
        ("getMinutes", "meetings", f"{meeting}/minutes", "Draft minutes of a meeting",
         "Attendance, quorum, interests, votes and outcomes, from the record.", minutes),
    ):  # fmt: skip
        said = f"{about} A PDF, made anew each time."
        operation = Operation(
            name, tag, "GET", rule, summary, said, Scope.READ, BYTES, media="application/pdf"
        )
        add(blueprint, operation, _made(compose, name))


def _made(compose: Compose, name: str) -> View:
    def view(**path: str) -> Response:
        received.query(())
        (about,) = path.values()
        paper = compose(realise(), about, viewer().person, now())
        answer = send_file(
            BytesIO(printed(paper, settings())),
            "application/pdf",
            as_attachment=True,
            download_name=f"{name.removeprefix('get').lower()}-{about}.pdf",
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return view
