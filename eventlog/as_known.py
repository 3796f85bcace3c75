"""Any read table as it was known at a position of the log: worked out aside, in memory."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, MetaData, StaticPool, create_engine

from eventlog.store import Store
from eventlog.tables import LIVE

_PAGE = 2_000


@contextmanager
def as_known(store: Store, position: int) -> Iterator[Connection]:
    """A connection on which the read tables stand as they stood after this position.

    Queries of the live tables work on it unchanged. It holds nothing else, nobody waits for it, and
    it is gone afterwards. A position past the end is the end.
    """
    engine = create_engine("sqlite://", poolclass=StaticPool)
    tables = [table for one in store.projections for table in one.tables]
    aside = MetaData()
    for table in tables:
        table.to_metadata(aside)
    applies = [one.for_a_rebuild() for one in store.projections]
    try:
        with engine.connect() as connection, store.database.read() as log:
            aside.create_all(connection)
            upto, reached = min(position, store.head(log)[0]), 0
            while reached < upto:
                last = min(reached + _PAGE, upto)
                page = list(store.read(reached, last, connection=log))
                for apply in applies:
                    apply(connection, LIVE, page)
                reached = last
            for one in store.projections:
                if one.settle is not None:
                    one.settle(connection, LIVE, None)
            yield connection
    finally:
        engine.dispose()
