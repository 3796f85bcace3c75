"""What can happen to a benefit while it is described, valued and made ready."""

from dataclasses import dataclass

from benefits.money import Pence
from benefits.plans import PlannedTranche, Profile, YearAmount
from benefits.vocabulary import Avenue, Confidence, Fund, Kind


@dataclass(frozen=True, slots=True)
class BenefitIdentified:
    """A service says that something could be improved, in a named programme and workstream."""

    programme: str
    workstream: str
    title: str
    kind: Kind
    fund: Fund
    group: str = ""
    source: str = ""  # where it was read from, such as a savings table


@dataclass(frozen=True, slots=True)
class DescriptionRecorded:
    """What will improve, what an outsider would see, and why it is this change that did it."""

    description: str
    outcome: str
    attribution: str


@dataclass(frozen=True, slots=True)
class LabelsRecorded:
    """How the benefit is named and filed. ``None`` leaves a thing as it was."""

    title: str | None = None
    avenue: Avenue | None = None
    theme: str | None = None
    directorate: str | None = None
    workstream: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class ClassificationCorrected:
    """The kind or the fund was wrong and is put right, with a reason."""

    kind: Kind
    fund: Fund
    reason: str


@dataclass(frozen=True, slots=True)
class OwnerNamed:
    """The person (by id) who answers for the benefit."""

    person: str


@dataclass(frozen=True, slots=True)
class FinancePartnerNamed:
    """The person (by id) in finance who looks after its value."""

    person: str


@dataclass(frozen=True, slots=True)
class CabinetMemberNamed:
    """The cabinet member (by id) who answers for it in public."""

    person: str


@dataclass(frozen=True, slots=True)
class RangeRecorded:
    """A low and a high figure for a full year, in pence, with no profile by year."""

    low: Pence
    high: Pence


@dataclass(frozen=True, slots=True)
class ProfileRecorded:
    """The planned tranches. ``reason`` is given when it corrects an earlier profile."""

    profile: Profile
    reason: str = ""


@dataclass(frozen=True, slots=True)
class InvestmentRecorded:
    """Money to be spent to get the benefit. Tranches in pence, one-off or recurring."""

    investment: str
    title: str
    spent_on: str
    funding: str
    tranches: tuple[PlannedTranche, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class InvestmentConfirmed:
    """Finance says what a recurring investment really costs a year, in pence."""

    investment: str
    annual: Pence
    reason: str


@dataclass(frozen=True, slots=True)
class InvestmentRemoved:
    """An investment was recorded wrongly and no longer counts."""

    investment: str
    reason: str


@dataclass(frozen=True, slots=True)
class NoInvestmentStated:
    """The benefit needs no investment of its own, or it is deducted elsewhere: ``note`` says."""

    note: str


@dataclass(frozen=True, slots=True)
class ConfidenceStated:
    """How sure the service is, with its reason."""

    level: Confidence
    reason: str


@dataclass(frozen=True, slots=True)
class OverlapCheckStated:
    """Somebody looked for savings counted twice: found, or none found."""

    found: bool
    note: str


@dataclass(frozen=True, slots=True)
class OverlapDeclared:
    """The part of an agreed overlap that concerns this benefit: what it gives up, by plan year.

    Amounts in pence, empty on the side that keeps the money. ``other`` names the other side.
    """

    overlap: str
    other: str
    gives_up: tuple[YearAmount, ...]
    with_mtfs: bool
    agreed_by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OverlapEnded:
    """An overlap was recorded wrongly, or is no more."""

    overlap: str
    reason: str


@dataclass(frozen=True, slots=True)
class ValueConfirmed:
    """Finance has confirmed the value of the profile as it stands."""

    note: str


@dataclass(frozen=True, slots=True)
class EvidenceAttached:
    """A file was kept as evidence. ``about`` names what it supports, such as a claim's id."""

    evidence: str
    title: str
    sha256: str
    size: int
    media_type: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class BenefitMadeExempt:
    """The benefit is confidential: public editions have it within totals only."""

    reason: str


@dataclass(frozen=True, slots=True)
class ExemptionEnded:
    """The benefit is confidential no more."""

    reason: str


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """Somebody wrote a note in the benefit's story."""

    text: str
