"""Issues the long reports that somebody asked for, each once, telling how far each has come."""

from functools import partial

from sqlalchemy import Connection

from entrypoints.jobs import Clock, Did, Done, claimed, tell
from entrypoints.wiring import Realise
from reports import archive, asked
from reports.asked import AskedReport


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
