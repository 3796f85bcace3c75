"""What the tests of jobs ask: one look, and what it left behind."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from entrypoints.jobs import Did, run_due
from eventlog.recorded import Recorded
from reports.issued import ReportIssued
from tests.scenario import Scenario
from workflows import ledger, outbox

#: April 2024's report is due on the third working day of May, at six in the morning in London.
DUE = datetime(2024, 5, 3, 5, tzinfo=UTC)


def look(council: Scenario, at: datetime) -> Did:
    """What one look at this instant does."""
    return run_due(council.realise, lambda: at)


def issued(council: Scenario) -> list[Recorded[Any]]:
    """Every report that the log says was issued."""
    return [
        recorded
        for recorded in council.realise.store.read()
        if isinstance(recorded.event, ReportIssued)
    ]


def months(council: Scenario) -> list[str]:
    """The months of the reports issued, in order."""
    return [str(recorded.event.month) for recorded in issued(council)]


def emails(council: Scenario) -> list[Any]:
    """What is in the outbox, by message, beside what people are told of their own work."""
    with council.realise.read() as connection:
        found = [row for row in outbox.latest(connection) if not row.about.startswith("notice")]
        return sorted(found, key=lambda row: row.message)


def runs(council: Scenario) -> list[Any]:
    """What is in the ledger."""
    with council.realise.read() as connection:
        return list(connection.execute(select(ledger.job_runs)))
