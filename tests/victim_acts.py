"""What a victim does until it is killed. Each gives what may be relied on from then on."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest

from benefits.periods import FinancialYear
from benefits.savings_table import Options
from entrypoints.importing import Asked, import_table
from entrypoints.mail import send_waiting
from entrypoints.wiring import Realise, rebuilding
from eventlog.backup import back_up
from eventlog.database import Database
from eventlog.exported import import_log
from eventlog.replay import rebuild
from eventlog.schema import owning
from tests.kept import JULY, quick_reports
from tests.scenario import PROGRAMME, open_realise
from workflows import outbox
from workflows.outbox import Message
from workflows.people import SETUP

TABLE = "workstream,group,line,kind,low,high,year_1,year_2,year_3,total_printed,note\n" + "".join(
    f"Homes,,Line {number},saving,,,{number}000,0,0,,\n" for number in range(1, 13)
)
LINES = 12
#: Late enough that what an earlier child was sending counts as abandoned.
LATER = timedelta(hours=1)


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def _realise(url: str, folder: Path) -> Realise:
    quick_reports(pytest.MonkeyPatch())
    return open_realise(url, folder)


def rebuilds(url: str, folder: Path) -> Iterator[str]:
    """Make the read tables again."""
    realise = _realise(url, folder)
    while True:
        yield str(rebuild(rebuilding(realise.database)))


def imports(url: str, folder: Path) -> Iterator[str]:
    """Import a table of twelve lines as a new programme."""
    realise = _realise(url, folder)
    while True:
        name = f"Programme {uuid4()}"
        options = Options(first_year=FinancialYear(2024))
        import_table(realise, Asked(TABLE.encode(), "table.csv", name, options), by=SETUP, at=now())
        yield name


def issues(url: str, folder: Path) -> Iterator[str]:
    """Issue the month's report again; gives the edition."""
    realise = _realise(url, folder)
    while True:
        done = realise.reports.issue(
            PROGRAMME, JULY, by=SETUP, at=now(), reason="Once more.", reissue=True
        )
        yield str(done.archived.edition)


def sends(url: str, folder: Path) -> Iterator[str]:
    """Put ten emails in the outbox and send what is due; gives the emails that were put there."""
    realise = _realise(url, folder)
    while True:
        at = now()
        messages = [
            Message(f"mail-{uuid4()}", "cleo", "a test", "Subject", "Body") for _ in range(10)
        ]
        with realise.database.write() as connection:
            outbox.queue(connection, messages, at)
        yield " ".join(one.message for one in messages)
        send_waiting(realise.database, realise.settings, lambda: at + LATER)  # noqa: B023


def backups(url: str, folder: Path) -> Iterator[str]:
    """Write one backup after another."""
    realise = _realise(url, folder)
    for number in count(1):
        file = folder / f"backup-{uuid4()}.zip"
        back_up(rebuilding(realise.database), file, f"{number}")
        yield file.name


def checkpoints(url: str, folder: Path) -> Iterator[str]:
    """Record something and sign the log; gives the size signed."""
    realise = _realise(url, folder)
    for acknowledged in imports(url, folder):
        assert acknowledged
        yield str(realise.checkpoint_now(now()).size)


class _BrokenOff(Exception):
    """The import was whole, and is undone so that it can be done again."""


def takes_in(url: str, folder: Path) -> Iterator[str]:
    """Import an exported log, and break off just before it would have been kept."""
    database = Database.open(url)
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    while True:
        with suppress(_BrokenOff):
            _take_in(database, lines)
        yield "broken off"


def _take_in(database: Database, lines: list[str]) -> None:
    with owning(database) as connection:
        import_log(rebuilding(database), connection, lines)
        raise _BrokenOff


ACTS: dict[str, Callable[[str, Path], Iterator[str]]] = {
    "rebuild": rebuilds,
    "import": imports,
    "issue": issues,
    "outbox": sends,
    "backup": backups,
    "checkpoint": checkpoints,
    "take in": takes_in,
}
