"""The reports as issued: their list, and each one's bytes. And evidence, as it was kept."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from benefits.refusals import NotFound
from entrypoints.api import received
from entrypoints.api.benefits import standing
from entrypoints.api.described import Schema
from entrypoints.api.operations import Operation, add, answer
from entrypoints.api.plain import columns
from entrypoints.api.reading import choice, identity
from entrypoints.here import realise
from entrypoints.report_editions import archived
from entrypoints.tokens import Scope
from reports import archive
from reports.issued import Circulation
from workflows import evidence

EDITION = choice("circulation", "Public unless said.", Circulation)
OF = identity("programme", "Of this programme.")
MOST = 1_000
_TEXT: Schema = {"type": "string"}
_STRINGS = ("programme", "month", "issued_by", "closing", "reason", "pdf_sha256", "inputs_sha256")
_NUMBERS = ("edition", "position", "pages", "size")
REPORTS: Schema = {
    "type": "object",
    "required": ["reports"],
    "properties": {
        "reports": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [*_STRINGS, *_NUMBERS, "issued_at", "pdf"],
                "properties": {
                    **dict.fromkeys(_STRINGS, _TEXT),
                    **{name: {"type": "integer"} for name in _NUMBERS},
                    "issued_at": {"type": "string", "format": "date-time"},
                    "pdf": {"type": "string", "format": "uri-reference"},
                },
            },
        }
    },
}
BYTES: Schema = {"type": "string", "format": "binary"}


def install(blueprint: Blueprint) -> None:
    """The list of reports, one report as PDF, and a file of evidence."""
    read = Scope.READ
    add(
        blueprint,
        Operation(
            "listReports", "reports", "GET", "/reports", "Reports as issued",
            f"The latest month first, {MOST:,} at most. The hashes are those in the log.",
            read, REPORTS, query=(OF,),
        ),
        _list,
    )  # fmt: skip
    add(
        blueprint,
        Operation(
            "getReport", "reports", "GET",
            "/reports/<id:programme>/<id:month>/<int(max=9999):edition>",
            "One report",
            "The PDF, byte for byte as it was issued. The month is 2024-10. The exempt edition is "
            "for those who may read what is exempt.",
            read, BYTES, query=(EDITION,), media="application/pdf",
        ),
        _pdf,
    )  # fmt: skip
    add(
        blueprint,
        Operation(
            "getEvidence", "benefits", "GET", "/benefits/<id:benefit>/evidence/<id:evidence_id>",
            "A file kept as evidence", "The bytes as they were kept.",
            read, BYTES, media="application/octet-stream",
        ),
        _evidence,
    )  # fmt: skip


def _list() -> Response:
    asked = received.query((OF,))
    with realise().database.read() as connection:
        rows = archive.listed(connection, asked.get("programme"), MOST)
    return answer({"reports": [_row(row) for row in rows]})


def _row(row: Any) -> dict[str, Any]:
    held = columns(row)
    place = f"/api/reports/{row.programme}/{row.month}/{row.edition}"
    return {**{name: held[name] for name in (*_STRINGS, *_NUMBERS, "issued_at")}, "pdf": place}


def _pdf(programme: str, month: str, edition: int) -> Response:
    circulation = received.query((EDITION,)).get("circulation", Circulation.PUBLIC)
    found = archived(programme, month, str(edition), exempt=circulation is Circulation.EXEMPT)
    made = Response(found.pdf, mimetype="application/pdf")
    exempt = "-EXEMPT" if circulation is Circulation.EXEMPT else ""
    name = f"{programme}-{month}-{edition}{exempt}.pdf"
    made.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return made


def _evidence(benefit: str, evidence_id: str) -> Response:
    received.query(())
    one = standing(benefit).evidence.get(evidence_id)
    with realise().database.read() as connection:
        kept = evidence.fetch(connection, one.sha256) if one else None
    if kept is None:
        raise NotFound("There is no such file.")
    made = Response(kept.content, mimetype="application/octet-stream")
    made.headers["Content-Disposition"] = f'attachment; filename="{evidence_id}"'
    return made
