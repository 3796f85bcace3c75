"""What the board decided, how each seat voted, what it asked for, and what is coming to it."""

from collections.abc import Iterator

from benefits.benefit import Benefit
from benefits.events.gates import ConditionMet, Outcome
from benefits.lifecycle import Gate
from benefits.parts import Case, CastVote, StandingCondition
from benefits.wording.writing import day, london_day
from reports.composing.record import Record, Told
from reports.contents import Decisions
from reports.entries import Condition, Decision, DecisionComing, SeatVote
from workflows.boards import Board, Seat

_WITH_GATE = (Gate.VALIDATION, Gate.DELIVERY, Gate.REALISATION)


def decisions(record: Record) -> Decisions:
    """Section 6: cases that ended since the last report, conditions, and open cases."""
    taken = [one for told in record.benefits for one in _taken(told, record)]
    conditions = [one for told in record.benefits for one in _conditions(told, record)]
    coming = [one for told in record.benefits for one in _coming(told)]
    return Decisions(
        record.board.title or "not formed yet",
        tuple(sorted(taken, key=lambda one: (one.decided, one.ref))),
        tuple(sorted(conditions, key=lambda one: (one.due, one.ref))),
        tuple(sorted(coming, key=lambda one: (one.by or record.month.last_day, one.ref))),
    )


def gate_words(gate: Gate) -> str:
    """A gate as it is called: ``Delivery gate``, ``Re-baseline``."""
    return f"{gate.value} gate" if gate in _WITH_GATE else gate.value


def _taken(told: Told, record: Record) -> Iterator[Decision]:
    for case in told.benefit.cases.values():
        ended = case.outcome and case.ended_position > record.since
        if ended and case.outcome and case.ended_at and case.outcome is not Outcome.RETRACTED:
            board = record.boards.get(case.submitted.board, record.board)
            yield Decision(
                told.ref,
                told.benefit.title,
                gate_words(case.submitted.gate),
                london_day(case.ended_at),
                case.outcome.value.capitalize(),
                tuple(_votes(told.benefit, case, board, record)),
                _note(case),
            )


def _note(case: Case) -> str:
    asked = case.submitted.summary.strip()
    shortfall = case.submitted.shortfall.strip()
    said = [f"Asked: {asked}" if asked else "", case.because]
    if shortfall:
        said.append(f"The board was asked to accept a shortfall: {shortfall}")
    return " ".join(words if words.endswith(".") else f"{words}." for words in said if words)


def _votes(benefit: Benefit, case: Case, board: Board, record: Record) -> Iterator[SeatVote]:
    """Every seat of the board as it stands, then votes of seats that are no more."""
    for seat in board.seats.values():
        vote = case.votes.get(seat.seat)
        yield _cast(_seat(seat), vote, record) if vote else _absent(seat, benefit, case, record)
    for key, vote in case.votes.items():
        if key not in board.seats:
            yield _cast("A seat since vacated", vote, record)


def _seat(seat: Seat) -> str:
    return seat.kind.value.capitalize()


def _cast(seat: str, vote: CastVote, record: Record) -> SeatVote:
    asked = " ".join(f"Condition: {c.text}" for c in vote.vote.conditions)
    said = " ".join(words for words in (vote.vote.statement, asked) if words)
    return SeatVote(seat, record.names(vote.voter), vote.choice.value.capitalize(), said)


def _absent(seat: Seat, benefit: Benefit, case: Case, record: Record) -> SeatVote:
    why = ""
    if seat.person == benefit.owner:
        why = "Owns the benefit, so may not vote."
    elif seat.person == case.by:
        why = "Submitted the case, so may not vote."
    elif case.outcome is not Outcome.LAPSED:
        why = "The case was settled without this vote."
    return SeatVote(_seat(seat), record.names(seat.person), "Did not vote", why)


def _conditions(told: Told, record: Record) -> Iterator[Condition]:
    met = {
        recorded.event.condition
        for recorded in told.events
        if isinstance(recorded.event, ConditionMet) and recorded.position > record.since
    }
    for key, standing in told.benefit.conditions.items():
        if not standing.met or key in met:
            yield _condition(told, standing, record)


def _condition(told: Told, standing: StandingCondition, record: Record) -> Condition:
    asked = standing.condition
    state = "Outstanding"
    if standing.met:
        state = f"Met: {standing.met}"
    elif asked.due <= record.month.last_day:
        state = f"Overdue since {day(asked.due)}"
    return Condition(
        told.ref, told.benefit.title, asked.text, record.names(asked.owner), asked.due, state
    )


def _coming(told: Told) -> Iterator[DecisionComing]:
    case = told.benefit.open_case
    if case is not None:
        submitted = case.submitted
        asked = submitted.summary or f"Whether it passes the {submitted.gate.value} gate."
        yield DecisionComing(
            told.ref, told.benefit.title, gate_words(submitted.gate), asked, submitted.closes
        )
