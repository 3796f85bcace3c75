"""Whatever a board is made of and however it votes: one outcome at most, and never by too few."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.events.gates import (
    CaseDecided,
    CaseLapsed,
    CaseRetracted,
    Choice,
    Outcome,
    VoteCast,
)
from benefits.lifecycle import Gate
from benefits.refusals import Refused
from tests.cases import ASKS, BOARD, B, ready, vote
from tests.given import World
from workflows.commands import EndCase, SeatKind, Tie
from workflows.events import BoardRulesSet, SeatFilled, SeatVacated
from workflows.sign_off import RULES

HOLDERS = [f"h{number}" for number in range(5)]
DEPUTIES = [f"d{number}" for number in range(5)]
ENDINGS = (CaseDecided, CaseLapsed, CaseRetracted)


@st.composite
def boards(draw: st.DrawFn) -> tuple[World, Gate]:
    """A board of one to five seats, some with deputies, and a case before it."""
    gate = draw(st.sampled_from([Gate.VALIDATION, Gate.DELIVERY]))
    world = ready(gate).people(*HOLDERS, *DEPUTIES)
    world.given(BOARD, SeatVacated("s1"), SeatVacated("s2"), SeatVacated("s3"))
    size = draw(st.integers(1, 5))
    kinds = [SeatKind.FINANCE, SeatKind.CHAIR, *[SeatKind.MEMBER] * 3][:size]
    for number, kind in enumerate(kinds):
        deputy = DEPUTIES[number] if draw(st.booleans()) else None
        world.given(BOARD, SeatFilled(f"t{number}", kind, HOLDERS[number], deputy))
    quorum, approvals = draw(st.integers(1, size)), draw(st.integers(1, size))
    world.given(BOARD, BoardRulesSet(quorum, approvals, draw(st.sampled_from(Tie)), 10))
    world.asked(RULES, ASKS[gate])
    return world, gate


votes = st.lists(
    st.tuples(
        st.sampled_from([*HOLDERS, *DEPUTIES, "pat", "olu", "fay"]),
        st.sampled_from([Choice.APPROVE, Choice.DEFER, Choice.REJECT]),
    ),
    max_size=14,
)


def _voted(world: World, person: str, choice: Choice) -> None:
    try:
        world.asked(RULES, vote(world, choice), by=person)
    except Refused:
        assert "case-1" in world.benefit("b1").cases


@settings(deadline=None, max_examples=150)
@given(boards(), votes)
def test_every_case_ends_in_exactly_one_outcome_that_its_votes_bear_out(
    put: tuple[World, Gate], cast: list[tuple[str, Choice]]
) -> None:
    world, gate = put
    for person, choice in cast:
        _voted(world, person, choice)
    tie = False
    if world.benefit("b1").open_case:
        tie = True
        world.on(date(2024, 4, 13)).asked(RULES, EndCase("b1", "case-1"), by="scheduler")
    happened = [recorded.event for recorded in world.streams[B]]
    assert len([event for event in happened if isinstance(event, ENDINGS)]) == 1
    case, board = world.benefit("b1").cases["case-1"], world.board("main")
    voters = [vote.voter for vote in case.votes.values()]
    assert len(set(voters)) == len(voters)
    assert not {"pat", "olu", "fay"} & set(voters)
    assert case.outcome is not None
    if case.outcome.approves:
        approvals = [v for v in case.votes.values() if v.choice.approves]
        casting = tie and board.tie is Tie.CHAIR and case.votes["t1"].choice.approves
        assert len(approvals) + casting >= board.approvals
        assert len(case.votes) >= board.quorum
        if gate is Gate.DELIVERY:
            assert case.votes["t0"].choice.approves
    if case.outcome is Outcome.LAPSED:
        assert len(case.votes) < board.quorum


@settings(deadline=None, max_examples=60)
@given(boards(), votes)
def test_a_case_that_is_still_open_could_still_be_approved(
    put: tuple[World, Gate], cast: list[tuple[str, Choice]]
) -> None:
    world, _ = put
    for person, choice in cast:
        _voted(world, person, choice)
    case = world.benefit("b1").open_case
    if case is None:
        return
    for seat in world.board("main").seats.values():
        if seat.seat not in case.votes and world.benefit("b1").open_case:
            world.asked(RULES, vote(world), by=seat.person)
    outcome = world.benefit("b1").cases["case-1"].outcome
    assert outcome is Outcome.APPROVED


@settings(deadline=None, max_examples=60)
@given(boards(), votes)
def test_nobody_votes_after_the_decision(
    put: tuple[World, Gate], cast: list[tuple[str, Choice]]
) -> None:
    world, _ = put
    for person, choice in cast:
        _voted(world, person, choice)
    kinds = [type(recorded.event) for recorded in world.streams[B]]
    ended = next((at for at, kind in enumerate(kinds) if kind in ENDINGS), len(kinds))
    assert VoteCast not in kinds[ended:]
