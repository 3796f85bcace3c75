"""Who is told that a report is issued: those whose work it shows, and those who question it."""

from collections.abc import Iterable

from benefits.rules import stream_of
from benefits.wording.writing import month
from reports.issued import PORTFOLIO, IssuedReport, ReportIssued
from workflows.commands import Role
from workflows.notices import NoticeKind
from workflows.telling import Draft
from workflows.work import Work


def told_of_report(event: ReportIssued, _: IssuedReport, work: Work) -> Iterable[Draft]:
    """PMO, finance and scrutiny, the sponsor, the board, and those who are emailed the report."""
    concerned = work.acting_as(Role.PMO, Role.FINANCE, Role.SCRUTINY, programme=event.programme)
    title, emailed = "All programmes", frozenset[str]()
    if event.programme != PORTFOLIO:
        programme = work.loaded(stream_of("programme", event.programme), guards=False).now
        title, emailed = programme.title, frozenset(programme.recipients)
        concerned |= emailed | ({programme.sponsor} if programme.sponsor else set())
        if programme.board:
            board = work.loaded(stream_of("board", programme.board), guards=False).now
            concerned |= {person for seat in board.seats.values() for person in seat.people}
    again = f" It is edition {event.edition}: {event.reason}" if event.reason else ""
    yield Draft(
        NoticeKind.REPORT_ISSUED,
        frozenset(concerned),
        f"The report of {title} for {month(event.month)} is issued",
        f"/reports/{event.programme}/{event.month}",
        f"Read what changed, and what stands behind each figure.{again}",
        emailed,
    )
