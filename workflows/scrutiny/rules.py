"""The rules for questions and recommendations: asked once, answered, asked again, closed."""

import re
from datetime import date

from benefits.refusals import NotFound, require
from benefits.rules import Answer, Rule, checks
from workflows.context import Context
from workflows.scrutiny import commands as asked
from workflows.scrutiny import events as happened
from workflows.scrutiny.question import Question, State

LONGEST = 2_000
_FIGURE = re.compile(r"[BF][1-9][0-9]{0,8}")


def _ask(q: Question, c: asked.AskQuestion, context: Context) -> Answer:
    checks.fresh_id(c.question, "question")
    checks.running(context.programme(c.programme))
    figure = c.figure.strip().upper()
    require(
        not figure or _FIGURE.fullmatch(figure),
        f"“{figure[:20]}” is not a reference that a report prints: write it like F3 or B41.",
    )
    require(
        not figure or c.month is not None,
        "Say which report prints that figure: give its month.",
    )
    if c.month is not None:
        checks.month_come(c.month, context.today, "The month of the report")
    event = happened.QuestionAsked(
        c.programme,
        c.sort,
        _words(c.text, f"The {c.sort.value}"),
        c.benefit or None,
        c.month,
        figure,
        _owner(c, context),
        _due(c.due, context.today) if c.due else None,
    )
    require(not q.exists, "This was asked already: open a new form to ask something else.")
    return [event]


def _owner(c: asked.AskQuestion, context: Context) -> str | None:
    """Whoever is named; else the benefit's owner; else nobody, and the PMO answers."""
    owner = c.owner or None
    if c.benefit:
        benefit = context.benefit(c.benefit)
        require(
            benefit.programme == c.programme,
            "That benefit belongs to another programme: ask it there.",
        )
        owner = owner or benefit.owner
    return checks.known(context, owner, "who answers") if owner else None


def _assign(q: Question, c: asked.AssignQuestion, context: Context) -> Answer:
    _standing(q)
    require(q.state is not State.CLOSED, "It is closed: there is nothing left to answer.")
    owner = checks.known(context, c.owner, "who answers")
    if (q.owner, q.due) == (owner, c.due):
        return []
    why = checks.reason(c.reason, needed=False)
    return [happened.QuestionAssigned(owner, _due(c.due, context.today), why)]


def _answer(q: Question, c: asked.AnswerQuestion, _: Context) -> Answer:
    _standing(q)
    require(q.state is not State.CLOSED, "It is closed: scrutiny can ask a new one.")
    require(q.is_open, "It is answered already: scrutiny can follow it up or close it.")
    recommended = q.sort is asked.Sort.RECOMMENDATION
    require(
        not recommended or c.response,
        "Say whether the recommendation is accepted, partly accepted or not accepted.",
    )
    require(
        recommended or c.response is None,
        "A question is answered in words: only a recommendation is accepted or not.",
    )
    return [happened.QuestionAnswered(_words(c.text, "The answer"), c.response)]


def _follow_up(q: Question, c: asked.FollowUpQuestion, context: Context) -> Answer:
    _standing(q)
    require(
        q.state is State.ANSWERED, "Only what is answered can be followed up: it waits for its "
        "answer, or is closed.",
    )  # fmt: skip
    due = _due(c.due, context.today) if c.due else None
    return [happened.QuestionFollowedUp(_words(c.text, "What is asked again"), due)]


def _close(q: Question, c: asked.CloseQuestion, _: Context) -> Answer:
    _standing(q)
    require(q.state is not State.CLOSED, "It is closed already: nothing is left to do.")
    return [happened.QuestionClosed(_words(c.note, "The note"))]


def _standing(q: Question) -> None:
    if not q.exists:
        raise NotFound("There is no such question: look for it in scrutiny’s list.")


def _words(text: str, what: str) -> str:
    return checks.words(text, what, longest=LONGEST)


def _due(when: date, today: date) -> date:
    return checks.day_within_a_year(when, today, "The day by which an answer is wanted")


_CHANGED = (
    happened.QuestionAnswered,
    happened.QuestionFollowedUp,
    happened.QuestionClosed,
)

RULES: dict[type, Rule] = {
    asked.AskQuestion: Rule(_ask, "question", "question"),
    asked.AssignQuestion: Rule(_assign, "question", "question", (happened.QuestionAssigned,)),
    asked.AnswerQuestion: Rule(_answer, "question", "question", _CHANGED),
    asked.FollowUpQuestion: Rule(_follow_up, "question", "question", _CHANGED),
    asked.CloseQuestion: Rule(_close, "question", "question", _CHANGED),
}
