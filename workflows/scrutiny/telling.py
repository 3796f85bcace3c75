"""Who is told of scrutiny's questions: who is to answer is asked, and who asked is answered."""

from collections.abc import Iterable, Mapping

from benefits.wording.writing import day
from workflows.commands import Role
from workflows.notices import NoticeKind
from workflows.scrutiny import events as happened
from workflows.scrutiny.question import Question
from workflows.telling import Draft, Teller, named
from workflows.work import Work


def _asked(_: object, q: Question, work: Work) -> Iterable[Draft]:
    """Whoever is to answer is told, the PMO of the programme where nobody is named."""
    who = frozenset({q.owner}) if q.owner else work.acting_as(Role.PMO, programme=q.programme)
    wanted = f"wants an answer by {day(q.due)}" if q.due else "wants an answer"
    said = q.follow_ups[-1] if q.follow_ups else q.asked
    about, exempt = _about(q, work)
    yield Draft(
        NoticeKind.QUESTION_ASKED,
        who,
        f"Scrutiny {wanted} to {q.sort.value} {q.number}: {about}",
        f"/scrutiny/{q.question}",
        "" if exempt or said is None else said.text,
    )


def _answered(_: object, q: Question, work: Work) -> Iterable[Draft]:
    """Whoever asked is told, and when it was asked again, whoever did."""
    people = {said.by for said in (q.asked, *q.follow_ups) if said is not None}
    about, exempt = _about(q, work)
    yield Draft(
        NoticeKind.QUESTION_ANSWERED,
        frozenset(people),
        f"{q.sort.value.capitalize()} {q.number} is answered: {about}",
        f"/scrutiny/{q.question}",
        "" if exempt else q.answers[-1].text,
    )


def _about(q: Question, work: Work) -> tuple[str, bool]:
    """What it is about, and whether that is exempt: emails travel further than pages."""
    if not q.benefit:
        return work.programme(q.programme).title, False
    benefit = work.benefit(q.benefit)
    return named(benefit.position, benefit.title, exempt=benefit.exempt), benefit.exempt


TELLERS: Mapping[type, Teller] = {
    happened.QuestionAsked: _asked,
    happened.QuestionAssigned: _asked,
    happened.QuestionFollowedUp: _asked,
    happened.QuestionAnswered: _answered,
}
