"""What may be asked of a benefit's money. Amounts in pence; a year's worth when recurring."""

from dataclasses import dataclass

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.tranches import Tranche
from benefits.vocabulary import Grade


@dataclass(frozen=True, slots=True)
class RecordForecast:
    """Record the whole delivery now expected, what is already claimed included."""

    benefit: str
    tranches: tuple[Tranche, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class MakeClaim:
    """Say that money has been realised."""

    benefit: str
    claim: str
    tranche: Tranche
    budget_line: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class VerifyClaim:
    """Finance: confirm all or part of a claim; the rest is rejected."""

    benefit: str
    claim: str
    amount: Pence
    grade: Grade
    against: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RejectClaim:
    """Finance: confirm nothing of a claim."""

    benefit: str
    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class GradeClaim:
    """Finance: say how much has now been seen behind a verified claim."""

    benefit: str
    claim: str
    grade: Grade
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectClaim:
    """Put a wrong claim right; a verified one becomes unverified."""

    benefit: str
    claim: str
    tranche: Tranche
    reason: str
    budget_line: str = ""


@dataclass(frozen=True, slots=True)
class ReportErosion:
    """Say that part of a verified recurring saving is lost from a month on."""

    benefit: str
    erosion: str
    claim: str
    amount: Pence
    month: Month
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmErosion:
    """Finance: agree that it is lost."""

    benefit: str
    erosion: str
    note: str


@dataclass(frozen=True, slots=True)
class DismissErosion:
    """Finance: do not agree that it is lost."""

    benefit: str
    erosion: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordPressure:
    """Finance: record a cost that consumed a saving in a month."""

    benefit: str
    pressure: str
    month: Month
    amount: Pence
    reason: str


@dataclass(frozen=True, slots=True)
class RecordCover:
    """Finance: record reserves used in place of a saving. Never a claim, never realised."""

    benefit: str
    cover: str
    year: FinancialYear
    amount: Pence
    reason: str
