"""What scrutiny asked and recommended, and the PMO's own words for the sections of the report."""

from collections.abc import Iterator
from datetime import date

from benefits.vocabulary import ReportSection
from benefits.wording.writing import london_day
from benefits.wording.writing import month as month_words
from reports.composing.record import Record
from reports.contents import Narrative
from reports.entries import QuestionEntry
from workflows.scrutiny.question import Question


def questions(record: Record, today: date) -> tuple[QuestionEntry, ...]:
    """Those that wait for an answer, then those that were answered since the last report.

    One about a benefit that this report does not tell of is left out.
    """
    told = [q for q in record.questions if not q.benefit or q.benefit in record.refs]
    waiting = [q for q in told if q.is_open]
    answered = [q for q in told if not q.is_open and _since(q, record)]
    return tuple(_entry(q, record, today) for q in (*waiting, *answered))


def _since(q: Question, record: Record) -> bool:
    ended = [*(one.position for one in q.answers), q.closed.position if q.closed else 0]
    return max(ended) > record.since


def _entry(q: Question, record: Record, today: date) -> QuestionEntry:
    assert q.asked is not None, "A question that nobody asked is not on record."
    asked = q.follow_ups[-1] if q.follow_ups else q.asked
    answer = q.answers[-1] if q.answers else None
    return QuestionEntry(
        number=q.number,
        ref=record.refs.get(q.benefit or "", ""),
        sort=q.sort.value.capitalize(),
        text=q.asked.text,
        about=_about(q, record),
        asked=london_day(q.asked.at),
        owner=record.names(q.owner) if q.owner else "The PMO",
        due=q.due,
        state=_state(q, today),
        outstanding=q.is_open,
        asked_again=asked.text if q.follow_ups else "",
        answer=answer.text if answer else "",
        answered=london_day(answer.at) if answer else None,
        closed=q.closed.text if q.closed else "",
    )


def _about(q: Question, record: Record) -> str:
    words = record.titles.get(q.benefit or "", "")
    report = f"report of {month_words(q.month)}" if q.month else ""
    figure = f"figure {q.figure}" if q.figure else ""
    return ", ".join(part for part in (words, report, figure) if part)


def _state(q: Question, today: date) -> str:
    if q.overdue(today):
        return "overdue"
    if q.response:
        return f"{q.response.value}{', closed' if q.closed else ''}"
    return {"asked": "waits for an answer", "followed up": "asked again"}.get(
        q.state.value, q.state.value
    )


def narratives(record: Record) -> Iterator[Narrative]:
    """What the PMO wrote for this month's report, in the order of its sections."""
    for section in ReportSection:
        one = record.programme.narratives.get((record.month, section))
        if one is not None:
            paragraphs = (" ".join(part.split()) for part in one.text.split("\n\n"))
            yield Narrative(
                section,
                tuple(part for part in paragraphs if part),
                record.names(one.by),
                london_day(one.at),
            )
