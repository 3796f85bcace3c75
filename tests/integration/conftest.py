"""The sample log on SQLite and on PostgreSQL, where the application's role may only append."""

from collections.abc import Iterator

import psycopg
import pytest

from eventlog.schema import upgrade
from eventlog.store import Store
from tests import postgres
from tests.integration import sample_log

APPLICATION = "realise_application"


def _make_role(server: postgres.Postgres) -> None:
    with postgres.only_one(server.directory), psycopg.connect(server.url("postgres")) as admin:
        known = admin.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s", (APPLICATION,)
        ).fetchone()
        if known is None:
            admin.execute(f"CREATE ROLE {APPLICATION} LOGIN")


@pytest.fixture
def owned_postgres(
    postgres_server: postgres.Postgres, migrated_postgres_url: str
) -> tuple[str, str]:
    """The addresses of a made database: the application's role, and the owner."""
    _make_role(postgres_server)
    name = migrated_postgres_url.rpartition("@/")[2].partition("?")[0]
    application = postgres_server.url(name, APPLICATION)
    upgrade(application, migrated_postgres_url)
    sample_log.make_tables(application, migrated_postgres_url)
    return application, migrated_postgres_url


@pytest.fixture
def file_log(migrated_sqlite_url: str) -> str:
    """The address of the sample log in an SQLite file."""
    sample_log.make_tables(migrated_sqlite_url)
    return migrated_sqlite_url


@pytest.fixture(params=["sqlite", "postgresql"])
def log_url(request: pytest.FixtureRequest) -> str:
    """The address of the sample log: the test runs once on each database."""
    if request.param == "sqlite":
        url: str = request.getfixturevalue("file_log")
        return url
    application: str = request.getfixturevalue("owned_postgres")[0]
    return application


@pytest.fixture
def store(log_url: str) -> Iterator[Store]:
    """The sample log, open."""
    opened = sample_log.open_store(log_url)
    yield opened
    opened.database.close()
