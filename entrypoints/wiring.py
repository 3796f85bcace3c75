"""Puts the parts together: every table that a package exports meets here, once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, func, select

from benefits import events as benefit_events
from benefits import programme
from benefits.benefit import Benefit
from benefits.periods import FinancialYear, Month
from benefits.programme import MtfsLine, Overlap, Programme
from benefits.register import benefit_rows, lasting_rows, programme_rows
from benefits.register import tables as register_tables
from benefits.rules import Rule
from benefits.rules.table import RULES as BENEFIT_RULES
from benefits.standing import apply as apply_to_benefit
from entrypoints.measured import TimedStore, counted
from entrypoints.notify import LARGEST_FILE
from entrypoints.requests import correlation
from entrypoints.settings import Settings
from entrypoints.signing_key import known_keys, signing_keys
from eventlog import checkpoints
from eventlog.catalogue import Catalogue, Hook
from eventlog.checkpoints import Checkpoint
from eventlog.database import Database
from eventlog.keeping import Register
from eventlog.kinds import Kind
from eventlog.recorded import instant_text
from eventlog.signed_note import Keys
from eventlog.store import Store
from eventlog.tables import Projection
from eventlog.tables import events as events_table
from reports import issued
from reports.composing.portfolio import all_programmes
from reports.composing.record import programmes
from reports.delivering import LARGEST_ATTACHED
from reports.issued import PORTFOLIO
from reports.issuing import Reports
from reports.status_rows import status_rows
from reports.telling import told_of_report
from workflows import (
    appraising,
    boards,
    council,
    events,
    inbox,
    meeting_rows,
    meetings,
    outbox,
    people,
    readiness,
    sign_off,
    telling,
)
from workflows.boards import Board, apply_to_board
from workflows.commands import Role
from workflows.context import Context
from workflows.council import Council, apply_to_council
from workflows.handling import Handling
from workflows.meetings import Meeting, apply_to_meeting
from workflows.people import Person, apply_to_person
from workflows.permissions import PERMISSIONS, Permission, Standing, may_ask
from workflows.scrutiny import events as scrutiny_events
from workflows.scrutiny import rows as scrutiny_rows
from workflows.scrutiny import rules as scrutiny_rules
from workflows.scrutiny import telling as scrutiny_telling
from workflows.scrutiny.question import Question, apply_to_question
from workflows.told import told
from workflows.witness import checkpoint_message
from workflows.work import Work

RULES: Mapping[type, Rule] = {
    **BENEFIT_RULES,
    **boards.RULES,
    **people.RULES,
    **council.RULES,
    **meetings.RULES,
    **appraising.RULES,
    **sign_off.RULES,
    **scrutiny_rules.RULES,
    **issued.RULES,
}

#: Who may ask what; issuing a report is known to the reports alone, so it joins the table here.
MAY_ASK: Mapping[type, Permission] = {
    **PERMISSIONS,
    issued.IssueReport: Permission(
        "issue a report", (Role.PMO, Standing.SCHEDULER, Standing.SETUP)
    ),
}

#: Who is told of what; a report is known to the reports alone, so it joins the table here.
TELLERS: Mapping[type, telling.Teller] = {
    **telling.TELLERS,
    **scrutiny_telling.TELLERS,
    issued.ReportIssued: told_of_report,
}


#: What the register holds of a benefit: as it stands, its next gate, and its status on any day.
_BENEFIT_ROWS = (*benefit_rows.PARTS, readiness.rows, status_rows)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "benefit",
            Benefit,
            apply_to_benefit,
            _BENEFIT_ROWS,
            lasting_rows.PARTS,
            facts_stay=True,
        ),
        Kind(
            "programme",
            Programme,
            programme.apply_to_programme,
            (programme_rows.programme_rows,),
        ),
        Kind("overlap", Overlap, programme.apply_to_overlap, (programme_rows.overlap_rows,)),
        Kind("mtfs-line", MtfsLine, programme.apply_to_mtfs_line, (programme_rows.mtfs_rows,)),
        Kind("board", Board, apply_to_board, (inbox.board_rows,)),
        Kind("meeting", Meeting, apply_to_meeting, (meeting_rows.meeting_rows,)),
        Kind("person", Person, apply_to_person, (inbox.person_rows,), facts_stay=True),
        Kind("council", lambda _: Council(), apply_to_council),
        Kind("question", Question, apply_to_question, (scrutiny_rows.question_rows,)),
        Kind("report", issued.IssuedReport, issued.apply_to_report),
    )
}


def catalogue() -> Catalogue:
    """Every kind of event of every package, under its stored name."""
    found = Catalogue(
        {Month: Hook(str, Month.parse), FinancialYear: Hook(str, FinancialYear.parse)}
    )
    names = {
        **benefit_events.STORED_NAMES,
        **events.STORED_NAMES,
        **scrutiny_events.STORED_NAMES,
        **issued.STORED_NAMES,
    }
    for cls, name in names.items():
        found.register(name, cls)
    return found


def rebuilding(database: Database) -> Store:
    """The log with projections that start from nothing: for a rebuild or a comparison."""
    register = Register(KINDS)
    tables = (
        *register_tables.READ_TABLES,
        *inbox.READ_TABLES,
        *meeting_rows.READ_TABLES,
        *scrutiny_rows.READ_TABLES,
    )
    projection = Projection(
        "register", tables, register.keep, follow=register.follow, settle=register.settle
    )
    return Store(database, catalogue(), (projection,))


def _copy_of(settings: Settings) -> Store | None:
    """The log in the copy that reports are read from, where there is one."""
    if not settings.report_database_url:
        return None
    copy = Database.open(settings.report_database_url, pool=settings.pool)
    return Store(copy, catalogue())


class Realise:
    """The whole application behind its doors: what pages, commands and jobs are given."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings
        self.store = TimedStore(database, catalogue())
        may = partial(may_ask, table=MAY_ASK)
        self.handling = Handling(
            self.store,
            KINDS,
            RULES,
            may,
            sign_off.follows,
            told,
            partial(telling.prepared, tellers=TELLERS, address=settings.address),
            correlation=correlation,
        )
        self.handle = counted(self.handling.handle)
        self.rehearse = self.handling.rehearse
        self.reports = Reports(
            self.store,
            KINDS,
            self.handling,
            settings.static_folder.parent / "fonts",
            settings.address,
            self.checkpoint,
            settings.report_workers,
            LARGEST_ATTACHED if settings.notify is None else LARGEST_FILE,
            _copy_of(settings),
        )

    def checkpoint(self, connection: Connection, at: datetime) -> Checkpoint:
        """Sign the log as it stands in this write transaction, and tell the witness of it.

        Raises ``NotConsistent`` when the log does not follow from its last checkpoint.
        """
        keys = signing_keys(self.settings.signing_key_file)
        wait = self.database.lock_wait
        return checkpoints.make(connection, keys, at, self._tell_witness, wait)

    def checkpoint_now(self, at: datetime) -> Checkpoint:
        """The same in a transaction of its own."""
        with self.database.write() as connection:
            return self.checkpoint(connection, at)

    def keys(self) -> Keys | None:
        """The keys whose signatures count here; None before the first checkpoint."""
        return known_keys(self.settings.signing_key_file)

    def _tell_witness(self, connection: Connection, made: Checkpoint) -> None:
        address = self.settings.witness_email
        if address:
            message = checkpoint_message(made, address)
            outbox.queue(connection, [message], datetime.fromisoformat(made.made_at))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One moment of the database, for queries."""
        with self.database.read() as connection:
            yield connection

    def standing(self, kind: str, key: str, upto: int | None = None, **given: Any) -> Any:
        """A thing as it stands, or as it stood at a position of the log."""
        stream = f"{kind}-{key}"
        return KINDS[kind].stand(key, self.store.load(stream, upto=upto, **given))

    def context(
        self, connection: Connection, by: str, at: datetime, reading: Sequence[str] = ()
    ) -> Context:
        """What rules see at one moment when this person asks: to look at tests before asking.

        ``reading`` are streams that will be looked at, read all at once.
        """
        work = Work(self.store, KINDS, connection, by, at, self.handling.held)
        work.preload(reading)
        return work

    def position_at(self, instant: datetime) -> int:
        """The last position of the log that was recorded before this instant; 0 for none."""
        query = select(func.coalesce(func.max(events_table.c.position), 0)).where(
            events_table.c.recorded_at < instant_text(instant)
        )
        with self.database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def benefit(self, benefit: str, upto: int | None = None) -> Benefit:
        """A benefit as it stands, or stood; of version 0 when there is none."""
        found: Benefit = self.standing("benefit", benefit, upto)
        return found

    def programme(self, key: str, upto: int | None = None) -> Programme:
        """A programme as it stands, or stood; of version 0 when there is none.

        All of them together go by ``PORTFOLIO``.
        """
        if key == PORTFOLIO:
            every = programmes(self.store, self.store.head()[0] if upto is None else upto)
            standing = [self.programme(one, upto) for one in every]
            return all_programmes(standing) if standing else Programme(key)
        found: Programme = self.standing("programme", key, upto)
        return found
