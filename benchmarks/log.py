"""How quick the event log is on SQLite, beside the raw driver doing the least that could do.

Every figure is a rate and its ratio to a floor measured in the same run; medians of several
rounds. Durability is WAL with synchronous FULL on both sides.
"""

import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from benefits.events.details import NoteAdded
from entrypoints.wiring import catalogue, rebuilding
from eventlog import seal
from eventlog.database import Database
from eventlog.recorded import Batch
from eventlog.replay import rebuild
from eventlog.schema import upgrade
from eventlog.store import Store

ROUNDS, APPENDS, WHOLE = 5, 300, 20_000
TEXT = "A note of an ordinary length, as people write them when they have a minute. " * 5
AT = datetime(2026, 1, 1, tzinfo=UTC)


def median_rate(count: int, work: Callable[[], object]) -> float:
    """How many a second, by the median of several rounds."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return count / statistics.median(took)


def raw_inserts(folder: Path) -> float:
    """The floor of an append: one INSERT a transaction with the driver alone."""
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE events (position INTEGER PRIMARY KEY, payload TEXT)")
    payload = json.dumps({"text": TEXT})

    def work() -> None:
        for _ in range(APPENDS):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO events (payload) VALUES (?)", (payload,))
            connection.execute("COMMIT")

    return median_rate(APPENDS, work)


class Bench:
    """A log that grows from round to round."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'log.db'}"
        upgrade(url)
        self.database = Database.open(url)
        self.store = Store(self.database, catalogue())
        self.version = 0

    def append(self, count: int, at_once: int) -> None:
        """Append notes to one stream, so many in a transaction."""
        for _ in range(count // at_once):
            notes = tuple(NoteAdded(TEXT) for _ in range(at_once))
            batch = Batch("benefit-bench", self.version, notes)
            self.store.append([batch], actor="bench", at=AT, correlation="bench")
            self.version += at_once

    def stored_bytes(self) -> list[bytes]:
        """Every stored payload, read with the driver."""
        with self.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT payload FROM events ORDER BY position")
            return [row[0].encode() for row in rows]

    def verify(self) -> None:
        """Verify the whole chain."""
        with self.database.read() as connection:
            assert seal.verify(connection).sound


def measured(folder: Path) -> list[tuple[str, float, str, float]]:
    """Each row: what, its rate a second, the floor's name, the floor's rate."""
    floor = raw_inserts(folder)
    bench = Bench(folder)
    single = median_rate(APPENDS, lambda: bench.append(APPENDS, 1))
    tens = median_rate(APPENDS, lambda: bench.append(APPENDS, 10))
    bench.append(WHOLE, 500)
    count = bench.version
    reading = median_rate(count, bench.stored_bytes)
    decoded = median_rate(count, lambda: list(bench.store.read()))
    hashing = median_rate(count, lambda: [sha256(text) for text in bench.stored_bytes()])
    verified = median_rate(count, bench.verify)
    rebuilt = median_rate(count, lambda: rebuild(rebuilding(bench.database)))
    return [
        ("append one event in a transaction", single, "one INSERT a transaction", floor),
        ("append ten events in a transaction", tens, "one INSERT a transaction", floor),
        ("read the whole log, decoded", decoded, "SELECT of the payloads", reading),
        ("verify the chain", verified, "SELECT and SHA-256 of the payloads", hashing),
        ("rebuild of the read tables", rebuilt, "SELECT of the payloads", reading),
    ]


def main() -> None:
    """Print the table, and the same as JSON on the last line."""
    with tempfile.TemporaryDirectory() as folder:
        rows = measured(Path(folder))
    print(f"SQLite, WAL, synchronous FULL; medians of {ROUNDS} rounds; events a second")
    for what, rate, floor, least in rows:
        print(f"{what:38} {rate:>10,.0f}   {rate / least:>5.2f} of {floor} ({least:,.0f})")
    json.dump(
        [dict(zip(("what", "rate", "floor", "floor_rate"), row, strict=True)) for row in rows],
        sys.stdout,
    )
    print()


if __name__ == "__main__":
    main()
