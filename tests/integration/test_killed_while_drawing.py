"""A report is being drawn, by the real parts, when somebody kills who draws it.

``REALISE_CRASHES`` sets how often (a soak does it a few dozen times).
"""

import os
import random
import select as waiting
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select

from entrypoints.verifying import verify_everything
from entrypoints.wiring import Realise
from reports import archive, pdf, workers
from reports.drawing import ReportNotMade
from tests.kept import JULY
from tests.scenario import PROGRAMME, open_realise
from tests.victim import Victim
from tests.victim_acts import cut_small, now
from workflows.outbox import outbox
from workflows.people import SETUP

KILLS = max(1, int(os.environ.get("REALISE_CRASHES", "1")) // 8)
SEED = int(os.environ.get("REALISE_SEED", "20261122"))


@pytest.fixture
def council(lived_url: str, tmp_path: Path) -> Iterator[Realise]:
    realise = open_realise(lived_url, tmp_path)
    yield realise
    realise.database.close()


def _editions(realise: Realise) -> tuple[int, int]:
    """How many editions are kept, and how many emails tell of them."""
    told = outbox.c.about == f"report {PROGRAMME} {JULY}"
    with realise.read() as connection:
        mails = connection.scalar(select(func.count()).select_from(outbox).where(told))
        return len(archive.listed(connection, PROGRAMME)), int(mails or 0)


def _drawing_processes() -> list[int]:
    """Every process that draws parts, whoever its parent is."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"reports.part_worker" in words:
            found.append(int(folder.name))
    return found


def test_who_issues_is_killed_while_the_pages_are_drawn(
    council: Realise, victim: Victim, tmp_path: Path
) -> None:
    chance, before = random.Random(SEED), set(_drawing_processes())
    victim.lives_at(council.settings.database_url, tmp_path)
    for _ in range(KILLS):
        editions, mails = _editions(council)
        said = victim.killed("draw", chance.uniform(1, 10))
        now_kept, now_told = _editions(council)
        assert now_kept - editions == now_told - mails, "an edition without its email, or twice"
        assert now_kept - editions >= len(said) - 1
        assert said[0] == "drawing"
        assert verify_everything(council).bad == []
    _gone_by_themselves(before)
    assert not list(tmp_path.glob("*.pdf"))


def _gone_by_themselves(before: set[int]) -> None:
    """Who drew for it sees that nobody asks any more, and ends."""
    for process in set(_drawing_processes()) - before:
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(process)
            ended, _, _ = waiting.select([handle], [], [], 60)
            os.close(handle)
            assert ended, f"process {process} was left behind"


def test_a_process_that_draws_a_part_is_killed_and_nothing_was_issued(
    council: Realise, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = _editions(council), workers.Worker.draw
    monkeypatch.setattr(pdf, "parts_of", cut_small)

    def killed(worker: workers.Worker, *given: object) -> bytes:
        os.kill(worker.process.pid, signal.SIGKILL)
        return real(worker, *given)  # type: ignore[arg-type]

    def issue() -> None:
        council.reports.issue(
            PROGRAMME, JULY, by=SETUP, at=now(), reason="Once more.", reissue=True
        )

    with monkeypatch.context() as patch:
        patch.setattr(workers.Worker, "draw", killed)
        with pytest.raises(ReportNotMade, match="was ended, as happens when memory runs out"):
            issue()
    assert _editions(council) == before
    issue()
    assert _editions(council) == (before[0] + 1, before[1] + 1)
    assert verify_everything(council).bad == []
