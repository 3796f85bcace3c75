"""What is done once a day for the record itself: it is signed as it stands, and all is checked."""

from collections.abc import Callable
from datetime import datetime

import structlog

from entrypoints import access_record
from entrypoints.verifying import check_log, verify_everything
from entrypoints.wiring import Realise
from eventlog.faults import DatabaseFault
from reports.calendar import LONDON
from workflows import ledger

log = structlog.get_logger()

#: How the runs are called in the ledger.
SIGNING, CHECKING = "daily checkpoint", "daily check of the record"
DROPPING = "daily clearing of the access record"


class RecordFault(DatabaseFault):
    """Something kept is not what it was. ``str()`` says what, in sentences."""


def run_daily(realise: Realise, clock: Callable[[], datetime]) -> None:
    """Sign and check, unless it was done today. What fails is in the list of jobs, with why."""
    _once(realise, SIGNING, clock, _sign)
    _once(realise, CHECKING, clock, _check)
    _once(realise, DROPPING, clock, _drop)


def _sign(realise: Realise, at: datetime) -> str:
    check_log(realise)
    made = realise.checkpoint_now(at)
    return f"Signed with {made.size:,} events."


def _drop(realise: Realise, at: datetime) -> str:
    with realise.database.write() as connection:
        dropped = access_record.drop_older(connection, at, realise.settings.access_days)
    return f"Dropped {dropped:,} rows older than {realise.settings.access_days:,} days."


def _check(realise: Realise, _: datetime) -> str:
    found = verify_everything(realise)
    if found.bad:
        raise RecordFault(" ".join(found.bad))
    return " ".join(found.good)


def _once(
    realise: Realise,
    job: str,
    clock: Callable[[], datetime],
    act: Callable[[Realise, datetime], str],
) -> None:
    today = clock().astimezone(LONDON).date().isoformat()
    with realise.read() as connection:
        if today in ledger.finished(connection, job):
            return
    with realise.database.write() as connection:
        run = ledger.claim(connection, job, today, clock())
    if run is None:
        return
    try:
        said = act(realise, clock())
    except Exception as fault:  # whatever went wrong is kept for people to see
        log.warning("job failed", job=job, due=today, tries=run.tries, exc_info=fault)
        with realise.database.write() as connection:
            ledger.failed(connection, run, clock(), str(fault) or type(fault).__name__)
        return
    log.info("job done", job=job, due=today, said=said)
    with realise.database.write() as connection:
        ledger.done(connection, run, clock(), said)
