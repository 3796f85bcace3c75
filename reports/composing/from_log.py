"""The record that a report rests on, put together from the events of a log and nothing else.

It is what ``record.read`` reads from the database; here no database is needed. Names of people
are not in the log, so everybody is a former person.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from benefits.events.details import BenefitIdentified
from benefits.events.programme import MtfsLineRecorded
from benefits.periods import Month
from benefits.refusals import NotFound
from eventlog.kinds import Kind
from eventlog.recorded import Recorded
from eventlog.seal import BEGINNING
from reports.archive import Archived, canonical
from reports.composing import opening
from reports.composing.book import book_of
from reports.composing.portfolio import together
from reports.composing.record import Names, Record, Told
from reports.composing.steps import LastReport, follow
from reports.composing.waiting import as_reported
from reports.issued import PORTFOLIO, ReportIssued
from workflows.scrutiny.events import QuestionAsked
from workflows.scrutiny.question import Question

Events = Sequence[Recorded[Any]]


@dataclass(frozen=True)
class Log:
    """The events of a log in their order, and how the kinds of stream add up."""

    events: Events
    kinds: Mapping[str, Kind]

    def programmes(self, position: int) -> list[str]:
        """The programmes that had been started by a position."""
        streams = (r.stream for r in self.events[:position] if r.stream.startswith("programme-"))
        return [stream.removeprefix("programme-") for stream in dict.fromkeys(streams)]

    def record(self, programme: str, month: Month, position: int, last: Archived | None) -> Record:
        """Everything at a position, of one programme or of all. Raises ``NotFound``."""
        if programme == PORTFOLIO:
            every = self.programmes(position)
            return together([self.record(one, month, position, last) for one in every])
        streams: dict[str, list[Recorded[Any]]] = defaultdict(list)
        for recorded in self.events[:position]:
            streams[recorded.stream].append(recorded)
        stands = self.kinds["programme"].stand(programme, streams[f"programme-{programme}"])
        if not stands.exists:
            raise NotFound("There is no such programme at this position of the log.")
        benefits = self._benefits(programme, month, position, streams, last)
        boards = {case.submitted.board for told in benefits for case in told.benefit.cases.values()}
        lines = self._ids(position, MtfsLineRecorded, "mtfs-line-")

        def one(kind: str, key: str) -> Any:
            return self.kinds[kind].stand(key, streams.get(f"{kind}-{key}", []))

        return Record(
            month,
            position,
            self.events[position - 1].hash if position else BEGINNING,
            stands,
            streams[f"programme-{programme}"],
            benefits,
            one("board", stands.board),
            {board: one("board", board) for board in sorted(boards)},
            one("council", "council"),
            tuple(one("mtfs-line", line) for line in lines),
            [recorded for line in lines for recorded in streams[f"mtfs-line-{line}"]],
            Names({}),
            last,
            self._questions(programme, position, streams),
        )

    def _questions(
        self, programme: str, position: int, streams: Mapping[str, Events]
    ) -> tuple[Question, ...]:
        ids = self._ids(position, QuestionAsked, "question-")
        stands = (self.kinds["question"].stand(one, streams[f"question-{one}"]) for one in ids)
        return tuple(q for q in stands if q.programme == programme)

    def _ids(self, position: int, begins: type, prefix: str) -> list[str]:
        """What was begun by events of a sort, in the order of the log."""
        found = (r.stream for r in self.events[:position] if isinstance(r.event, begins))
        return list(dict.fromkeys(stream.removeprefix(prefix) for stream in found))

    def _benefits(
        self,
        programme: str,
        month: Month,
        position: int,
        streams: Mapping[str, Events],
        last: Archived | None,
    ) -> tuple[Told, ...]:
        until = LastReport(last.position, last.month) if last else None
        ids = [
            recorded.stream.removeprefix("benefit-")
            for recorded in self.events[:position]
            if isinstance(recorded.event, BenefitIdentified)
            and recorded.event.programme == programme
        ]
        return tuple(
            self._told(benefit, streams[f"benefit-{benefit}"], month, until) for benefit in ids
        )

    def _told(self, benefit: str, events: Events, month: Month, last: LastReport | None) -> Told:
        stands = self.kinds["benefit"].stand(benefit, events)
        return Told(
            month,
            events,
            as_reported(stands, month),
            follow(benefit, events, month, last),
            exempt=stands.exempt,
        )

    def last_reports(self, programme: str, month: Month, position: int) -> list[Archived]:
        """The reports that may have opened this one, the likeliest first, with their openings.

        The likeliest is that of the latest earlier month, in its latest edition, made from no
        later position.
        """
        issued = [
            recorded
            for recorded in self.events
            if isinstance(recorded.event, ReportIssued)
            and recorded.event.programme == programme
            and recorded.event.month < month
            and recorded.event.position <= position
        ]
        issued.sort(key=lambda one: (one.event.month, one.event.edition), reverse=True)
        before = [one for one in issued if one.position <= position]
        likely = dict.fromkeys(one.position for one in (*issued[:1], *before[:1]))
        return [self._opened(one) for one in issued if one.position in likely]

    def _opened(self, recorded: Recorded[Any]) -> Archived:
        """A report as the archive would hold it, with its opening worked out again."""
        event: ReportIssued = recorded.event
        book = book_of(self.record(event.programme, event.month, event.position, None))
        at: datetime = recorded.recorded_at
        inputs = canonical({"opening": opening.to_json(book)})
        return Archived(
            event.programme, event.month, event.edition, at, recorded.actor, event.closing,
            event.reason, event.position, 0, inputs, b"",
        )  # fmt: skip
