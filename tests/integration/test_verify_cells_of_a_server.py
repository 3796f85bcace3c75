"""Whatever is put into whichever cell of the record on PostgreSQL, ``verify`` says so too."""

import random
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from entrypoints import verifying
from entrypoints.verifying import verify_everything
from entrypoints.wiring import Realise
from tests import postgres
from tests.conftest import RUN_DIRECTORY
from tests.copies import copying
from tests.integration.test_verify_every_cell import TABLES
from tests.kept import has_lived
from tests.scenario import open_realise

#: What may be put into a column of each kind; one of them is, by a number that the name gives.
JUNK: dict[str, tuple[object, ...]] = {
    "text": ("junk", "", " ", "9999-99-99", "é"),
    "bigint": (-7, 0, 10**12),
    "integer": (-7, 0, 10**9),
    "bytea": (b"", b"\xff\x00"),
}


@pytest.fixture(scope="module")
def council(
    postgres_server: postgres.Postgres,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[tuple[Realise, Any]]:
    """A council that has lived, and its owner, for whom the guards are away."""
    folder = tmp_path_factory.mktemp("tampered")
    run = request.config.stash[RUN_DIRECTORY]
    with copying("lived", has_lived, run, postgres_server) as copies:
        url = copies.fresh(folder)
        realise = open_realise(url, folder)
        with psycopg.connect(url, autocommit=True) as owner:
            for table in ("events", "checkpoints"):
                owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            yield realise, owner
        realise.database.close()


def _cells(owner: Any, table: str) -> list[tuple[str, str]]:
    """The columns of a table, and of which kind they are."""
    found: list[tuple[str, str]] = owner.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s",
        [table],
    ).fetchall()
    return found


def _put(owner: Any, table: str, column: str, value: object, where: str) -> object:
    """Put a value into one row; gives where the row is then."""
    statement = sql.SQL("UPDATE {} SET {} = %s WHERE {} RETURNING ctid::text").format(
        sql.Identifier(table), sql.Identifier(column), sql.SQL(where)
    )
    return owner.execute(statement, [value]).fetchone()[0]


def _said(realise: Realise) -> list[str]:
    return [one for one in verify_everything(realise).bad if not one.startswith("The guard ")]


@pytest.mark.parametrize("table", TABLES)
def test_junk_in_any_column_is_a_finding_that_names_it(
    council: tuple[Realise, Any], table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The read tables come of the events alone, and are not compared where those stay.
    monkeypatch.setattr(verifying, "compare", lambda _: [])
    realise, owner = council
    where, names = TABLES[table]
    for column, kind in _cells(owner, table):
        query = sql.SQL("SELECT {} FROM {} WHERE {}").format(
            sql.Identifier(column), sql.Identifier(table), sql.SQL(where)
        )
        was = owner.execute(query).fetchone()[0]
        others = [one for one in JUNK[kind] if one != was]
        junk = random.Random(f"{table} {column}").choice(others)
        place = _put(owner, table, column, junk, where)
        said = _said(realise)
        _put(owner, table, column, was, f"ctid = '{place}'")
        assert any(name in one for one in said for name in names), (column, junk, said)
    assert _said(realise) == []
