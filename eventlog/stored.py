"""Rows as they are stored, whatever somebody has put into them: for whoever checks them.

SQLite keeps a text in a column of bytes, or bytes in one of text, and PostgreSQL's owner may
alter a column. Everywhere else a value of another kind is a fault of ours; here it is a finding.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, Text
from sqlalchemy.types import TypeEngine

from eventlog.driver import named
from eventlog.recorded import Recorded, instant_text


class NoText(bytes):
    """The bytes of a text that is none. It is of a type of its own: a file is not this either."""


_KINDS: tuple[tuple[type[TypeEngine[Any]], type, str], ...] = (
    (LargeBinary, bytes, "bytes"),
    (Text, str, "text"),
    (Integer, int, "a whole number"),
)
_CALLED = {
    bytes: "bytes",
    str: "text",
    NoText: "what is no text",
    int: "a whole number",
    float: "a fraction",
}


@contextmanager
def as_stored(connection: Connection) -> Iterator[None]:
    """Within this, what SQLite keeps as text and cannot be read as text is given as ``NoText``."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    before, driver.text_factory = driver.text_factory, _text
    try:
        yield
    finally:
        driver.text_factory = before


def _text(content: bytes) -> str | NoText:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return NoText(content)


def stored(connection: Connection, table: Table, few: int = 50) -> Iterator[Any]:
    """The rows of a table in the order of its key, ``few`` held at a time, no value turned."""
    columns = named(*(column.name for column in table.columns))
    key = named(*(column.name for column in table.primary_key))
    return iter(
        connection.exec_driver_sql(
            f"SELECT {columns} FROM {named(table.name)} ORDER BY {key}",  # noqa: S608 - our own names
            execution_options={"yield_per": few},
        )
    )


def misfit(table: Table, row: Any) -> str:
    """What of a row is of another kind than its column, to follow its name; empty for nothing."""
    for column in table.columns:
        value = getattr(row, column.name)
        kind, word = _kind(column)
        if type(value) is not kind and not (value is None and column.nullable):
            found = _CALLED.get(type(value), "nothing")
            return f"holds {found} as its {column.name}, where {word} belongs."
    return ""


def _kind(column: Column[Any]) -> tuple[type, str]:
    return next((kind, word) for typed, kind, word in _KINDS if isinstance(column.type, typed))


def held_back(connection: Connection, one: Recorded[Any]) -> bool:
    """Whether an event may have happened before the log says: it has the moment of the row before.

    An append writes down its own moment, or that of the last row when it is later.
    """
    before = connection.exec_driver_sql(
        f"SELECT recorded_at FROM events WHERE position = {one.position - 1:d}"  # noqa: S608
    ).scalar()
    return before == instant_text(one.recorded_at)
