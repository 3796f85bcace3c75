"""Has the sheets of a long report drawn by several processes, and by none that is left behind.

Each is a fresh Python (never a fork: Pango does not bear it) that is handed one sheet at a time
through a pipe. Nothing of a report touches the disk; when one fails, all are ended.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

from reports.drawing import ReportNotMade, Sheet

#: Seconds after which a report that is still not drawn counts as hanging.
PATIENCE = 1_500
_ROOT = Path(__file__).resolve().parent.parent


class Worker:
    """One process that draws. Ended, if it still runs, when the ``with`` block is left."""

    def __init__(self, fonts_dir: Path) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own module, by our own Python
            [sys.executable, "-m", "reports.part_worker", str(fonts_dir.resolve())],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def draw(self, sheet: Sheet) -> bytes:
        """The sheet as a PDF. Raises ``ReportNotMade`` with what the process said of its end."""
        task = {**asdict(sheet), "when": sheet.when.isoformat()}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(json.dumps(task).encode() + b"\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline() or b"{}")
            made = self.process.stdout.read(answer.get("bytes", 0))
        except (OSError, ValueError):
            answer, made = {}, b""
        if "fault" in answer:
            raise ReportNotMade(answer["fault"])
        if not made or len(made) < answer["bytes"]:
            raise ReportNotMade(
                "The report was not made: a process that drew its pages was ended, as happens "
                "when memory runs out. Nothing of it was kept; it can be made again."
            )
        return made

    def __enter__(self) -> "Worker":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()


class Crew:
    """Up to ``most`` processes that draw one report. None is left when the ``with`` block is."""

    def __init__(self, fonts_dir: Path, most: int) -> None:
        self._fonts_dir, self._most = fonts_dir, max(1, most)
        self._workers: list[Worker] = []
        self._held = ExitStack()

    def start(self, wanted: int) -> None:
        """Have so many at hand, or as many as may be: what they draw with they load meanwhile."""
        while len(self._workers) < min(wanted, self._most):
            self._workers.append(self._held.enter_context(Worker(self._fonts_dir)))

    def draw(self, sheets: Sequence[Sheet], progress: Callable[[str], None]) -> list[bytes]:
        """Every sheet as a PDF, in the order given. Raises ``ReportNotMade`` when one fails."""
        self.start(len(sheets))
        with ExitStack() as held:
            threads = held.enter_context(ThreadPoolExecutor(len(self._workers)))
            # Left before the threads are waited for: who is waited on then has no process any more.
            held.callback(_end, self._workers)
            free: SimpleQueue[Worker] = SimpleQueue()
            for worker in self._workers:
                free.put(worker)
            tasks = [threads.submit(_drawn, free, sheet) for sheet in sheets]
            return _gathered(tasks, progress)

    def __enter__(self) -> "Crew":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None
    ) -> None:
        self._held.close()


def _drawn(free: SimpleQueue[Worker], sheet: Sheet) -> bytes:
    worker = free.get()
    try:
        return worker.draw(sheet)
    finally:
        free.put(worker)


def _gathered(tasks: Sequence[Future[bytes]], progress: Callable[[str], None]) -> list[bytes]:
    try:
        for count, task in enumerate(as_completed(tasks, timeout=PATIENCE), start=1):
            task.result()
            progress(f"Drew part {count} of {len(tasks)}.")
    except TimeoutError as fault:
        raise ReportNotMade(
            f"The report was not made: drawing it took longer than {PATIENCE // 60} minutes."
        ) from fault
    finally:
        for task in tasks:
            task.cancel()
    return [task.result() for task in tasks]


def _end(crew: Sequence[Worker]) -> None:
    for worker in crew:
        worker.process.kill()
