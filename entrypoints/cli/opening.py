"""How every command finds its settings and the record."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click
from sqlalchemy import select

from benefits.register import tables
from entrypoints.settings import Settings, read_settings
from entrypoints.settings_file import with_file
from entrypoints.wiring import Realise
from eventlog.database import Database
from eventlog.schema import check_current
from reports.composing.portfolio import TITLE
from reports.issued import PORTFOLIO

ROOT = Path(__file__).resolve().parent.parent.parent


class Day(click.ParamType[date]):
    """A day as it is written on the command line: ``2024-10-31``."""

    name = "DAY"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day. Fails with a sentence for what is none."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is no day. Write one like 2024-10-31.", param, ctx)


def settings() -> Settings:
    """The settings, from the environment and from the file that it names."""
    given = with_file(os.environ)
    var = Path(given.get("REALISE_VAR") or Path.cwd() / "var")
    return read_settings(given, var, built() / "static")


def built() -> Path:
    """Where the page assets and fonts are: in an installed wheel, or built in a checkout."""
    installed = ROOT / "realise_built"
    return installed if installed.is_dir() else ROOT / "build"


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


@contextmanager
def opened(chosen: Settings | None = None) -> Iterator[Realise]:
    """The record, whose tables are those of this version."""
    chosen = chosen or settings()
    found = Database.open(chosen.database_url, pool=chosen.pool)
    try:
        with found.read() as connection:
            check_current(connection)
        yield Realise(found, chosen)
    finally:
        found.close()


def programme_named(realise: Realise, name: str) -> str:
    """The id of the programme with this id, or this title (in capitals or not).

    ``portfolio`` means all of them, where no programme is called so.
    """
    with realise.read() as connection:
        rows = connection.execute(
            select(tables.programmes.c.programme, tables.programmes.c.title)
        ).all()
    wanted = name.strip().casefold()
    exactly = [row.programme for row in rows if row.programme == name.strip()]
    found = exactly or [row.programme for row in rows if row.title.casefold() == wanted]
    if len(found) > 1:
        ids = ", ".join(sorted(map(str, found)))
        raise click.ClickException(
            f"{len(found)} programmes are called “{name.strip()}”. Name one by its id: {ids}."
        )
    if not found and wanted in ("portfolio", TITLE.casefold()) and rows:
        return PORTFOLIO
    if not found:
        known = ", ".join(sorted(row.title for row in rows)) or "none yet"
        raise click.ClickException(f"There is no programme “{name}”. The programmes are: {known}.")
    return str(found[0])
