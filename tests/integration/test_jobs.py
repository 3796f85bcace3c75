"""What happens by itself: each due run once, what was missed caught up, what failed tried again."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from benefits.commands import programme
from benefits.events.programme import Unclosed
from benefits.lifecycle import Gate
from benefits.periods import Month
from entrypoints import logs
from entrypoints.jobs import Did, due_reports, run_due
from eventlog.recorded import Recorded
from reports import archive, pdf
from reports.calendar import due_at, due_day, is_working_day
from reports.issued import ReportIssued
from tests.scenario import Scenario, begin, close, open_realise, review, saves
from workflows import ledger, outbox

ROOT = Path(__file__).resolve().parents[2]
#: April 2024's report is due on the third working day of May, at six in the morning in London.
DUE = datetime(2024, 5, 3, 5, tzinfo=UTC)
CRASHES = int(os.environ.get("REALISE_CRASHES", "4"))


@pytest.fixture(autouse=True)
def plain_log() -> None:
    """Faults are logged as the scheduler logs them, not drawn in colours for a developer."""
    logs.configure(quiet=True)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports without drawing, a few bytes each; every figure is worked out all the same."""
    monkeypatch.setattr(pdf, "render", lambda contents, *_: repr(contents.cover).encode())
    monkeypatch.setattr(pdf, "page_count", lambda _: 1)


@pytest.fixture
def council(database_url: str, tmp_path: Path) -> Iterator[Scenario]:
    scenario = begin(database_url, tmp_path)
    scenario.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
    yield scenario
    scenario.realise.database.close()


def _look(council: Scenario, at: datetime) -> Did:
    return run_due(council.realise, lambda: at)


def _issued(council: Scenario) -> list[Recorded[Any]]:
    return [
        recorded
        for recorded in council.realise.store.read()
        if isinstance(recorded.event, ReportIssued)
    ]


def _months(council: Scenario) -> list[str]:
    return [str(recorded.event.month) for recorded in _issued(council)]


def _emails(council: Scenario) -> list[Any]:
    with council.realise.read() as connection:
        return sorted(outbox.latest(connection), key=lambda row: row.message)


def _runs(council: Scenario) -> list[Any]:
    with council.realise.read() as connection:
        return list(connection.execute(select(ledger.job_runs)))


# When a report is due.


@pytest.mark.parametrize(
    ("month", "working_day", "day"),
    [
        ("2024-04", 3, "2024-05-03"),  # 1, 2 and 3 May
        ("2024-03", 1, "2024-04-02"),  # 1 April 2024 is Easter Monday
        ("2024-04", 4, "2024-05-07"),  # 6 May 2024 is a bank holiday
        ("2023-12", 1, "2024-01-02"),  # New Year's Day
        ("2024-05", 3, "2024-06-05"),  # 1 June 2024 is a Saturday
        ("2026-11", 20, "2026-12-30"),  # Christmas and its substitute day
    ],
)
def test_the_due_day_counts_working_days_of_england_and_wales(
    month: str, working_day: int, day: str
) -> None:
    assert due_day(Month.parse(month), working_day).isoformat() == day
    assert is_working_day(due_day(Month.parse(month), working_day))


def test_the_due_hour_is_six_in_london_in_summer_and_in_winter() -> None:
    assert due_at(Month(2024, 4), 3).astimezone(UTC) == DUE
    winter = due_at(Month(2024, 10), 3).astimezone(UTC)
    assert winter == datetime(2024, 11, 5, 6, tzinfo=UTC)


def test_a_report_is_made_at_its_due_hour_and_not_a_minute_before(
    council: Scenario, quick: None
) -> None:
    assert _look(council, DUE - timedelta(minutes=1)) == Did()
    assert _look(council, DUE) == Did(done=1)
    assert _look(council, DUE + timedelta(hours=1)) == Did()
    assert _months(council) == ["2024-04"]


def test_no_month_before_a_programme_began_is_reported(council: Scenario, quick: None) -> None:
    with council.realise.read() as connection:
        found = list(due_reports(connection, datetime(2024, 7, 1, tzinfo=UTC)))
    assert [str(due.month) for due in found] == ["2024-04", "2024-05"]


# Once, and in order.


