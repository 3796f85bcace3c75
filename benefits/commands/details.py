"""What may be asked while a benefit is described, valued and made ready. Amounts in pence."""

from dataclasses import dataclass

from benefits.money import Pence
from benefits.plans import PlannedTranche, Profile
from benefits.vocabulary import Avenue, Confidence, Fund, Kind


@dataclass(frozen=True, slots=True)
class IdentifyBenefit:
    """Put a new benefit on the register."""

    benefit: str
    programme: str
    workstream: str
    title: str
    kind: Kind
    fund: Fund
    group: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class DescribeBenefit:
    """Say what will improve, what an outsider would see, and why it is this change."""

    benefit: str
    description: str
    outcome: str
    attribution: str


@dataclass(frozen=True, slots=True)
class LabelBenefit:
    """Rename or refile a benefit. ``None`` leaves a thing as it is."""

    benefit: str
    title: str | None = None
    avenue: Avenue | None = None
    theme: str | None = None
    directorate: str | None = None
    workstream: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class CorrectClassification:
    """Put a wrong kind or fund right."""

    benefit: str
    kind: Kind
    fund: Fund
    reason: str


@dataclass(frozen=True, slots=True)
class NameOwner:
    """Name the person who answers for the benefit."""

    benefit: str
    person: str


@dataclass(frozen=True, slots=True)
class NameFinancePartner:
    """Name the person in finance who looks after its value."""

    benefit: str
    person: str


@dataclass(frozen=True, slots=True)
class NameCabinetMember:
    """Name the cabinet member who answers for it in public."""

    benefit: str
    person: str


@dataclass(frozen=True, slots=True)
class RecordRange:
    """Record a full-year range: alone, or beside a profile that has no range by year."""

    benefit: str
    low: Pence
    high: Pence


@dataclass(frozen=True, slots=True)
class RecordProfile:
    """Record the planned tranches, before Validation. A reason is needed to correct them."""

    benefit: str
    profile: Profile
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecordInvestment:
    """Record money to be spent to get the benefit. A reason is needed to correct it."""

    benefit: str
    investment: str
    title: str
    spent_on: str
    funding: str
    tranches: tuple[PlannedTranche, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmInvestment:
    """Finance: say what a recurring investment really costs a year."""

    benefit: str
    investment: str
    annual: Pence
    reason: str


@dataclass(frozen=True, slots=True)
class RemoveInvestment:
    """Take back an investment that was recorded wrongly."""

    benefit: str
    investment: str
    reason: str


@dataclass(frozen=True, slots=True)
class StateNoInvestment:
    """State that the benefit needs no investment of its own, or where it is deducted."""

    benefit: str
    note: str


@dataclass(frozen=True, slots=True)
class StateConfidence:
    """Say how sure the service is, and why."""

    benefit: str
    level: Confidence
    reason: str


@dataclass(frozen=True, slots=True)
class StateOverlapCheck:
    """State that overlaps were looked for: found, or none found."""

    benefit: str
    found: bool
    note: str


@dataclass(frozen=True, slots=True)
class ConfirmValue:
    """Finance: confirm the value of the profile as it stands."""

    benefit: str
    note: str


@dataclass(frozen=True, slots=True)
class AttachEvidence:
    """Attach a file that is already kept, by its SHA-256 (lower-case hex) and size in bytes."""

    benefit: str
    evidence: str
    title: str
    sha256: str
    size: int
    media_type: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class MakeExempt:
    """Keep a confidential benefit out of public editions, where it counts within totals only."""

    benefit: str
    reason: str


@dataclass(frozen=True, slots=True)
class EndExemption:
    """Let a benefit stand in public editions again."""

    benefit: str
    reason: str


@dataclass(frozen=True, slots=True)
class AddNote:
    """Write a note in the benefit's story."""

    benefit: str
    text: str


@dataclass(frozen=True, slots=True)
class WithdrawIdentified:
    """PMO: withdraw a benefit that no board has approved yet."""

    benefit: str
    reason: str
    replacement: str | None = None
