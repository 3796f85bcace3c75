"""Making a month's report: a draft that leaves no trace, or an issue that happens once.

A report is issued in one transaction, after its file is made: the event, the archived bytes
with their inputs, and the emails to the committee's recipients.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from benefits.periods import Month
from benefits.programme import Programme
from benefits.refusals import Refused
from benefits.wording.writing import month as month_words
from eventlog.checkpoints import Checkpoint
from eventlog.kinds import Kind
from eventlog.narrowed import whole
from eventlog.recorded import Recorded
from eventlog.replica import from_copy
from eventlog.store import Store
from reports import archive, monthly
from reports.archive import Archived, canonical
from reports.calendar import must_have_begun
from reports.composing.portfolio import all_programmes
from reports.composing.record import programmes
from reports.delivering import LARGEST_ATTACHED, message
from reports.issued import PORTFOLIO, Circulation, IssueReport, NothingExempt, report_of
from workflows import outbox
from workflows.exempt import exempt_readers
from workflows.handling import Handling

#: Told which step the making has reached, as a short sentence.
Progress = Callable[[str], None]


def _silent(_: str) -> None:
    """For nobody."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made: its bytes, and its inputs as canonical JSON."""

    pdf: bytes
    pages: int
    inputs: str
    position: int
    closing: str
    holds_exempt: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """A report in the archive. ``fresh`` is False when it had been issued before.
    ``exempt`` is the same report with what is exempt, where anything is."""

    archived: Archived
    fresh: bool
    exempt: Archived | None = None


