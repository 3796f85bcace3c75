"""The sample log on SQLite and on PostgreSQL, where the application's role may only append."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from entrypoints.cli import realise
from eventlog.schema import upgrade
from eventlog.store import Store
from tests import postgres, report_files
from tests.conftest import RUN_DIRECTORY
from tests.copies import copying
from tests.integration import sample_log
from tests.kept import has_lived
from tests.victim import Victim

APPLICATION = "realise_application"
Run = Callable[..., Result]


def _make_role(server: postgres.Postgres) -> None:
    with postgres.only_one(server.directory), psycopg.connect(server.url("postgres")) as admin:
        known = admin.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s", (APPLICATION,)
        ).fetchone()
        if known is None:
            admin.execute(f"CREATE ROLE {APPLICATION} LOGIN")


@pytest.fixture
def owned_postgres(postgres_server: postgres.Postgres) -> Iterator[tuple[str, str]]:
    """The addresses of a made database: the application's role, and the owner."""
    _make_role(postgres_server)

    def fill(owner: str) -> None:
        application = owner.replace("postgres:@", f"{APPLICATION}:@")
        upgrade(application, owner)
        sample_log.make_tables(application, owner)

    name = postgres_server.create(postgres_server.template("sample_log", fill))
    yield postgres_server.url(name, APPLICATION), postgres_server.url(name)
    sample_log.close_stores()
    postgres_server.drop(name)


@pytest.fixture
def file_log(migrated_sqlite_url: str) -> Iterator[str]:
    """The address of the sample log in an SQLite file."""
    sample_log.make_tables(migrated_sqlite_url)
    yield migrated_sqlite_url
    sample_log.close_stores()


@pytest.fixture(params=["sqlite", "postgresql"])
def log_url(request: pytest.FixtureRequest) -> str:
    """The address of the sample log: the test runs once on each database."""
    if request.param == "sqlite":
        url: str = request.getfixturevalue("file_log")
        return url
    application: str = request.getfixturevalue("owned_postgres")[0]
    return application


@pytest.fixture
def store(log_url: str) -> Store:
    """The sample log, open."""
    return sample_log.open_store(log_url)


@pytest.fixture(scope="session")
def victim() -> Iterator[Victim]:
    """A process that does things until it is killed (tests/victim.py)."""
    made = Victim()
    yield made
    made.close()


def _lived(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    server: postgres.Postgres | None = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
    with copying("lived", has_lived, request.config.stash[RUN_DIRECTORY], server) as copies:
        yield copies.fresh(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def lived_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A copy of a council with something in every table (tests/kept.py), its files in tmp_path."""
    yield from _lived(request, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def lived(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The same with its files in the folder of ``run``."""
    yield from _lived(request, tmp_path / "var")


@pytest.fixture(scope="session", name="report_files")
def made_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented council's monthly reports as files, made once for all that read them."""
    return report_files.make_reports(tmp_path_factory.mktemp("reports"))


@pytest.fixture
def elsewhere(lived: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of the other kind, with nothing in it."""
    if lived.startswith("postgresql"):
        return f"sqlite:///{tmp_path / 'new' / 'realise.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line at an address, in the folder of the council's own files."""

    def run_it(url: str, *words: str | Path, var: str = "var") -> Result:
        monkeypatch.setenv("REALISE_DATABASE_URL", url)
        monkeypatch.setenv("REALISE_VAR", str(tmp_path / var))
        return CliRunner().invoke(realise, [str(word) for word in words])

    return run_it
