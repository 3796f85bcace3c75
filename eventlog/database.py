"""Opening the database: the same few words for SQLite and for PostgreSQL."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, MetaData, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from eventlog import narrowed, sqlite
from eventlog.driver import Driver, ask_after_a_pause, each_its_own, in_file
from eventlog.faults import (
    EMPTY,
    DatabaseBusy,
    DatabaseFault,
    DatabaseUnavailable,
    DiskFull,
    NotCurrent,
    NotInitialised,
    said_plainly,
)
from eventlog.filelock import FileLock

__all__ = [
    "Database",
    "DatabaseBusy",
    "DatabaseFault",
    "DatabaseUnavailable",
    "DiskFull",
    "NotCurrent",
    "NotInitialised",
    "Pool",
    "metadata",
    "naming",
    "read_url",
]  # fmt: skip

#: How constraints and indexes are named, so that both databases and the migrations agree.
naming = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
#: Every table of the whole application is declared in this one.
metadata = MetaData(naming_convention=naming)

LOCK_WAIT = 10.0


@dataclass(frozen=True, slots=True)
class Pool:
    """How many connections one process keeps to PostgreSQL, and how many more when it is busy.

    ``renewed`` is after how many seconds one is closed and opened anew; 0 for never.
    """

    kept: int = 5
    more: int = 15
    renewed: int = 1_800


def read_url(url: str) -> URL:
    """Read a database's address. Raises ``DatabaseUnavailable`` when it is none we can use."""
    try:
        parsed = make_url(url)
    except ArgumentError as fault:
        raise DatabaseUnavailable(
            "The database's address cannot be read. "
            "Write sqlite:///folder/realise.db or postgresql://name:password@host/database."
        ) from fault
    kind = parsed.get_backend_name()
    if kind == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed
    raise DatabaseUnavailable(
        f"Realise keeps its record in an SQLite file or in PostgreSQL, not in “{kind}” "
        "or in memory. Write sqlite:///folder/realise.db."
    )


class Database(ABC):
    """Where the record is kept. ``kind`` is ``sqlite`` or ``postgresql``."""

    kind: str
    place: str
    lock_wait: float

    @staticmethod
    def open(url: str, lock_wait: float = LOCK_WAIT, pool: Pool | None = None) -> "Database":
        """Open by address; nothing is contacted yet. ``lock_wait``: seconds in any queue."""
        parsed = read_url(url)
        if parsed.get_backend_name() == "sqlite":
            return SqliteDatabase(Path(str(parsed.database)), lock_wait)
        return PostgresqlDatabase(parsed, lock_wait, pool or Pool())

    @abstractmethod
    def read(self) -> AbstractContextManager[Connection]:
        """A connection that sees one moment of the database throughout, and cannot write."""

    @abstractmethod
    def write(self) -> AbstractContextManager[Connection]:
        """A connection whose changes are kept together at the end, or not at all."""

    @abstractmethod
    def append(self) -> AbstractContextManager[Driver]:
        """The driver alone, for one append that nothing else is written with."""

    @abstractmethod
    def close(self) -> None:
        """Let go of every connection that is not in use."""


class SqliteDatabase(Database):
    """An SQLite file: readers never wait, writers queue at a file lock beside it."""

    kind = "sqlite"

    def __init__(self, path: Path, lock_wait: float) -> None:
        self.path = path.absolute()
        self.place, self.lock_wait = str(self.path), lock_wait
        self.lock = FileLock(self.path.with_name(self.path.name + ".lock"), lock_wait)
        self._reader = sqlite.engine(self.path, lock_wait, writes=False)
        self._writer = sqlite.engine(self.path, lock_wait, writes=True)
        narrowed.install(self._reader)

    def _must_exist(self) -> None:
        if not self.path.exists():
            raise NotInitialised(EMPTY)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        self._must_exist()
        with said_plainly(self.place), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        self._must_exist()
        with said_plainly(self.place), self.lock.held(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def append(self) -> Iterator[Driver]:
        self._must_exist()
        with said_plainly(self.place), self.lock.held(), in_file(self._writer) as driver:
            yield driver

    def close(self) -> None:
        self._reader.dispose()
        self._writer.dispose()


class PostgresqlDatabase(Database):
    """PostgreSQL 15 or later. Nothing is kept in the session, so a transaction pooler may help."""

    kind = "postgresql"

    def __init__(self, url: URL, lock_wait: float, pool: Pool) -> None:
        self.url, self.lock_wait = url, lock_wait
        self.place = f"{url.host or 'this machine'}/{url.database}"
        self._engine = create_engine(
            url, pool_size=pool.kept, max_overflow=pool.more, pool_timeout=lock_wait,
            pool_recycle=pool.renewed or -1,
            hide_parameters=True, isolation_level="READ COMMITTED",
            # Prepared statements belong to a session; a transaction pooler changes those.
            connect_args={"prepare_threshold": None, "connect_timeout": max(2, int(lock_wait))},
        )  # fmt: skip
        ask_after_a_pause(self._engine)
        self._reader = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        narrowed.install(self._reader)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with said_plainly(self.place), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with said_plainly(self.place), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def append(self) -> Iterator[Driver]:
        with said_plainly(self.place), each_its_own(self._engine) as driver:
            yield driver

    def close(self) -> None:
        self._engine.dispose()
