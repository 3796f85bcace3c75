"""A process that does one thing over and over until it is killed: for the tests of crashes.

It is started once, and forks a child for each crash, so that thousands cost little. The child
says each thing that is done, once it may be relied on.

    victim = Victim(url, folder)
    acknowledged = victim.killed(at="rebuild", after=0.05)
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Victim:
    """Runs in a process of its own; ``close`` ends it."""

    def __init__(self, url: str, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.victim", url, str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip

    def killed(self, at: str, after: float) -> list[str]:
        """Have it do this, and kill it so many seconds later; gives what it said was done."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{at}\n")
        self._process.stdin.flush()
        said: list[str] = []
        for line in self._process.stdout:
            if line.startswith("begun"):
                child = int(line.split()[1])
                threading.Timer(after, os.kill, [child, signal.SIGKILL]).start()
            elif line.startswith("ended"):
                assert line == "ended -9\n", f"{at} ended by itself: {line}{said}"
                return said
            elif line != "\n":
                said.append(line[:-1])
        raise AssertionError(f"the process has gone while it was doing {at}")

    def close(self) -> None:
        """Let it end."""
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(30)


def main() -> None:
    """Fork a child for each line of input, and say how it ended."""
    url, folder = sys.argv[1], Path(sys.argv[2])
    from tests import victim_acts  # everything is imported before the first fork

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _act(victim_acts.ACTS[line.strip()](url, folder))
        _, status = os.waitpid(child, 0)
        # A half line of the child ends here.
        _say(f"\nended {os.waitstatus_to_exitcode(status)}")


def _act(acts: Iterator[str]) -> None:
    try:
        _say(f"begun {os.getpid()}")
        for said in acts:
            _say(said)
    finally:
        os._exit(3)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
