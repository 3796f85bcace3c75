"""What has to happen by itself: reports when they are due, votes that end, emails that wait.

Each due run is claimed in the ledger, so that it happens once however many schedulers look; a
run that was missed is found the next time one looks, and a failed one is tried again later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Connection, select

from benefits.periods import Month
from benefits.programme import Programme
from benefits.refusals import Refused
from benefits.register import tables
from entrypoints.mail import send_waiting
from entrypoints.settings import Settings
from entrypoints.wiring import Realise
from eventlog.database import DatabaseFault
from reports import archive
from reports.calendar import LONDON, due_at
from reports.drafts import send_draft
from workflows import ledger
from workflows.commands import EndCase
from workflows.people import SCHEDULER

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class DueReport:
    """A programme's month whose report should be out by now."""

    programme: str
    month: Month


def due_reports(connection: Connection, now: datetime) -> Iterator[DueReport]:
    """Every month of every programme whose due time has come and that has no report yet.

    A programme's first month is the one in which it was started.
    """
    rows = connection.execute(select(tables.programmes)).all()
    began = _began(connection)
    for row in rows:
        issued = {line.month for line in archive.listed(connection, row.programme, 10_000)}
        month = began[row.programme]
        while due_at(month, row.working_day) <= now:
            if str(month) not in issued:
                yield DueReport(row.programme, month)
            month = month.plus(1)


def _began(connection: Connection) -> dict[str, Month]:
    query = (
        "SELECT p.programme, e.recorded_at FROM programmes p "
        "JOIN events e ON e.position = p.position"
    )
    return {
        programme: Month.of(datetime.fromisoformat(at).astimezone(LONDON).date())
        for programme, at in connection.exec_driver_sql(query)
    }


def run_due(realise: Realise, now: datetime) -> int:
    """Do every due run that nobody else has; gives how many were done here."""
    with realise.read() as connection:
        reports = list(due_reports(connection, now))
        ending = _ending(connection, now)
    did = sum(_report(realise, due, now) for due in reports)
    return did + sum(_end(realise, benefit, case, now) for benefit, case in ending)


def _report(realise: Realise, due: DueReport, now: datetime) -> int:
    programme: Programme = realise.programme(due.programme)
    unready = due.month not in programme.closed or due.month not in programme.reviewed
    as_draft = unready and programme.unclosed is programme.unclosed.DRAFT
    job = f"draft report of {due.programme}" if as_draft else f"report of {due.programme}"
    with _claimed(realise, job, str(due.month), now) as run:
        if run is None:
            return 0
        if as_draft:
            send_draft(realise.reports, due.programme, due.month, now)
        else:
            realise.reports.issue(due.programme, due.month, by=SCHEDULER, at=now)
        return 1


def _ending(connection: Connection, now: datetime) -> list[tuple[str, str]]:
    today = now.astimezone(LONDON).date().isoformat()
    query = select(tables.cases.c.benefit, tables.cases.c.case_id).where(
        tables.cases.c.outcome == "", tables.cases.c.closes < today
    )
    return [(row.benefit, row.case_id) for row in connection.execute(query)]


def _end(realise: Realise, benefit: str, case: str, now: datetime) -> int:
    try:
        realise.handle(EndCase(benefit, case), by=SCHEDULER, at=now)
    except Refused as fault:
        log.info("case not ended", case=case, why=str(fault))
        return 0
    return 1


@contextmanager
def _claimed(realise: Realise, job: str, due: str, now: datetime) -> Iterator[ledger.Run | None]:
    """A claim on a run: done when the block ends, failed with its sentence when it raises."""
    with realise.database.write() as connection:
        run = ledger.claim(connection, job, due, now)
    if run is None:
        yield None
        return
    try:
        yield run
    except Exception as fault:  # whatever went wrong is kept for people to see
        log.warning("job failed", job=job, due=due, tries=run.tries, exc_info=fault)
        with realise.database.write() as connection:
            ledger.failed(connection, run, now, str(fault) or type(fault).__name__)
    else:
        log.info("job done", job=job, due=due)
        with realise.database.write() as connection:
            ledger.done(connection, run, now)


def send_mail(realise: Realise, settings: Settings, now: datetime) -> int:
    """Send what waits in the outbox; a database that is away is tried again next time."""
    try:
        return send_waiting(realise.database, settings, lambda: now)
    except DatabaseFault as fault:
        log.warning("outbox not read", why=str(fault))
        return 0
