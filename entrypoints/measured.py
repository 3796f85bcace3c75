"""What the running application counts of itself, in the form that Prometheus reads."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

from benefits.refusals import Refused, SeveralRefused
from entrypoints.observing import span
from eventlog.store import Store

P = ParamSpec("P")
R = TypeVar("R")

#: Names a folder in which the counts of several web processes are put together: ``realise serve
#: --processes`` makes one. Otherwise each process tells its own.
TOGETHER = "PROMETHEUS_MULTIPROC_DIR"

REQUESTS = Counter("realise_requests", "Requests answered.", ["page", "method", "status"])
SECONDS = Histogram("realise_request_seconds", "How long answering took.", ["method"])
COMMANDS = Counter("realise_commands", "Commands asked and done.", ["command"])
REFUSALS = Counter("realise_refusals", "Acts refused, by the kind of refusal.", ["kind"])
APPENDS = Histogram("realise_append_seconds", "How long an append to the log took.")


def answered(page: str, method: str, status: int, seconds: float) -> None:
    """Count a request. Only methods that there are are told apart."""
    known = method if method in ("GET", "HEAD", "POST", "OPTIONS") else "other"
    REQUESTS.labels(page, known, str(status)).inc()
    SECONDS.labels(known).observe(seconds)


def counted(handle: Callable[P, R]) -> Callable[P, R]:
    """``handle``, counting what is done and what is refused."""

    @wraps(handle)
    def counting(*given: P.args, **named: P.kwargs) -> R:
        try:
            with span("act"):
                done = handle(*given, **named)
        except Refused as fault:
            for kind in _kinds(fault):
                REFUSALS.labels(kind).inc()
            raise
        for command in _listed(given[0]):
            COMMANDS.labels(type(command).__name__).inc()
        return done

    return counting


def _kinds(fault: Refused) -> Iterator[str]:
    if isinstance(fault, SeveralRefused):
        yield from (type(each).__name__ for _, each in fault.faults)
    else:
        yield type(fault).__name__


def _listed(commands: Any) -> Sequence[object]:
    return commands if isinstance(commands, list | tuple) else [commands]


class TimedStore(Store):
    """The log, with each append timed."""

    def append(self, *given: Any, **named: Any) -> Any:
        with span("append"), _timed():
            return super().append(*given, **named)


@contextmanager
def _timed() -> Iterator[None]:
    began = time.perf_counter()
    try:
        yield
    finally:
        APPENDS.observe(time.perf_counter() - began)


def counts() -> CollectorRegistry:
    """The counts of this process, or of all of them where there are several."""
    if not os.environ.get(TOGETHER):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
