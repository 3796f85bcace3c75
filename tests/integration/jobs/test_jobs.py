"""What happens by itself: each due run once, what was missed caught up, what failed tried again."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benefits.commands import programme
from benefits.events.programme import Unclosed
from benefits.lifecycle import Gate
from benefits.periods import Month
from entrypoints.jobs import Did, due_reports, run_due
from reports import archive
from reports.calendar import due_at, due_day, is_working_day
from tests.integration.jobs.asked import DUE, emails, issued, look, months, runs
from tests.scenario import Scenario, close, open_realise, review, saves
from workflows import ledger, outbox

CRASHES = int(os.environ.get("REALISE_CRASHES", "4"))


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
    assert look(council, DUE - timedelta(minutes=1)) == Did()
    assert look(council, DUE) == Did(done=1)
    assert look(council, DUE + timedelta(hours=1)) == Did()
    assert months(council) == ["2024-04"]


def test_no_month_before_a_programme_began_is_reported(council: Scenario, quick: None) -> None:
    with council.realise.read() as connection:
        found = list(due_reports(connection, datetime(2024, 7, 1, tzinfo=UTC)))
    assert [str(due.month) for due in found] == ["2024-04", "2024-05"]


# Once, and in order.


def test_months_that_were_missed_are_caught_up_in_their_order(
    council: Scenario, quick: None
) -> None:
    assert look(council, datetime(2024, 8, 20, tzinfo=UTC)) == Did(done=4)
    assert months(council) == ["2024-04", "2024-05", "2024-06", "2024-07"]
    assert len(emails(council)) == 4
    positions = [recorded.event.position for recorded in issued(council)]
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
    assert months(council) == ["2024-04", "2024-05", "2024-06", "2024-07"]
    assert [row.recipient for row in emails(council)] == ["cleo"] * 4
    assert {run.state for run in runs(council)} == {ledger.DONE}


def test_the_email_the_archive_and_the_event_are_one_write(council: Scenario, quick: None) -> None:
    look(council, DUE)
    (event,) = issued(council)
    (email,) = emails(council)
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
    look(council, DUE)
    assert "not closed" in issued(council)[0].event.closing.lower()


def test_a_programme_may_have_unclosed_months_sent_as_drafts_to_pmo_and_finance_only(
    council: Scenario, quick: None
) -> None:
    council.do(programme.SetReportSchedule("care", 3, Unclosed.DRAFT))
    head = council.realise.store.head()
    assert look(council, DUE) == Did(done=1)
    assert council.realise.store.head() == head
    assert {row.recipient for row in emails(council)} == {"pat", "quin", "fay", "gil"}
    assert all(row.file_name.endswith("-DRAFT.pdf") for row in emails(council))
    assert look(council, DUE + timedelta(hours=1)) == Did()
    council.on("2024-05-08").do(close("care", "2024-04"))
    assert look(council, datetime(2024, 5, 8, 12, tzinfo=UTC)) == Did()
    council.do(review("care", "2024-04"), by="fay")
    assert look(council, datetime(2024, 5, 8, 13, tzinfo=UTC)) == Did(done=1)
    assert months(council) == ["2024-04"]
    issued = [row for row in emails(council) if "DRAFT" not in row.file_name]
    assert [row.recipient for row in issued] == ["cleo"]


def test_a_draft_whose_scheduler_died_after_it_was_queued_is_not_sent_again(
    council: Scenario, quick: None
) -> None:
    message = outbox.Message("draft-care-2024-04-pat", "pat", "a", "S", "B")
    database = council.realise.database
    with database.write() as connection:
        outbox.queue(connection, [message], DUE)
        outbox.queue(connection, [message], DUE + timedelta(hours=1))
    (row,) = emails(council)
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
    look(council, last)
    assert council.benefit("other").open_case is not None
    did = look(council, datetime(2024, 5, 7, 6, tzinfo=UTC))
    assert did.done == 2
    ended = council.benefit("other").cases[case]
    assert ended.outcome is not None
    assert ended.ended_position < issued(council)[0].event.position + 1
