"""The log's own few statements, put to the driver without a layer between.

They are the same few for every event that is written or read; SQLAlchemy's own work on each
(contexts, results, rows) was most of what an append cost and two thirds of reading the log.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, event
from sqlalchemy.exc import DBAPIError, InvalidatePoolError

#: A connection that was used so lately (in seconds) is taken again without asking it first.
_LATELY = 1.0
#: So many rows are copied into a table of PostgreSQL and not inserted.
_MANY = 100


def named(*names: str) -> str:
    """Names of tables or columns as a statement has them: ``overlaps`` is a word of SQL too."""
    return ", ".join(f'"{name}"' for name in names)


def inserting(table: str, columns: Sequence[str], mark: str) -> str:
    """The statement that writes a row of a table."""
    marks = ", ".join([mark] * len(columns))
    return f"INSERT INTO {named(table)} ({named(*columns)}) VALUES ({marks})"  # noqa: S608 - our names


class Driver:
    """The driver's own connection, in a transaction that somebody else begins and ends."""

    def __init__(self, connection: Any, dialect: Dialect) -> None:
        self._connection, self._dialect = connection, dialect
        self._fault = dialect.loaded_dbapi.Error
        #: How the place of a value is marked in a statement.
        self.mark = "?" if dialect.name == "sqlite" else "%s"

    @classmethod
    def of(cls, connection: Connection) -> "Driver":
        """The driver beneath a connection, in the same transaction."""
        return cls(connection.connection.driver_connection, connection.dialect)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """What a statement finds, as tuples."""
        try:
            return self._connection.execute(statement, values).fetchall()  # type: ignore[no-any-return]
        except self._fault as fault:
            raise self._as_sqlalchemy_says(statement, fault) from fault

    def run(self, statement: str, many: Sequence[Sequence[Any]] = ((),)) -> None:
        """Run a statement that finds nothing, once for each row of values."""
        try:
            if len(many) == 1:  # with psycopg, many are a round trip more
                self._connection.execute(statement, many[0])
            else:
                self._connection.cursor().executemany(statement, many)
        except self._fault as fault:
            raise self._as_sqlalchemy_says(statement, fault) from fault

    def fill(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Write rows of a table of ours: many at once by COPY, where the database has it."""
        if self._dialect.name == "sqlite" or len(rows) < _MANY:
            self.run(inserting(table, columns, self.mark), rows)
            return
        statement = f"COPY {named(table)} ({named(*columns)}) FROM STDIN"
        try:
            with self._connection.cursor().copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        except self._fault as fault:
            raise self._as_sqlalchemy_says(statement, fault) from fault

    def _as_sqlalchemy_says(self, statement: str, fault: Exception) -> Exception:
        """The driver's error as everybody above knows it, without the values."""
        return DBAPIError.instance(
            statement, None, fault, self._fault, hide_parameters=True, dialect=self._dialect
        )


@contextmanager
def in_file(engine: Engine) -> Iterator[Driver]:
    """One transaction on an SQLite file that writes from its beginning."""
    pooled = engine.raw_connection()
    try:
        driver = Driver(pooled.driver_connection, engine.dialect)
        driver.rows("BEGIN IMMEDIATE")
        yield driver
        driver.rows("COMMIT")
    finally:
        pooled.close()  # rolls back what was not committed


@contextmanager
def each_its_own(engine: Engine) -> Iterator[Driver]:
    """On PostgreSQL every statement is a transaction: one round trip and not three."""
    pooled = engine.raw_connection()
    connection: Any = pooled.driver_connection
    try:
        connection.autocommit = True
        yield Driver(connection, engine.dialect)
    finally:
        if connection.closed:
            pooled.invalidate()
        else:
            connection.autocommit = False
            pooled.close()


def ask_after_a_pause(engine: Engine) -> None:
    """Ask a pooled connection whether it still lives, unless it has just been used.

    A server that restarted closes them all. Asking each time would be a round trip an act.
    """

    @event.listens_for(engine, "checkin")
    def _back(_connection: Any, record: Any) -> None:
        record.info["back_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _out(connection: Any, record: Any, _proxy: Any) -> None:
        now = time.monotonic()
        if now - record.info.get("back_at", now) <= _LATELY:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as fault:
            raise InvalidatePoolError from fault
