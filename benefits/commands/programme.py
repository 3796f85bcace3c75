"""What may be asked of a programme, of an overlap and of a line of the MTFS. Amounts in pence."""

from dataclasses import dataclass

from benefits.events.programme import Unclosed
from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.plans import PlannedTranche, YearAmount
from benefits.vocabulary import Fund, ReportSection


@dataclass(frozen=True, slots=True)
class StartProgramme:
    """Start a programme with its plan window; its board may be named later (empty)."""

    programme: str
    title: str
    first_year: FinancialYear
    years: int
    board: str
    sponsor: str | None = None
    committee: str = ""


@dataclass(frozen=True, slots=True)
class ChangeProgramme:
    """Change a programme's words or posts. ``None`` leaves a thing as it is."""

    programme: str
    title: str | None = None
    sponsor: str | None = None
    board: str | None = None
    committee: str | None = None


@dataclass(frozen=True, slots=True)
class AddWorkstream:
    """Add a workstream by its name."""

    programme: str
    workstream: str


@dataclass(frozen=True, slots=True)
class SetTolerance:
    """Set how far verified money may fall short at Realisation, in per cent."""

    programme: str
    per_cent: int
    reason: str


@dataclass(frozen=True, slots=True)
class SetRecipients:
    """Say who is sent the report (ids of people)."""

    programme: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetReportSchedule:
    """Say on which working day the report is due, and what if the month is not closed."""

    programme: str
    working_day: int
    unclosed: Unclosed


@dataclass(frozen=True, slots=True)
class RecordGroupInvestment:
    """Record money spent for a group, a workstream or the whole programme."""

    programme: str
    investment: str
    title: str
    spent_on: str
    funding: str
    tranches: tuple[PlannedTranche, ...]
    workstream: str = ""
    group: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RemoveGroupInvestment:
    """Take back an investment that was recorded wrongly."""

    programme: str
    investment: str
    reason: str


@dataclass(frozen=True, slots=True)
class CloseMonth:
    """PMO: say that the programme's month is complete."""

    programme: str
    month: Month
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewMonth:
    """Finance: say that the programme's month has been reviewed."""

    programme: str
    month: Month
    note: str = ""


@dataclass(frozen=True, slots=True)
class WriteNarrative:
    """Add the PMO's own words to a section of a month's report. No text takes them back.

    A blank line begins a new paragraph.
    """

    programme: str
    month: Month
    section: ReportSection
    text: str = ""


@dataclass(frozen=True, slots=True)
class AgreeOverlap:
    """Record that two sides count the same money, and which keeps it.

    ``keeps`` is another benefit's id, or an MTFS line's when ``with_mtfs``.
    """

    overlap: str
    gives_up: str
    keeps: str
    amounts: tuple[YearAmount, ...]
    agreed_by: str
    with_mtfs: bool = False


@dataclass(frozen=True, slots=True)
class CancelOverlap:
    """Take an overlap back."""

    overlap: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecordMtfsLine:
    """Record a line of the medium-term plan; cumulative amounts are kept as increments."""

    line: str
    reference: str
    title: str
    fund: Fund
    amounts: tuple[YearAmount, ...]
    cumulative: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AdmitToMtfs:
    """Finance: let a signed-off benefit's money into a line for a year (in all, in pence)."""

    line: str
    benefit: str
    year: FinancialYear
    amount: Pence
    reason: str = ""
