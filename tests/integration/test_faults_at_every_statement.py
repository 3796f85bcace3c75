"""A fault before or after any statement of an act: nothing is half done, and a repeat does it once.

The fault is raised before a statement, after its answer or before a commit (tests/moments.py):
k = 1, 2, 3 … until the act goes through. ``REALISE_CRASHES`` makes the long acts fail at more of
their statements.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from benefits.commands.details import AddNote, NameOwner
from entrypoints.mail import send_waiting
from entrypoints.verifying import verify_everything
from entrypoints.wiring import rebuilding
from eventlog.replay import compare, rebuild
from reports import archive
from tests.kept import JULY, quick_reports
from tests.moments import Moments, counted
from tests.scenario import PROGRAMME, Scenario, open_realise
from tests.victim_acts import LATER
from workflows.outbox import SENT, Message, outbox, queue

TRIES = max(6, int(os.environ.get("REALISE_CRASHES", "0")))
#: Later than what the council has lived through.
AT = datetime(2024, 8, 6, 10, tzinfo=UTC)
SEED = int(os.environ.get("REALISE_SEED", "20261122"))


class Broken(RuntimeError):
    """What the database or the network did."""


def _break() -> None:
    raise Broken


@contextmanager
def fault(at: int = 0) -> Iterator[Moments]:
    """A fault at the so-manieth moment of what is done meanwhile (never for 0)."""
    with counted(Moments(at, _break)) as moments:
        yield moments


@pytest.fixture
def council(lived_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scenario]:
    quick_reports(monkeypatch)
    scenario = Scenario(open_realise(lived_url, tmp_path), AT)
    yield scenario
    scenario.realise.database.close()


def _sound(council: Scenario) -> None:
    assert verify_everything(council.realise).bad == []


def _moments(act: Callable[[], object], name: str) -> list[int]:
    """Do it once, and draw at which of its moments it is to fail."""
    with fault() as gone_by:
        act()
    assert gone_by.count > 3
    chance = random.Random(f"{SEED} {name}")
    return sorted(chance.sample(range(1, gone_by.count + 1), min(TRIES, gone_by.count)))


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
