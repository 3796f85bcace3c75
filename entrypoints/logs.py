"""What the running application writes to its log: one line an event, never what people typed."""

import logging
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger


def configure(*, quiet: bool = False) -> None:
    """Write plain lines to standard error; ``quiet`` for warnings and worse alone."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _frames,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.WARNING if quiet else logging.INFO
        ),
        # Looked up for each line: whoever runs us may put another file in its place.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _frames(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Say of an exception what it was and where, and not its words: they may hold a name."""
    fault = _exception(event.pop("exc_info", None))
    if fault is not None:
        event["fault"] = type(fault).__name__
        event["at"] = " < ".join(
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in reversed(traceback.extract_tb(fault.__traceback__))
        )
    return event


def _exception(given: Any) -> BaseException | None:
    if isinstance(given, BaseException):
        return given
    return sys.exc_info()[1] if given else None
