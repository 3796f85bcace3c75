"""A writer killed at any moment: nothing that was acknowledged is lost, and nothing is torn.

``REALISE_CRASHES`` sets how many writers are killed (a soak takes hundreds).
"""

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

from eventlog.replay import compare
from eventlog.seal import verify
from tests.integration.sample_log import book, open_store

ROOT = Path(__file__).resolve().parents[2]
CRASHES = int(os.environ.get("REALISE_CRASHES", "4"))
_WRITER = """
import sys
from tests.integration.sample_log import book, open_store
store = open_store(sys.argv[1])
version = len(store.load("hall-1"))
while True:
    given = book(store, "hall-1", version, *range(20))
    version += len(given)
    print(given[-1].position, flush=True)
"""


def _killed_after(url: str, seconds: float) -> int:
    """Start a writer, kill it so long after its first answer; the last position it acknowledged."""
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, url], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert writer.stdout is not None
    acknowledged = int(writer.stdout.readline())
    timer = threading.Timer(seconds, writer.send_signal, [signal.SIGKILL])
    timer.start()
    for line in writer.stdout:
        if line.endswith("\n"):
            acknowledged = int(line)
    writer.wait(30)
    writer.stdout.close()
    assert writer.returncode == -signal.SIGKILL
    return acknowledged


def test_nothing_acknowledged_is_lost_when_a_writer_is_killed(log_url: str) -> None:
    chance = random.Random(20261122)
    for _ in range(CRASHES):
        acknowledged = _killed_after(log_url, chance.uniform(0.001, 0.15))
        store = open_store(log_url)
        with store.database.read() as connection:
            verdict = verify(connection)
        assert verdict.sound, verdict
        assert verdict.events >= acknowledged
        assert verdict.events % 20 == 0  # each append stands whole or not at all
        assert compare(store) == []
        book(store, "hall-1", verdict.events, *range(20))
