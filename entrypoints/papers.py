"""Papers for the board made from the record: a case's gate pack and a decision's certificate."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from benefits.refusals import NotFound
from benefits.register import tables
from entrypoints.here import Realise
from entrypoints.settings import Settings
from entrypoints.views import certificate, pack_paper
from entrypoints.views.naming import called
from entrypoints.views.pack import Pack, pack
from eventlog.recorded import Recorded
from reports.papers import Paper, Part
from workflows.council import Council


def benefit_of(connection: Connection, case: str) -> str:
    """The benefit that a case is about; raises ``NotFound``."""
    query = select(tables.cases.c.benefit).where(tables.cases.c.case_id == case)
    found: str | None = connection.execute(query).scalar()
    if found is None:
        raise NotFound("There is no such case. Look for it on the benefit’s page.")
    return found


def read_pack(
    realise: Realise, connection: Connection, case: str, by: str, at: datetime
) -> tuple[Pack, Sequence[Recorded[Any]]]:
    """A case's pack as it stands now, and its benefit's events. Raises ``NotFound``."""
    benefit = benefit_of(connection, case)
    events = realise.store.load(f"benefit-{benefit}", connection)
    context = realise.context(connection, by, at)
    now = context.benefit(benefit)
    return pack(now, now.cases[case], events, context, called(connection)), events


def gate_pack(realise: Realise, case: str, by: str, at: datetime) -> Paper:
    """The gate pack of one case, with the votes so far."""
    with realise.database.read() as connection:
        shown, _ = read_pack(realise, connection, case, by, at)
        return paper_of(
            realise,
            connection,
            at,
            "Gate pack",
            title_of(shown),
            f"This pack is about version {shown.case.submitted.binds_to} of "
            f"{shown.benefit.number}. Every vote is on exactly that version.",
            (("Stands", shown.tag.text),),
            pack_paper.parts(shown),
        )


def certificate_of(realise: Realise, case: str, by: str, at: datetime) -> Paper:
    """The certificate of a case that the board decided; raises ``Refused`` for another."""
    with realise.database.read() as connection:
        shown, events = read_pack(realise, connection, case, by, at)
        decided = certificate.decision_of(shown, events)
        return paper_of(
            realise,
            connection,
            at,
            "Certificate of a decision",
            title_of(shown),
            "",
            (),
            certificate.parts(shown, decided),
        )


def printed(paper: Paper, settings: Settings) -> bytes:
    """A paper as a PDF."""
    from reports.pdf import render_paper

    return render_paper(paper, settings.static_folder.parent / "fonts")


def title_of(shown: Pack) -> str:
    """What a paper about a case is called."""
    gate = shown.case.submitted.gate.value
    return f"{gate}: {shown.benefit.number} {shown.benefit.title}"


def paper_of(
    realise: Realise,
    connection: Connection,
    at: datetime,
    kind: str,
    title: str,
    lead: str,
    facts: tuple[tuple[str, str], ...],
    parts: tuple[Part, ...],
    draft: str = "",
) -> Paper:
    """A paper in the council's name and colour, with the end of the record as it was read."""
    council: Council = realise.standing("council", "council")
    position, sealed = realise.store.head(connection)
    record = f"The record then ended with event {position:,}, whose hash is {sealed}."
    name = council.name or "The council"
    return Paper(name, kind, title, lead, facts, parts, at, record, council.colour, draft)
