"""Two real schedulers at once, either killed at any moment: each due report once, each email once.

By lot, from a seed, so that a failure repeats; ``make soak`` kills more often.
"""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.integration.jobs.asked import emails, months, runs
from tests.report_files import ROOT
from tests.scenario import Scenario
from workflows import ledger

CRASHES = int(os.environ.get("REALISE_CRASHES", "4"))
#: The reports of April to July are due by then.
AUGUST = datetime(2024, 8, 20, tzinfo=UTC)
_SCHEDULER = """
import sys, time
from datetime import datetime
from pathlib import Path
from reports import pdf
def render(contents, *given):
    print("drawing", flush=True)
    time.sleep(0.2)
    return repr(contents.cover).encode()
pdf.render, pdf.page_count = render, lambda made: 1
from entrypoints.jobs import run_due
from tests.scenario import open_realise
realise = open_realise(sys.argv[1], Path(sys.argv[2]))
at = datetime.fromisoformat(sys.argv[3])
print(run_due(realise, lambda: at).failed)
"""


def _scheduler(url: str, folder: Path, at: datetime) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", _SCHEDULER, url, str(folder), at.isoformat()]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def _wait_for_one_to_draw(pair: list[subprocess.Popen[str]]) -> None:
    """Until either has begun a report or has none left to begin."""
    for one in pair:
        assert one.stdout is not None
        if one.stdout.readline().startswith("drawing"):
            return


def test_each_due_report_is_issued_once_and_mailed_once_whoever_is_killed_when(
    council: Scenario, database_url: str, tmp_path: Path
) -> None:
    chance, at = random.Random(20240820), AUGUST
    for _ in range(max(2, CRASHES // 20)):
        pair = [_scheduler(database_url, tmp_path, at) for _ in range(2)]
        _wait_for_one_to_draw(pair)
        for one in chance.sample(pair, chance.choice((1, 2))):
            time.sleep(chance.uniform(0, 0.4))
            one.send_signal(signal.SIGKILL)
        for one in pair:
            one.communicate(timeout=120)
        assert sorted(set(months(council))) == months(council), "never twice, never out of order"
        at += ledger.ABANDONED + timedelta(seconds=1)
    last = [_scheduler(database_url, tmp_path, at) for _ in range(2)]
    assert [one.communicate(timeout=120)[0].split()[-1] for one in last] == ["0", "0"]
    # What the slower of them found claimed is left for the next look.
    assert _scheduler(database_url, tmp_path, at).communicate(timeout=120)[0].split()[-1] == "0"
    assert months(council) == ["2024-04", "2024-05", "2024-06", "2024-07"]
    assert len({mail.message for mail in emails(council)}) == len(emails(council)) == 4
    assert {run.state for run in runs(council)} == {ledger.DONE}
