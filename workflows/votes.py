"""Counting the votes of a case: who may not vote, which votes count, and what they come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benefits.benefit import Benefit
from benefits.events.gates import Choice, Outcome
from benefits.parts import CastVote
from benefits.plans import Condition
from workflows.boards import Board, Seat
from workflows.commands import SeatKind, Tie


def barred(benefit: Benefit, submitter: str, interests: Iterable[str] = ()) -> dict[str, str]:
    """Who cannot vote on a case about this benefit, each with why (said to that person).

    Anyone who ever owned it, confirmed its value or decided a claim stays barred: they would be
    judging their own work. ``interests`` are people who declared an interest in the case.
    """
    reasons = {
        **dict.fromkeys(interests, "you declared an interest in it"),
        **dict.fromkeys(benefit.claim_verifiers, "you verified, rejected or graded a claim of it"),
        **dict.fromkeys(benefit.value_confirmers, "you confirmed its value"),
        **dict.fromkeys(benefit.owners, "you owned this benefit before"),
        submitter: "you submitted the case",
    }
    if benefit.owner:
        reasons[benefit.owner] = "you own this benefit"
    return reasons


@dataclass(frozen=True, slots=True)
class Count:
    """The votes of a case as a board now stands.

    A vote counts while its voter sits in that seat, as holder or deputy, and is not barred. With
    one seat a person and one vote a seat, nobody counts twice.
    """

    board: Board
    barred: Mapping[str, str]
    needs_finance: bool
    votes: Mapping[str, CastVote]  # by seat

    @property
    def seats(self) -> list[Seat]:
        """The seats from which somebody may vote."""
        return [
            seat
            for seat in self.board.seats.values()
            if any(person not in self.barred for person in seat.people)
        ]

    @property
    def counted(self) -> dict[str, CastVote]:
        return {
            seat.seat: vote
            for seat in self.seats
            if (vote := self.votes.get(seat.seat))
            and vote.voter in seat.people
            and vote.voter not in self.barred
        }

    def of(self, *choices: Choice) -> int:
        """How many votes that count are one of these."""
        return sum(vote.choice in choices for vote in self.counted.values())

    @property
    def approvals(self) -> int:
        return self.of(Choice.APPROVE, Choice.APPROVE_WITH_CONDITIONS)

    @property
    def quorate(self) -> bool:
        return len(self.counted) >= self.board.quorum

    @property
    def finance_approves(self) -> bool:
        return any(
            vote.choice.approves and self.board.seats[seat].kind is SeatKind.FINANCE
            for seat, vote in self.counted.items()
        )

    @property
    def _finance_is_content(self) -> bool:
        return not self.needs_finance or self.finance_approves

    @property
    def approved(self) -> bool:
        """Whether the votes settle it: quorum, approvals needed, and the finance seat if asked."""
        return self.quorate and self.approvals >= self.board.approvals and self._finance_is_content

    def impossible(self) -> str:
        """Why approval can no longer happen with the votes as they stand; empty while it can."""
        counted = self.counted
        to_come = [seat for seat in self.seats if seat.seat not in counted]
        if len(counted) + len(to_come) < self.board.quorum:
            return f"Only {len(self.seats)} may vote and the quorum is {self.board.quorum}."
        if self.approvals + len(to_come) < self.board.approvals:
            return (
                f"{self.board.approvals} approvals are needed, and at most"
                f" {self.approvals + len(to_come)} can be had."
            )
        waits = any(seat.kind is SeatKind.FINANCE for seat in to_come)
        if not (self._finance_is_content or waits):
            return "The finance seat must approve, and does not."
        return ""

    @property
    def without_approval(self) -> Outcome:
        """How a case that was not approved ends: the more of defer and reject, defer if equal."""
        more_reject = self.of(Choice.REJECT) > self.of(Choice.DEFER)
        return Outcome.REJECTED if more_reject else Outcome.DEFERRED

    @property
    def tied(self) -> bool:
        return self.approvals * 2 == len(self.counted)

    def at_the_end(self) -> Outcome:
        """How a quorate case ends when the days allowed are over.

        A tie of approvals and others ends by the board's setting. A chair who approved has a
        casting vote: it counts as one more approval, and still cannot stand in for the approvals
        needed beyond that, or for the finance seat.
        """
        if self.approved:
            return Outcome.APPROVED
        if not self.tied:
            return self.without_approval
        match self.board.tie:
            case Tie.DEFER:
                return Outcome.DEFERRED
            case Tie.REJECT:
                return Outcome.REJECTED
            case Tie.CHAIR:
                return self._as_the_chair_voted()

    def _as_the_chair_voted(self) -> Outcome:
        chair = next(
            (
                vote.choice
                for seat, vote in self.counted.items()
                if self.board.seats[seat].kind is SeatKind.CHAIR
            ),
            Choice.DEFER,
        )
        if chair is Choice.REJECT:
            return Outcome.REJECTED
        enough = self.approvals + 1 >= self.board.approvals and self._finance_is_content
        return Outcome.APPROVED if chair.approves and enough else Outcome.DEFERRED

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the approvals that count, in the order of the board's seats."""
        return tuple(
            condition
            for vote in self.counted.values()
            if vote.choice.approves
            for condition in vote.vote.conditions
        )

    @property
    def said(self) -> str:
        """The count in words."""
        parts = f"{self.approvals} approved, {self.of(Choice.DEFER)} deferred"
        return f"{parts}, {self.of(Choice.REJECT)} rejected"


def undecidable(board: Board, barred_people: Mapping[str, str], *, needs_finance: bool) -> str:
    """Why a board could not approve a case even if everyone who may vote did; empty if it could."""
    count = Count(board, barred_people, needs_finance, {})
    able = len(count.seats)
    who = f"{able} of the {len(board.seats)} seats could vote on this case"
    if able < board.quorum:
        return f"The board could not meet its quorum of {board.quorum}: {who}."
    if able < board.approvals:
        return f"The board could not reach the {board.approvals} approvals needed: {who}."
    if needs_finance and not any(seat.kind is SeatKind.FINANCE for seat in count.seats):
        return "The finance seat must approve, and nobody who may vote sits in one."
    return ""
