"""What is told by the day and not by an act: conditions due, milestones overdue, daily digests."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from benefits.register import programme_queries as look
from benefits.wording.writing import count, day
from entrypoints.jobs import Clock, Did, Done, claimed
from entrypoints.wiring import Realise
from reports.calendar import LONDON
from workflows import ledger, notices, outbox
from workflows.notices import NoticeKind
from workflows.outbox import Message
from workflows.telling import Draft, addressed, deliver, ending, named

#: How the two runs are called in the ledger.
REMINDING, DIGESTS = "reminders", "daily digests"
#: From this hour in London on, which is never between one and two at night, when a clock change
#: would make it happen twice.
FROM = time(7, 0)
#: A condition is due within so many days: once it is, its owner is told, and not again.
DAYS_BEFORE = 7
#: The page of what is new goes back so far. A thing that is overdue for longer is told again.
KEPT = timedelta(days=366)
#: How many things of each kind are looked at in one day's run, those due longest first.
MOST = 5_000
#: How many headlines stand in one digest. The rest are on the page.
MOST_HEADLINES = 50


def remind(realise: Realise, clock: Clock) -> Did:
    """Tell once of each thing that is due or overdue, and send each person's digest of the day."""
    now = clock().astimezone(LONDON)
    if now.time() < FROM:
        return Did()
    did = Did()
    for job, work in ((REMINDING, _reminders), (DIGESTS, _digests)):
        with realise.read() as connection:
            if now.date().isoformat() in ledger.finished(connection, job):
                continue

        def once(done: Done, work: Any = work) -> None:
            with realise.database.write() as connection:
                work(connection, clock(), realise.settings.address)
                done(connection)

        did += claimed(realise, job, now.date().isoformat(), clock, once)
    return did


def _reminders(connection: Connection, at: datetime, address: str) -> None:
    today = at.astimezone(LONDON).date()
    drafts = [*_conditions(connection, today), *_milestones(connection, today)]
    told, messages = addressed(connection, drafts, address)
    deliver(connection, told, messages, at)
    notices.forget_before(connection, at - KEPT)


def _conditions(connection: Connection, today: date) -> list[tuple[str, Draft]]:
    soon = (today + timedelta(days=DAYS_BEFORE)).isoformat()
    return [
        (
            f"{row.condition_id}-{row.due}",
            Draft(
                NoticeKind.CONDITION_DUE,
                frozenset({row.owner}),
                f"A condition of yours is due on {day(date.fromisoformat(row.due))}: "
                f"{named(row.position, row.title, exempt=row.exempt)}",
                f"/benefits/{row.benefit}/record/meet-condition?condition={row.condition_id}",
                row.text,
            ),
        )
        for row in look.due_conditions(connection, most=MOST)
        if row.due <= soon
    ]


def _milestones(connection: Connection, today: date) -> list[tuple[str, Draft]]:
    return [
        (
            f"{row.milestone}-{row.expected}",
            Draft(
                NoticeKind.MILESTONE_OVERDUE,
                frozenset(one for one in (row.owner, row.benefit_owner) if one),
                f"A milestone is overdue: {row.title} "
                f"({named(row.position, row.benefit_title, exempt=row.exempt)})",
                f"/benefits/{row.benefit}/delivery",
                f"It was expected on {day(date.fromisoformat(row.expected))}. Record that it was "
                "reached, or when it is expected now.",
            ),
        )
        for row in look.overdue(connection, today, most=MOST)
    ]


def _digests(connection: Connection, at: datetime, address: str) -> None:
    today = at.astimezone(LONDON).date()
    waiting = notices.take_digests(connection, today.isoformat())
    messages = [_digest(person, rows, today, address) for person, rows in waiting.items()]
    outbox.queue(connection, messages, at)


def _digest(person: str, rows: list[Any], today: date, address: str) -> Message:
    lines = "".join(f"- {row.headline}\n  {address}{row.path}\n" for row in rows[:MOST_HEADLINES])
    more = len(rows) - MOST_HEADLINES
    rest = f"\nAnd {count(more, 'more')}: {address}/notices\n" if more > 0 else ""
    return Message(
        f"digest-{today.isoformat()}-{person}",
        person,
        "notice: daily digest",
        f"{count(len(rows), 'thing')} to know, {day(today)}",
        f"New on the benefits realisation record:\n\n{lines}{rest}{ending(address)}",
    )
