"""Long drafts that somebody asked for: the scheduler makes them, and only who asked is given them.

A draft of few benefits is handed over at once. A longer one is kept in this table, which is not
rebuilt, with its bytes once it is made. It goes, with its run in the ledger, after a day and when
the same person asks for the same again. It is no part of the log or of the archive.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Table,
    Text,
    delete,
    exists,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from benefits.periods import Month
from eventlog.database import metadata
from reports.issued import Circulation
from workflows import ledger

#: How the names of their runs begin in the ledger.
_JOB = "draft of "
#: How long a draft is kept after it was asked for.
KEPT = timedelta(days=1)

asked_drafts = Table(
    "asked_drafts",
    metadata,
    Column("person", Text, primary_key=True),
    Column("programme", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("circulation", Text, primary_key=True),
    Column("known", Text, primary_key=True),
    Column("draft", Text, nullable=False, unique=True),
    Column("asked_at", Text, nullable=False, index=True),
    Column("pdf", LargeBinary, nullable=True),
)
_HELD = asked_drafts.c
#: Everything but the bytes, which are megabytes.
_PLAIN = [column for column in _HELD if column.name != "pdf"]


@dataclass(frozen=True, slots=True)
class AskedDraft:
    """A draft for one person, from the record as known at the end of a day, or as it stands.

    ``draft`` names it in its address and in the ledger of runs: nobody can guess it.
    """

    draft: str
    person: str
    programme: str
    month: Month
    circulation: Circulation
    known: date | None
    asked_at: datetime

    @property
    def job(self) -> str:
        """What its run is called in the ledger."""
        return f"{_JOB}{self.programme}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a draft is: made, or as its run in the ledger says (empty before it begins)."""

    asked: AskedDraft
    made: bool
    state: str
    said: str
    again_at: str


def new(
    person: str,
    programme: str,
    month: Month,
    circulation: Circulation,
    known: date | None,
    at: datetime,
) -> AskedDraft:
    """A draft that was never asked for before, with a name of its own."""
    name = f"{month}-{secrets.token_hex(16)}"
    return AskedDraft(name, person, programme, month, circulation, known, at)


def ask(connection: Connection, asked: AskedDraft) -> None:
    """Put it on the list. The same asked twice stands there once, while it is being made.

    One that was made, or could not be, gives way to the new one.
    """
    known = asked.known.isoformat() if asked.known else ""
    which = {
        "person": asked.person,
        "programme": asked.programme,
        "month": str(asked.month),
        "circulation": asked.circulation.value,
        "known": known,
    }
    runs = ledger.job_runs.c
    failed = exists().where(runs.due == _HELD.draft, runs.state == ledger.FAILED)
    same = [_HELD[name] == value for name, value in which.items()]
    connection.execute(delete(asked_drafts).where(*same, or_(_HELD.pdf.is_not(None), failed)))
    begin = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(
        begin(asked_drafts)
        .values(draft=asked.draft, asked_at=asked.asked_at.isoformat(), **which)
        .on_conflict_do_nothing()
    )


def waiting(connection: Connection) -> list[AskedDraft]:
    """Every draft that is not made yet, the first asked first."""
    query = select(*_PLAIN).where(_HELD.pdf.is_(None)).order_by(_HELD.asked_at, _HELD.draft)
    return [_asked(row) for row in connection.execute(query)]


def keep(connection: Connection, asked: AskedDraft, pdf: bytes) -> None:
    """Keep what was made, for who asked. One that was dropped meanwhile stays dropped."""
    connection.execute(update(asked_drafts).where(_HELD.draft == asked.draft).values(pdf=pdf))


def of_person(connection: Connection, person: str, at: datetime) -> list[Standing]:
    """The drafts of one person that are kept at this instant, the last asked first."""
    runs = ledger.job_runs
    query = (
        select(*_PLAIN, _HELD.pdf.is_not(None).label("made"), runs.c.state, runs.c.said,
               runs.c.again_at)
        .select_from(asked_drafts.outerjoin(runs, runs.c.due == _HELD.draft))
        .where(_HELD.person == person, _HELD.asked_at > (at - KEPT).isoformat())
        .order_by(_HELD.asked_at.desc(), _HELD.draft)
    )  # fmt: skip
    return [
        Standing(
            _asked(row), bool(row.made), row.state or "", row.said or "", row.again_at or ""
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def fetch(
    connection: Connection, draft: str, person: str, at: datetime
) -> tuple[AskedDraft, bytes] | None:
    """A draft with its bytes, where this person asked for it and it is made and kept."""
    query = select(asked_drafts).where(
        _HELD.draft == draft,
        _HELD.person == person,
        _HELD.pdf.is_not(None),
        _HELD.asked_at > (at - KEPT).isoformat(),
    )
    row = connection.execute(query).first()
    return None if row is None else (_asked(row), bytes(row.pdf))


def outlived(connection: Connection, at: datetime) -> Sequence[str]:
    """The names of the drafts kept for their day, and of runs whose draft is here no more."""
    runs = ledger.job_runs.c
    query = union(
        select(_HELD.draft).where(_HELD.asked_at <= (at - KEPT).isoformat()),
        select(runs.due).where(runs.job.startswith(_JOB), ~exists().where(_HELD.draft == runs.due)),
    )
    return connection.execute(query).scalars().all()


def drop(connection: Connection, drafts: Sequence[str]) -> None:
    """Drop the drafts of these names, and their runs."""
    connection.execute(delete(asked_drafts).where(_HELD.draft.in_(drafts)))
    ledger.forget(connection, drafts)


def _asked(row: Any) -> AskedDraft:
    return AskedDraft(
        row.draft,
        row.person,
        row.programme,
        Month.parse(row.month),
        Circulation(row.circulation),
        date.fromisoformat(row.known) if row.known else None,
        datetime.fromisoformat(row.asked_at),
    )
