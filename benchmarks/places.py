"""Where the measured databases are kept, and how durable they are.

In memory (a tmpfs) with every durability setting on, a figure shows the work of the software and
not the disk's mood; ``--folder`` measures a disk.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from eventlog.database import Database
from eventlog.schema import upgrade
from tests import postgres

SQLITE = "SQLite: journal_mode=WAL, synchronous=FULL"
POSTGRESQL = "PostgreSQL: fsync=on, full_page_writes=on, synchronous_commit=on"
#: The two databases, and what they are called in tables.
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_SETTINGS = "\njit = off\nmax_connections = 100\n"
#: What a contestant opens is closed at the end of the run.
OPENED = ExitStack()
_MEMORY = Path("/dev/shm")  # noqa: S108 - a place in memory is what is wanted


@dataclass
class Places:
    """A folder for SQLite files and a PostgreSQL server, both gone at the end of the run."""

    folder: Path
    server: postgres.Postgres
    numbers: Iterator[int]

    def sqlite(self) -> Path:
        """The path of a fresh SQLite file, not made yet."""
        return self.folder / f"{next(self.numbers)}.db"

    def url(self, kind: str) -> str:
        """The address of a fresh database, empty of everything."""
        if kind == "sqlite":
            return f"sqlite:///{self.sqlite()}"
        return self.server.url(self.server.create())

    def made(self, kind: str) -> str:
        """The address of a fresh database with all of Realise's tables."""
        url = self.url(kind)
        upgrade(url)
        return url

    @property
    def where(self) -> str:
        """In memory or on a disk, in words."""
        return "in memory (tmpfs)" if _MEMORY in self.folder.parents else "on disk"


@contextmanager
def places(within: Path | None = None) -> Iterator[Places]:
    """Folder and server for one run; ``within`` is a folder on the disk to measure."""
    chosen = within or (_MEMORY if _MEMORY.is_dir() else Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix="realise-", dir=chosen))
    folder.chmod(0o755)
    try:
        server = postgres.start(folder, owner=os.getpid(), worker="bench", settings=_SETTINGS)
        yield Places(folder, server, count(1))
    finally:
        OPENED.close()
        postgres.remove_run_directory(folder)


def opened(url: str) -> Database:
    """A database that is closed at the end of the run."""
    database = Database.open(url)
    OPENED.callback(database.close)
    return database
