"""A month that is not closed, where the programme wants no unclosed report: a draft by email.

It goes to the PMO and to finance only; nothing is issued and nothing is archived.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, select

from benefits.periods import Month
from benefits.wording.writing import month as month_words
from reports.delivering import file_name
from reports.issuing import Reports
from workflows import inbox, outbox
from workflows.commands import Role
from workflows.outbox import Message
from workflows.people import SCHEDULER


def send_draft(
    reports: Reports,
    programme: str,
    month: Month,
    at: datetime,
    also: Callable[[Connection], None],
) -> None:
    """Make the draft and put it in the outbox for everybody of the PMO and of finance.

    ``also`` writes what goes with it, in the same transaction.
    """
    made = reports.draft(programme, month, by=SCHEDULER, at=at)
    title = reports.title_of(programme)
    with reports.store.database.write() as connection:
        messages = [
            Message(
                f"draft-{programme}-{month}-{person}",
                person,
                f"draft report {programme} {month}",
                outbox.one_line(f"DRAFT benefits report, {title}, {month_words(month)}"),
                f"The report of {title} for {month_words(month)} is due, but the month is not "
                "closed and reviewed. This draft goes to the PMO and to finance only. Close and "
                "review the month, and the report is issued by itself.\n",
                file_name(title, month, draft=True),
                made.pdf,
            )
            for person in _pmo_and_finance(connection)
        ]
        outbox.queue(connection, messages, at)
        also(connection)


def _pmo_and_finance(connection: Connection) -> list[str]:
    query = (
        select(inbox.roles.c.person)
        .where(inbox.roles.c.role.in_((Role.PMO.value, Role.FINANCE.value)))
        .distinct()
        .order_by(inbox.roles.c.person)
    )
    return list(connection.execute(query).scalars())
