"""What can happen to a benefit's money: forecasts, claims, verification, loss and pressure.

All amounts are in pence; a recurring amount is a year's worth.
"""

from dataclasses import dataclass

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.tranches import Tranche
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True)
class ForecastRecorded:
    """The whole delivery now expected, what is already claimed included."""

    tranches: tuple[Tranche, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """A tranche said to be realised. ``late_for`` marks a month that was already closed."""

    claim: str
    tranche: Tranche
    budget_line: str = ""
    note: str = ""
    late_for: Month | None = None


@dataclass(frozen=True, slots=True)
class ClaimVerified:
    """Finance has confirmed ``amount`` of a claim; what is left of it is rejected."""

    claim: str
    amount: Pence
    grade: Grade
    against: str  # what finance saw: the budget line, the receipt, the evidence
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimRejected:
    """Finance could confirm nothing of a claim."""

    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimGraded:
    """Finance has seen more (or less) behind a verified claim."""

    claim: str
    grade: Grade
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimCorrected:
    """A claim was wrong. It holds the new tranche and is unverified again."""

    claim: str
    tranche: Tranche
    reason: str
    budget_line: str = ""


@dataclass(frozen=True, slots=True)
class ErosionReported:
    """Part of a verified saving is said to be lost from a month on."""

    erosion: str
    claim: str
    amount: Pence
    month: Month
    reason: str


@dataclass(frozen=True, slots=True)
class ErosionConfirmed:
    """Finance agrees that it is lost: the gap returns to the claim's plan year."""

    erosion: str
    claim: str
    note: str


@dataclass(frozen=True, slots=True)
class ErosionDismissed:
    """Finance does not agree that it is lost."""

    erosion: str
    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class PressureRecorded:
    """A cost that consumed a saving in a month. It never changes verified money or status."""

    pressure: str
    month: Month
    amount: Pence
    reason: str


@dataclass(frozen=True, slots=True)
class MoneyAdmitted:
    """Finance let so much of a year's money into an MTFS line, in all; nothing takes it out.

    Kept with the benefit too, so that the same pound cannot enter two lines.
    """

    line: str
    year: FinancialYear
    amount: Pence


@dataclass(frozen=True, slots=True)
class CoverRecorded:
    """Reserves used in place of a saving: cover only, never a claim, never realised."""

    cover: str
    year: FinancialYear
    amount: Pence
    reason: str
