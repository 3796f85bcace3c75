"""Realise killed at any moment of anything it does: nothing acknowledged is lost, nothing is torn.

``REALISE_CRASHES`` sets how often each act is killed (a soak takes hundreds), at any time and at
any of its statements.
"""

import os
import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select

from benefits.events import STORED_NAMES
from benefits.events.details import NoteAdded
from benefits.register import tables
from entrypoints.mail import send_waiting
from entrypoints.verifying import verify_everything
from entrypoints.wiring import Realise, rebuilding
from eventlog.checkpoints import latest
from eventlog.database import Database
from eventlog.exported import export_log, import_log
from eventlog.restoring import read_manifest
from eventlog.schema import owning, upgrade
from reports import archive
from tests.kept import JULY, quick_reports
from tests.scenario import PROGRAMME, open_realise
from tests.victim import Victim
from tests.victim_acts import LATER, LINES, noted, now
from workflows.outbox import SENT, outbox
from workflows.repeats import KeyUsed

#: How often each act is killed: half of them at a moment of the clock, half at a statement.
CRASHES = int(os.environ.get("REALISE_CRASHES", "2"))
SEED = int(os.environ.get("REALISE_SEED", "20261122"))
#: So many on one council; then comes a fresh one, which is still small.
AT_ONCE = 30
ROUNDS = range(-(-CRASHES // AT_ONCE))


@pytest.fixture(params=ROUNDS)
def turn(request: pytest.FixtureRequest) -> int:
    """Which of the rounds it is."""
    return int(request.param)


@pytest.fixture
def council(
    lived_url: str, victim: Victim, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Realise]:
    """A council that has lived; its emails go into a folder."""
    quick_reports(monkeypatch)
    realise = open_realise(lived_url, tmp_path)
    victim.lives_at(lived_url, tmp_path)
    yield realise
    realise.database.close()


def _kills(victim: Victim, act: str, turn: int) -> Iterator[list[str]]:
    """Kill it so often, at moments drawn by lot that no round has had before."""
    chance = random.Random(f"{SEED} {act}")
    moments = list(range(1, victim.moments(act) + 1))
    chance.shuffle(moments)
    for number in range(turn * AT_ONCE, min(CRASHES, (turn + 1) * AT_ONCE)):
        if number % 2:
            yield victim.killed(act, chance.uniform(0, 0.35))
        else:
            yield victim.killed_at(act, moments[number // 2 % len(moments)])


def _crashes(realise: Realise, victim: Victim, act: str, turn: int) -> Iterator[list[str]]:
    """Kill the act again and again; gives what was acknowledged."""
    for said in _kills(victim, act, turn):
        yield said
        assert verify_everything(realise).bad == []


def test_an_act_that_is_killed_is_done_whole_or_not_and_its_repeat_does_it_once(
    council: Realise, victim: Victim, turn: int, tmp_path: Path
) -> None:
    asked: list[str] = []
    for said in _crashes(council, victim, "append", turn):
        asked += [line[2:] for line in said if line.startswith("?")]
        done = {line[2:] for line in said if line.startswith("!")}
        notes = _notes(council)
        assert done <= notes.keys()
        assert set(notes.values()) <= {1}
        if asked:
            last = noted(asked[-1], "ola")  # in the browser the form is still there: sent again
            with suppress(KeyUsed):
                again = council.handle(last, by="pat", at=now(), key=asked[-1])
                assert again.repeated == (asked[-1] in notes)
    assert {key: _notes(council)[key] for key in asked} == dict.fromkeys(asked, 1)


def _notes(realise: Realise) -> Counter[str]:
    notes = realise.store.read(types=[STORED_NAMES[NoteAdded]])
    return Counter(one.event.text for one in notes if one.event.text.startswith("key-"))


def test_a_rebuild_that_is_killed_leaves_the_live_tables_whole(
    council: Realise, victim: Victim, turn: int, tmp_path: Path
) -> None:
    for _ in _crashes(council, victim, "rebuild", turn):
        with council.read() as connection:
            assert connection.scalar(select(func.count()).select_from(tables.register)) == 2


def test_an_import_that_is_killed_is_whole_or_was_never_begun(
    council: Realise, victim: Victim, turn: int, tmp_path: Path
) -> None:
    acknowledged: set[str] = set()
    for said in _crashes(council, victim, "import", turn):
        acknowledged.update(said)
        counted = select(tables.programmes.c.title, func.count(tables.register.c.benefit)).join(
            tables.register, tables.register.c.programme == tables.programmes.c.programme
        )
        with council.read() as connection:
            rows = connection.execute(counted.group_by(tables.programmes.c.title)).all()
        found = {title: lines for title, lines in rows if title.startswith("Programme ")}
        assert acknowledged <= found.keys()
        assert set(found.values()) <= {LINES}


def test_a_report_whose_issue_is_killed_is_issued_with_its_emails_or_not_at_all(
    council: Realise, victim: Victim, turn: int, tmp_path: Path
) -> None:
    for said in _crashes(council, victim, "issue", turn):
        with council.read() as connection:
            editions = sorted(row.edition for row in archive.listed(connection, PROGRAMME))
            told = connection.scalars(
                select(outbox.c.message).where(outbox.c.about == f"report {PROGRAMME} {JULY}")
            ).all()
        assert editions == list(range(1, len(editions) + 1))
        assert sorted(told) == sorted(f"report-{PROGRAMME}-{JULY}-{n}-cleo" for n in editions)
        assert len(editions) >= max(map(int, said), default=1)


def test_every_email_is_sent_in_the_end_however_often_the_sender_is_killed(
    council: Realise, victim: Victim, turn: int, tmp_path: Path
) -> None:
    queued: set[str] = set()
    settings = replace(council.settings, mail_folder=tmp_path / "mail")
    for said in _crashes(council, victim, "outbox", turn):
        queued.update(message for line in said for message in line.split())
    while send_waiting(council.database, settings, lambda: now() + 3 * LATER):
        pass
    with council.read() as connection:
        states = {row.message: row.state for row in connection.execute(select(outbox))}
    assert queued <= states.keys()
    assert set(states.values()) == {SENT}
    sent = [file.name.partition("@")[0] for file in (tmp_path / "mail").iterdir()]
    assert sorted(sent) == sorted(states)


def test_a_backup_that_is_killed_is_no_backup_and_one_that_is_there_is_whole(
    council: Realise, victim: Victim, turn: int, tmp_path: Path
) -> None:
    acknowledged: set[str] = set()
    for said in _crashes(council, victim, "backup", turn):
        acknowledged.update(said)
    there = {file.name for file in tmp_path.glob("*.zip")}
    assert acknowledged <= there
    for name in there:
        with zipfile.ZipFile(tmp_path / name) as kept:
            for member, said_of in read_manifest(kept).members.items():
                assert sha256(kept.read(member)).hexdigest() == said_of.sha256


def test_a_checkpoint_that_is_killed_is_signed_or_was_never_made(
    council: Realise, victim: Victim, turn: int, tmp_path: Path
) -> None:
    for said in _crashes(council, victim, "checkpoint", turn):
        with council.read() as connection:
            last = latest(connection)
        assert last is not None
        assert last.size >= max(map(int, said), default=0)


def test_taking_in_a_log_that_is_killed_leaves_an_empty_database(
    council: Realise, victim: Victim, turn: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with council.read() as connection:
        lines = list(export_log(connection))
    (tmp_path / "log.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'taken.db'}"
    if council.database.kind == "postgresql":
        url = request.getfixturevalue("postgres_url")
    upgrade(url)
    victim.lives_at(url, tmp_path)
    database = Database.open(url)
    for _ in _kills(victim, "take in", turn):
        with database.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM events").scalar() == 0
    with owning(database) as connection:
        taken = import_log(rebuilding(database), connection, lines)
    assert taken.events == council.store.head()[0]
    assert taken.hash == council.store.head()[1]
    database.close()
