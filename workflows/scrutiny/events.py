"""What can happen to a question or a recommendation of scrutiny."""

from dataclasses import dataclass
from datetime import date

from benefits.periods import Month
from workflows.scrutiny.commands import Response, Sort


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """Scrutiny asked, or recommended. ``owner``: who is to answer; none for the PMO."""

    programme: str
    sort: Sort
    text: str
    benefit: str | None = None
    month: Month | None = None
    figure: str = ""
    owner: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class QuestionAssigned:
    """Who answers it, and by when."""

    owner: str
    due: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """The answer; for a recommendation what becomes of it."""

    text: str
    response: Response | None = None


@dataclass(frozen=True, slots=True)
class QuestionFollowedUp:
    """Scrutiny asked again."""

    text: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """Scrutiny closed it."""

    note: str


STORED_NAMES: dict[type, str] = {
    QuestionAsked: "question-asked",
    QuestionAssigned: "question-assigned",
    QuestionAnswered: "question-answered",
    QuestionFollowedUp: "question-followed-up",
    QuestionClosed: "question-closed",
}
