"""What the pages of reports ask of the makers of reports, and which months there can be."""

from collections.abc import Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from flask import current_app
from sqlalchemy import select

from benefits.periods import FinancialYear, Month
from benefits.register import tables
from entrypoints.flagged import in_text
from entrypoints.here import now, realise, viewer
from eventlog.narrowed import hides
from eventlog.tables import events
from reports import archive, asked, asked_drafts
from reports.asked import AskedReport
from reports.calendar import LONDON, must_have_begun
from reports.composing.portfolio import TITLE
from reports.issued import PORTFOLIO, Circulation, IssueReport, NothingExempt, report_of

if TYPE_CHECKING:
    from reports.issuing import Reports

#: The most characters of why a report is issued again.
LONGEST_REASON = 1_000
#: How many months back a draft is offered.
MOST_MONTHS = 36


def reports() -> "Reports":
    """What makes reports."""
    return cast("Reports", current_app.extensions["realise"].reports)


def programmes() -> Mapping[str, Any]:
    """Every programme by id, by title, with ``began_at``: when it was started.

    Where there are several, all of them together come last: for whoever sees every one.
    """
    held = tables.programmes.c
    query = (
        select(held.programme, held.title, held.first_year, events.c.recorded_at.label("began_at"))
        .join(events, events.c.position == held.position)
        .order_by(held.title)
    )
    with realise().database.read() as connection:
        found: dict[str, Any] = {row.programme: row for row in connection.execute(query)}
    if len(found) > 1 and not hides(f"programme-{PORTFOLIO}"):
        began = min(row.began_at for row in found.values())
        found[PORTFOLIO] = SimpleNamespace(
            programme=PORTFOLIO, title=TITLE, began_at=began, first_year=None
        )
    return found


def months_of(programme: Any, upto: Month) -> list[Month]:
    """The months that can be drafted, to ``upto``, latest first.

    They begin with the plan, or with the record of it where that is older: a plan that was under
    way when it came on record has months before it.
    """
    began = _began(programme)
    if programme.first_year is not None:
        began = min(began, FinancialYear(programme.first_year).first)
    return [upto.plus(-back) for back in range(min(MOST_MONTHS, upto.minus(began) + 1))]


def months_to_issue(programme: Any, upto: Month) -> list[Month]:
    """Those of its months that are on record: since it began there, and any closed before."""
    closed = tables.months.c
    query = select(closed.month).where(
        closed.programme == programme.programme, closed.closed.is_not(None)
    )
    with realise().database.read() as connection:
        shut = {Month.parse(name) for name in connection.execute(query).scalars()}
    began = _began(programme)
    return [month for month in months_of(programme, upto) if month >= began or month in shut]


def _began(programme: Any) -> Month:
    return Month.of(datetime.fromisoformat(programme.began_at).astimezone(LONDON).date())


def long_titles(known: Mapping[str, Any]) -> list[str]:
    """The titles of those of the programmes whose report is made in the background."""
    with realise().database.read() as connection:
        found = asked.long_ones(connection)
    return [row.title for key, row in known.items() if key in found]


def put_on_list(programme: str, month: Month, edition: int, reason: str) -> bool:
    """Whether the report is long, so that the scheduler issues it and nobody waits for an answer.

    Raises ``Refused`` where it could not be issued.
    """
    with realise().database.read() as connection:
        issued = archive.fetch(connection, programme, month)
        if not asked.is_long(connection, programme) or (issued and issued.edition >= edition):
            return False
    person, at = viewer().person, now()
    command = IssueReport(
        report_of(programme, month), programme, month, edition, 0, "", "", "", reason
    )
    reports().handling.rehearse([command], by=person, at=at)
    with realise().database.write() as connection:
        asked.ask(connection, AskedReport(programme, month, edition, person, at, reason))
    return True


def put_draft_on_list(
    programme: str, month: Month, circulation: Circulation, known: date | None
) -> bool:
    """Whether the draft is a long one, so that the scheduler makes it for who asks.

    Raises ``Refused`` where it could not be made.
    """
    with realise().database.read() as connection:
        if not asked.is_long(connection, programme):
            return False
        exempt = circulation is Circulation.EXEMPT
        # As it was known on an earlier day something may have been that is no more.
        if exempt and known is None and not asked.holds_exempt(connection, programme):
            raise NothingExempt(month)
    must_have_begun(month, now())
    draft = asked_drafts.new(viewer().person, programme, month, circulation, known, now())
    with realise().database.write() as connection:
        asked_drafts.ask(connection, draft)
    return True


def fault_of_reason(reason: str, *, confirmed: bool) -> str:
    """What is wrong with why a report is issued again: it is printed on its cover. Or nothing."""
    if not reason or len(reason) > LONGEST_REASON:
        return "Say in at most 1,000 characters why the report is issued again."
    return "" if confirmed else in_text(reason)
