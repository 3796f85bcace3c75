"""Kinds of stream: how a stream's events add up, and which rows of the read tables follow.

A read table is a pure function of what stands. A kind therefore says, for a standing thing,
which rows it has (``rows``) and which rows count from which position of the log on
(``lasting``), each in parts; ``eventlog.changes`` works out what an event changes of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from sqlalchemy import BigInteger, Column, Table

from eventlog.facts import Worked, unwatched, watched
from eventlog.pieces import Each, Pieces
from eventlog.recorded import Recorded

#: ``until`` of a lasting row that still holds: later than any position of the log.
STILL = 2**62

Key = tuple[Any, ...]


class Unwritten(Protocol):
    """A row that is cheap to make and to compare, and becomes columns only when it is written."""

    def columns(self) -> Mapping[str, Any]: ...


Rows = Mapping[Table, Mapping[Key, Mapping[str, Any]]]
Lasting = Mapping[Table, Mapping[Key, Mapping[str, Any] | Unwritten]]
RowsOf: TypeAlias = Callable[[Any], Rows]
LastingOf: TypeAlias = Callable[[Any], Lasting] | Each[Lasting]
Lasted: TypeAlias = Worked[Lasting] | Pieces[Lasting]


def columns_of(row: Mapping[str, Any] | Unwritten) -> Mapping[str, Any]:
    """What is written of a lasting row."""
    return row if isinstance(row, Mapping) else row.columns()


def lasting_columns() -> tuple[Column[int], Column[int]]:
    """The two columns of a lasting row: it holds for ``since <= position < until``."""
    return (
        Column("since", BigInteger, primary_key=True),
        Column("until", BigInteger, nullable=False, default=STILL, index=True),
    )


@dataclass(frozen=True)
class Kind:
    """A kind of stream: the word or words that its streams' names begin with.

    ``rows`` and ``lasting`` give rows in parts. A part of ``rows`` may give some columns of a row
    whose others come from other parts, so that little has to be worked out when little changes.
    ``facts_stay`` says that an event gives a thing other facts and changes none in place; a part
    is then worked out again only when a fact that it reads is another one (``eventlog.facts``),
    and one of ``lasting`` may be an ``Each`` (``eventlog.pieces``).
    """

    name: str
    new: Callable[[str], Any]
    apply: Callable[[Any, Recorded[Any]], None]
    rows: tuple[RowsOf, ...] = ()
    lasting: tuple[LastingOf, ...] = ()
    facts_stay: bool = False

    def stand(self, key: str, events: Iterable[Recorded[Any]]) -> Any:
        """The thing after all these events of its stream."""
        standing = self.new(key)
        for recorded in events:
            self.apply(standing, recorded)
        return standing


def kind_of(kinds: Mapping[str, Kind], stream: str) -> tuple[Kind, str] | None:
    """The kind of a stream and its key: ``mtfs-line-k3f9`` is the ``mtfs-line`` ``k3f9``."""
    for kind in kinds.values():
        if stream.startswith(f"{kind.name}-"):
            return kind, stream[len(kind.name) + 1 :]
    return None


@dataclass(slots=True)
class Standing:
    """A thing as it stands, with the parts of the rows that the read tables hold for it."""

    kind: Kind
    thing: Any
    rows: tuple[Worked[Rows], ...]
    lasting: tuple[Lasted, ...]

    @classmethod
    def of(cls, kind: Kind, thing: Any) -> "Standing":
        """Of a thing whose rows nobody has worked out yet."""
        look = watched if kind.facts_stay else unwatched
        rows = tuple(look(part, thing) for part in kind.rows)
        lasting = (
            Pieces.of(part, thing) if isinstance(part, Each) else look(part, thing)
            for part in kind.lasting
        )
        return cls(kind, thing, rows, tuple(lasting))
