"""A council that is made once a run of the tests on each database, and copied for whoever asks."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from eventlog.schema import upgrade
from tests import postgres

#: Makes the council in a database that has its tables; the folder is for its secrets.
Fill = Callable[[str, Path], object]


@dataclass
class Copies:
    """Gives copies of one council: a database of one's own, and a folder beside it.

    ``server`` is None for SQLite. ``fill`` must close every connection that it opened.
    """

    name: str
    fill: Fill
    run: Path
    server: postgres.Postgres | None
    _dropped: list[str] = field(default_factory=list)

    def fresh(self, folder: Path, tablespace: str = "pg_default") -> str:
        """The address of a copy; ``folder`` is made and gets what stood beside the first.

        ``tablespace`` says where PostgreSQL puts it.
        """
        made = self.run / f"{self.name}-{'file' if self.server is None else 'server'}"
        if self.server is None:
            with postgres.only_one(self.run):
                if not made.exists():
                    self._make(f"sqlite:///{made}.new/realise.sqlite", made)
            shutil.copytree(made, folder, dirs_exist_ok=True)
            return f"sqlite:///{folder / 'realise.sqlite'}"
        template = self.server.template(f"copied_{self.name}", lambda url: self._make(url, made))
        shutil.copytree(made, folder, dirs_exist_ok=True)
        self._dropped.append(self.server.create(template, tablespace))
        return self.server.url(self._dropped[-1])

    def _make(self, url: str, made: Path) -> None:
        fresh = made.with_name(f"{made.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        upgrade(url)
        self.fill(url, fresh)
        fresh.rename(made)

    def drop(self) -> None:
        """Remove the databases that were given so far; files go with their folders."""
        while self.server is not None and self._dropped:
            self.server.drop(self._dropped.pop())


@contextmanager
def copying(name: str, fill: Fill, run: Path, server: postgres.Postgres | None) -> Iterator[Copies]:
    """Copies that are dropped in the end."""
    copies = Copies(name, fill, run, server)
    try:
        yield copies
    finally:
        copies.drop()
