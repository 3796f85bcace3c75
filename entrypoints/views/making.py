"""How far a report or a draft has come that somebody asked for and that the scheduler makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from benefits.periods import Month
from benefits.wording.writing import day, instant
from benefits.wording.writing import month as month_words
from entrypoints.here import realise
from entrypoints.views import naming
from reports import asked, asked_drafts
from reports.asked_drafts import AskedDraft
from reports.issued import Circulation
from workflows import ledger

#: Seconds after which the page of a report that is being made looks again.
LOOK_AGAIN = 10


@dataclass(frozen=True, slots=True)
class Making:
    """A report in the making: who asked for it and when, and its state in a sentence."""

    edition: int
    by: str
    asked: str
    words: str


@dataclass(frozen=True, slots=True)
class Drafting:
    """A long draft: what it is of, its address once it is made, and till then its state."""

    title: str
    note: str
    address: str
    state: str
    words: str
    kept_until: str


def drafts_for(person: str, titles: Mapping[str, str], at: datetime) -> list[Drafting]:
    """The long drafts that a person asked for, of the programmes with these titles (by id)."""
    with realise().database.read() as connection:
        found = asked_drafts.of_person(connection, person, at)
    return [
        Drafting(
            f"{titles[one.asked.programme]}, {month_words(one.asked.month)}",
            _which(one.asked),
            f"/reports/draft/{one.asked.draft}.pdf" if one.made else "",
            "not made yet" if one.state == ledger.FAILED else "being made",
            _how(one),
            instant(one.asked.asked_at + asked_drafts.KEPT),
        )
        for one in found
        if one.asked.programme in titles
    ]


def _which(draft: AskedDraft) -> str:
    known = "" if draft.known is None else f"as known at the end of {day(draft.known)}"
    exempt = "exempt edition" if draft.circulation is Circulation.EXEMPT else ""
    return ", ".join(filter(None, (exempt, known)))


def in_the_making(programme: str, month: Month) -> Making | None:
    """The report of a month that waits or is being made; None when none is."""
    with realise().database.read() as connection:
        report = asked.waiting_for(connection, programme, month)
        if report is None:
            return None
        run = ledger.latest_of(connection, report.job, str(month))
        called = naming.called(connection)
    return Making(
        report.edition, called.person(report.asked_by), instant(report.asked_at), _how(run)
    )


def _how(run: object) -> str:
    state, said = getattr(run, "state", ""), getattr(run, "said", "")
    if state == ledger.RUNNING:
        return said or "It has begun."
    if state == ledger.FAILED:
        again = instant(datetime.fromisoformat(run.again_at))  # type: ignore[attr-defined]
        return f"It could not be made: {said} It is tried again from {again}."
    return "It waits for its turn, which comes within a minute while the scheduler runs."
