"""What people are told: a list for each person, read or not, and how they choose to hear of it.

Kept, not rebuilt from the log. A notice is written in the transaction of what it tells about; it
holds what the thing is called and where to look, and no person's name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, Index, Table, Text, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from eventlog.database import metadata


class NoticeKind(StrEnum):
    """What a notice is about, in the words of the page where people choose."""

    VOTE_WANTED = "Your vote is wanted"
    DECISION_MADE = "A board has decided"
    CONDITION_DUE = "A condition of yours is due"
    MILESTONE_OVERDUE = "A milestone is overdue"
    CLAIM_REJECTED = "A claim is rejected"
    REPORT_ISSUED = "A report is issued"
    QUESTION_ASKED = "Scrutiny asks you"
    QUESTION_ANSWERED = "Scrutiny is answered"
    RECORD_FAULT = "The record did not pass its daily check"


class How(StrEnum):
    """How a person hears of a kind of thing. All but ``OFF`` stand on the page of what is new."""

    AT_ONCE = "at once"
    DIGEST = "daily digest"
    ON_PAGE = "on the page only"
    OFF = "off"


#: How people hear of things until they choose: at once where somebody waits for them.
UNTIL_CHOSEN: Mapping[NoticeKind, How] = {
    NoticeKind.VOTE_WANTED: How.AT_ONCE,
    NoticeKind.DECISION_MADE: How.DIGEST,
    NoticeKind.CONDITION_DUE: How.AT_ONCE,
    NoticeKind.MILESTONE_OVERDUE: How.DIGEST,
    NoticeKind.CLAIM_REJECTED: How.AT_ONCE,
    NoticeKind.REPORT_ISSUED: How.DIGEST,
    NoticeKind.QUESTION_ASKED: How.AT_ONCE,
    NoticeKind.QUESTION_ANSWERED: How.AT_ONCE,
    NoticeKind.RECORD_FAULT: How.AT_ONCE,
}

notices = Table(
    "notices",
    metadata,
    Column("notice", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("says", Text, nullable=False, default=""),
    Column("path", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("read_at", Text, nullable=True),
    Column("digest", Text, nullable=False, default="", index=True),
    Index(None, "person", "read_at"),
)

choices = Table(
    "notice_choices",
    metadata,
    Column("person", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("how", Text, nullable=False),
)

#: In ``digest``: the notice waits for the person's next daily email.
WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that one person is told. ``notice`` makes it once, whoever writes it again."""

    notice: str
    person: str
    kind: NoticeKind
    headline: str
    says: str
    path: str
    how: How


def put(connection: Connection, told: Sequence[Notice], at: datetime) -> set[str]:
    """Write notices, in the caller's transaction; gives the ids of those that are new."""
    rows = [
        {
            "notice": one.notice,
            "person": one.person,
            "kind": one.kind.name,
            "headline": one.headline,
            "says": one.says,
            "path": one.path,
            "at": at.isoformat(),
            "digest": WAITS if one.how is How.DIGEST else "",
            "read_at": None,
        }
        for one in told
        if one.how is not How.OFF
    ]
    if not rows:
        return set()
    begin = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    written = begin(notices).on_conflict_do_nothing().returning(notices.c.notice)
    return set(connection.execute(written, rows).scalars())


def chosen(connection: Connection, people: Collection[str]) -> dict[tuple[str, NoticeKind], How]:
    """How each of these people hears of each kind of thing."""
    held = connection.execute(select(choices).where(choices.c.person.in_(sorted(people))))
    found = {(person, kind): how for person in people for kind, how in UNTIL_CHOSEN.items()}
    return found | {(row.person, NoticeKind[row.kind]): How(row.how) for row in held}


def choose(connection: Connection, person: str, how: Mapping[NoticeKind, How]) -> None:
    """Keep what a person chose. What waits for an email that is now unwanted waits no more."""
    connection.execute(delete(choices).where(choices.c.person == person))
    rows = [{"person": person, "kind": kind.name, "how": one.value} for kind, one in how.items()]
    if rows:
        connection.execute(choices.insert(), rows)
    without = [kind.name for kind, one in how.items() if one in (How.OFF, How.ON_PAGE)]
    unwanted = (notices.c.person == person) & notices.c.kind.in_(without)
    waits = notices.c.digest == WAITS
    connection.execute(update(notices).where(unwanted, waits).values(digest=""))


def unread(connection: Connection, person: str) -> int:
    """How many notices the person has not read."""
    query = select(func.count()).where(notices.c.person == person, notices.c.read_at.is_(None))
    return int(connection.execute(query).scalar_one())


def listed(
    connection: Connection, person: str, *, only_unread: bool, most: int, skip: int = 0
) -> tuple[int, list[Any]]:
    """How many notices a person has, and a page of them, the newest first."""
    mine = notices.c.person == person
    if only_unread:
        mine &= notices.c.read_at.is_(None)
    counted = select(func.count()).select_from(notices).where(mine)
    total = int(connection.execute(counted).scalar_one())
    query = select(notices).where(mine).order_by(notices.c.at.desc(), notices.c.notice)
    return total, list(connection.execute(query.limit(most).offset(skip)))


def read(connection: Connection, person: str, at: datetime, notice: str = "") -> None:
    """Mark one notice of the person as read, or all of them."""
    mine = (notices.c.person == person) & notices.c.read_at.is_(None)
    if notice:
        mine &= notices.c.notice == notice
    connection.execute(update(notices).where(mine).values(read_at=at.isoformat()))


def take_digests(connection: Connection, day: str) -> dict[str, list[Any]]:
    """What waits for each person's daily email, taken for this day's, the oldest first."""
    query = select(notices).where(notices.c.digest == WAITS)
    found: dict[str, list[Any]] = {}
    for row in connection.execute(query.order_by(notices.c.at, notices.c.notice)):
        found.setdefault(row.person, []).append(row)
    connection.execute(update(notices).where(notices.c.digest == WAITS).values(digest=day))
    return found


def forget_before(connection: Connection, at: datetime) -> None:
    """Forget the notices of before an instant: the record itself keeps what happened."""
    connection.execute(
        delete(notices).where(notices.c.at < at.isoformat(), notices.c.digest != WAITS)
    )


def settle(connection: Connection, before: datetime) -> None:
    """Take what was told before an instant as read, and as emailed."""
    old = notices.c.at < before.isoformat()
    connection.execute(
        update(notices).where(old).values(read_at=before.isoformat(), digest=before.isoformat())
    )
