"""Who is told of what happened: worked out with the act, and written in the same transaction.

Nobody is told of what they did themselves. Which event tells whom is a table, so that a package
above adds its own (an issued report is known to the reports alone).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection

from benefits.benefit import Benefit
from benefits.events.gates import CaseDecided, CaseLapsed, CaseSubmitted
from benefits.events.money import ClaimRejected
from benefits.parts import Case
from benefits.wording.writing import day
from eventlog.recorded import Recorded
from workflows import directory, notices, outbox
from workflows.notices import How, Notice, NoticeKind
from workflows.outbox import Message
from workflows.people import RESERVED
from workflows.votes import barred
from workflows.work import Work


@dataclass(frozen=True, slots=True)
class Draft:
    """What some people are to be told: a headline, a sentence more, and the page to look at."""

    kind: NoticeKind
    people: frozenset[str]
    headline: str
    path: str
    says: str = ""
    #: Who is sent an email about it anyway: for them it stands on the page alone.
    emailed: frozenset[str] = frozenset()


#: What an event tells, given its thing as it stands after the act, and what can be read.
Teller: TypeAlias = Callable[[Any, Any, Work], Iterable[Draft]]
#: Writes kept tables with the append.
Writes: TypeAlias = Callable[[Connection, Sequence[Recorded[Any]]], None]


def prepared(work: Work, tellers: Mapping[type, Teller], address: str) -> Writes | None:
    """What is to be told of an act, read before the append; None when it tells nobody."""
    drafts = [
        (f"{stream}-{version}", draft)
        for stream, version, event, thing in work.added()
        if (teller := tellers.get(type(event))) is not None
        for draft in teller(event, thing, work)
    ]
    if not drafts:
        return None
    told, messages = addressed(work.connection, drafts, address, without=work.by)

    def write(connection: Connection, _: Sequence[Recorded[Any]]) -> None:
        deliver(connection, told, messages, work.at)

    return write


def addressed(
    connection: Connection, drafts: Sequence[tuple[str, Draft]], address: str, without: str = ""
) -> tuple[list[Notice], list[Message]]:
    """The notices and the emails of drafts, by what each person chose. Each has a key of its own.

    ``address`` is where Realise is reached by its people's browsers.
    """
    people = {one for _, draft in drafts for one in draft.people} - RESERVED - {without}
    here = directory.here(connection, people)
    people &= here.keys()
    how = notices.chosen(connection, people)
    told = [
        (draft, _notice(key, draft, person, how[(person, draft.kind)]))
        for key, draft in drafts
        for person in sorted(draft.people & people)
    ]
    return [one for _, one in told], [
        message(one, address) for _, one in told if one.how is How.AT_ONCE and here[one.person]
    ]


def _notice(key: str, draft: Draft, person: str, how: How) -> Notice:
    if person in draft.emailed and how is not How.OFF:
        how = How.ON_PAGE
    name = f"{draft.kind.name.lower().replace('_', '-')}-{key}-{person}"
    return Notice(name, person, draft.kind, draft.headline, draft.says, draft.path, how)


def deliver(
    connection: Connection, told: Sequence[Notice], messages: Sequence[Message], at: datetime
) -> None:
    """Write notices and queue the emails of those that are new."""
    fresh = notices.put(connection, told, at)
    outbox.queue(connection, [one for one in messages if one.message in fresh], at)


def message(one: Notice, address: str) -> Message:
    """The email of one notice."""
    body = f"{one.headline}\n\n"
    body += f"{one.says}\n\n" if one.says else ""
    body += f"Look at it: {address}{one.path}\n"
    return Message(
        one.notice,
        one.person,
        f"notice: {one.kind.value}",
        outbox.one_line(one.headline),
        body + ending(address),
    )


def ending(address: str) -> str:
    """The last lines of every such email: how to have fewer of them."""
    return f"\n--\nChoose what you are told, and how: {address}/account/notices\n"


def named(number: int, title: str, *, exempt: bool) -> str:
    """A benefit's number and title. An exempt one has its number only: emails travel."""
    return f"B{number} (exempt)" if exempt else f"B{number} {title}"


def _named(benefit: Benefit) -> str:
    return named(benefit.position, benefit.title, exempt=benefit.exempt)


def _vote_wanted(event: CaseSubmitted, benefit: Benefit, work: Work) -> Iterable[Draft]:
    board = work.board(event.board)
    seated = {person for seat in board.seats.values() for person in seat.people}
    voters = seated - barred(benefit, work.by).keys()
    yield Draft(
        NoticeKind.VOTE_WANTED,
        frozenset(voters),
        f"{event.gate.value} gate of {_named(benefit)}: {board.title} is asked to decide",
        f"/cases/{event.case}",
        f"The board has until the end of {day(event.closes)}.",
    )


def _concerned(benefit: Benefit, case: Case) -> frozenset[str]:
    """Whom a decision concerns: who asked for it, and who answers for the benefit."""
    people = (case.by, benefit.owner, benefit.finance_partner)
    return frozenset(one for one in people if one)


def _decision(event: CaseDecided, benefit: Benefit, _: Work) -> Iterable[Draft]:
    case = benefit.cases[event.case]
    yield Draft(
        NoticeKind.DECISION_MADE,
        _concerned(benefit, case),
        f"{event.gate.value} gate of {_named(benefit)}: {event.outcome.value}",
        f"/cases/{event.case}",
        event.because,
    )
    for condition in event.conditions:
        yield Draft(
            NoticeKind.CONDITION_DUE,
            frozenset({condition.owner}),
            f"A condition is yours to meet by {day(condition.due)}: {_named(benefit)}",
            f"/benefits/{benefit.benefit}",
            condition.text,
        )


def _lapsed(event: CaseLapsed, benefit: Benefit, _: Work) -> Iterable[Draft]:
    yield Draft(
        NoticeKind.DECISION_MADE,
        _concerned(benefit, benefit.cases[event.case]),
        f"{event.gate.value} gate of {_named(benefit)}: the case lapsed",
        f"/cases/{event.case}",
        event.because,
    )


def _rejected(event: ClaimRejected, benefit: Benefit, _: Work) -> Iterable[Draft]:
    claim = benefit.claims[event.claim]
    yield Draft(
        NoticeKind.CLAIM_REJECTED,
        frozenset(one for one in (claim.made_by, benefit.owner) if one),
        f"A claim of {_named(benefit)} is rejected",
        f"/claims/{event.claim}",
        event.reason,
    )


TELLERS: Mapping[type, Teller] = {
    CaseSubmitted: _vote_wanted,
    CaseDecided: _decision,
    CaseLapsed: _lapsed,
    ClaimRejected: _rejected,
}
