"""A fault before or after any statement of an act: nothing is half done, and a repeat does it once.

The fault is raised before or after a statement, of an engine or of the driver itself, or a commit:
k = 1, 2, 3 … until the act goes through. ``REALISE_CRASHES`` makes the long acts fail at more of
their statements.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select

from benefits.commands.details import AddNote, NameOwner
from entrypoints.mail import send_waiting
from entrypoints.verifying import verify_everything
from entrypoints.wiring import rebuilding
from eventlog.driver import Driver
from eventlog.replay import compare, rebuild
from reports import archive
from tests.kept import JULY, lived_in, quick_reports
from tests.scenario import PROGRAMME, Scenario
from tests.victim_acts import LATER
from workflows.outbox import SENT, Message, outbox, queue

TRIES = max(6, int(os.environ.get("REALISE_CRASHES", "0")))
SEED = int(os.environ.get("REALISE_SEED", "20261122"))
MOMENTS = ("before_cursor_execute", "after_cursor_execute", "commit")
STRAIGHT = ("rows", "run")


class Broken(RuntimeError):
    """What the database or the network did."""


@dataclass
class Fault:
    """Counts what is asked of the database, and strikes at the ``at``-th (never for 0)."""

    at: int = 0
    count: int = 0

    def strike(self, *_: object) -> None:
        self.count += 1
        if self.count == self.at:
            raise Broken


def _struck(of: Callable[..., Any], one: Fault) -> Callable[..., Any]:
    """A way of the driver's, at whose beginning and end the fault may strike."""

    @wraps(of)
    def striking(*given: Any) -> Any:
        one.strike()
        done = of(*given)
        one.strike()
        return done

    return striking


@contextmanager
def fault(at: int = 0) -> Iterator[Fault]:
    """A fault at the so-manieth moment of what is done meanwhile."""
    one = Fault(at)
    for moment in MOMENTS:
        event.listen(Engine, moment, one.strike)
    try:
        with pytest.MonkeyPatch.context() as patched:
            for way in STRAIGHT:
                patched.setattr(Driver, way, _struck(getattr(Driver, way), one))
            yield one
    finally:
        for moment in MOMENTS:
            event.remove(Engine, moment, one.strike)


@pytest.fixture
def council(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scenario]:
    quick_reports(monkeypatch)
    monkeypatch.setenv("REALISE_MAIL_FOLDER", str(tmp_path / "mail"))
    scenario = lived_in(database_url, tmp_path)
    yield scenario
    scenario.realise.database.close()


def _sound(council: Scenario) -> None:
    assert verify_everything(council.realise).bad == []


def _moments(act: Callable[[], object], name: str) -> list[int]:
    """Do it once, and draw at which of its moments it is to fail."""
    with fault() as counted:
        act()
    assert counted.count > 3
    chance = random.Random(f"{SEED} {name}")
    return sorted(chance.sample(range(1, counted.count + 1), min(TRIES, counted.count)))


def test_an_act_that_fails_at_any_moment_leaves_nothing_and_its_repeat_does_it_once(
    council: Scenario,
) -> None:
    realise = council.realise
    with realise.read() as connection:
        benefit = connection.exec_driver_sql("SELECT benefit FROM register").scalar()
    asked = [NameOwner(str(benefit), "ola"), AddNote(str(benefit), "Named.")]
    before, at = realise.store.head(), 0
    while True:
        at += 1
        with fault(at) as struck:
            try:
                done = realise.handle(asked, by="pat", at=council.at, key="the-act")
            except Broken:
                assert realise.store.head() == before
            else:
                break
        assert struck.count >= at
    assert at > 10, "hardly any moment was found at which it could fail"
    assert len(done.written) == realise.store.head()[0] - before[0] == 2
    again = realise.handle(asked, by="pat", at=council.at, key="the-act")
    assert again.repeated
    assert again.written == done.written
    assert realise.store.head()[0] == before[0] + 2
    _sound(council)


def test_a_report_whose_issue_fails_at_any_moment_is_issued_by_the_next_try(
    council: Scenario,
) -> None:
    def issue() -> None:
        council.realise.reports.issue(
            PROGRAMME, JULY, by="pat", at=council.at, reason="Once more.", reissue=True
        )

    def editions() -> tuple[int, int]:
        told = outbox.c.about == f"report {PROGRAMME} {JULY}"
        with council.realise.read() as connection:
            mails = connection.scalar(select(func.count()).select_from(outbox).where(told))
            return len(archive.listed(connection, PROGRAMME)), int(mails or 0)

    for at in _moments(issue, "issue"):
        before = editions()
        with fault(at), suppress(Broken):  # a later issue may have a moment or two less
            issue()
        after = editions()
        # A fault after the commit has issued it, with its email; any other has done nothing.
        assert after in (before, (before[0] + 1, before[1] + 1))
    _sound(council)
    issued, mails = editions()
    issue()
    assert editions() == (issued + 1, mails + 1)


def test_a_rebuild_that_fails_at_any_moment_leaves_the_live_tables_as_they_were(
    council: Scenario,
) -> None:
    def again() -> None:
        rebuild(rebuilding(council.realise.database))

    for at in _moments(again, "rebuild"):
        with fault(at), pytest.raises(Broken):
            again()
        assert compare(rebuilding(council.realise.database)) == []
    again()
    _sound(council)


def test_every_email_goes_out_once_whenever_the_sender_fails(
    council: Scenario, tmp_path: Path
) -> None:
    database, when = council.realise.database, council.at
    settings = replace(council.realise.settings, mail_folder=tmp_path / "mail")

    def send() -> None:
        nonlocal when
        when += LATER  # what was being sent when it failed counts as abandoned by now
        with database.write() as connection:
            message = Message(f"mail-{when:%m%d%H}", "cleo", "a test", "Subject", "Body")
            queue(connection, [message], when)
        send_waiting(database, settings, lambda: when)

    for at in _moments(send, "outbox"):
        with fault(at), suppress(Broken):
            send()
    send()
    with council.realise.read() as connection:
        states = {row.message: row.state for row in connection.execute(select(outbox))}
    assert set(states.values()) == {SENT}
    sent = [file.name.partition("@")[0] for file in (tmp_path / "mail").iterdir()]
    assert sorted(sent) == sorted(states)
    _sound(council)
