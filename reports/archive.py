"""Reports as issued, byte for byte, with the inputs they were made from. Kept, not rebuilt."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    LargeBinary,
    Table,
    Text,
    insert,
    select,
)

from benefits.periods import Month
from eventlog.database import metadata
from reports.issued import Circulation


def _archive(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("programme", Text, primary_key=True),
        Column("month", Text, primary_key=True),
        Column("edition", Integer, primary_key=True),
        Column("issued_at", Text, nullable=False),
        Column("issued_by", Text, nullable=False),
        Column("closing", Text, nullable=False),
        Column("reason", Text, nullable=False, default=""),
        Column("position", BigInteger, nullable=False),
        Column("pages", Integer, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("pdf_sha256", Text, nullable=False, unique=True),
        Column("inputs_sha256", Text, nullable=False),
        Column("inputs", Text, nullable=False),
        Column("pdf", LargeBinary, nullable=False),
    )


report_archive = _archive("report_archive")
#: What is exempt is kept apart, so that nothing that lists reports can show it by an oversight.
exempt_archive = _archive("exempt_archive")
_OF = {Circulation.PUBLIC: report_archive, Circulation.EXEMPT: exempt_archive}
_LISTED = [column for column in report_archive.c if column.name not in ("pdf", "inputs")]


@dataclass(frozen=True, slots=True)
class Archived:
    """What the archive keeps of one edition. ``size`` in bytes; ``inputs`` is canonical JSON."""

    programme: str
    month: Month
    edition: int
    issued_at: datetime
    issued_by: str
    closing: str
    reason: str
    position: int
    pages: int
    inputs: str
    pdf: bytes
    circulation: Circulation = Circulation.PUBLIC

    @property
    def pdf_sha256(self) -> str:
        return sha256(self.pdf).hexdigest()

    @property
    def inputs_sha256(self) -> str:
        return sha256(self.inputs.encode()).hexdigest()


def canonical(inputs: Any) -> str:
    """Plain values as JSON that is the same text whenever they are the same values."""
    return json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def keep(connection: Connection, report: Archived) -> None:
    """Keep a report, in the transaction of the event that says it was issued."""
    connection.execute(
        insert(_OF[report.circulation]).values(
            programme=report.programme,
            month=str(report.month),
            edition=report.edition,
            issued_at=report.issued_at.isoformat(),
            issued_by=report.issued_by,
            closing=report.closing,
            reason=report.reason,
            position=report.position,
            pages=report.pages,
            size=len(report.pdf),
            pdf_sha256=report.pdf_sha256,
            inputs_sha256=report.inputs_sha256,
            inputs=report.inputs,
            pdf=report.pdf,
        )
    )


def fetch(
    connection: Connection,
    programme: str,
    month: Month,
    edition: int | None = None,
    circulation: Circulation = Circulation.PUBLIC,
) -> Archived | None:
    """One edition of a month's report, the latest unless said."""
    kept = _OF[circulation]
    query = (
        select(kept)
        .where(kept.c.programme == programme, kept.c.month == str(month))
        .order_by(kept.c.edition.desc())
    )
    if edition is not None:
        query = query.where(kept.c.edition == edition)
    row = connection.execute(query.limit(1)).first()
    return None if row is None else _archived(row, circulation)


def exempt_of(connection: Connection, programme: str, month: Month) -> dict[int, Any]:
    """The months' editions that were issued with what is exempt, by number, without the bytes."""
    kept = exempt_archive.c
    query = select(kept.edition, kept.pages, kept.size, kept.pdf_sha256).where(
        kept.programme == programme, kept.month == str(month)
    )
    return {row.edition: row for row in connection.execute(query)}


def latest_before(
    connection: Connection, programme: str, month: Month, position: int | None = None
) -> Archived | None:
    """The last report issued for an earlier month: what the next one opens with.

    For a report made from the log as it stood at a position, one that was made from no later.
    """
    query = (
        select(report_archive)
        .where(report_archive.c.programme == programme, report_archive.c.month < str(month))
        .order_by(report_archive.c.month.desc(), report_archive.c.edition.desc())
        .limit(1)
    )
    if position is not None:
        query = query.where(report_archive.c.position <= position)
    row = connection.execute(query).first()
    return None if row is None else _archived(row)


def listed(connection: Connection, programme: str | None = None, most: int = 200) -> list[Any]:
    """The archive without the bytes, latest month first."""
    query = select(*_LISTED).order_by(
        report_archive.c.month.desc(),
        report_archive.c.programme,
        report_archive.c.edition.desc(),
    )
    if programme is not None:
        query = query.where(report_archive.c.programme == programme)
    return list(connection.execute(query.limit(most)))


def _archived(row: Any, circulation: Circulation = Circulation.PUBLIC) -> Archived:
    return Archived(
        row.programme,
        Month.parse(row.month),
        row.edition,
        datetime.fromisoformat(row.issued_at),
        row.issued_by,
        row.closing,
        row.reason,
        row.position,
        row.pages,
        row.inputs,
        row.pdf,
        circulation,
    )
