"""Several writers at once, each a process of its own that waits for the word to begin."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

from benchmarks.measuring import Work
from benchmarks.peers import Save

Opens = Callable[[str, int], Save]


def _work(opens: Opens, url: str, at_once: int, orders: Connection) -> None:
    save = opens(url, at_once)
    save(3)
    orders.send("ready")
    while times := orders.recv():
        save(times)
        orders.send("done")


@contextmanager
def crowd(opens: Opens, url: str, writers: int, times: int, at_once: int = 1) -> Iterator[Work]:
    """Yields a round of work: each of ``writers`` saves ``times`` times, all at once.

    A single writer works here, in this process.
    """
    if writers == 1:
        save = opens(url, at_once)
        save(3)
        yield lambda: save(times)
        return
    context = get_context("fork")
    pipes, workers = [], []
    for _ in range(writers):
        mine, theirs = context.Pipe()
        worker = context.Process(target=_work, args=(opens, url, at_once, theirs), daemon=True)
        worker.start()
        assert mine.recv() == "ready"  # one after the other, so that one makes the tables
        pipes.append(mine)
        workers.append(worker)

    def together() -> None:
        for pipe in pipes:
            pipe.send(times)
        for pipe in pipes:
            assert pipe.recv() == "done"

    yield together
    for pipe, worker in zip(pipes, workers, strict=True):
        pipe.send(0)
        worker.join(10)
