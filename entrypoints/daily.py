"""What is done once a day for the record itself: it is signed as it stands, and all is checked."""

from collections.abc import Callable
from datetime import date, datetime

import structlog
from sqlalchemy import Connection, select

from benefits.wording.writing import day
from entrypoints import access_record, observing
from entrypoints.verifying import check_log, verify_everything
from entrypoints.wiring import Realise
from eventlog.faults import DatabaseFault
from reports.calendar import LONDON
from workflows import inbox, ledger
from workflows.commands import Role
from workflows.notices import NoticeKind
from workflows.telling import Draft, addressed, deliver

log = structlog.get_logger()

#: How the runs are called in the ledger.
SIGNING, CHECKING = "daily checkpoint", "daily check of the record"
DROPPING = "daily clearing of the access record"
#: What says that something of the record is not what it was; and who is told.
OF_THE_RECORD = (SIGNING, CHECKING)
_TOLD = (Role.ADMINISTRATOR, Role.AUDITOR)


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


def _tell(realise: Realise, connection: Connection, today: str, at: datetime) -> None:
    """Tell administrators and auditors, once a day. What differs may be exempt: it is not said."""
    held = inbox.roles.c
    query = select(held.person).where(held.role.in_([role.value for role in _TOLD]))
    draft = Draft(
        NoticeKind.RECORD_FAULT,
        frozenset(connection.execute(query).scalars()),
        f"The record did not pass its check of {day(date.fromisoformat(today))}",
        "/audit",
        "The administrator’s list of jobs says what was found. Change nothing before an auditor "
        "has a copy: docs/keep-the-record.md says how to go on.",
    )
    told, messages = addressed(connection, [(today, draft)], realise.settings.address)
    deliver(connection, told, messages, at)


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
        observing.unforeseen(fault, job=job)
        with realise.database.write() as connection:
            ledger.failed(connection, run, clock(), str(fault) or type(fault).__name__)
            if job in OF_THE_RECORD:
                _tell(realise, connection, today, clock())
        return
    log.info("job done", job=job, due=today, said=said)
    with realise.database.write() as connection:
        ledger.done(connection, run, clock(), said)
