"""The ledger of jobs: each due run is claimed once, however many schedulers look at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Table,
    Text,
    and_,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from eventlog.database import metadata

RUNNING, DONE, FAILED = "running", "done", "failed"
#: A run whose scheduler died is taken again after this long.
ABANDONED = timedelta(minutes=30)
_LONGEST_WAIT = timedelta(hours=4)
#: After this many failures (about half an hour) what comes later no longer waits for a run.
PATIENT = 5

job_runs = Table(
    "job_runs",
    metadata,
    Column("job", Text, primary_key=True),
    Column("due", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("again_at", Text, nullable=False),
    Column("ended_at", Text, nullable=False),
    Column("said", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Run:
    """One due run of a job that this scheduler has claimed."""

    job: str
    due: str
    tries: int


def claim(connection: Connection, job: str, due: str, at: datetime) -> Run | None:
    """Claim a run. None when another has it, or it is done, or it is too early to try again."""
    # RETURNING and not the row count, which psycopg gives as -1 for an insert.
    begin = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    fresh = (
        begin(job_runs)
        .values(
            job=job,
            due=due,
            state=RUNNING,
            tries=1,
            started_at=at.isoformat(),
            again_at=(at + ABANDONED).isoformat(),
            ended_at="",
            said="",
        )
        .on_conflict_do_nothing()
        .returning(job_runs.c.tries)
    )
    again = (
        update(job_runs)
        .where(
            job_runs.c.job == job,
            job_runs.c.due == due,
            job_runs.c.state != DONE,
            job_runs.c.again_at <= at.isoformat(),
        )
        .values(
            state=RUNNING,
            tries=job_runs.c.tries + 1,
            started_at=at.isoformat(),
            again_at=(at + ABANDONED).isoformat(),
        )
        .returning(job_runs.c.tries)
    )
    for statement in (fresh, again):
        tries = connection.execute(statement).scalar()
        if tries is not None:
            return Run(job, due, tries)
    return None


def says(connection: Connection, job: str, due: str, step: str) -> None:
    """How far a run that is under way has come, in a few words."""
    connection.execute(
        update(job_runs)
        .where(job_runs.c.job == job, job_runs.c.due == due, job_runs.c.state == RUNNING)
        .values(said=step[:1000])
    )


def done(connection: Connection, run: Run, at: datetime, said: str = "") -> None:
    """The run is finished and is never done again."""
    _end(connection, run, DONE, at, at, said)


def failed(connection: Connection, run: Run, at: datetime, said: str) -> None:
    """The run failed: it may be tried again, each time after a longer wait."""
    wait = min(timedelta(minutes=2 ** min(run.tries, 12)), _LONGEST_WAIT)
    _end(connection, run, FAILED, at, at + wait, said)


def _end(
    connection: Connection, run: Run, state: str, at: datetime, again: datetime, said: str
) -> None:
    # A run that took so long that another took it is the other's to end.
    connection.execute(
        update(job_runs)
        .where(
            job_runs.c.job == run.job,
            job_runs.c.due == run.due,
            job_runs.c.tries == run.tries,
            job_runs.c.state == RUNNING,
        )
        .values(state=state, ended_at=at.isoformat(), again_at=again.isoformat(), said=said[:1000])
    )


def forget(connection: Connection, dues: Sequence[str]) -> None:
    """Drop the runs of what was asked for once, by names that no other run has."""
    connection.execute(delete(job_runs).where(job_runs.c.due.in_(dues)))


def latest_of(connection: Connection, job: str, due: str) -> Any:
    """How one run stands, or None when nobody has begun it."""
    query = select(job_runs).where(job_runs.c.job == job, job_runs.c.due == due)
    return connection.execute(query).first()


def finished(connection: Connection, job: str) -> set[str]:
    """The due runs of a job that are done."""
    query = select(job_runs.c.due).where(job_runs.c.job == job, job_runs.c.state == DONE)
    return set(connection.execute(query).scalars())


def last_of(connection: Connection, jobs: Sequence[str]) -> list[Any]:
    """The last run of each of these jobs, the earlier day first."""
    held = job_runs.c
    last = (
        select(held.job, func.max(held.due).label("due")).where(held.job.in_(jobs))
        .group_by(held.job).subquery()
    )  # fmt: skip
    query = (
        select(job_runs)
        .join(last, and_(last.c.job == held.job, last.c.due == held.due))
        .order_by(held.due, held.job)
    )
    return list(connection.execute(query))


def given_up(connection: Connection, job: str) -> set[str]:
    """The due runs of a job that failed so often that others no longer wait for them."""
    query = select(job_runs.c.due).where(
        job_runs.c.job == job, job_runs.c.state == FAILED, job_runs.c.tries >= PATIENT
    )
    return set(connection.execute(query).scalars())


def failures(connection: Connection) -> int:
    """How many due runs failed and have not been done since."""
    query = select(func.count()).where(job_runs.c.state == FAILED)
    return int(connection.execute(query).scalar_one())


def runs(connection: Connection) -> int:
    """How many runs there were."""
    return int(connection.execute(select(func.count()).select_from(job_runs)).scalar_one())


def latest(connection: Connection, most: int = 50, skip: int = 0) -> list[Any]:
    """The runs that started last, for the administrator."""
    held = job_runs.c
    query = select(job_runs).order_by(held.started_at.desc(), held.job, held.due)
    return list(connection.execute(query.limit(most).offset(skip)))
