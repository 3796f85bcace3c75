"""Many writers at once, in threads and in processes: one wins, and a reader never misses any."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from eventlog.faults import DatabaseBusy
from eventlog.seal import verify
from eventlog.store import Conflict, Store
from tests.integration.sample_log import book, counted, open_store

ROOT = Path(__file__).resolve().parents[2]
_WRITER = """
import json, sys
from eventlog.store import Conflict
from tests.integration.sample_log import book, open_store
url, stream, wins = sys.argv[1], sys.argv[2], []
store = open_store(url)
for turn in range(int(sys.argv[3])):
    for place in (stream, "hall-shared"):
        try:
            given = book(store, place, len(store.load(place)), turn, turn)
        except Conflict:
            continue
        wins.append([one.position for one in given])
print(json.dumps(wins))
"""


def _sound(store: Store, events: int) -> None:
    with store.database.read() as connection:
        verdict = verify(connection)
    assert verdict.sound, verdict
    assert verdict.events == events
    assert counted(store) == (events, events, events, events)


def _at_once(count: int, act: Callable[[int], object]) -> list[object]:
    ready = threading.Barrier(count)

    def begin(number: int) -> object:
        ready.wait()
        try:
            return act(number)
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def test_of_writers_with_one_expected_version_exactly_one_wins(store: Store) -> None:
    for version in range(5):
        answers = _at_once(6, partial(book, store, "hall-1", version))
        lost = [answer for answer in answers if isinstance(answer, Conflict)]
        assert len(lost) == 5
        assert {conflict.actual for conflict in lost} == {version + 1}
    _sound(store, 5)


def test_writers_of_many_streams_all_get_through(store: Store) -> None:
    def write(number: int) -> None:
        for version in range(10):
            book(store, f"hall-{number}", version, 1)

    _at_once(4, write)
    _sound(store, 40)


def test_batches_of_several_writers_do_not_interleave(store: Store) -> None:
    given = _at_once(4, lambda number: book(store, f"hall-{number}", 0, *range(50)))
    for answer in given:
        assert isinstance(answer, list)
        first = answer[0].position
        assert [one.position for one in answer] == list(range(first, first + 50))
    _sound(store, 200)


def test_processes_share_the_log_without_a_gap(log_url: str) -> None:
    store = open_store(log_url)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITER, log_url, f"hall-{number}", "10"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for number in range(3)
    ]
    wins = [win for one in running for win in json.loads(one.communicate(timeout=60)[0])]
    assert all(one.returncode == 0 for one in running)
    positions = sorted(position for win in wins for position in win)
    assert positions == list(range(1, len(positions) + 1))
    assert all(len(store.load(f"hall-{number}")) == 20 for number in range(3))
    _sound(store, len(positions))


def _fail(*_: object) -> None:
    raise RuntimeError("rolled back")


def test_a_reader_that_follows_the_log_sees_every_event_once_and_in_order(store: Store) -> None:
    done = threading.Event()
    seen: list[int] = []

    def write(number: int) -> None:
        for version in range(12):
            book(store, f"hall-{number}", 2 * version, 1, 1)
            with pytest.raises(RuntimeError):
                book(store, f"lost-{number}", 0, 1, also=_fail)

    def follow() -> None:
        while True:
            last = done.is_set()
            seen.extend(one.position for one in store.read(after=seen[-1] if seen else 0))
            if last:
                return

    reader = threading.Thread(target=follow)
    reader.start()
    _at_once(3, write)
    done.set()
    reader.join(30)
    assert seen == list(range(1, 73))
    _sound(store, 72)


def test_a_writer_that_waits_too_long_is_told_that_the_database_is_busy(log_url: str) -> None:
    store, hasty = open_store(log_url), open_store(log_url, lock_wait=0.2)
    with store.database.write() as connection:
        book(store, "hall-1", 0, 1, connection=connection)
        with pytest.raises(DatabaseBusy, match="busy"):
            book(hasty, "hall-2", 0, 1)
    book(hasty, "hall-2", 0, 1)
    _sound(store, 2)
