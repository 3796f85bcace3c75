"""Making the database's tables, and bringing them up to date: ``realise init``.

Alembic is loaded when tables are looked at or made: a page is answered without it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from eventlog import sqlite
from eventlog.database import LOCK_WAIT, Database, PostgresqlDatabase, SqliteDatabase
from eventlog.faults import (
    EMPTY,
    DatabaseFault,
    DatabaseUnavailable,
    MadeByNewer,
    NotCurrent,
    NotInitialised,
    said_plainly,
)
from eventlog.grants import grant_application

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
#: Two upgrades at once wait for each other here.
_UPGRADE_LOCK = 7_352_604_512
_PATIENCE_MS = 5_000
#: PostgreSQL's code (SQLSTATE) for what a role has no right to do.
_NOT_ALLOWED = "42501"


def upgrade(url: str, owner_url: str | None = None, to: str = "head") -> None:
    """Make the tables, or bring them up to date. Doing it twice, or several at once, is safe.

    On PostgreSQL ``owner_url`` makes the tables and grants the role of ``url`` what the
    application needs; left out, one role does both. Raises a ``DatabaseFault``.
    """
    database = Database.open(url)
    owner = database if owner_url is None else Database.open(owner_url)
    with owning(owner) as connection:
        upgrade_within(connection, database, to)


def upgrade_within(connection: Connection, application: Database, to: str = "head") -> None:
    """The same in a transaction of ``owning``, which may do more before it ends."""
    from alembic import command
    from alembic.script.revision import ResolutionError
    from alembic.util import CommandError

    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except (CommandError, ResolutionError) as fault:
        raise MadeByNewer from fault
    if isinstance(application, PostgresqlDatabase) and application.url.username:
        grant_application(connection, application.url.username)


def revision_of(connection: Connection) -> str | None:
    """Which version the tables are of; None when there are none."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def check_current(connection: Connection) -> None:
    """Raise ``NotInitialised`` or ``NotCurrent`` unless the tables are those of this version."""
    from alembic.script import ScriptDirectory
    from alembic.script.revision import ResolutionError
    from alembic.util import CommandError

    scripts = ScriptDirectory.from_config(_config())
    found = revision_of(connection)
    if found is None:
        raise NotInitialised(EMPTY)
    if found == scripts.get_current_head():
        return
    try:
        scripts.get_revision(found)
    except (CommandError, ResolutionError) as fault:
        raise MadeByNewer from fault
    raise NotCurrent("The database is of an older Realise. Run: realise init")


def check_usable(connection: Connection) -> None:
    """The same for a process that runs already: somebody may have upgraded beside it.

    A version only adds to the tables of the one before (docs/operate.md), so it works on.
    """
    with suppress(MadeByNewer):
        check_current(connection)


def made_by_newer(connection: Connection) -> bool:
    """Whether somebody has brought the tables to a version that came after this one."""
    try:
        check_current(connection)
    except MadeByNewer:
        return True
    except DatabaseFault:
        return False
    return False


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@contextmanager
def owning(database: Database) -> Iterator[Connection]:
    """A transaction of the owner of the tables, one at a time: what the application may not do."""
    if isinstance(database, SqliteDatabase):
        with said_plainly(database.place), _owning_file(database) as connection:
            yield connection
    elif isinstance(database, PostgresqlDatabase):
        with _told_who_owns(database), _owning_server(database) as connection:
            yield connection


@contextmanager
def _owning_file(database: SqliteDatabase) -> Iterator[Connection]:
    if not database.path.parent.is_dir():
        raise DatabaseUnavailable(
            f"The folder {database.path.parent} is not there. Make it, then try again."
        )
    # Made here first: SQLite would let everybody on the machine read it. Its log and its index,
    # which SQLite makes beside it, follow.
    os.close(os.open(database.path, os.O_RDWR | os.O_CREAT, 0o660))
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite.connect(database.path, database.lock_wait, "rwc"),
        poolclass=NullPool,
    )
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql("BEGIN IMMEDIATE"))
    with database.lock.held(), engine.begin() as connection:
        yield connection


@contextmanager
def _told_who_owns(database: PostgresqlDatabase) -> Iterator[None]:
    with said_plainly(database.place):
        try:
            yield
        except DBAPIError as fault:
            if getattr(fault.orig, "sqlstate", None) != _NOT_ALLOWED:
                raise
            raise DatabaseUnavailable(
                f"The role {database.url.username} may not change the tables of {database.place}, "
                "and should not. Give the address of the role that owns them, for this command "
                "alone: REALISE_OWNER_DATABASE_URL=postgresql://owner:password@host/database"
            ) from fault


@contextmanager
def _owning_server(database: PostgresqlDatabase) -> Iterator[Connection]:
    engine = create_engine(
        database.url,
        poolclass=NullPool,
        connect_args={"prepare_threshold": None, "connect_timeout": int(LOCK_WAIT)},
    )
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
        # A change to a table waits for those who use it, and everybody else waits behind it: so
        # it gives up before they notice, all of it, and can be tried again.
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE_MS}ms'")
        if connection.exec_driver_sql("SHOW server_encoding").scalar_one() != "UTF8":
            raise DatabaseUnavailable(
                "The database does not keep its text as UTF-8. Make one with ENCODING 'UTF8'."
            )
        yield connection
