"""Long reports that somebody asked for: the scheduler issues them, and who asked need not wait.

A report of few benefits is issued at once. A longer one is put on this list, which is
kept and not rebuilt; a row goes in the transaction in which its report is issued.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, Table, Text, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from benefits.periods import Month
from benefits.register.tables import register
from eventlog.database import metadata
from reports.issued import PORTFOLIO

#: A report with more benefits is not made while somebody waits for it.
LONG = 60

asked_reports = Table(
    "asked_reports",
    metadata,
    Column("programme", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("edition", Integer, primary_key=True),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("reason", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class AskedReport:
    """A report that waits to be issued. ``edition`` is 1, or that of a reissue with a reason."""

    programme: str
    month: Month
    edition: int
    asked_by: str
    asked_at: datetime
    reason: str = ""

    @property
    def job(self) -> str:
        """What its run is called in the ledger: the first edition as if it were by schedule."""
        start = "report" if self.edition == 1 else f"edition {self.edition}"
        return f"{start} of {self.programme}"


def is_long(connection: Connection, programme: str) -> bool:
    """Whether the programme has so many benefits that nobody should wait for its report."""
    query = select(func.count()).select_from(register)
    if programme != PORTFOLIO:
        query = query.where(register.c.programme == programme)
    return bool((connection.execute(query).scalar() or 0) > LONG)


def holds_exempt(connection: Connection, programme: str) -> bool:
    """Whether any benefit of the programme, or of all for ``PORTFOLIO``, is exempt as it stands."""
    query = select(register.c.benefit).where(register.c.exempt).limit(1)
    if programme != PORTFOLIO:
        query = query.where(register.c.programme == programme)
    return connection.execute(query).first() is not None


def long_ones(connection: Connection) -> frozenset[str]:
    """The programmes for which ``is_long`` holds, and ``PORTFOLIO`` where it holds for all."""
    query = select(register.c.programme, func.count()).group_by(register.c.programme)
    counts = {row.programme: int(row[1]) for row in connection.execute(query)}
    counts[PORTFOLIO] = sum(counts.values())
    return frozenset(programme for programme, count in counts.items() if count > LONG)


def ask(connection: Connection, report: AskedReport) -> None:
    """Put it on the list; the same asked twice stands there once, as first asked."""
    begin = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(
        begin(asked_reports)
        .values(
            programme=report.programme,
            month=str(report.month),
            edition=report.edition,
            asked_by=report.asked_by,
            asked_at=report.asked_at.isoformat(),
            reason=report.reason,
        )
        .on_conflict_do_nothing()
    )


def waiting(connection: Connection) -> list[AskedReport]:
    """Everything on the list, the first asked first."""
    columns = asked_reports.c
    rows = connection.execute(select(asked_reports).order_by(columns.asked_at, columns.programme))
    return [_asked(row) for row in rows]


def waiting_for(connection: Connection, programme: str, month: Month) -> AskedReport | None:
    """The report of a month that waits to be issued, if one does."""
    query = select(asked_reports).where(
        asked_reports.c.programme == programme, asked_reports.c.month == str(month)
    )
    row = connection.execute(query.order_by(asked_reports.c.edition.desc())).first()
    return None if row is None else _asked(row)


def take_off(connection: Connection, report: AskedReport) -> None:
    """It is issued: it stands on the list no more."""
    columns = asked_reports.c
    connection.execute(
        delete(asked_reports).where(
            columns.programme == report.programme,
            columns.month == str(report.month),
            columns.edition == report.edition,
        )
    )


def _asked(row: Any) -> AskedReport:
    return AskedReport(
        row.programme,
        Month.parse(row.month),
        row.edition,
        row.asked_by,
        datetime.fromisoformat(row.asked_at),
        row.reason,
    )
