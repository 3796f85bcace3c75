"""What the person of this request may not see is left out where rows are read, in one place.

``narrow`` holds for one request: every SELECT on a table of the narrowing then reads only the rows
that its condition lets through, and the store gives no event of a stream that is hidden. Nothing
that a page, the API or an export asks can forget it. Deciding and reporting see the whole record
(``whole``): what somebody may do is decided there by other rules.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, Subquery, Table, event, select
from sqlalchemy.sql import CompoundSelect, visitors


@dataclass(frozen=True)
class Narrowing:
    """Which rows of which tables can be seen, and which streams cannot.

    A condition is on the table's own columns. ``prefixes`` begin the names of hidden streams.
    """

    conditions: Mapping[Table, ColumnElement[bool]]
    streams: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = field(default=())

    @cached_property
    def seen(self) -> Mapping[Table, Subquery]:
        """Each table as far as it can be seen, under its own name."""
        return {
            table: select(table).where(condition).subquery(table.name)
            for table, condition in self.conditions.items()
        }

    def hides(self, stream: str) -> bool:
        """Whether no event of the stream can be seen."""
        return stream in self.streams or stream.startswith(self.prefixes)


_now: ContextVar[Narrowing | None] = ContextVar("narrowing", default=None)


def narrow(narrowing: Narrowing | None) -> None:
    """From here on this request sees only so much; everything for ``None``."""
    _now.set(narrowing)


@contextmanager
def whole() -> Iterator[None]:
    """For a while everything is seen: to decide, or to work out a report."""
    before = _now.get()
    _now.set(None)
    try:
        yield
    finally:
        _now.set(before)


def is_narrowed() -> bool:
    """Whether anything may be hidden."""
    return _now.get() is not None


def hides(stream: str) -> bool:
    """Whether the events of a stream are hidden from this request."""
    narrowing = _now.get()
    return narrowing is not None and narrowing.hides(stream)


def install(engine: Engine) -> None:
    """Let the narrowing hold for everything that is read through an engine."""
    event.listen(engine, "before_execute", _narrowed, retval=True)


def _narrowed(_: Any, asked: Any, multi: Any, single: Any, __: Any) -> tuple[Any, Any, Any]:
    narrowing = _now.get()
    if narrowing is None or not isinstance(asked, Select | CompoundSelect):
        return asked, multi, single
    seen = narrowing.seen

    def instead(element: Any, **_: Any) -> Any:
        if isinstance(element, Table):
            return seen.get(element)
        table = getattr(element, "table", None)
        if isinstance(table, Table) and table in seen:
            return seen[table].c.get(element.key)
        return None

    return visitors.replacement_traverse(asked, {}, instead), multi, single
