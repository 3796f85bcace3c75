"""A disk that is small and gets full: a real one where it may be mounted, else the nearest thing.

Root (in most containers) may mount a few megabytes of memory as a disk. Where it may not, SQLite
is told of a most number of pages, and PostgreSQL raises what it raises when a disk is full: the
same codes, though nothing is really full.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from eventlog import sqlite
from tests import postgres


@dataclass(frozen=True)
class SmallDisk:
    """Where a council's record is. ``fill`` leaves no room on it, ``free`` makes room again."""

    url: str
    fill: Callable[[], object]
    free: Callable[[], object]
    #: Whether it takes connections opened anew to see that it is full, or is not any more.
    anew: bool = False


@contextmanager
def mounted(folder: Path, megabytes: int) -> Iterator[bool]:
    """A disk of this size at the folder; whether it could be had."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        real = subprocess.run(words, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        real = False
    try:
        yield real
    finally:
        if real:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(folder: Path) -> None:
    with (folder / "filler").open("wb", buffering=0) as filler:
        try:
            while filler.write(b"\0" * 4096):
                pass
        except OSError:
            os.fsync(filler.fileno())


def _free(folder: Path) -> None:
    (folder / "filler").unlink()


@contextmanager
def small_file(folder: Path, fresh: Callable[[Path], str]) -> Iterator[SmallDisk]:
    """An SQLite file on a small disk. ``fresh`` puts a council's record into a folder."""
    with mounted(folder, 8) as real, pytest.MonkeyPatch.context() as patch:
        url = fresh(folder)
        if real:
            yield SmallDisk(url, lambda: _fill(folder), lambda: _free(folder))
            return
        connect, pages = sqlite.connect, [10**6]

        def limited(path: Path, wait: float, mode: str = "rw", *more: str) -> object:
            return connect(path, wait, mode, *more, f"max_page_count={pages[-1]}")

        patch.setattr(sqlite, "connect", limited)
        yield SmallDisk(url, lambda: pages.append(1), lambda: pages.append(10**6), anew=True)


@contextmanager
def small_server(
    server: postgres.Postgres, name: str, fresh: Callable[[str], str]
) -> Iterator[SmallDisk]:
    """A PostgreSQL database whose tables are on a small disk. ``fresh`` makes it where it says."""
    folder = server.directory / name
    with mounted(folder, 64) as real:
        owner = (server.directory / "data").stat()
        os.chown(folder, owner.st_uid, owner.st_gid)
        with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
            if real:
                statement = sql.SQL("CREATE TABLESPACE {} LOCATION {}")
                admin.execute(statement.format(sql.Identifier(name), sql.Literal(str(folder))))
            url = fresh(name if real else "pg_default")
            try:
                if real:
                    yield SmallDisk(url, lambda: _fill(folder), lambda: _free(folder))
                else:
                    yield SmallDisk(url, lambda: _refuse(url), lambda: _take(url))
            finally:
                admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(_named(url)))
                if real:
                    admin.execute(sql.SQL("DROP TABLESPACE {}").format(sql.Identifier(name)))


def _named(url: str) -> sql.Identifier:
    return sql.Identifier(url.split("/")[3].partition("?")[0])


def _refuse(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE "
            "EXCEPTION 'could not extend file: No space left' USING ERRCODE = '53100'; END $$"
        )
        connection.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON events EXECUTE FUNCTION full_disk()"
        )


def _take(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("DROP FUNCTION full_disk CASCADE")
