"""What scrutiny of the sample council asks and recommends, and the PMO's words in its reports."""

from benefits.commands.programme import WriteNarrative
from benefits.vocabulary import ReportSection
from entrypoints.sample.council import BEST_VALUE
from entrypoints.sample.diary import Diary
from entrypoints.sample.lives import PMO, Life
from workflows.scrutiny.commands import (
    AnswerQuestion,
    AskQuestion,
    CloseQuestion,
    Response,
    Sort,
)

CHAIR, CLERK = "margaret", "liam"


def write(diary: Diary, lives: dict[str, Life]) -> None:
    """Note two questions and a recommendation. ``lives`` by the title of the benefit."""
    _waiting_times(diary, lives["Demand for Homecare"])
    _contract(diary, lives["Customer (total)"])
    _cohorts(diary, lives["Demand for Homecare"])
    reported = diary.start.plus(6)
    diary.asks(
        diary.day(7, 2),
        PMO,
        WriteNarrative(
            BEST_VALUE,
            reported,
            ReportSection.STATUS,
            "The slip of Demand for Homecare rests on recruitment: interviews for both posts "
            "are on the 18th.\n\nWe will bring a revised forecast to the next meeting.",
        ),
        hour=16,
    )


def _waiting_times(diary: Diary, life: Life) -> None:
    """Asked of an early report, answered, and closed."""
    asked, by = "asked1", "amira"
    diary.asks(
        diary.day(4, 6),
        CHAIR,
        AskQuestion(
            asked,
            BEST_VALUE,
            Sort.QUESTION,
            "Have waiting times for a review grown since the saving began?",
            life.benefit,
            diary.start.plus(3),
            due=diary.day(4, 24),
        ),
    )
    diary.asks(
        diary.day(4, 20),
        by,
        AnswerQuestion(
            asked, "No. The median wait was 16 days in June and 15 days in July."
        ),
    )  # fmt: skip
    diary.asks(
        diary.day(5, 8), CLERK, CloseQuestion(asked, "The committee is content with the answer.")
    )


def _contract(diary: Diary, life: Life) -> None:
    """A recommendation, accepted in part; scrutiny has yet to follow it up or close it."""
    asked = "asked2"
    diary.asks(
        diary.day(5, 9),
        CLERK,
        AskQuestion(
            asked,
            BEST_VALUE,
            Sort.RECOMMENDATION,
            "Do not sign the new contract for paperless billing before its costs are published.",
            life.benefit,
            diary.start.plus(4),
        ),
    )
    diary.asks(
        diary.day(6, 12),
        PMO,
        AnswerQuestion(
            asked,
            "The costs will be published with the decision, not before it: the tender is open.",
            Response.PARTLY,
        ),
    )


def _cohorts(diary: Diary, life: Life) -> None:
    """Asked of a late report, and overdue."""
    diary.asks(
        diary.day(6, 9),
        CHAIR,
        AskQuestion(
            "asked3",
            BEST_VALUE,
            Sort.QUESTION,
            "What would it take to begin the third cohort before April?",
            life.benefit,
            diary.start.plus(5),
            "F3",
            due=diary.day(7, 12),
        ),
    )
