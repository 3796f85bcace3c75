"""The sample council: whole on whatever day it is loaded, with work waiting in every queue."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from benefits.lifecycle import Stage
from benefits.register import tables
from entrypoints.cli.opening import ROOT
from entrypoints.jobs import run_due
from entrypoints.sample import NotEmpty, load, prepare, sign_ins
from entrypoints.sample.months import NotReported
from entrypoints.settings import read_settings
from entrypoints.taking import matching
from entrypoints.views.closing import to_close
from entrypoints.wiring import Realise, rebuilding
from eventlog.database import Database
from eventlog.replay import compare
from reports import archive, pdf
from tests.undrawn import undrawn
from workflows import ledger
from workflows.meeting_rows import held_lately, to_come

#: The first of a financial year, an ordinary day, and the first of a year, a bank holiday.
DAYS = ("2026-04-01", "2026-11-15", "2027-01-01")


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Everything of a report is worked out; its pages are not drawn."""
    with undrawn():
        yield


Load = Callable[[str, str], Realise]


@pytest.fixture
def loaded(tmp_path: Path) -> Iterator[Load]:
    """Loads the sample into a database, as on a day; closes it after the test."""
    opened: list[Database] = []

    def load_into(url: str, day: str) -> Realise:
        settings = read_settings({"REALISE_DATABASE_URL": url}, tmp_path, ROOT / "build" / "static")
        opened.append(Database.open(url))
        realise = Realise(opened[0], settings)
        load(realise, datetime.fromisoformat(f"{day}T11:00:00+00:00"), tmp_path, lambda _: None)
        return realise

    yield load_into
    for database in opened:
        database.close()


def _count(realise: Realise, query: Any) -> int:
    with realise.read() as connection:
        return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar()
                   or 0)  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_the_sample_has_work_in_every_queue_whatever_day_it_is(
    day: str, migrated_sqlite_url: str, loaded: Load
) -> None:
    realise = loaded(migrated_sqlite_url, day)
    today = date.fromisoformat(day)
    register, claims = tables.register.c, tables.claims.c
    cases = select(tables.cases).where(tables.cases.c.outcome == "")
    assert _count(realise, cases.where(tables.cases.c.closes >= day)) >= 2
    assert _count(realise, cases.where(tables.cases.c.closes < day)) == 0
    assert _count(realise, select(tables.claims).where(claims.standing == "waiting")) >= 3
    assert _count(realise, select(tables.erosions)) >= 1
    to_confirm = select(tables.register).where(
        register.stage == Stage.IDENTIFIED.value, register.has_profile
    )
    assert _count(realise, to_confirm) >= 1
    assert _count(realise, select(tables.register).where(register.owner == "amira")) >= 1
    stages = select(register.stage).distinct()
    assert _count(realise, stages) == len(Stage)
    months = tables.months.c
    closed = select(tables.months).where(months.closed.is_not(None), months.reviewed.is_(None))
    assert _count(realise, closed) >= 1
    with realise.read() as connection:
        ahead, held_before = to_come(connection, today), held_lately(connection, today)
        months_of_ledger = matching.months(connection)
        latest = matching.of_month(connection, months_of_ledger[0])
    assert [row.cases for row in (*ahead, *held_before)] == [2, 2]
    assert len(months_of_ledger) == 2
    assert all((latest.matched, latest.differing, latest.unclaimed, latest.unseen))
    with realise.read() as connection:
        programmes = connection.execute(select(tables.programmes)).all()
        held: dict[str, dict[str, tuple[bool, bool]]] = {}
        for row in connection.execute(select(tables.months)):
            held.setdefault(row.programme, {})[row.month] = (bool(row.closed), bool(row.reviewed))
        reported = [row.programme for row in archive.listed(connection)]
        assert all(run.state == ledger.DONE for run in ledger.latest(connection))
    assert any(to_close(row, held.get(row.programme, {}), today) for row in programmes)
    assert reported.count("bestvalue") >= 3
    assert reported.count("operatingmodel") >= 3


def test_the_read_tables_of_the_sample_are_what_its_log_gives(
    migrated_postgres_url: str, loaded: Load
) -> None:
    realise = loaded(migrated_postgres_url, "2026-11-18")
    assert compare(rebuilding(realise.database)) == []


def test_after_the_sample_life_goes_on_and_a_second_one_is_refused(
    migrated_sqlite_url: str, tmp_path: Path, loaded: Load
) -> None:
    realise = loaded(migrated_sqlite_url, "2026-11-18")
    before, kept = realise.store.head(), sign_ins(tmp_path)
    with pytest.raises(NotEmpty, match="holds a record already"):
        load(realise, datetime(2026, 11, 18, 12, tzinfo=UTC), tmp_path, lambda _: None)
    assert (realise.store.head(), sign_ins(tmp_path)) == (before, kept)
    assert len(kept) >= 8  # a heading, and a line for each kind of person
    assert (tmp_path / "sign-ins.json").stat().st_mode & 0o077 == 0
    did = run_due(realise, lambda: datetime(2027, 2, 10, 12, tzinfo=UTC))
    assert (did.done, did.failed) == (3 * 3 + 2, 0)  # months of programmes, and votes that ended
    assert compare(rebuilding(realise.database)) == []


def test_a_report_that_fails_stops_the_sample_aloud(
    migrated_sqlite_url: str, loaded: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object) -> bytes:
        raise ValueError("No ink.")

    monkeypatch.setattr(pdf, "render", cannot)
    with pytest.raises(NotReported, match=r"report of bestvalue for 2026-04 failed: No ink\."):
        loaded(migrated_sqlite_url, "2026-11-18")


def test_a_first_start_that_was_interrupted_begins_again(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    var = tmp_path / "var"
    var.mkdir()
    shutil.copy(migrated_sqlite_url.removeprefix("sqlite:///"), var / "realise.db")
    settings = read_settings({}, var, ROOT / "build" / "static")

    class Interrupted(Exception):
        pass

    def halfway(sentence: str) -> None:
        if "%" in sentence and int(sentence.split("%")[0]) >= 40:
            raise Interrupted

    with pytest.raises(Interrupted):
        prepare(settings, halfway)
    said: list[str] = []
    prepare(settings, said.append)
    assert "The first start was interrupted: it begins again." in said
    assert said[-1] == "The sample council is ready."
    said.clear()
    assert prepare(settings, said.append)[0] == "Sign in as:"
    assert said == []
