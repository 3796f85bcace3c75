"""A process that does one thing over and over until it is killed: for the tests of crashes.

It is started once a run, and forks a child for each crash, so that thousands cost little. The
child says each thing that is done, once it may be relied on.

    victim.lives_at(url, folder)
    acknowledged = victim.killed("rebuild", after=0.05)           # so many seconds after it began
    moments = victim.moments("rebuild")                           # how many statements it makes
    acknowledged = victim.killed_at("rebuild", moment=17)         # at one of them: tests/moments.py
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from eventlog.database import Database
from tests.moments import Moments, counted

ROOT = Path(__file__).resolve().parent.parent


class Victim:
    """Runs in a process of its own; ``close`` ends it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.victim"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        self._place = ""

    def lives_at(self, url: str, folder: Path) -> None:
        """From now on what it does is done to this database; ``folder`` is beside it."""
        self._place = f"{url}\t{folder}"

    def killed(self, act: str, after: float) -> list[str]:
        """Have it do this, and kill it so many seconds later; gives what it said was done."""
        return self._killed("t", act, *self._done(f"{act}\t0", after))

    def killed_at(self, act: str, moment: int) -> list[str]:
        """The same, and it kills itself at one of its moments."""
        return self._killed("s", act, *self._done(f"{act}\t{moment}"))

    def _killed(self, how: str, act: str, said: list[str], status: int) -> list[str]:
        assert status == -signal.SIGKILL, f"{act} ended by itself: {status} {said}"
        if tally := os.environ.get("REALISE_TALLY"):
            with Path(tally).open("a", encoding="ascii") as file:
                file.write(how)  # a soak counts how many were killed, and how
        return said

    def done(self, act: str) -> None:
        """Have it do something that ends by itself."""
        said, status = self._done(f"{act}\t-1")
        assert status == 0, f"{act} could not be done: {said}"

    def moments(self, act: str) -> int:
        """At how many moments it could be killed while it does the thing twice."""
        said, status = self._done(f"{act}\t-1")
        assert status == 0, f"{act} could not be done: {said}"
        return int(said[-1])

    def _done(self, asked: str, after: float | None = None) -> tuple[list[str], int]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{self._place}\t{asked}\n")
        self._process.stdin.flush()
        said: list[str] = []
        for line in self._process.stdout:
            if line.startswith("begun"):
                if after is not None:
                    kill = [int(line.split()[1]), signal.SIGKILL]
                    threading.Timer(after, os.kill, kill).start()
            elif line.startswith("ended"):
                return said, int(line.split()[1])
            elif line != "\n":
                said.append(line[:-1])
        raise AssertionError(f"the process has gone while it was doing {asked}")

    def close(self) -> None:
        """Let it end."""
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(30)


def main() -> None:
    """Fork a child for each line of input, and say how it ended."""
    from tests import victim_acts  # everything is imported before the first fork

    Database.open("postgresql://nobody@nowhere/none").close()  # and the driver with it
    for line in sys.stdin:
        url, folder, act, moment = line[:-1].split("\t")
        child = os.fork()
        if child == 0:
            _act(victim_acts.ACTS[act](url, Path(folder)), int(moment))
        _, status = os.waitpid(child, 0)
        # A half line of the child ends here.
        _say(f"\nended {os.waitstatus_to_exitcode(status)}")


def _act(acts: Iterator[str], moment: int) -> None:
    """Until it is killed; where -1 is asked for, twice, to count the moments."""
    status = 3
    try:
        _say(f"begun {os.getpid()}")
        with counted(Moments(moment, _die), after_commit=True) as moments:
            for said in islice(acts, 2 if moment < 0 else None):
                _say(said)
        _say(f"{moments.count}")
        status = 0
    finally:
        os._exit(status)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