def test_months_that_were_missed_are_caught_up_in_their_order(
    council: Scenario, quick: None
) -> None:
    assert _look(council, datetime(2024, 8, 20, tzinfo=UTC)) == Did(done=4)
    assert _months(council) == ["2024-04", "2024-05", "2024-06", "2024-07"]
    assert len(_emails(council)) == 4
    positions = [recorded.event.position for recorded in _issued(council)]
    assert positions == sorted(set(positions))


def test_many_schedulers_at_once_make_each_report_once_and_in_order(
    council: Scenario, quick: None, database_url: str, tmp_path: Path
) -> None:
    at = datetime(2024, 8, 20, tzinfo=UTC)
    others = [open_realise(database_url, tmp_path) for _ in range(4)]
    gate = threading.Barrier(4)

    def look(number: int) -> Did:
        gate.wait()
        did = Did()
        for _ in range(12):
            did += run_due(others[number], lambda: at)
        return did

    with ThreadPoolExecutor(4) as pool:
        did = sum(pool.map(look, range(4)), Did())
    for other in others:
        other.database.close()
    assert did == Did(done=4)
    assert _months(council) == ["2024-04", "2024-05", "2024-06", "2024-07"]
    assert [row.recipient for row in _emails(council)] == ["cleo"] * 4
    assert {run.state for run in _runs(council)} == {ledger.DONE}


def test_the_email_the_archive_and_the_event_are_one_write(council: Scenario, quick: None) -> None:
    _look(council, DUE)
    (event,) = _issued(council)
    (email,) = _emails(council)
    with council.realise.read() as connection:
        kept = archive.fetch(connection, "care", Month(2024, 4))
    assert kept is not None
    assert (kept.pdf_sha256, kept.inputs_sha256) == (
        event.event.pdf_sha256,
        event.event.inputs_sha256,
    )
    assert (email.position, email.state) == (event.position, outbox.QUEUED)
    assert event.actor == "scheduler"


# A month that is not closed.


def test_an_unclosed_month_is_issued_on_time_and_says_so(council: Scenario, quick: None) -> None:
    _look(council, DUE)
    assert "not closed" in _issued(council)[0].event.closing.lower()


def test_a_programme_may_have_unclosed_months_sent_as_drafts_to_pmo_and_finance_only(
    council: Scenario, quick: None
) -> None:
    council.do(programme.SetReportSchedule("care", 3, Unclosed.DRAFT))
    head = council.realise.store.head()
    assert _look(council, DUE) == Did(done=1)
    assert council.realise.store.head() == head
    assert {row.recipient for row in _emails(council)} == {"pat", "quin", "fay", "gil"}
    assert all(row.file_name.endswith("-DRAFT.pdf") for row in _emails(council))
    assert _look(council, DUE + timedelta(hours=1)) == Did()
    council.on("2024-05-08").do(close("care", "2024-04"))
    assert _look(council, datetime(2024, 5, 8, 12, tzinfo=UTC)) == Did()
    council.do(review("care", "2024-04"), by="fay")
    assert _look(council, datetime(2024, 5, 8, 13, tzinfo=UTC)) == Did(done=1)
    assert _months(council) == ["2024-04"]
    issued = [row for row in _emails(council) if "DRAFT" not in row.file_name]
    assert [row.recipient for row in issued] == ["cleo"]


def test_a_draft_whose_scheduler_died_after_it_was_queued_is_not_sent_again(
    council: Scenario, quick: None
) -> None:
    message = outbox.Message("draft-care-2024-04-pat", "pat", "a", "S", "B")
    database = council.realise.database
    with database.write() as connection:
        outbox.queue(connection, [message], DUE)
        outbox.queue(connection, [message], DUE + timedelta(hours=1))
    (row,) = _emails(council)
    assert row.queued_at == DUE.isoformat()


# Votes whose days are over.


def test_a_case_whose_days_are_over_ends_before_the_report_is_made(
    council: Scenario, quick: None
) -> None:
    council.identified("Other homes", saves(1_000, "2024-07"), benefit="other")
    council.on("2024-04-15").described("other")
    case = council.submitted("other", Gate.VALIDATION)
    closes = council.benefit("other").cases[case].submitted.closes
    last = datetime(closes.year, closes.month, closes.day, 22, tzinfo=UTC)
    _look(council, last)
    assert council.benefit("other").open_case is not None
    did = _look(council, datetime(2024, 5, 7, 6, tzinfo=UTC))
    assert did.done == 2
    ended = council.benefit("other").cases[case]
    assert ended.outcome is not None
    assert ended.ended_position < _issued(council)[0].event.position + 1
