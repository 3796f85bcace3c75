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

from entrypoints.jobs import run_due, send_mail
from entrypoints.settings import Settings
from entrypoints.wiring import Realise
from eventlog.database import DatabaseFault
from reports.calendar import LONDON

log = structlog.get_logger()


def look(realise: Realise) -> None:
    """Do what is due now; a database that is away is tried again at the next look."""
    try:
        run_due(realise, datetime.now(UTC))
    except DatabaseFault as fault:
        log.warning("nothing could be looked up", why=str(fault))


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look did."""

    runs: int
    emails: int


def look_once(realise: Realise, settings: Settings) -> Looked:
    """Do what is due now and send what waits."""
    now = datetime.now(UTC)
    return Looked(run_due(realise, now), send_mail(realise, settings, now))


def run(realise: Realise, settings: Settings) -> None:
    """Look until told to stop (SIGTERM or SIGINT); a run under way is finished first."""
    scheduler = BlockingScheduler(timezone=LONDON)
    now = datetime.now(LONDON)
    habits = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler.add_job(look, IntervalTrigger(minutes=1), [realise], next_run_time=now, **habits)
    scheduler.add_job(
        lambda: send_mail(realise, settings, datetime.now(UTC)),
        IntervalTrigger(seconds=10),
        next_run_time=now,
        **habits,
    )
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: scheduler.shutdown(wait=False))
    log.info("scheduler started")
    scheduler.start()
    log.info("scheduler stopped")
