"""What may be asked of a question or a recommendation of scrutiny."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from benefits.periods import Month


class Sort(StrEnum):
    """Whether an answer is wanted, or a decision whether to do it."""

    QUESTION = "question"
    RECOMMENDATION = "recommendation"


class Response(StrEnum):
    """What becomes of a recommendation."""

    ACCEPTED = "accepted"
    PARTLY = "partly accepted"
    NOT_ACCEPTED = "not accepted"


@dataclass(frozen=True, slots=True)
class AskQuestion:
    """Ask a question or recommend something, about a programme or more closely.

    ``month`` is that of a report, ``figure`` a reference that the report prints. Without an owner
    the benefit's owner answers, or else the PMO.
    """

    question: str
    programme: str
    sort: Sort
    text: str
    benefit: str | None = None
    month: Month | None = None
    figure: str = ""
    owner: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class AssignQuestion:
    """Say who answers it, and by when."""

    question: str
    owner: str
    due: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Answer it. A recommendation is accepted, partly or not; a question is not."""

    question: str
    text: str
    response: Response | None = None


@dataclass(frozen=True, slots=True)
class FollowUpQuestion:
    """Ask again: the answer does not settle it. It is open until it is answered once more."""

    question: str
    text: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class CloseQuestion:
    """Close it: scrutiny is content, or no longer asks. A note says which."""

    question: str
    note: str
