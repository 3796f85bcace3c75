"""What can happen when a case is put to the board, and what the board's decision does."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from benefits.lifecycle import Gate
from benefits.plans import Condition, Profile
from benefits.tranches import Tranche
from benefits.vocabulary import Cause


class Choice(StrEnum):
    """How a member can vote."""

    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve with conditions"
    DEFER = "defer"
    REJECT = "reject"

    @property
    def approves(self) -> bool:
        return self in (Choice.APPROVE, Choice.APPROVE_WITH_CONDITIONS)


class Outcome(StrEnum):
    """How a case can end at the board."""

    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved with conditions"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    RETRACTED = "retracted"

    @property
    def approves(self) -> bool:
        return self in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)


@dataclass(frozen=True, slots=True)
class CaseSubmitted:
    """The PMO asks the board to decide. ``binds_to`` is the version that the pack shows.

    ``profile``, ``cause`` and ``replacement`` are what a re-baseline or a withdrawal proposes;
    ``shortfall`` states what Realisation asks the board to accept. ``tolerance`` (per cent) is
    the programme's on the day, so that a vote is on figures that cannot move under it.
    """

    case: str
    gate: Gate
    binds_to: int
    board: str
    closes: date
    summary: str
    tolerance: int = 0
    profile: Profile | None = None
    cause: Cause | None = None
    replacement: str | None = None
    shortfall: str = ""


@dataclass(frozen=True, slots=True)
class VoteCast:
    """A member voted, from a seat. A later vote of the same seat replaces it; both stand here."""

    case: str
    seat: str
    choice: Choice
    statement: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class InterestDeclared:
    """A person (id) has an interest in the case, and so has no vote on it."""

    case: str
    person: str
    interest: str


@dataclass(frozen=True, slots=True)
class CaseDecided:
    """The vote that settled it, or the end of the days allowed, decided the case."""

    case: str
    gate: Gate
    outcome: Outcome
    because: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseLapsed:
    """Something that the case rests on changed, so it must be put again."""

    case: str
    gate: Gate
    because: str


@dataclass(frozen=True, slots=True)
class CaseRetracted:
    """The PMO took the case back before it was decided."""

    case: str
    gate: Gate
    reason: str


@dataclass(frozen=True, slots=True)
class ConditionMet:
    """A condition of an approval was met."""

    condition: str
    note: str


@dataclass(frozen=True, slots=True)
class BenefitValidated:
    """Validation passed: this is the original plan, kept for ever.

    Tranches at the committed point, in pence, after overlaps given up.
    """

    case: str
    plan: tuple[Tranche, ...]


@dataclass(frozen=True, slots=True)
class DeliveryStarted:
    """The Delivery gate passed: only now may the money enter the MTFS."""

    case: str


@dataclass(frozen=True, slots=True)
class BenefitRealised:
    """The Realisation gate passed."""

    case: str


@dataclass(frozen=True, slots=True)
class PlanRebaselined:
    """The board approved a new plan. ``plan`` is as in ``BenefitValidated``."""

    case: str
    plan: tuple[Tranche, ...]
    profile: Profile
    cause: Cause
    reason: str


@dataclass(frozen=True, slots=True)
class BenefitWithdrawn:
    """It will not happen. ``case`` is empty when the PMO withdrew an identified benefit."""

    reason: str
    case: str = ""
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class BenefitReopened:
    """A realised benefit goes back to delivery."""

    case: str
    reason: str
