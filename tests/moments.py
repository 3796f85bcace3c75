"""The moments at which an act can break: around each statement to the database, and each commit.

Statements go by SQLAlchemy or, where the log is read and appended to, straight to the driver
(``eventlog/driver.py``); both are counted. A moment is before a statement, after its answer, before
a commit and, for who asks, after it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from eventlog.driver import Driver

_OF_SQLALCHEMY = ("before_cursor_execute", "after_cursor_execute")


@dataclass
class Moments:
    """Counts the moments that go by, and does something at the ``at``-th (never for 0)."""

    at: int = 0
    strike: Callable[[], object] = lambda: None
    count: int = 0

    def pass_by(self, *_: object) -> None:
        self.count += 1
        if self.count == self.at:
            self.strike()


@contextmanager
def counted(moments: Moments, *, after_commit: bool = False) -> Iterator[Moments]:
    """Count what is done meanwhile. With ``after_commit`` what has been kept is a moment too."""
    for name in _OF_SQLALCHEMY:
        event.listen(Engine, name, moments.pass_by)
    try:
        with pytest.MonkeyPatch.context() as patch:
            for name in ("rows", "run", "fill"):
                patch.setattr(Driver, name, _around(moments, getattr(Driver, name), after=True))
            commit = _around(moments, DefaultDialect.do_commit, after=after_commit)
            patch.setattr(DefaultDialect, "do_commit", commit)
            yield moments
    finally:
        for name in _OF_SQLALCHEMY:
            event.remove(Engine, name, moments.pass_by)


def _around(moments: Moments, real: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    def stepped(*given: Any) -> Any:
        moments.pass_by()
        found = real(*given)
        if after:
            moments.pass_by()
        return found

    return stepped
