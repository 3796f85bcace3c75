"""A real copy of the run's PostgreSQL that follows it by streaming replication."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import Postgres, module


@contextmanager
def following(server: Postgres) -> Iterator["Copy"]:
    """A copy while it is needed."""
    folder = Path(tempfile.mkdtemp(prefix="realise-"))
    copy = Copy(folder)
    try:
        folder.chmod(0o755)
        copy.begin(server)
        yield copy
    finally:
        copy.stop()
        shutil.rmtree(folder)


class Copy:
    """The copy: it follows, and can be told to rest and to go on."""

    def __init__(self, folder: Path) -> None:
        self.data, self.socket = folder / "data", folder / "socket"

    def url(self, database: str, role: str = "postgres") -> str:
        """The address of a database in the copy."""
        return f"postgresql://{role}:@/{database}?host={self.socket}"

    def begin(self, server: Postgres) -> None:
        """Copy what is there, then follow."""
        for place in (self.data, self.socket):
            place.mkdir(mode=0o700)
            if os.geteuid() == 0:
                shutil.chown(place, "pgserver")
        source = f"--dbname=postgresql://postgres:@/?host={server.directory / 'data'}"
        _run("pg_basebackup", source, "-D", self.data, "-R", "-X", "stream", "-c", "fast")
        self._control(
            "start", "-o", f"-c listen_addresses='' -c unix_socket_directories={self.socket}"
        )

    def stop(self) -> None:
        """Stop it, if it runs."""
        if (self.data / "postmaster.pid").exists():
            self._control("stop", "-m", "immediate")

    def _control(self, *words: str) -> None:
        _run("pg_ctl", "-D", self.data, "-w", *words)


def _run(program: str, *words: object) -> None:
    server = module("utils")
    # PostgreSQL refuses root, so the run's server belongs to a user of its own.
    user = "pgserver" if os.geteuid() == 0 else None
    asked = [
        str(server.POSTGRES_VERSIONS[server.TARGET_POSTGRES_VERSION] / program),
        *map(str, words),
    ]
    said = Path(tempfile.gettempdir()) / f"realise-copy-{os.getpid()}"
    with said.open("w+") as output:  # a file: what a started server holds open is never waited for
        done = subprocess.run(
            asked, user=user, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd="/",
            check=False,
        )  # fmt: skip
    told = said.read_text()
    said.unlink()
    assert done.returncode == 0, f"{program}: {told}"
