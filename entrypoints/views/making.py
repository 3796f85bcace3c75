"""How far a report has come that somebody asked for and that the scheduler makes."""

from dataclasses import dataclass
from datetime import datetime

from benefits.periods import Month
from benefits.wording.writing import instant
from entrypoints.here import realise
from entrypoints.views import naming
from reports import asked
from workflows import ledger

#: Seconds after which the page of a report that is being made looks again.
LOOK_AGAIN = 10


@dataclass(frozen=True, slots=True)
class Making:
    """A report in the making: who asked for it and when, and its state in a sentence."""

    edition: int
    by: str
    asked: str
    words: str


def in_the_making(programme: str, month: Month) -> Making | None:
    """The report of a month that waits or is being made; None when none is."""
    with realise().database.read() as connection:
        report = asked.waiting_for(connection, programme, month)
        if report is None:
            return None
        run = ledger.latest_of(connection, report.job, str(month))
        called = naming.called(connection)
    return Making(
        report.edition, called.person(report.asked_by), instant(report.asked_at), _how(run)
    )


def _how(run: object) -> str:
    state, said = getattr(run, "state", ""), getattr(run, "said", "")
    if state == ledger.RUNNING:
        return said or "It has begun."
    if state == ledger.FAILED:
        again = instant(datetime.fromisoformat(run.again_at))  # type: ignore[attr-defined]
        return f"It could not be made: {said} It is tried again from {again}."
    return "It waits for its turn, which comes within a minute while the scheduler runs."
