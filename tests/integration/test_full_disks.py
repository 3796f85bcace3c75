"""A disk that is full, under the whole application: a sentence, nothing half done, and it goes on.

The disk is a real one, and small (tests/small_disks.py).
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benefits.commands.details import AddNote
from benefits.events import STORED_NAMES
from benefits.events.details import NoteAdded
from entrypoints.scheduler import look
from entrypoints.verifying import verify_everything
from entrypoints.wiring import Realise
from eventlog.audit import audit
from eventlog.database import DatabaseFault, DiskFull
from eventlog.exported import export_log
from tests import postgres
from tests.conftest import RUN_DIRECTORY
from tests.copies import copying
from tests.kept import has_lived, quick_reports
from tests.scenario import open_realise
from tests.small_disks import SmallDisk, small_file, small_server
from tests.victim_acts import now
from tests.web import Visitor, give_password, visitor, web_of, web_settings

NOTE = "/benefits/benefit-1/record/add-note"
LONG = "A long note. " * 150


@dataclass
class Council:
    """A council on a small disk, and somebody of the PMO at a browser."""

    realise: Realise
    disk: SmallDisk
    pat: Visitor

    def changed(self, what: Callable[[], object]) -> None:
        """Fill the disk, or free it."""
        what()
        if self.disk.anew:
            self.realise.database.close()

    def note(self, text: str) -> None:
        """A note in a benefit's story."""
        self.realise.handle(AddNote("benefit-1", text), by="pat", at=now(), key=text)


@pytest.fixture(params=["sqlite", "postgresql"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallDisk]:
    run = request.config.stash[RUN_DIRECTORY]
    server: postgres.Postgres | None = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
    with copying("lived", has_lived, run, server) as copies:
        if server is None:
            with small_file(tmp_path / "disk", copies.fresh) as disk:
                yield disk
        else:
            name = f"small_{tmp_path.name}"
            with small_server(server, name, lambda at: copies.fresh(tmp_path, at)) as disk:
                yield disk


@pytest.fixture
def council(disk: SmallDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Council]:
    quick_reports(monkeypatch)
    folder = tmp_path / "disk" if disk.url.startswith("sqlite") else tmp_path
    realise = open_realise(disk.url, folder)
    give_password(realise.database, "pat", "pat@northmere.example")
    pat = visitor(web_of(realise, web_settings(tmp_path)))
    assert pat.sign_in("pat@northmere.example").status_code == 303
    yield Council(realise, disk, pat)
    realise.database.close()


def _until_full(council: Council, done: list[str]) -> None:
    for number in itertools.count():
        text = f"{number}: {LONG}"
        council.note(text)
        done.append(text)
        assert number < 2_000, "the disk never got full"


def test_a_full_disk_is_said_nothing_is_half_written_and_it_goes_on_once_there_is_room(
    council: Council,
) -> None:
    done: list[str] = []
    opened = council.pat.hidden(NOTE)
    council.changed(council.disk.fill)
    with pytest.raises(DiskFull, match="Make room, then try again; nothing was written"):
        _until_full(council, done)
    with council.realise.read() as connection:  # what is there can be read and taken away
        assert audit(connection, None).sound
        assert list(export_log(connection))
    typed = council.pat.send(NOTE, {"text": LONG}, opened)
    assert typed.status_code == 503
    assert "The disk of the database is full" in typed.text
    assert LONG.strip() in typed.text  # what was typed is still there
    look(council.realise)  # the scheduler goes on to its next look
    with pytest.raises(DatabaseFault):
        council.note(LONG)
    council.changed(council.disk.free)
    council.note("Once more.")
    assert council.pat.send(NOTE, {"text": LONG}, opened).status_code == 303
    texts = [one.event.text for one in council.realise.store.read(types=[STORED_NAMES[NoteAdded]])]
    assert texts[-len(done) - 2 :] == [*done, "Once more.", LONG.strip()]
    assert verify_everything(council.realise).bad == []
