"""PostgreSQL itself is stopped, at once and without a word, and started again."""

import os
import select as waiting
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from benefits.commands.details import AddNote
from entrypoints.scheduler import look
from entrypoints.verifying import verify_everything
from eventlog.database import DatabaseUnavailable
from eventlog.replay import rebuild
from tests import postgres
from tests.copies import copying
from tests.kept import has_lived, quick_reports
from tests.scenario import open_realise
from tests.victim_acts import now
from tests.web import give_password, visitor, web_of, web_settings

NOTE = "/benefits/benefit-1/record/add-note"


@pytest.fixture
def server() -> Iterator[postgres.Postgres]:
    """A server of this test's own, which keeps what it was told (the run's server need not)."""
    directory = postgres.make_run_directory()
    yield postgres.start(directory, os.getpid(), "own", "max_connections = 30\n")
    postgres.remove_run_directory(directory)


def _stop(server: postgres.Postgres) -> None:
    """As when the machine fails: nobody is asked, and nothing is written down any more."""
    process = int((server.directory / "data" / "postmaster.pid").read_text().split("\n")[0])
    handle = os.pidfd_open(process)
    os.kill(process, signal.SIGQUIT)
    waiting.select([handle], [], [], 60)
    os.close(handle)


def test_a_server_that_is_stopped_and_started_again_is_found_again_by_who_was_there_before(
    server: postgres.Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_reports(monkeypatch)
    with copying("lived", has_lived, server.directory, server) as copies:
        realise = open_realise(copies.fresh(tmp_path), tmp_path)
        give_password(realise.database, "pat", "pat@northmere.example")
        pat = visitor(web_of(realise, web_settings(tmp_path)))
        pat.sign_in("pat@northmere.example")
        opened = pat.hidden(NOTE)
        done = realise.handle(AddNote("benefit-1", "Kept."), by="pat", at=now(), key="k")
        _stop(server)
        assert pat.get("/").status_code == 503
        assert pat.send(NOTE, {"text": "Typed."}, opened).status_code == 503
        look(realise)  # the scheduler goes on to its next look
        with pytest.raises(DatabaseUnavailable, match="Check that it is running, then try again"):
            rebuild(realise.store)
        postgres.start(server.directory, os.getpid(), "own")
        again = realise.handle(AddNote("benefit-1", "Kept."), by="pat", at=now(), key="k")
        assert (again.written, again.repeated) == (done.written, True)
        assert pat.send(NOTE, {"text": "Typed."}, opened).status_code == 303
        look(realise)
        assert verify_everything(realise).bad == []
        realise.database.close()
