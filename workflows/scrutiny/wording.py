"""The story of a question: one sentence for each thing that happened to it."""

from collections.abc import Callable
from typing import Any

from benefits.wording.names import because
from benefits.wording.writing import day, month
from eventlog.recorded import Recorded
from workflows.scrutiny import events as happened
from workflows.scrutiny.question import Question

Name = Callable[[str], str]


def sentence(recorded: Recorded[Any], before: Question, name: Name) -> str:
    """What an event changed. ``before``: the question just before it; ``name``: of a person."""
    match recorded.event:
        case happened.QuestionAsked() as e:
            return _asked(e, name)
        case happened.QuestionAssigned() as e:
            return f"{name(e.owner)} is to answer by {day(e.due)}{because(e.reason)}"
        case happened.QuestionAnswered() as e:
            said = f"The recommendation was {e.response.value}" if e.response else "It was answered"
            return f"{said}: {e.text}"
        case happened.QuestionFollowedUp() as e:
            return f"Scrutiny asked again: {e.text}"
        case happened.QuestionClosed() as e:
            return f"The {before.sort.value} was closed: {e.note}"
        case _:
            raise KeyError(type(recorded.event))


def _asked(e: happened.QuestionAsked, name: Name) -> str:
    verb = "Scrutiny asked" if e.sort.value == "question" else "Scrutiny recommended"
    of = f" of the report of {month(e.month)}" if e.month else ""
    figure = f" (figure {e.figure})" if e.figure else ""
    who = f" {name(e.owner)} is to answer" if e.owner else ""
    when = f"{' by' if who else ' An answer is wanted by'} {day(e.due)}" if e.due else ""
    end = f"{who}{when}." if who or when else ""
    return f"{verb}{of}{figure}: {e.text}{end if end else ''}"
