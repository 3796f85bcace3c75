"""What a victim does until it is killed. Each gives what may be relied on from then on."""

import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from time import sleep
from uuid import uuid4

import pytest

from benefits.commands.details import AddNote, NameOwner
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
from eventlog.store import Store
from reports import pdf
from reports.parts import parts_of
from tests.integration.sample_log import book, open_store
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


def appends(url: str, folder: Path) -> Iterator[str]:
    """Name an owner and add a note under a key; says the key before (``?``) and after (``!``)."""
    realise = _realise(url, folder)
    for number in count():
        key, owner = f"key-{uuid4()}", "ola" if number % 2 else "olu"
        yield f"? {key}"
        realise.handle(noted(key, owner), by="pat", at=now(), key=key)
        yield f"! {key}"


def noted(key: str, owner: str) -> list[object]:
    """What is asked under a key."""
    return [NameOwner("benefit-1", owner), AddNote("benefit-1", key)]


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


#: Letters in a part so few that the shortest report has several.
cut_small = partial(parts_of, whole=0, size=4_000)


def draws(url: str, folder: Path) -> Iterator[str]:
    """Issue the month's report again with its pages really drawn, by processes."""
    realise = open_realise(url, folder)
    pytest.MonkeyPatch().setattr(pdf, "parts_of", cut_small)
    yield "drawing"
    while True:
        done = realise.reports.issue(
            PROGRAMME, JULY, by=SETUP, at=now(), reason="Once more.", reissue=True
        )
        yield str(done.archived.edition)


def sends(url: str, folder: Path) -> Iterator[str]:
    """Put ten emails in the outbox and send what is due; gives the emails that were put there."""
    realise = _realise(url, folder)
    settings = replace(realise.settings, mail_folder=folder / "mail")
    while True:
        at = now()
        messages = [
            Message(f"mail-{uuid4()}", "cleo", "a test", "Subject", "Body") for _ in range(10)
        ]
        with realise.database.write() as connection:
            outbox.queue(connection, messages, at)
        yield " ".join(one.message for one in messages)
        send_waiting(realise.database, settings, lambda: at + LATER)  # noqa: B023


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


def books(url: str, _: Path) -> Iterator[str]:
    """Append twenty events to a log that has read tables; gives the last position."""
    return _booked(open_store(url))


def books_alone(url: str, _: Path) -> Iterator[str]:
    """The same where nothing but the log is written: the shortest way into it."""
    store = open_store(url)
    return _booked(Store(store.database, store.catalogue))


def _booked(store: Store) -> Iterator[str]:
    version = len(store.load("hall-1"))
    while True:
        given = book(store, "hall-1", version, *range(20))
        version += len(given)
        yield str(given[-1].position)


#: Who race each other, and are killed, so many of them one after another.
RACERS = ("append", "append", "import", "rebuild")
KILLS = max(6, int(os.environ.get("REALISE_CRASHES", "0")) * 2)


def races(url: str, folder: Path) -> Iterator[str]:
    """Have racers run, and kill one after another; what each says stands in a file of its own."""
    chance, running = random.Random(os.environ.get("REALISE_SEED", "1")), dict[int, int]()
    for _ in range(KILLS):
        for number, act in enumerate(RACERS):
            if number not in running:
                running[number] = _racer(act, url, folder, folder / f"said-{number}")
        sleep(chance.uniform(0.1, 0.7))
        _end(running.pop(chance.choice(list(running))))
    for process in running.values():
        _end(process)
    yield str(KILLS)


def _racer(act: str, url: str, folder: Path, said: Path) -> int:
    process = os.fork()
    if process:
        return process
    try:
        with said.open("a", buffering=1) as file:
            for line in ACTS[act](url, folder):
                file.write(f"{line}\n")
    finally:
        os._exit(3)


def _end(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


ACTS: dict[str, Callable[[str, Path], Iterator[str]]] = {
    "append": appends,
    "book": books,
    "book alone": books_alone,
    "race": races,
    "rebuild": rebuilds,
    "import": imports,
    "issue": issues,
    "draw": draws,
    "outbox": sends,
    "backup": backups,
    "checkpoint": checkpoints,
    "take in": takes_in,
}
