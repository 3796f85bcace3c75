"""A gate pack: everything that a board reads before it votes, as the benefit stood when asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benefits.benefit import Benefit
from benefits.events.gates import Outcome
from benefits.lifecycle import PASSAGES, Gate
from benefits.parts import Case
from benefits.standing import stand
from benefits.wording.writing import day, instant
from entrypoints.views.changes import Change, changes
from entrypoints.views.gate_tests import Tested, as_found
from entrypoints.views.grids import Grid, Tag, capital, stage_tag
from entrypoints.views.naming import Called
from entrypoints.views.pack_money import tables
from entrypoints.views.pack_parts import about, grids
from entrypoints.views.pack_votes import SeatVote, by_seat, needed
from eventlog.recorded import Recorded
from workflows.context import Context
from workflows.gates import findings
from workflows.votes import barred

#: What the board is asked at each gate, in a sentence.
ASKS: dict[Gate, str] = {
    Gate.VALIDATION: "The board is asked to validate this benefit: its plan becomes the original "
    "plan, against which everything later is measured.",
    Gate.DELIVERY: "The board is asked to let delivery begin. Only then may the money enter the "
    "MTFS.",
    Gate.REALISATION: "The board is asked to confirm that what was promised has been realised.",
    Gate.REBASELINE: "The board is asked to replace the plan by a new one. The original plan is "
    "kept.",
    Gate.WITHDRAWAL: "The board is asked to withdraw this benefit: its plan becomes nothing.",
    Gate.REOPENING: "The board is asked to take this benefit back into delivery.",
}
OUTCOMES = {
    Outcome.APPROVED: "green",
    Outcome.APPROVED_WITH_CONDITIONS: "turquoise",
    Outcome.DEFERRED: "yellow",
    Outcome.REJECTED: "red",
    Outcome.LAPSED: "grey",
    Outcome.RETRACTED: "grey",
}
#: Shown among the votes and the outcome already.
OF_THE_VOTE = frozenset({"vote-cast", "case-decided", "case-lapsed", "case-retracted"})


@dataclass(frozen=True, slots=True)
class Pack:
    """The pack as plain values for its page."""

    case: Case
    benefit: Benefit
    asks: str
    tag: Tag
    rows: tuple[tuple[str, str], ...]
    tests: tuple[Tested, ...]
    money: tuple[Grid, ...]
    since: str
    changes: tuple[Change, ...]
    later: tuple[Change, ...]
    about: tuple[tuple[str, str], ...]
    grids: tuple[Grid, ...]
    conditions: tuple[dict[str, str], ...]
    votes: tuple[SeatVote, ...]
    needed: str


def pack(
    now: Benefit, case: Case, events: Sequence[Recorded[Any]], context: Context, called: Called
) -> Pack:
    """The pack of a case. ``now`` is the benefit as it stands, ``events`` its whole stream.

    What was asked is shown as it stood when it was asked; votes and conditions as they are now.
    """
    then = _as_asked(now.benefit, case, events)
    asked = case.submitted
    window = context.programme(now.programme).window
    since, first = _last_decision(now, case, events)
    cannot = barred(now, case.by, case.interests)
    told = changes(now.benefit, events, 0, now.version, called.person, called.thing)
    every = {change.position: change for change in told}
    return Pack(
        case=case,
        benefit=then,
        asks=ASKS[asked.gate],
        tag=_standing(case),
        rows=_rows(then, case, context, called),
        tests=tuple(as_found(findings(then, asked, context))),
        money=tuple(tables(then, asked, window)),
        since=since,
        changes=_between(every, events, first, asked.binds_to),
        later=tuple(
            one
            for one in _between(every, events, asked.binds_to + 1, now.version)
            if one.type not in OF_THE_VOTE
        ),
        about=about(then),
        grids=tuple(table for table in grids(then, called) if table.rows),
        conditions=_conditions(now, called),
        votes=tuple(by_seat(context.board(asked.board), case, cannot, called.person)),
        needed=needed(now, case, context) if case.open else "",
    )


def _as_asked(benefit: str, case: Case, events: Sequence[Recorded[Any]]) -> Benefit:
    return stand(benefit, [one for one in events if one.position <= case.position])


def _between(
    every: dict[int, Change], events: Sequence[Recorded[Any]], after: int, upto: int
) -> tuple[Change, ...]:
    return tuple(every[one.position] for one in events if after < one.version <= upto)


def _standing(case: Case) -> Tag:
    if case.outcome is None:
        return Tag("Before the board", "blue")
    return Tag(capital(case.outcome.value), OUTCOMES[case.outcome])


def _last_decision(now: Benefit, case: Case, events: Sequence[Recorded[Any]]) -> tuple[str, int]:
    """The decision before this case in words, and the version that it ended with (0 for none)."""
    earlier = [
        one
        for one in now.cases.values()
        if one.outcome not in (None, Outcome.LAPSED, Outcome.RETRACTED)
        and 0 < one.ended_position < case.position
    ]
    if not earlier:
        return "This is the first decision about it, so this is everything since it began.", 0
    last = max(earlier, key=lambda one: one.ended_position)
    assert last.outcome
    assert last.ended_at
    # A caller may give several requests one id: what one act did has one instant too.
    act = {
        (one.correlation, one.recorded_at) for one in events if one.position == last.ended_position
    }
    version = max(one.version for one in events if (one.correlation, one.recorded_at) in act)
    gate = last.submitted.gate.value
    return (
        f"The last decision was {gate}: {last.outcome.value}, on {instant(last.ended_at)}.",
        version,
    )


def _rows(
    then: Benefit, case: Case, context: Context, called: Called
) -> tuple[tuple[str, str], ...]:
    asked, programme = case.submitted, context.programme(then.programme)
    leads = PASSAGES[asked.gate].leads_to
    return tuple(
        (name, said)
        for name, said in (
            ("Asked for", asked.summary),
            ("Cause", capital(asked.cause.value) if asked.cause else ""),
            ("Replaced by", called.thing(asked.replacement) if asked.replacement else ""),
            ("Shortfall to accept", asked.shortfall),
            ("Stage", capital(then.stage.value) + (f", to become {leads.value}" if leads else "")),
            ("Programme", f"{programme.title}: {then.workstream}"),
            ("Board", context.board(asked.board).title),
            ("Kind and fund", f"{capital(then.kind.value)}, {then.fund.value}"),
            ("Accountable owner", called.person(then.owner)),
            ("Finance partner", called.person(then.finance_partner)),
            ("Cabinet member", called.person(then.cabinet_member)),
            ("Put to the board", f"{instant(case.at)}, by {called.person(case.by)}"),
            ("Closes", _closes(case, context.today)),
            ("Tolerance", f"{asked.tolerance} per cent" if asked.gate is Gate.REALISATION else ""),
            ("Version", f"{asked.binds_to} of {then.number}: every vote is on exactly this"),
        )
        if said
    )


def _closes(case: Case, today: date) -> str:
    closes = case.submitted.closes
    return f"{day(closes)} ({days_left(closes, today)})" if case.open else day(closes)


def days_left(closes: date, today: date) -> str:
    """How long the board still has, in words."""
    left = (closes - today).days
    if left < 0:
        return "the days allowed are over"
    return {0: "today is the last day", 1: "1 day left"}.get(left, f"{left} days left")


def _conditions(now: Benefit, called: Called) -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "id": one.condition.condition,
            "text": one.condition.text,
            "owner": one.condition.owner,
            "owner_name": called.person(one.condition.owner),
            "due": day(one.condition.due),
            "met": one.met,
            "case": one.case,
        }
        for one in now.conditions.values()
    )


def stage_of(benefit: Benefit) -> Tag:
    """The stage that a benefit is at, as a tag."""
    return stage_tag(benefit.stage.value)
