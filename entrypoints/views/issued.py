"""Issued reports as the pages list them, with how far their emails have come."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from benefits.periods import Month
from benefits.wording.writing import instant
from benefits.wording.writing import month as month_words
from entrypoints.here import realise
from entrypoints.views import naming
from entrypoints.views.grids import Tag
from entrypoints.views.naming import Called
from reports import archive
from workflows import outbox
from workflows.outbox import FAILED, QUEUED, SENDING, SENT

STATES = {
    QUEUED: Tag("Waits to be sent", "yellow"),
    SENDING: Tag("Being sent", "yellow"),
    SENT: Tag("Sent", "green"),
    FAILED: Tag("Could not be sent", "red"),
}
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """One email of an edition: to whom, and how far it has come."""

    to: str
    tag: Tag
    when: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a month's report."""

    programme: str
    month: Month
    edition: int
    issued: str
    by: str
    closing: str
    reason: str
    position: int
    pages: int
    size: int
    sha256: str
    deliveries: tuple[Delivery, ...] = ()
    exempt: tuple[tuple[str, str], ...] = ()  # facts of the exempt edition that goes with it

    @property
    def address(self) -> str:
        return f"/reports/{self.programme}/{self.month}"

    @property
    def month_words(self) -> str:
        return month_words(self.month)


def listed(programmes: Collection[str]) -> list[Edition]:
    """Every edition of these programmes, the latest month and edition first."""
    with realise().database.read() as connection:
        rows = archive.listed(connection, most=MOST)
        called = naming.called(connection)
        return [_edition(row, called) for row in rows if row.programme in programmes]


def editions(programme: str, month: Month, *, exempt: bool = False) -> Sequence[Edition]:
    """The editions of one month, the latest first, with their emails.

    ``exempt`` tells also of those that hold what is exempt.
    """
    with realise().database.read() as connection:
        called = naming.called(connection)
        rows = [
            row for row in archive.listed(connection, programme, MOST) if row.month == str(month)
        ]
        held = outbox.outbox.c
        sent = connection.execute(
            select(held.message, held.recipient, held.state, held.ended_at)
            .where(held.about == f"report {programme} {month}")
            .order_by(held.message)
        ).all()
        also = archive.exempt_of(connection, programme, month) if exempt else {}
        found = [_edition(row, called, sent) for row in rows]
    return [replace(one, exempt=_exempt(also.get(one.edition))) for one in found]


def _exempt(row: Any) -> tuple[tuple[str, str], ...]:
    if row is None:
        return ()
    size = f"{row.pages} ({round(row.size / 1000):,} kB)"
    return (("Pages", size), ("SHA-256 of the file", row.pdf_sha256))


def _edition(row: Any, called: Called, sent: Sequence[Any] = ()) -> Edition:
    start = f"report-{row.programme}-{row.month}-{row.edition}-"
    return Edition(
        row.programme,
        Month.parse(row.month),
        row.edition,
        instant(datetime.fromisoformat(row.issued_at)),
        called.person(row.issued_by),
        row.closing,
        row.reason,
        row.position,
        row.pages,
        row.size,
        row.pdf_sha256,
        tuple(_delivery(one, called) for one in sent if one.message.startswith(start)),
    )


def _delivery(row: Any, called: Called) -> Delivery:
    when = instant(datetime.fromisoformat(row.ended_at)) if row.ended_at else ""
    return Delivery(called.person(row.recipient), STATES[row.state], when)


def by_programme(
    known: Mapping[str, Any], issued: Sequence[Edition]
) -> list[tuple[str, str, list[Edition]]]:
    """Each programme's reports, the latest month first; only the latest edition of each."""
    latest: dict[tuple[str, Month], Edition] = {}
    for one in issued:
        latest.setdefault((one.programme, one.month), one)
    return [
        (key, row.title, [one for one in latest.values() if one.programme == key])
        for key, row in known.items()
    ]
