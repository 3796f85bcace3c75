"""Runs that fail or are killed: shown, tried again later, and done once in the end."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from benefits.commands import programme
from benefits.periods import Month
from entrypoints.jobs import Did
from reports import pdf
from tests.integration.jobs.asked import DUE, emails, issued, look, months, runs
from tests.scenario import ROOT, Scenario
from workflows import ledger

CRASHES = int(os.environ.get("REALISE_CRASHES", "4"))


# What fails.


def test_a_run_that_fails_is_shown_and_tried_again_after_a_growing_wait(
    council: Scenario, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object) -> bytes:
        raise ValueError("No ink.")

    with monkeypatch.context() as broken:
        broken.setattr(pdf, "render", cannot)
        at, waits = DUE, []
        for _ in range(6):
            assert look(council, at) == Did(failed=1)
            (run,) = runs(council)
            assert (run.state, run.said) == (ledger.FAILED, "No ink.")
            again = datetime.fromisoformat(run.again_at)
            assert look(council, again - timedelta(seconds=1)) == Did()
            waits.append(again - at)
            at = again
    assert waits == sorted(set(waits))
    assert look(council, at) == Did(done=1)
    (run,) = runs(council)
    assert (run.state, run.tries) == (ledger.DONE, 7)
    assert (len(issued(council)), len(emails(council))) == (1, 1)


def test_one_programme_that_cannot_be_reported_does_not_stop_another(
    council: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    council.do(programme.StartProgramme("other", "Other", Month(2024, 4).financial_year, 4, "main"))

    def render(contents: Any, *_: object) -> bytes:
        if "Care" in repr(contents.cover):
            raise ValueError("No ink.")
        return repr(contents.cover).encode()

    monkeypatch.setattr(pdf, "render", render)
    monkeypatch.setattr(pdf, "page_count", lambda _: 1)
    assert look(council, DUE) == Did(done=1, failed=1)
    assert [recorded.event.programme for recorded in issued(council)] == ["other"]


def test_a_later_month_waits_for_one_that_fails_but_not_for_ever(
    council: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(contents: Any, *_: object) -> bytes:
        if contents.cover.month == Month(2024, 4):
            raise ValueError("No ink.")
        return repr(contents.cover).encode()

    monkeypatch.setattr(pdf, "render", render)
    monkeypatch.setattr(pdf, "page_count", lambda _: 1)
    at = datetime(2024, 6, 10, 9, tzinfo=UTC)
    for _ in range(ledger.PATIENT):
        assert months(council) == []
        look(council, at)
        at += timedelta(hours=4)
    assert months(council) == ["2024-05"]


_SCHEDULER = """
import sys
from datetime import datetime
from pathlib import Path
from reports import pdf
real = pdf.render
def render(*given):
    print("drawing", flush=True)
    return real(*given)
pdf.render = render
from entrypoints import logs
from entrypoints.jobs import run_due
from tests.scenario import open_realise
realise = open_realise(sys.argv[1], Path(sys.argv[2]))
at = datetime.fromisoformat(sys.argv[3])
print(run_due(realise, lambda: at).done)
"""


def _scheduler(url: str, folder: Path, at: datetime) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", _SCHEDULER, url, str(folder), at.isoformat()]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_a_scheduler_killed_while_making_a_report_leaves_it_to_another(
    council: Scenario, database_url: str, tmp_path: Path
) -> None:
    """One kill as it begins to draw, the others anywhere up to the end."""
    chance, at = random.Random(20261122), DUE
    for number in range(max(1, CRASHES // 4)):
        killed = _scheduler(database_url, tmp_path, at)
        assert killed.stdout is not None
        assert killed.stdout.readline().startswith("drawing")
        time.sleep(chance.uniform(0, 1.5) if number else 0)
        killed.send_signal(signal.SIGKILL)
        killed.communicate(timeout=30)
        if not issued(council):
            early = _scheduler(database_url, tmp_path, at + ledger.ABANDONED / 2)
            assert early.communicate(timeout=60)[0].split()[-1] == "0"
        at += ledger.ABANDONED + timedelta(seconds=1)
    finishing = _scheduler(database_url, tmp_path, at)
    assert finishing.communicate(timeout=120)[0]
    assert finishing.returncode == 0
    assert months(council) == ["2024-04"]
    assert len(emails(council)) == 1
    assert {run.state for run in runs(council)} == {ledger.DONE}


def test_a_scheduler_that_was_given_up_cannot_undo_what_another_finished(
    council: Scenario, quick: None
) -> None:
    database = council.realise.database
    with database.write() as connection:
        slow = ledger.claim(connection, "job", "2024-04", DUE)
        assert slow is not None
        assert ledger.claim(connection, "job", "2024-04", DUE + ledger.ABANDONED / 2) is None
        later = DUE + ledger.ABANDONED
        other = ledger.claim(connection, "job", "2024-04", later)
        assert other is not None
        ledger.done(connection, other, later)
        ledger.failed(connection, slow, later, "Too slow.")
        assert ledger.finished(connection, "job") == {"2024-04"}
        assert ledger.claim(connection, "job", "2024-04", later + timedelta(days=9)) is None
