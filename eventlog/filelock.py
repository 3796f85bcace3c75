"""One writer at a time on a database file, between threads and between processes."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventlog.faults import BUSY, DatabaseBusy, DatabaseUnavailable

_FIRST_PAUSE, _LONGEST_PAUSE = 0.0005, 0.01

if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FileLock:
    """A lock kept by the operating system, so that a killed process lets go of it."""

    def __init__(self, path: Path, wait: float) -> None:
        """``wait`` is in seconds: how long to stand in the queue before giving up."""
        self._path = path
        self._wait = wait
        # Threads queue here first, so that only one of a process asks the operating system.
        self._threads = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises ``DatabaseBusy`` when it could not be had in time."""
        deadline = time.monotonic() + self._wait
        if not self._threads.acquire(timeout=self._wait):
            raise DatabaseBusy(BUSY)
        try:
            handle = self._open()
            try:
                _wait_for(handle, deadline)
                yield
            finally:
                os.close(handle)  # closing lets go
        finally:
            self._threads.release()

    def _open(self) -> int:
        try:
            return os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o660)
        except OSError as fault:
            raise DatabaseUnavailable(
                f"The lock file {self._path} cannot be opened ({fault.strerror}). "
                "Check that the folder is there and may be written to."
            ) from fault


def _wait_for(handle: int, deadline: float) -> None:
    pause = _FIRST_PAUSE
    while not _try(handle):
        if time.monotonic() >= deadline:
            raise DatabaseBusy(BUSY)
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE)
