"""Makes the long reports and drafts that somebody asked for, telling how far each has come."""

from functools import partial

from sqlalchemy import Connection

from entrypoints.jobs import Clock, Did, Done, claimed, tell
from entrypoints.wiring import Realise
from reports import archive, asked, asked_drafts
from reports.asked import AskedReport
from reports.asked_drafts import AskedDraft
from reports.calendar import after


def run_asked(realise: Realise, clock: Clock) -> Did:
    """Issue what waits on the list; what fails stays there and is tried again later."""
    with realise.read() as connection:
        waits = asked.waiting(connection)
    return sum((_issue(realise, clock, report) for report in waits), start=Did())


def _issue(realise: Realise, clock: Clock, report: AskedReport) -> Did:
    with realise.read() as connection:
        issued = archive.fetch(connection, report.programme, report.month)
    if issued is not None and issued.edition >= report.edition:
        with realise.database.write() as connection:  # the schedule was first
            asked.take_off(connection, report)
        return Did()

    def work(done: Done) -> None:
        realise.reports.issue(
            report.programme,
            report.month,
            by=report.asked_by,
            at=clock(),
            reason=report.reason,
            reissue=report.edition > 1,
            progress=partial(tell, realise, report.job, str(report.month)),
            also=partial(_finish, done, report),
        )

    return claimed(realise, report.job, str(report.month), clock, work)


def _finish(done: Done, report: AskedReport, connection: Connection) -> None:
    asked.take_off(connection, report)
    done(connection)


def run_drafts(realise: Realise, clock: Clock) -> Did:
    """Make the first draft that waits, one at a look so that what is due never waits for many.

    Those that have been kept for their day are dropped.
    """
    with realise.read() as connection:
        waits, old = asked_drafts.waiting(connection), asked_drafts.outlived(connection, clock())
    if old:
        with realise.database.write() as connection:
            asked_drafts.drop(connection, old)
    for draft in waits:
        if draft.draft not in old and (did := _draft(realise, clock, draft)) != Did():
            return did
    return Did()


def _draft(realise: Realise, clock: Clock, draft: AskedDraft) -> Did:
    def work(done: Done) -> None:
        made = realise.reports.draft(
            draft.programme,
            draft.month,
            by=draft.person,
            at=clock(),
            position=realise.position_at(after(draft.known)) if draft.known else None,
            progress=partial(tell, realise, draft.job, draft.draft),
            circulation=draft.circulation,
        )
        with realise.database.write() as connection:
            asked_drafts.keep(connection, draft, made.pdf)
            done(connection)

    return claimed(realise, draft.job, draft.draft, clock, work)
