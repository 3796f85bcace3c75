"""A question or recommendation as it stands: its events added up."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from benefits.periods import Month
from eventlog.recorded import Recorded
from workflows.scrutiny import events as happened
from workflows.scrutiny.commands import Response, Sort


class State(StrEnum):
    """How far it has come."""

    ASKED = "asked"
    ANSWERED = "answered"
    FOLLOWED_UP = "followed up"
    CLOSED = "closed"


#: What waits for an answer.
OPEN = frozenset({State.ASKED, State.FOLLOWED_UP})


@dataclass(frozen=True, slots=True)
class Said:
    """Something said of it: by whom (an id), when, and at which position of the log."""

    text: str
    by: str
    at: datetime
    position: int


@dataclass(slots=True)
class Question:
    """A question after so many events (``version``). ``owner``: who answers, none for the PMO."""

    question: str
    version: int = 0
    position: int = 0
    positions: list[int] = field(default_factory=list)
    programme: str = ""
    sort: Sort = Sort.QUESTION
    benefit: str | None = None
    month: Month | None = None
    figure: str = ""
    owner: str | None = None
    due: date | None = None
    state: State = State.ASKED
    response: Response | None = None
    asked: Said | None = None
    answers: list[Said] = field(default_factory=list)
    follow_ups: list[Said] = field(default_factory=list)
    closed: Said | None = None

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state in OPEN

    @property
    def number(self) -> str:
        """How people call it: ``Q812``, by its place in the log."""
        return f"Q{self.position}"

    def overdue(self, today: date) -> bool:
        """Whether an answer should have come by now."""
        return self.is_open and self.due is not None and self.due < today


def apply_to_question(q: Question, recorded: Recorded[Any]) -> None:
    """Add one event to a question."""
    q.version = recorded.version
    q.positions.append(recorded.position)
    match recorded.event:
        case happened.QuestionAsked() as e:
            q.position, q.programme, q.sort = recorded.position, e.programme, e.sort
            q.benefit, q.month, q.figure = e.benefit, e.month, e.figure
            q.owner, q.due, q.asked = e.owner, e.due, _said(e.text, recorded)
        case happened.QuestionAssigned() as e:
            q.owner, q.due = e.owner, e.due
        case happened.QuestionAnswered() as e:
            q.state, q.response = State.ANSWERED, e.response
            q.answers.append(_said(e.text, recorded))
        case happened.QuestionFollowedUp() as e:
            q.state, q.due = State.FOLLOWED_UP, e.due or q.due
            q.follow_ups.append(_said(e.text, recorded))
        case happened.QuestionClosed() as e:
            q.state, q.closed = State.CLOSED, _said(e.note, recorded)


def question_after(question: str, events: Iterable[Recorded[Any]]) -> Question:
    """The question after all these events of its stream."""
    standing = Question(question)
    for recorded in events:
        apply_to_question(standing, recorded)
    return standing


def _said(text: str, recorded: Recorded[Any]) -> Said:
    return Said(text, recorded.actor, recorded.recorded_at, recorded.position)
