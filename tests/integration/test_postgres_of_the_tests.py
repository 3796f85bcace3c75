"""The tests' own PostgreSQL: each test has an empty database, and templates are filled once."""

import psycopg
import sqlalchemy
from psycopg import sql

from tests.postgres import Postgres


def test_each_test_has_an_empty_database_of_a_recent_postgresql(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_stat_user_tables").fetchone()
        assert tables == (0,)
        assert connection.info.server_version >= 15_00_00


def test_sqlalchemy_takes_the_same_address(postgres_url: str) -> None:
    engine = sqlalchemy.create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("SELECT 1")) == 1
    engine.dispose()


def test_a_template_is_filled_once_and_copied_with_its_rows(postgres_server: Postgres) -> None:
    fillings = []

    def fill(url: str) -> None:
        fillings.append(url)
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE benefit AS SELECT 1 AS number")

    for _ in range(2):
        copy = postgres_server.create(postgres_server.template("with_a_benefit", fill))
        with psycopg.connect(postgres_server.url(copy)) as connection:
            query = sql.SQL("SELECT number FROM benefit")
            assert connection.execute(query).fetchall() == [(1,)]
        postgres_server.drop(copy)
    assert len(fillings) <= 1


def test_a_test_that_asks_gets_all_the_tables_and_no_event(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    with engine.connect() as connection:
        assert connection.scalar(sqlalchemy.text("SELECT count(*) FROM events")) == 0
    engine.dispose()
