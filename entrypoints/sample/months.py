"""The ends of months: closed by the PMO, reviewed by finance, reported by the schedule."""

from datetime import datetime, timedelta

from benefits.commands.programme import CloseMonth, ReviewMonth
from benefits.periods import Month
from entrypoints.jobs import run_due
from entrypoints.sample.diary import Diary
from entrypoints.sample.lives import FINANCE, PMO
from reports.calendar import LONDON, due_at, is_working_day
from workflows import ledger


class NotReported(Exception):
    """A report of the sample could not be made. ``str()`` says which and why."""


def write(diary: Diary, programme: str, begins: int, *, left_open: bool = False) -> None:
    """Note the end of every month from ``begins`` months after the start.

    The report is made by the same job that the scheduler runs, at its due instant. With
    ``left_open`` the last month that is over is not closed, and the one before it is not
    reviewed: the reports say so, and somebody has something to do.
    """
    month = diary.start.plus(begins)
    last = Month.of(diary.now.astimezone(LONDON).date()).plus(-1)
    while month <= last:
        if not (left_open and month == last):
            _closed(diary, programme, month, reviewed=not (left_open and month.plus(1) == last))
        _reported(diary, month)
        month = month.plus(1)


def _closed(diary: Diary, programme: str, month: Month, *, reviewed: bool) -> None:
    day = month.plus(1).first_day
    while not is_working_day(day):
        day += timedelta(days=1)
    diary.asks(day, PMO, CloseMonth(programme, month, "All claims and milestones are in."), hour=17)
    if reviewed:
        diary.asks(day, FINANCE, ReviewMonth(programme, month, "Agreed to the ledger."), hour=18)


def _reported(diary: Diary, month: Month) -> None:
    due = due_at(month, 3)

    def report(at: datetime) -> None:
        if run_due(diary.realise, lambda: at).failed:
            raise NotReported(_why(diary))

    diary.on(due.date(), report, hour=7)


def _why(diary: Diary) -> str:
    with diary.realise.read() as connection:
        failed = [run for run in ledger.latest(connection) if run.state == ledger.FAILED]
    return " ".join(f"The {run.job} for {run.due} failed: {run.said}" for run in failed)
