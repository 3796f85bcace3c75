"""What the pages of reports ask of the makers of reports, and which months there can be."""

from collections.abc import Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from flask import current_app
from sqlalchemy import select

from benefits.periods import Month
from benefits.register import tables
from entrypoints.here import realise
from eventlog.tables import events
from reports.calendar import LONDON
from reports.composing.portfolio import TITLE
from reports.issued import PORTFOLIO

if TYPE_CHECKING:
    from reports.issuing import Reports

#: How many months back a draft is offered.
MOST_MONTHS = 36


def reports() -> "Reports":
    """What makes reports."""
    return cast("Reports", current_app.extensions["realise"].reports)


def programmes() -> Mapping[str, Any]:
    """Every programme by id, by title, with ``began_at``: when it was started.

    Where there are several, all of them together come last.
    """
    held = tables.programmes.c
    query = (
        select(held.programme, held.title, events.c.recorded_at.label("began_at"))
        .join(events, events.c.position == held.position)
        .order_by(held.title)
    )
    with realise().database.read() as connection:
        found: dict[str, Any] = {row.programme: row for row in connection.execute(query)}
    if len(found) > 1:
        began = min(row.began_at for row in found.values())
        found[PORTFOLIO] = SimpleNamespace(programme=PORTFOLIO, title=TITLE, began_at=began)
    return found


def months_of(programme: Any, upto: Month) -> list[Month]:
    """The months of a programme from its start to ``upto``, latest first."""
    began = Month.of(datetime.fromisoformat(programme.began_at).astimezone(LONDON).date())
    return [upto.plus(-back) for back in range(min(MOST_MONTHS, upto.minus(began) + 1))]
