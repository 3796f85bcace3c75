"""Many councils in one table of PostgreSQL, a partition each, beside a table for one council.

The second way of docs/many-councils.md, tried: rows of the log's own shape and chain. Then the
older half of one council's log is taken out, and an event in it is proved all the same.
"""

import time
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count

import psycopg
from sqlalchemy.engine import make_url

from benchmarks.measuring import Figure, Size, race, seconds
from benchmarks.places import Places
from eventlog.merkle import Peaks, inclusion_spans, proof, verify_inclusion
from eventlog.seal import BEGINNING, HASHED, hash_of

ALONE = "one council in a table of its own"
_COLUMNS = (*HASHED, "prev_hash", "hash")
_SHAPE = ", ".join(
    f"{name} {'bigint' if name in ('position', 'version', 'schema_version') else 'text'}"
    for name in _COLUMNS
)
_KEYS = ("position", "event_id", "stream, version", "prev_hash")
_STREAM = 50  # events of one stream
_WHERE_FROM = "2026-09-01T09:00:00.000000Z"
Row = tuple[object, ...]


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """Appending, loading a stream and proving, with so many councils of so many events."""
    councils, each = size["councils"], size["council_events"]
    address = make_url(places.url("postgresql")).set(drivername="postgresql")
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as db:
        took = seconds(partial(_fill, db, councils, each))
        called = f"{councils} councils of {each:,} events"
        numbers, middle = count(1), councils // 2
        yield race(
            f"append one event, {called} in one table", 50,
            partial(_append, db, "together", middle, 50, numbers),
            {ALONE: partial(_append, db, "alone", 0, 50, numbers)}, rounds=size.rounds,
        )  # fmt: skip
        yield race(
            f"load a stream of {_STREAM} events, {called} in one table", 50,
            partial(_load, db, "together", f"council = {middle} AND"),
            {ALONE: partial(_load, db, "alone", "")}, rounds=size.rounds,
        )  # fmt: skip
        yield Figure(f"filled the tables, {called}", took, unit="seconds")
        yield _archived(db, each)


def _rows(council: int, events: int) -> Iterator[Row]:
    """A council's log: rows as they are stored, each with the hash of the one before."""
    last = BEGINNING
    for number in range(events):
        stream = f"benefit-{council}-{number // _STREAM}"
        row = _row(number + 1, f"{council}-{number}", stream, number % _STREAM + 1)
        last, before = hash_of(last, row), last
        yield (*row, before, last)


def _row(position: int, event: str, stream: str, version: int) -> tuple[int | str | None, ...]:
    payload = f'{{"text":"Note {event} of an ordinary length, as people write them."}}'
    return (
        position, event, stream, version, "note-added", 1, _WHERE_FROM, "pat", "bench", None,
        payload,
    )  # fmt: skip


def _fill(db: psycopg.Connection, councils: int, each: int) -> None:
    """Both tables, with the log's four keys. Council 0 is in two parts: its older half, the rest.

    The keys are those of each part: PostgreSQL wants the column by which a table is divided in
    every unique key of the whole. Under a council's lock its parts follow from one another.
    """
    half = each // 2 + 1
    db.execute(f"CREATE TABLE alone ({_SHAPE})")
    db.execute(f"CREATE TABLE together (council bigint, {_SHAPE}) PARTITION BY LIST (council)")
    for council in range(councils):
        part = f"CREATE TABLE c{council} PARTITION OF together FOR VALUES IN ({council})"
        db.execute(part if council else f"{part} PARTITION BY RANGE (position)")
    db.execute(f"CREATE TABLE c0_old PARTITION OF c0 FOR VALUES FROM (1) TO ({half})")
    db.execute(f"CREATE TABLE c0_now PARTITION OF c0 FOR VALUES FROM ({half}) TO (MAXVALUE)")
    for table in ("alone", "c0_old", "c0_now", *(f"c{council}" for council in range(1, councils))):
        for keys in _KEYS:
            db.execute(f"CREATE UNIQUE INDEX ON {table} ({keys})")
    _copy(db, "alone", _rows(0, each))
    for council in range(councils):
        _copy(db, "together", ((council, *row) for row in _rows(council, each)))
    db.execute("ANALYZE together")
    db.execute("ANALYZE alone")


def _copy(db: psycopg.Connection, table: str, rows: Iterable[Row]) -> None:
    with db.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)


def _append(
    db: psycopg.Connection, table: str, council: int, times: int, numbers: Iterator[int]
) -> None:
    """So many rows, a transaction each."""
    own: tuple[object, ...] = (council,) if table == "together" else ()
    marks = ", ".join(["%s"] * (len(own) + len(_COLUMNS)))
    for _, number in zip(range(times), numbers, strict=False):
        row = _row(10_000_000 + number, f"more-{number}", f"more-{number}", 1)
        values = (*own, *row, f"before {number}", "hash")
        db.execute(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608 - our own names


def _load(db: psycopg.Connection, table: str, where: str) -> None:
    for number in range(50):
        stream = f"benefit-{0 if table == 'alone' else where.split()[2]}-0"
        found = db.execute(
            f"SELECT * FROM {table} WHERE {where} stream = %s ORDER BY version",  # noqa: S608
            (stream,),
        ).fetchall()
        assert len(found) == _STREAM, number


def _archived(db: psycopg.Connection, each: int) -> Figure:
    """The older half is detached and kept as rows of a file; an event in it is proved with them."""
    leaves = _hashes(db, "c0")
    whole, boundary = Peaks(), Peaks()
    for number, leaf in enumerate(leaves):
        whole.add(leaf)
        if number < each // 2:
            boundary.add(leaf)
    place, began = each // 4, time.perf_counter()
    plainly = _proved(place, leaves, whole.root())
    with_all = time.perf_counter() - began
    db.execute("ALTER TABLE c0 DETACH PARTITION c0_old")
    file = _hashes(db, "c0_old")  # what an export of it holds
    db.execute("DROP TABLE c0_old")
    began = time.perf_counter()
    live = _hashes(db, "c0")
    later = Peaks(boundary.size, boundary.hashes)  # what stays of the old rows: at most 20 hashes
    for leaf in live:
        later.add(leaf)
    assert later.root() == whole.root()
    assert plainly == _proved(place, [*file, *live], later.root())
    took = time.perf_counter() - began
    return Figure(
        f"prove event {place:,} of {each:,} when its half is in a file", took,
        {"with every row there": with_all}, {"with every row there": with_all / took}, "seconds",
        "the same proof and root", met=True,
    )  # fmt: skip


def _hashes(db: psycopg.Connection, table: str) -> list[bytes]:
    """The leaves of a part of a log, in order; what was appended to be measured is none of it."""
    query = f"SELECT hash FROM {table} WHERE hash <> 'hash' ORDER BY position"  # noqa: S608
    return [bytes.fromhex(row[0]) for row in db.execute(query)]


def _proved(place: int, leaves: list[bytes], root: bytes) -> list[bytes]:
    hashes = proof(inclusion_spans(place, len(leaves)), lambda begin, end: leaves[begin:end])
    assert verify_inclusion(place, len(leaves), leaves[place], hashes, root)
    return hashes
