"""The cover: whose report it is, of which month, and who stands behind it."""

from datetime import datetime
from urllib.parse import urlsplit

from benefits.periods import Month
from benefits.programme import Programme
from reports.composing.record import Record
from reports.contents import Branding, Cover, ReportStatus
from reports.issued import PORTFOLIO, Circulation
from workflows.people import SCHEDULER

#: Names by which a machine calls itself.
_HERE = ("", "localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - compared, never bound


def closing_words(programme: Programme, month: Month) -> str:
    """Whether the PMO has closed the month and finance has reviewed it, in a sentence."""
    closed, reviewed = month in programme.closed, month in programme.reviewed
    if closed and reviewed:
        return "The month is closed (PMO) and reviewed (finance)."
    if closed:
        return "Not closed: the PMO has closed the month, and finance has not reviewed it."
    if reviewed:
        return "Not closed: finance has reviewed the month, and the PMO has not closed it."
    return "Not closed: the PMO has not closed the month, and finance has not reviewed it."


def issuer_words(record: Record, by: str, *, draft: bool) -> str:
    """Who issued the report, or made the draft."""
    if by == SCHEDULER:
        return "made by schedule" if draft else "issued by schedule"
    return f"by {record.names(by)}"


def cover(
    record: Record,
    by: str,
    at: datetime,
    *,
    draft: bool,
    edition: int,
    reason: str,
    circulation: Circulation = Circulation.PUBLIC,
) -> Cover:
    """The cover of a report made at an instant by a person, or by the scheduler."""
    programme, window = record.programme, record.programme.window
    names = record.names
    return Cover(
        council=record.council.name or "The council",
        subject=programme.title,
        is_portfolio=programme.programme == PORTFOLIO,
        month=record.month,
        status=ReportStatus.DRAFT if draft else ReportStatus.ISSUED,
        issuer=issuer_words(record, by, draft=draft),
        issued_at=at,
        edition=edition,
        closing=closing_words(programme, record.month),
        log_position=record.position,
        log_hash=record.hash,
        checkpoint=record.checkpoint,
        circulation=circulation.value,
        holds_exempt=any(told.exempt for told in record.benefits),
        committee=programme.committee,
        sponsor=names.with_post(programme.sponsor) if programme.sponsor else "",
        plan_window=f"{window.first} to {window.last}" if window.years > 1 else str(window.first),
        supersedes=f"It replaces edition {edition - 1}: {reason}" if edition > 1 else "",
    )


def branding(record: Record, address: str, logo: str) -> Branding:
    """The council's colour and logo, and the address to which events and benefits are linked."""
    return Branding(record.council.colour, address=linked_address(address), logo=logo)


def linked_address(address: str) -> str:
    """An address without a slash at its end, empty when only one machine can open it.

    A report is read on other machines than the one that made it.
    """
    host = urlsplit(address).hostname or ""
    return "" if host in _HERE else address.rstrip("/")