@dataclass(frozen=True)
class Reports:
    """What makes reports: the log, the one door for changes, and where the fonts are.

    ``checkpoint`` signs the log in a write transaction: before a report is made from it, and again
    with the event that says that it was issued. ``workers`` processes draw a long report; it is
    read from ``copy`` of the log where there is one that has caught up.
    """

    store: Store
    kinds: Mapping[str, Kind]
    handling: Handling
    fonts: Path
    address: str
    checkpoint: Callable[[Connection, datetime], Checkpoint] | None = None
    workers: int = 2
    largest_attached: int = LARGEST_ATTACHED
    copy: Store | None = None

    @whole()  # a total is a total, whatever the person who asks for it can see
    def draft(
        self,
        programme: str,
        month: Month,
        *,
        by: str,
        at: datetime,
        position: int | None = None,
        progress: Progress = _silent,
        circulation: Circulation = Circulation.PUBLIC,
    ) -> Made:
        """A report marked DRAFT from the log as it stands, or stood at ``position``."""
        head = self.store.head()[0]
        if position is not None and position > head:
            raise Refused(f"The log ends at position {head:,}: give that one or an earlier one.")
        must_have_begun(month, at)
        upto = head if position is None else position
        request = monthly.Request(
            programme,
            month,
            upto,
            by,
            at,
            draft=True,
            address=self.address,
            circulation=circulation,
        )
        return self._make(request, progress)

    @whole()
    def issue(
        self,
        programme: str,
        month: Month,
        *,
        by: str,
        at: datetime,
        reason: str = "",
        reissue: bool = False,
        progress: Progress = _silent,
        also: Callable[[Connection], None] | None = None,
    ) -> Issued:
        """Issue the month's report. One issued already is given back, unless it is a reissue.

        ``also`` writes kept tables in the same transaction. Raises ``Refused`` when the month is
        not over, or a reissue has no reason or no earlier edition.
        """
        with self.store.database.read() as connection:
            earlier = archive.fetch(connection, programme, month)
        if earlier is not None and not reissue:
            return self._before(earlier)
        if earlier is None and reissue:
            raise Refused(f"The report of {month_words(month)} has not been issued yet: issue it.")
        edition = 1 if earlier is None else earlier.edition + 1
        upto = self._signed(at)
        request = monthly.Request(
            programme,
            month,
            upto,
            by,
            at,
            draft=False,
            edition=edition,
            reason=reason,
            address=self.address,
        )
        try:
            self.handling.rehearse([_command(request, _NOTHING)], by=by, at=at)  # before drawing
            made = self._make(request, progress)
            exempt = None
            if made.holds_exempt:
                progress("Making the exempt edition.")
                exempt = self._make(replace(request, circulation=Circulation.EXEMPT), progress)
            progress("Writing it to the archive.")
            return self._keep(request, made, exempt, also)
        except Refused:  # another was first: theirs is the report
            with self.store.database.read() as connection:
                theirs = archive.fetch(connection, programme, month)
            if theirs is None or theirs.edition < edition:
                raise
            return self._before(theirs)

    def _before(self, kept: Archived) -> Issued:
        """A report that had been issued before."""
        which = (kept.programme, kept.month, kept.edition, Circulation.EXEMPT)
        with self.store.database.read() as connection:
            return Issued(kept, fresh=False, exempt=archive.fetch(connection, *which))

    def _signed(self, at: datetime) -> int:
        """The position that the report is made from: the log is signed there first."""
        if self.checkpoint is None:
            return self.store.head()[0]
        with self.store.database.write() as connection:
            return self.checkpoint(connection, at).size

    def _make(self, request: monthly.Request, progress: Progress) -> Made:
        from reports.pdf import page_count, render

        progress("Reading the log.")
        read = partial(monthly.compose, kinds=self.kinds, request=request)
        composed = from_copy(self.store, self.copy, read)
        if request.circulation is Circulation.EXEMPT and not composed.contents.cover.holds_exempt:
            raise NothingExempt(request.month)
        progress("Drawing the pages.")
        pdf = render(composed.contents, composed.branding, self.fonts, self.workers, progress)
        return Made(
            pdf,
            page_count(pdf),
            canonical(composed.inputs),
            request.position,
            composed.closing,
            composed.contents.cover.holds_exempt,
        )

    def _keep(
        self,
        request: monthly.Request,
        made: Made,
        exempt: Made | None,
        also: Callable[[Connection], None] | None,
    ) -> Issued:
        kept = [_archived(request, made, Circulation.PUBLIC)]
        if exempt is not None:
            kept.append(_archived(request, exempt, Circulation.EXEMPT))
        self.handling.handle(
            _command(request, made, exempt),
            by=request.by,
            at=request.at,
            also=partial(self._also, kept, also),
        )
        return Issued(kept[0], fresh=True, exempt=kept[-1] if exempt else None)

    def _also(
        self,
        kept: Sequence[Archived],
        also: Callable[[Connection], None] | None,
        connection: Connection,
        recorded: Sequence[Recorded[Any]],
    ) -> None:
        for report in kept:
            archive.keep(connection, report)
        if also is not None:
            also(connection)
        first = kept[0]
        programme = self._programme(first.programme)
        told = exempt_readers(connection) if len(kept) > 1 else frozenset()
        messages = [
            message(
                person,
                kept[-1] if person in told else first,
                programme,
                self.address,
                self.largest_attached,
            )
            for person in programme.recipients
        ]
        position = recorded[-1].position
        outbox.queue(
            connection, [replace(one, position=position) for one in messages], first.issued_at
        )
        if self.checkpoint is not None:  # so that the issue itself is under a signature as well
            self.checkpoint(connection, first.issued_at)

    def title_of(self, programme: str) -> str:
        """What the programme is called."""
        return self._programme(programme).title

    def _programme(self, key: str) -> Programme:
        if key == PORTFOLIO:
            every = programmes(self.store, self.store.head()[0])
            return all_programmes([self._programme(one) for one in every])
        found: Programme = self.kinds["programme"].stand(key, self.store.load(f"programme-{key}"))
        return found


#: A report that has not been made yet: to ask whether it may be issued at all.
_NOTHING = Made(b"", 0, "", 0, "")


def _archived(request: monthly.Request, made: Made, circulation: Circulation) -> Archived:
    return Archived(
        request.programme,
        request.month,
        request.edition,
        request.at,
        request.by,
        made.closing,
        request.reason,
        made.position,
        made.pages,
        made.inputs,
        made.pdf,
        circulation,
    )


def _hashes(made: Made) -> tuple[str, str]:
    return sha256(made.pdf).hexdigest(), sha256(made.inputs.encode()).hexdigest()


def _command(request: monthly.Request, made: Made, exempt: Made | None = None) -> IssueReport:
    return IssueReport(
        report_of(request.programme, request.month),
        request.programme,
        request.month,
        request.edition,
        made.position,
        *_hashes(made),
        made.closing,
        request.reason,
        _hashes(exempt) if exempt else None,
    )
