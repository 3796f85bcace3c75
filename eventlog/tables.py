"""The table of events, and the read tables that are worked out from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Constraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql.elements import conv

from eventlog.database import metadata
from eventlog.recorded import Recorded

#: One row an event. Made by migration 0001; nothing changes or removes a row.
events = Table(
    "events",
    metadata,
    Column(
        "position",
        BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("event_id", Text, nullable=False, unique=True),
    Column("stream", Text, nullable=False),
    Column("version", BigInteger().with_variant(Integer(), "sqlite"), nullable=False),
    Column("type", Text, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("causation_id", Text),
    Column("payload", Text, nullable=False),
    Column("prev_hash", Text, nullable=False, unique=True),
    Column("hash", Text, nullable=False),
    UniqueConstraint("stream", "version"),
)

TWIN = "_rebuild"


class NotRebuildable(ValueError):
    """A read table is declared in a way that a rebuild could not repeat."""


def twin(table: Table, within: MetaData | None = None) -> Table:
    """The empty table ``<name>_rebuild`` that a rebuild fills: the same columns, keys and indexes.

    Raises ``NotRebuildable`` for a table with foreign keys or numbers drawn by the database.
    """
    if table.foreign_key_constraints or table.autoincrement_column is not None:
        raise NotRebuildable(
            f"The read table {table.name} needs its own keys: no foreign key, "
            "and autoincrement=False on a whole-number key."
        )
    taken = {part.name for part in _named(table)}
    copy = table.to_metadata(table.metadata if within is None else within, name=table.name + TWIN)
    for part in _named(copy):
        if part.name in taken and isinstance(part.name, str):
            part.name = conv(part.name + TWIN)
    return copy


def _named(table: Table) -> tuple[Constraint | Index, ...]:
    return (*table.constraints, *table.indexes)


class Tables:
    """Leads a projection from the table that it names to the one to write: live or twin."""

    def __init__(self, *, twins: bool) -> None:
        self._twins = twins

    def __getitem__(self, table: Table) -> Table:
        return table.metadata.tables[table.name + TWIN] if self._twins else table


LIVE, TWINS = Tables(twins=False), Tables(twins=True)

Apply: TypeAlias = Callable[[Connection, Tables, Sequence[Recorded[Any]]], None]
Settle: TypeAlias = Callable[[Connection, Tables, int | None], bool]


@dataclass(frozen=True, slots=True)
class Projection:
    """Read tables and how events change them.

    ``apply`` is given events in the order of position: those of one append, or some thousands in
    a rebuild. It writes ``tables[register]``, never ``register``; it reads no other table, clock
    or setting, so that a rebuild gives the same rows; it has no other effect. ``afresh`` makes an
    ``apply`` for one rebuild, which sees the whole log from its first event, so that it may
    remember what it saw instead of looking it up. ``follow`` stands in for ``apply`` in a rebuild
    and leaves some of the writing for its end: ``settle`` does that for so many streams (all, for
    None), and gives whether more is left.
    """

    name: str
    tables: tuple[Table, ...]
    apply: Apply
    afresh: Callable[[], Apply] | None = None
    follow: Apply | None = None
    settle: Settle | None = None

    def for_a_rebuild(self) -> Apply:
        """What is to be given every page of the log, from its beginning."""
        return self.follow or (self.apply if self.afresh is None else self.afresh())
