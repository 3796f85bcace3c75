"""Every statement that writes a read table is understood by both databases.

A name can be a word of SQL to one of them: PostgreSQL knows OVERLAPS.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import Table

from entrypoints.wiring import rebuilding
from eventlog import writing
from eventlog.database import Database
from eventlog.driver import Driver, inserting
from eventlog.tables import TWINS


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url)
    yield opened
    opened.close()


def statements(table: Table, mark: str) -> Iterator[str]:
    names = tuple(column.name for column in table.columns)
    yield inserting(table.name, names, mark)
    yield writing._delete(table, mark)
    yield writing._update(table, names, mark)
    if "until" in names:
        yield writing._end(table, mark)


def test_each_statement_for_each_read_table_is_understood(database: Database) -> None:
    found = [table for one in rebuilding(database).projections for table in one.tables]
    assert any(table.name == "overlaps" for table in found)
    with database.read() as connection:
        driver = Driver.of(connection)
        for table in [*found, *(TWINS[table] for table in found)]:
            for statement in statements(table, driver.mark):
                values = [None] * statement.count(driver.mark)
                assert driver.rows(f"EXPLAIN {statement}", values), statement
