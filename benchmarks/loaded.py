"""The API under load: two web processes on PostgreSQL, beside the health page of the same run."""

import json
import shutil
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeAlias

from benchmarks.lives import fill
from benchmarks.measuring import Figure, Size
from benchmarks.places import Places
from entrypoints import tokens
from entrypoints.here import now
from tests.hosts import Host

HEALTH = "the health page"
_BENEFITS, _EVENTS_EACH, _PROCESSES = 50, 60, 2


@dataclass
class _Answers:
    """What came back: seconds each took, and what was not as it should be."""

    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


Ask: TypeAlias = Callable[["_Client"], None]


def measured(places: Places, size: Size) -> Iterator[Figure]:
    """Health, reads and writes alone, then all of them together for as long again."""
    lasts, clients = size["load_seconds"], size["clients"]
    with _host(places) as (host, secret):

        def client(number: int) -> _Client:
            return _Client(host.port, secret, number)

        alone = lasts / 6
        health = _crowd([(client(n), _health) for n in range(clients)], alone)
        reads = _crowd([(client(n), _read) for n in range(clients)], alone)
        writes = _crowd([(client(n), _write) for n in range(clients)], alone)
        ways = (_read, _write, _health)
        mixed = _crowd([(client(n), ways[n % 3]) for n in range(clients)], lasts / 2)
        floor = len(health.took) / alone
        for what, found in (("reads", reads), ("writes", writes)):
            yield _figure(f"API {what}, {clients} programs at once", found, alone, floor)
        every = [health, reads, writes, mixed]
        wrong = [one for each in every for one in each.wrong]
        yield Figure(
            f"reads, writes and health together, {lasts} s, {len(wrong)} errors {wrong[:1] or ''}",
            len(mixed.took) / (lasts / 2), {HEALTH: floor},
            {HEALTH: len(mixed.took) / (lasts / 2) / floor}, "a second",
            "no error", not wrong,
        )  # fmt: skip


def _figure(what: str, found: _Answers, lasts: float, floor: float) -> Figure:
    rate = len(found.took) / lasts
    slow = statistics.quantiles(found.took, n=20)[-1] * 1000 if len(found.took) > 1 else 0.0
    return Figure(f"{what} (p95 {slow:.0f} ms)", rate, {HEALTH: floor}, {HEALTH: rate / floor})


@contextmanager
def _host(places: Places) -> Iterator[tuple[Host, str]]:
    """A council served by two processes, and the secret of a program that may read and record."""
    url = places.url("postgresql")
    realise = fill(url, _BENEFITS, _EVENTS_EACH)
    may = {tokens.Scope.READ, tokens.Scope.RECORD}
    with realise.database.write() as connection:
        secret, _ = tokens.make(connection, "pat", "load", may, 30, "pat", now())
    folder = Path(mkdtemp(prefix="realise-"))
    host = Host("loaded", folder, url)
    try:
        host.serve(_PROCESSES)
        host.wait()
        yield host, secret
    finally:
        host.kill()
        shutil.rmtree(folder)


class _Client:
    """A program that keeps its connection, and reads and writes one benefit."""

    def __init__(self, port: int, secret: str, number: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        self.benefit, self.etag, self.key = f"b{1 + number % _BENEFITS}", "", f"load-{number}-"
        self.answers, self._sent = _Answers(), 0

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> None:
        began = time.perf_counter()
        text = None if body is None else json.dumps(body)
        self._connection.request(method, path, text, {**self._headers, **headers})
        answer = self._connection.getresponse()
        said = answer.read()
        self.answers.took.append(time.perf_counter() - began)
        self.etag = answer.headers.get("ETag", "")
        if answer.status != 200:
            self.answers.wrong.append(f"{answer.status} {said[:200]!r}")

    def write(self) -> None:
        """One note more, on the version that the last answer gave."""
        if not self.etag:
            self.ask("GET", f"/api/benefits/{self.benefit}")
        self._sent += 1
        headers = {
            "If-Match": self.etag,
            "Idempotency-Key": f"{self.key}{time.monotonic_ns()}-{self._sent}",
        }
        note = {"text": f"Note {self._sent} while many write."}
        self.ask("POST", f"/api/benefits/{self.benefit}/add-note", note, **headers)

    def lost(self, fault: Exception) -> None:
        """What was asked had no answer at all."""
        self.answers.wrong.append(repr(fault))
        self.close()

    def close(self) -> None:
        """Hang up; the next question opens the connection again."""
        self._connection.close()


def _health(client: _Client) -> None:
    client.ask("GET", "/health")


def _read(client: _Client) -> None:
    client.ask("GET", f"/api/benefits/{client.benefit}")


def _write(client: _Client) -> None:
    client.write()


def _crowd(clients: list[tuple[_Client, Ask]], lasts: float) -> _Answers:
    """All of them at once, each as fast as it is answered, for so many seconds."""
    until = time.monotonic() + lasts

    def work(client: _Client, ask: Ask) -> None:
        while time.monotonic() < until:
            try:
                ask(client)
            except (OSError, HTTPException) as fault:
                client.lost(fault)

    threads = [threading.Thread(target=work, args=each) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for client, _ in clients:
        client.close()
    found = [client.answers for client, _ in clients]
    return _Answers(
        [each for one in found for each in one.took], [each for one in found for each in one.wrong]
    )
