"""What has to happen by itself: votes that end, reports when they are due, emails that wait.

Each due run is claimed in the ledger, so that it happens once however many schedulers look; a
run that was missed is found the next time one looks, and a failed one is tried again later.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from typing import TypeAlias

import structlog
from sqlalchemy import Connection, select

from benefits.periods import Month
from benefits.programme import Programme
from benefits.refusals import Refused
from benefits.register import tables
from entrypoints import observing
from entrypoints.mail import send_waiting
from entrypoints.settings import Settings
from entrypoints.wiring import Realise
from eventlog.database import DatabaseFault
from reports import archive
from reports.calendar import LONDON, due_at
from reports.drafts import send_draft
from reports.issued import PORTFOLIO
from workflows import ledger
from workflows.commands import EndCase
from workflows.council import Council
from workflows.people import SCHEDULER

log = structlog.get_logger()

#: Gives this instant (aware UTC).
Clock: TypeAlias = Callable[[], datetime]
#: Writes in the ledger, in the transaction given, that a run is done.
Done: TypeAlias = Callable[[Connection], None]


@dataclass(frozen=True, slots=True)
class DueReport:
    """A programme's month whose report should be out by now.

    ``waits`` says that an earlier month has to be out first: each report opens with what the
    one before it printed. ``settled``: others wait no longer, as its draft was sent or it failed.
    """

    programme: str
    month: Month
    waits: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Did:
    """How many due runs were done here, and how many failed."""

    done: int = 0
    failed: int = 0

    def __add__(self, other: "Did") -> "Did":
        return Did(self.done + other.done, self.failed + other.failed)


def due_reports(connection: Connection, now: datetime) -> Iterator[DueReport]:
    """Every month of every programme whose due time has come and that has no report yet.

    A programme's first month is the one in which it was started. A month waits for the ones
    before it, but not for one whose draft was sent or that has failed again and again.
    """
    rows = connection.execute(select(tables.programmes)).all()
    began = _began(connection)
    for row in rows:
        issued = {line.month for line in archive.listed(connection, row.programme, 10_000)}
        settled = ledger.finished(connection, _draft_job(row.programme)) | ledger.given_up(
            connection, _report_job(row.programme)
        )
        month, waits = began[row.programme], False
        while due_at(month, row.working_day) <= now:
            if str(month) not in issued:
                done = str(month) in settled
                yield DueReport(row.programme, month, waits, done)
                waits = waits or not done
            month = month.plus(1)


def due_portfolio(connection: Connection, council: Council, now: datetime) -> Iterator[DueReport]:
    """The months whose report of all programmes is due by the council's schedule, and not out.

    A month waits for the programmes' own reports up to it, and for the months before it.
    """
    if not council.portfolio_day or council.portfolio_since is None:
        return
    issued = {line.month for line in archive.listed(connection, PORTFOLIO, 10_000)}
    settled = ledger.given_up(connection, _report_job(PORTFOLIO))
    owed = [due.month for due in due_reports(connection, now) if not due.settled]
    month, waits = council.portfolio_since, False
    while due_at(month, council.portfolio_day) <= now:
        if str(month) not in issued:
            done = str(month) in settled
            own = any(one <= month for one in owed)
            yield DueReport(PORTFOLIO, month, waits or own, done)
            waits = waits or not done
        month = month.plus(1)


def _report_job(programme: str) -> str:
    return f"report of {programme}"


def _draft_job(programme: str) -> str:
    return f"draft report of {programme}"


def _began(connection: Connection) -> dict[str, Month]:
    query = (
        "SELECT p.programme, e.recorded_at FROM programmes p "
        "JOIN events e ON e.position = p.position"
    )
    return {
        programme: Month.of(datetime.fromisoformat(at).astimezone(LONDON).date())
        for programme, at in connection.exec_driver_sql(query)
    }


def run_due(realise: Realise, clock: Clock) -> Did:
    """Do every due run that nobody else has. ``clock`` gives the instant, each time it is asked.

    Votes whose days are over end first, so that the reports know of it.
    """
    now = clock()
    with realise.read() as connection:
        ending = _ending(connection, now)
    did = Did(sum(_end(realise, benefit, case, now) for benefit, case in ending))
    tried: set[DueReport] = set()
    while (due := _next_report(realise, now, tried)) is not None:
        tried.add(due)
        did += _report(realise, due, clock)
    return did


def _next_report(realise: Realise, now: datetime, tried: set[DueReport]) -> DueReport | None:
    """The first report that waits for no other and was not tried in this look."""
    council: Council = realise.standing("council", "council")
    with realise.read() as connection:
        every = chain(due_reports(connection, now), due_portfolio(connection, council, now))
        return next((due for due in every if not due.waits and due not in tried), None)


def _report(realise: Realise, due: DueReport, clock: Clock) -> Did:
    as_draft = _as_draft(realise, due)

    def work(done: Done) -> None:
        if as_draft:
            send_draft(realise.reports, due.programme, due.month, clock(), done)
        else:
            realise.reports.issue(
                due.programme,
                due.month,
                by=SCHEDULER,
                at=clock(),
                also=done,
                progress=partial(tell, realise, job, str(due.month)),
            )

    job = _draft_job(due.programme) if as_draft else _report_job(due.programme)
    return claimed(realise, job, str(due.month), clock, work)


def tell(realise: Realise, job: str, due: str, step: str) -> None:
    """Keep in the ledger how far a run has come, for the pages that show it."""
    with realise.database.write() as connection:
        ledger.says(connection, job, due, step)


def _as_draft(realise: Realise, due: DueReport) -> bool:
    """Whether the programme wants a month that is not closed and reviewed as a draft only."""
    if due.programme == PORTFOLIO:
        return False
    programme: Programme = realise.programme(due.programme)
    unready = due.month not in programme.closed or due.month not in programme.reviewed
    return unready and programme.unclosed is programme.unclosed.DRAFT


def claimed(
    realise: Realise, job: str, due: str, clock: Clock, work: Callable[[Done], None]
) -> Did:
    """Do a run if it can be claimed. ``work`` may write that it is done with what it writes.

    A run that fails is kept with its sentence, for people to see and to be tried again.
    """
    with realise.database.write() as connection:
        run = ledger.claim(connection, job, due, clock())
    if run is None:
        return Did()
    try:
        with observing.span("job"):
            work(lambda connection: ledger.done(connection, run, clock()))
    except Exception as fault:  # whatever went wrong is kept for people to see
        log.warning("job failed", job=job, due=due, tries=run.tries, exc_info=fault)
        observing.unforeseen(fault, job="due run")
        with realise.database.write() as connection:
            ledger.failed(connection, run, clock(), str(fault) or type(fault).__name__)
        return Did(failed=1)
    with realise.database.write() as connection:
        ledger.done(connection, run, clock())
    log.info("job done", job=job, due=due)
    return Did(done=1)


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


def send_mail(realise: Realise, settings: Settings, clock: Clock) -> int:
    """Send what waits in the outbox; a database that is away is tried again next time."""
    try:
        return send_waiting(realise.database, settings, clock)
    except DatabaseFault as fault:
        log.warning("outbox not read", why=str(fault))
        return 0
