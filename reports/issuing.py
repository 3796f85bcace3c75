"""Making a month's report: a draft that leaves no trace, or an issue that happens once.

A report is issued in one transaction, after its file is made: the event, the archived bytes
with their inputs, and the emails to the committee's recipients.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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
from eventlog.recorded import Recorded
from eventlog.store import Store
from reports import archive, monthly
from reports.archive import Archived, canonical
from reports.calendar import LONDON
from reports.composing.portfolio import all_programmes
from reports.composing.record import programmes
from reports.issued import PORTFOLIO, IssueReport, report_of
from workflows import directory, outbox
from workflows.handling import Handling
from workflows.outbox import Message
from workflows.people import SCHEDULER

#: Told which step the making has reached, as a short sentence.
Progress = Callable[[str], None]
#: Above this size (bytes) the PDF is not attached to the email, which says where it is instead.
LARGEST_ATTACHED = 8_000_000


def _silent(_: str) -> None:
    """For those who do not show progress."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made: its bytes, and its inputs as canonical JSON."""

    pdf: bytes
    pages: int
    inputs: str
    position: int
    closing: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A report in the archive. ``fresh`` is False when it had been issued before."""

    archived: Archived
    fresh: bool


@dataclass(frozen=True)
class Reports:
    """What makes reports: the log, the one door for changes, and where the fonts are.

    ``checkpoint`` signs the log in a write transaction: before a report is made from it, and again
    with the event that says that it was issued. ``workers`` processes draw a long report.
    """

    store: Store
    kinds: Mapping[str, Kind]
    handling: Handling
    fonts: Path
    address: str
    checkpoint: Callable[[Connection, datetime], Checkpoint] | None = None
    workers: int = 2

    def draft(
        self,
        programme: str,
        month: Month,
        *,
        by: str,
        at: datetime,
        position: int | None = None,
        progress: Progress = _silent,
    ) -> Made:
        """A report marked DRAFT from the log as it stands, or stood at ``position``."""
        head = self.store.head()[0]
        if position is not None and position > head:
            raise Refused(f"The log ends at position {head:,}: give that one or an earlier one.")
        if month > Month.of(at.astimezone(LONDON).date()):
            raise Refused(f"{month_words(month)} has not begun: there is nothing to report yet.")
        upto = head if position is None else position
        request = monthly.Request(programme, month, upto, by, at, draft=True, address=self.address)
        return self._make(request, progress)

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
            return Issued(earlier, fresh=False)
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
            # Refused now rather than when the pages have been drawn.
            self.handling.rehearse([_command(request, _NOTHING)], by=by, at=at)
            made = self._make(request, progress)
            progress("Writing it to the archive.")
            return self._keep(request, made, also)
        except Refused:
            # Another was first: theirs is the report.
            with self.store.database.read() as connection:
                theirs = archive.fetch(connection, programme, month)
            if theirs is None or theirs.edition < edition:
                raise
            return Issued(theirs, fresh=False)

    def _signed(self, at: datetime) -> int:
        """The position that the report is made from: the log is signed there first."""
        if self.checkpoint is None:
            return self.store.head()[0]
        with self.store.database.write() as connection:
            return self.checkpoint(connection, at).size

    def _make(self, request: monthly.Request, progress: Progress) -> Made:
        from reports.pdf import page_count, render

        progress("Reading the log.")
        composed = monthly.compose(self.store, self.kinds, request)
        progress("Drawing the pages.")
        pdf = render(composed.contents, composed.branding, self.fonts, self.workers, progress)
        return Made(
            pdf, page_count(pdf), canonical(composed.inputs), request.position, composed.closing
        )

    def _keep(
        self,
        request: monthly.Request,
        made: Made,
        also: Callable[[Connection], None] | None,
    ) -> Issued:
        report = Archived(
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
        )
        self.handling.handle(
            _command(request, made),
            by=request.by,
            at=request.at,
            also=partial(self._also, report, also),
        )
        return Issued(report, fresh=True)

    def _also(
        self,
        report: Archived,
        also: Callable[[Connection], None] | None,
        connection: Connection,
        recorded: Sequence[Recorded[Any]],
    ) -> None:
        archive.keep(connection, report)
        if also is not None:
            also(connection)
        programme = self._programme(report.programme)
        outbox.queue(
            connection, self._messages(report, programme, recorded[-1].position), report.issued_at
        )
        if self.checkpoint is not None:  # so that the issue itself is under a signature as well
            self.checkpoint(connection, report.issued_at)

    def title_of(self, programme: str) -> str:
        """What the programme is called."""
        return self._programme(programme).title

    def _programme(self, key: str) -> Programme:
        if key == PORTFOLIO:
            every = programmes(self.store, self.store.head()[0])
            return all_programmes([self._programme(one) for one in every])
        found: Programme = self.kinds["programme"].stand(key, self.store.load(f"programme-{key}"))
        return found

    def _messages(self, report: Archived, programme: Programme, position: int) -> list[Message]:
        month = month_words(report.month)
        again = (
            f" This edition {report.edition} replaces the one before: {report.reason}"
            if (report.edition > 1)
            else ""
        )
        where = f"{self.address}/reports/{report.programme}/{report.month}"
        attached = len(report.pdf) <= LARGEST_ATTACHED
        body = (
            f"The benefits realisation report of {programme.title} for {month} is "
            f"{'attached' if attached else 'ready'}.{again}\n\n"
            f"You can also read it, and see what stands behind each figure, at:\n{where}\n\n"
            f"It has {report.pages} pages. Its SHA-256 is {report.pdf_sha256}.\n"
        )
        return [
            Message(
                f"report-{report.programme}-{report.month}-{report.edition}-{person}",
                person,
                f"report {report.programme} {report.month}",
                outbox.one_line(f"Benefits realisation report, {programme.title}, {month}"),
                body,
                file_name(programme.title, report.month) if attached else "",
                report.pdf if attached else None,
                position,
            )
            for person in programme.recipients
        ]


#: A report that has not been made yet: to ask whether it may be issued at all.
_NOTHING = Made(b"", 0, "", 0, "")


def _command(request: monthly.Request, made: Made) -> IssueReport:
    return IssueReport(
        report_of(request.programme, request.month),
        request.programme,
        request.month,
        request.edition,
        made.position,
        sha256(made.pdf).hexdigest(),
        sha256(made.inputs.encode()).hexdigest(),
        made.closing,
        request.reason,
    )


def file_name(title: str, month: Month, *, draft: bool = False) -> str:
    """What a report's file is called: plain letters, digits and hyphens."""
    plain = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in title)
    words = "-".join(word for word in plain.lower().split("-") if word)[:60] or "programme"
    return f"benefits-report-{words}-{month}{'-DRAFT' if draft else ''}.pdf"


def issuer_name(connection: Connection, by: str) -> str:
    """How a report says who issued it."""
    if by == SCHEDULER:
        return "issued by schedule"
    return directory.names(connection, [by]).get(by, directory.FORMER)
