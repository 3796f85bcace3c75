"""What can happen to a programme, to an overlap between benefits and to a line of the MTFS."""

from dataclasses import dataclass
from enum import StrEnum

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.plans import PlannedTranche, YearAmount
from benefits.vocabulary import Fund, ReportSection


class Unclosed(StrEnum):
    """What becomes of a scheduled report when its month is not closed."""

    ISSUE = "issue saying not closed"
    DRAFT = "send as draft to the PMO and finance only"


@dataclass(frozen=True, slots=True)
class ProgrammeStarted:
    """A programme with its plan window, sponsor (a person's id) and board."""

    title: str
    first_year: FinancialYear
    years: int
    sponsor: str | None
    board: str
    committee: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeChanged:
    """Words or posts of a programme changed. ``None`` leaves a thing as it was."""

    title: str | None = None
    sponsor: str | None = None
    board: str | None = None
    committee: str | None = None


@dataclass(frozen=True, slots=True)
class WorkstreamAdded:
    """A workstream of the programme, by its name."""

    workstream: str


@dataclass(frozen=True, slots=True)
class ToleranceSet:
    """How far verified money may fall short at Realisation: per cent of the committed figure."""

    per_cent: int
    reason: str


@dataclass(frozen=True, slots=True)
class RecipientsSet:
    """Who of the scrutiny committee is sent the report: ids of people."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportScheduleSet:
    """On which working day of the month the report is due, and what if the month is not closed."""

    working_day: int
    unclosed: Unclosed


@dataclass(frozen=True, slots=True)
class GroupInvestmentRecorded:
    """Money spent for a group, a workstream or the whole programme (both names empty)."""

    investment: str
    title: str
    spent_on: str
    funding: str
    tranches: tuple[PlannedTranche, ...]
    workstream: str = ""
    group: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GroupInvestmentRemoved:
    """An investment was recorded wrongly and no longer counts."""

    investment: str
    reason: str


@dataclass(frozen=True, slots=True)
class MonthClosed:
    """The PMO says that the programme's month is complete."""

    month: Month
    note: str = ""


@dataclass(frozen=True, slots=True)
class MonthReviewed:
    """Finance says that the programme's month has been reviewed."""

    month: Month
    note: str = ""


@dataclass(frozen=True, slots=True)
class NarrativeWritten:
    """The PMO's own words for a section of a month's report; no text takes back what stood."""

    month: Month
    section: ReportSection
    text: str


@dataclass(frozen=True, slots=True)
class OverlapAgreed:
    """Two benefits, or a benefit and an MTFS line, count the same money: one side keeps it.

    ``gives_up`` is a benefit's id; ``keeps`` a benefit's or an MTFS line's. Amounts in pence.
    """

    gives_up: str
    keeps: str
    amounts: tuple[YearAmount, ...]
    with_mtfs: bool
    agreed_by: str


@dataclass(frozen=True, slots=True)
class OverlapCancelled:
    """The overlap was recorded wrongly, or is no more."""

    reason: str


@dataclass(frozen=True, slots=True)
class MtfsLineRecorded:
    """A line of the medium-term plan. Amounts in pence, kept as increments by year."""

    reference: str
    title: str
    fund: Fund
    increments: tuple[YearAmount, ...]
    given_cumulative: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MtfsValueCounted:
    """A benefit holds money that is in this line already: it is taken off that benefit, once.

    ``overlap`` and ``benefit`` are ids. Amounts in pence.
    """

    overlap: str
    benefit: str
    amounts: tuple[YearAmount, ...]


@dataclass(frozen=True, slots=True)
class MtfsValueFreed:
    """The overlap between a benefit and this line was taken back."""

    overlap: str
    reason: str


@dataclass(frozen=True, slots=True)
class MtfsAmountAdmitted:
    """Finance lets a signed-off benefit's money into the line for a year (pence, in all)."""

    benefit: str
    year: FinancialYear
    amount: Pence
    reason: str = ""
