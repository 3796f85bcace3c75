"""The scheduler: a process of its own that looks every minute for what is due.

Schedules are the programmes' settings and the ledger is in the database; what is kept in
memory here is only the habit of looking. Any number of schedulers may run.
"""

import signal
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger

from entrypoints.asked_for import run_asked, run_drafts
from entrypoints.daily import run_daily
from entrypoints.jobs import run_due, send_mail
from entrypoints.reminding import remind
from entrypoints.settings import Settings
from entrypoints.wiring import Realise
from eventlog.database import DatabaseFault
from reports.calendar import LONDON

log = structlog.get_logger()


def _now() -> datetime:
    return datetime.now(UTC)


def look(realise: Realise) -> None:
    """Do what is due now; a database that is away is tried again at the next look."""
    try:
        run_asked(realise, _now)
        run_due(realise, _now)
        run_daily(realise, _now)
        remind(realise, _now)
        run_drafts(realise, _now)
    except DatabaseFault as fault:
        log.warning("nothing could be looked up", why=str(fault))


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look did: runs done, runs that failed, emails sent."""

    runs: int
    failed: int
    emails: int


def look_once(realise: Realise, settings: Settings) -> Looked:
    """Do what is due now and send what waits."""
    did = run_asked(realise, _now)
    did += run_due(realise, _now)
    run_daily(realise, _now)
    did += remind(realise, _now)
    did += run_drafts(realise, _now)
    return Looked(did.done, did.failed, send_mail(realise, settings, _now))


def run(realise: Realise, settings: Settings) -> None:
    """Look until told to stop (SIGTERM or SIGINT); a run under way is finished first."""
    scheduler = BlockingScheduler(timezone=LONDON)
    first = datetime.now(LONDON)
    habits = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler.add_job(look, IntervalTrigger(minutes=1), [realise], next_run_time=first, **habits)
    scheduler.add_job(
        send_mail,
        IntervalTrigger(seconds=10),
        [realise, settings, _now],
        next_run_time=first,
        **habits,
    )
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: scheduler.shutdown(wait=False))
    log.info("scheduler started")
    scheduler.start()
    log.info("scheduler stopped")
