"""Given what happened, when something is asked, then what follows: rules tried without a database.

world = World().given("benefit-b1", BenefitIdentified(...), OwnerNamed("olu"), by="pat")
answer = world.asked(RULES, ConfirmValue("b1", "Seen."), by="fay")   # and it has happened
said = world.refused(RULES, ConfirmValue("b1", "Again."), by="fay")  # the sentence
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from benefits.benefit import Benefit
from benefits.programme import (
    MtfsLine,
    Overlap,
    Programme,
    apply_to_mtfs_line,
    apply_to_overlap,
    programme_after,
)
from benefits.refusals import NotFound, Refused
from benefits.rules import Answer, Elsewhere, Rule, stream_of
from benefits.standing import stand
from eventlog.recorded import Recorded
from workflows.boards import Board, board_after
from workflows.commands import Role
from workflows.council import Council, council_after
from workflows.events import PersonRegistered, RoleGranted
from workflows.meetings import Meeting, apply_to_meeting
from workflows.people import Person, person_after
from workflows.scrutiny.question import question_after

BEGAN = datetime(2024, 4, 2, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class World:
    """Streams of events kept by hand, and the ``Context`` of whoever asks next.

    Every event takes the next position of the whole and the next version of its stream, and is
    recorded at ``at`` by the person given, ``by`` when none is.
    """

    by: str = "pat"
    at: datetime = BEGAN
    streams: dict[str, list[Recorded[Any]]] = field(default_factory=dict)
    position: int = 0

    def given(self, stream: str, *events: object, by: str | None = None) -> "World":
        """These events happened in this stream, such as ``benefit-b1``."""
        for event in events:
            self.position += 1
            so_far = self.streams.setdefault(stream, [])
            so_far.append(self._recorded(stream, len(so_far) + 1, event, by or self.by))
        return self

    def people(self, *people: str, role: Role | None = None) -> "World":
        """These people are known, perhaps in a role."""
        for person in people:
            stream = stream_of("person", person)
            if stream not in self.streams:
                self.given(stream, PersonRegistered())
            if role:
                self.given(stream, RoleGranted(role))
        return self

    def on(self, day: date, hour: int = 9) -> "World":
        """From now on it is this day in London (and so many hours UTC)."""
        self.at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
        return self

    def later(self, **time: int) -> "World":
        """So much time goes by, such as ``days=3``."""
        self.at += timedelta(**time)
        return self

    def asked(
        self, rules: Mapping[type, Rule], command: object, by: str | None = None
    ) -> list[object]:
        """Ask; what follows has then happened. Gives the events of the command's own stream."""
        answer = list(self._decide(rules, command, by))
        own = [event for event in answer if not isinstance(event, Elsewhere)]
        self.given(self._stream(rules, command), *own, by=by)
        for event in answer:
            if isinstance(event, Elsewhere):
                self.given(event.stream, event.event, by=by)
        return own

    def refused(
        self,
        rules: Mapping[type, Rule],
        command: object,
        by: str | None = None,
        as_a: type[Refused] = Refused,
    ) -> str:
        """Ask; it must be refused, and nothing happens. Gives the sentence."""
        with pytest.raises(as_a) as refusal:
            self._decide(rules, command, by)
        return str(refusal.value)

    def _decide(self, rules: Mapping[type, Rule], command: object, by: str | None) -> Answer:
        asker = replace(self, by=by) if by else self
        thing = asker.thing(self._stream(rules, command))
        return rules[type(command)].decide(thing, command, asker)

    @staticmethod
    def _stream(rules: Mapping[type, Rule], command: object) -> str:
        rule = rules[type(command)]
        return stream_of(rule.stream, getattr(command, rule.key) if rule.key else rule.stream)

    def thing(self, stream: str) -> Any:
        """What a stream's events add up to; a thing of version 0 when there are none."""
        kind, key = next(
            (kind, stream.removeprefix(f"{kind}-"))
            for kind in _ADDED_UP
            if stream.startswith(f"{kind}-")
        )
        return _ADDED_UP[kind](key, self.streams.get(stream, ()))

    def _recorded(self, stream: str, version: int, event: object, by: str) -> Recorded[Any]:
        return Recorded(
            position=self.position,
            event_id=f"event-{self.position}",
            stream=stream,
            version=version,
            type=type(event).__name__,
            schema_version=1,
            recorded_at=self.at,
            actor=by,
            correlation="together",
            causation=None,
            event=event,
            hash=f"{self.position:064x}",
        )

    # What a rule may read.

    @property
    def today(self) -> date:
        return self.at.astimezone(ZoneInfo("Europe/London")).date()

    def benefit(self, benefit: str) -> Benefit:
        found: Benefit = self._existing("benefit", benefit)
        return found

    def programme(self, programme: str) -> Programme:
        found: Programme = self._existing("programme", programme)
        return found

    def mtfs_line(self, line: str) -> MtfsLine:
        found: MtfsLine = self._existing("mtfs-line", line)
        return found

    def overlap(self, overlap: str) -> Overlap:
        found: Overlap = self._existing("overlap", overlap)
        return found

    def board(self, board: str) -> Board:
        found: Board = self._existing("board", board)
        return found

    def cases_before(self, board: str) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for stream in list(self.streams):
            if stream.startswith("benefit-"):
                benefit = self.benefit(stream.removeprefix("benefit-"))
                case = benefit.open_case
                if case is not None and case.submitted.board == board:
                    found[case.case] = benefit.benefit
        return found

    def person(self, person: str) -> Person:
        found: Person = self.thing(stream_of("person", person))
        return found

    def council(self) -> Council:
        found: Council = self.thing(stream_of("council", "council"))
        return found

    def knows(self, person: str) -> bool:
        return self.person(person).exists

    def acts_for_finance(self, person: str) -> bool:
        return Role.FINANCE in self.person(person).roles

    def open_cases(self, programme: str) -> list[str]:
        benefits = [self.thing(stream) for stream in self.streams if stream.startswith("benefit-")]
        return [b.benefit for b in benefits if b.programme == programme and b.open_case]

    def priorities(self) -> dict[str, str]:
        return {key: one.title for key, one in self.council().priorities.items()}

    def has_milestone(self, programme: str, milestone: str) -> bool:
        benefits = [self.thing(stream) for stream in self.streams if stream.startswith("benefit-")]
        return any(b.programme == programme and milestone in b.milestones for b in benefits)

    def administrators(self) -> frozenset[str]:
        names = [each.partition("-")[2] for each in self.streams if each.startswith("person-")]
        return frozenset(one for one in names if Role.ADMINISTRATOR in self.person(one).roles)

    def programmes_called(self) -> dict[str, str]:
        programmes = [self.thing(each) for each in self.streams if each.startswith("programme-")]
        return {p.programme: p.title for p in programmes if p.exists}

    def _existing(self, kind: str, key: str) -> Any:
        thing = self.thing(stream_of(kind, key))
        if not thing.exists:
            raise NotFound(f"There is no {kind} {key}.")
        return thing


def _overlap(overlap: str, events: Iterable[Recorded[Any]]) -> Overlap:
    standing = Overlap(overlap)
    for recorded in events:
        apply_to_overlap(standing, recorded)
    return standing


def _mtfs_line(line: str, events: Iterable[Recorded[Any]]) -> MtfsLine:
    standing = MtfsLine(line)
    for recorded in events:
        apply_to_mtfs_line(standing, recorded)
    return standing


def _meeting(key: str, events: Iterable[Recorded[Any]]) -> Meeting:
    standing = Meeting(key)
    for recorded in events:
        apply_to_meeting(standing, recorded)
    return standing


_ADDED_UP: dict[str, Callable[[str, Iterable[Recorded[Any]]], Any]] = {
    "benefit": stand,
    "programme": programme_after,
    "overlap": _overlap,
    "mtfs-line": _mtfs_line,
    "board": board_after,
    "meeting": _meeting,
    "person": person_after,
    "question": question_after,
    "council": lambda _, events: council_after(events),
}
