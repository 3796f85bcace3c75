"""Reports are read from a copy of the database that follows it, and never from an old moment."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from benefits.commands.details import AddNote
from benefits.periods import Month
from entrypoints.doctor import look_over
from entrypoints.here import now
from entrypoints.settings import BadSetting
from entrypoints.wiring import Realise
from eventlog import replica
from eventlog.database import Database, Pool
from eventlog.faults import DatabaseFault
from eventlog.replica import caught_up, from_copy
from eventlog.store import Store
from reports.monthly import Request, compose
from tests.postgres import Postgres
from tests.replica import Copy, following
from tests.scenario import PROGRAMME, Scenario, begin, saves
from tests.web import web_settings

AUGUST = Month(2024, 8)


@pytest.fixture(scope="module")
def copied(
    postgres_server: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Scenario, Copy, str]]:
    from eventlog.schema import upgrade

    name = postgres_server.create()
    upgrade(postgres_server.url(name))
    with following(postgres_server) as copy:
        council = begin(postgres_server.url(name), tmp_path_factory.mktemp("council"))
        homes = council.in_delivery("Fewer homes", saves(120_000, "2024-07"), benefit="homes")
        council.on("2024-08-05")
        council.verified(homes, council.claimed(homes, 40_000, "2024-07"))
        yield council, copy, name
        council.realise.database.close()
    postgres_server.drop(name)


def _request(council: Scenario) -> Request:
    head = council.realise.store.head()[0]
    return Request(PROGRAMME, AUGUST, head, "pat", council.at, draft=True)


def test_the_copy_is_read_once_it_has_caught_up_and_says_the_same(
    copied: tuple[Scenario, Copy, str], tmp_path: Path
) -> None:
    council, copy, name = copied
    settings = replace(council.realise.settings, report_database_url=copy.url(name))
    realise = Realise(council.realise.database, settings)
    there = realise.reports.copy
    assert there is not None
    council.do(AddNote("homes", "Written a moment before the report is asked for."))
    read: list[Store] = []

    def make(store: Store) -> str:
        read.append(store)
        return str(compose(store, realise.reports.kinds, _request(council)).inputs)

    from_it = from_copy(realise.store, there, make)
    assert read == [there]
    assert from_it == make(realise.store)
    there.database.close()


def test_a_copy_that_is_behind_or_away_is_left_for_the_database_itself(
    copied: tuple[Scenario, Copy, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    council, copy, name = copied
    store = council.realise.store
    there = Store(Database.open(copy.url(name)), store.catalogue)
    monkeypatch.setattr(replica, "PATIENCE", 0.2)
    with psycopg.connect(copy.url("postgres"), autocommit=True) as admin:
        admin.execute("SELECT pg_wal_replay_pause()")
        council.do(AddNote("homes", "Not there yet."))
        assert not caught_up(store.database, there.database, 0.2)
        admin.execute("SELECT pg_wal_replay_resume()")
    assert caught_up(store.database, there.database)
    assert from_copy(store, there, lambda one: one) is there

    def interrupted(one: Store) -> Store:
        if one is there:
            raise DatabaseFault("What this reader saw was about to be cleared away.")
        return one

    assert from_copy(store, there, interrupted) is store
    # Another database that can be written is no copy, however like it is.
    assert not caught_up(store.database, store.database, 0)
    nowhere = Store(Database.open("postgresql://a@127.0.0.1:9/none", 1), store.catalogue)
    assert from_copy(store, nowhere, lambda one: one) is store
    there.database.close()


def test_the_doctor_says_whether_the_copy_follows(
    copied: tuple[Scenario, Copy, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    council, copy, name = copied
    monkeypatch.setattr(replica, "PATIENCE", 0.2)
    ours = str(council.realise.database.url)  # type: ignore[attr-defined]
    for there, said in (
        (copy.url(name), "has caught up"),
        (ours, "does not follow"),
        ("postgresql://a@127.0.0.1:9/none", "cannot be reached"),
    ):
        settings = web_settings(
            tmp_path, REALISE_DATABASE_URL=ours, REALISE_REPORT_DATABASE_URL=there
        )
        found = look_over(settings, now)
        assert any(said in each for each in (*found.well, *found.wrong)), (found.well, found.wrong)


def test_a_copy_is_for_postgresql_and_the_pool_is_as_it_is_set(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="copy of a PostgreSQL database"):
        web_settings(tmp_path, REALISE_REPORT_DATABASE_URL="postgresql://a@b/c")
    settings = web_settings(
        tmp_path, REALISE_POOL_KEPT="2", REALISE_POOL_MORE="3", REALISE_POOL_SECONDS="60"
    )
    assert settings.pool == Pool(2, 3, 60)
