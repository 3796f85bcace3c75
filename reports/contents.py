"""Everything that one monthly report prints, already worked out, as plain frozen values.

The order of the parts is the reading order of the report. Amounts are whole pence, names of
people are plain text given by the caller, and a ``ref`` (such as ``B41`` or ``F3``) is the
short reference that leads from a figure to its entry in the appendix and so to its events.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from benefits.vocabulary import ReportSection
from reports.entries import (
    AgedShortfall,
    BenefitEntry,
    CashSource,
    Condition,
    Correction,
    Decision,
    DecisionComing,
    Measure,
    Milestone,
    MtfsException,
    Pressure,
    QuestionEntry,
    Risk,
    StatusException,
    Trace,
)
from reports.money_tables import Bridge, CashRow, MoneyTable, MovementTable, RecurringRow, RunRate
from reports.side_tables import SideTable


class ReportStatus(StrEnum):
    """Whether the council stands behind the report yet."""

    DRAFT = "Draft"
    ISSUED = "Issued"


@dataclass(frozen=True, slots=True)
class Branding:
    """How the council's reports look. ``colour`` is ``#rrggbb``; ``contact`` is a sentence that
    says whom to ask for another format. ``address`` is where the record can be read on the web
    (no slash at its end): events and benefits are linked to it; empty means no links. ``logo`` is
    the picture on the cover, as a ``data:`` address; empty for none."""

    colour: str = "#12436d"
    contact: str = ""
    address: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """Who is told what, as at when. ``issued_at`` is aware; for a draft it is when it was made.

    ``circulation`` is public or exempt; ``holds_exempt`` says whether any benefit is exempt.
    """

    council: str
    subject: str
    is_portfolio: bool
    month: Month
    status: ReportStatus
    issuer: str
    issued_at: datetime
    edition: int
    closing: str
    log_position: int
    log_hash: str
    committee: str = ""
    sponsor: str = ""
    plan_window: str = ""
    supersedes: str = ""
    checkpoint: str = ""
    circulation: str = "public"
    holds_exempt: bool = False


@dataclass(frozen=True, slots=True)
class FundAmount:
    """The part of a headline figure that belongs to one fund. ``against`` as in the headline."""

    fund: str
    amount: Pence
    against: Pence | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the five figures of the summary. ``against`` is what it is set beside, if anything."""

    label: str
    amount: Pence
    basis: str
    by_fund: tuple[FundAmount, ...] = ()
    against: Pence | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a member reads in a minute. Each text is a whole sentence."""

    lead: str
    headlines: tuple[Headline, ...]
    changed: tuple[str, ...]
    why: tuple[str, ...]
    next: tuple[str, ...]
    enquiries: tuple[str, ...]
    reconciles: str


@dataclass(frozen=True, slots=True)
class StatusRow:
    """The current plan of one workstream (or the whole) by status, plus over-delivery inside it."""

    label: str
    delivered: Pence
    on_track: Pence
    at_risk: Pence
    not_delivered: Pence


@dataclass(frozen=True, slots=True)
class PlannedAndRealised:
    """Section 3. Each group of tables is printed in the order given."""

    introduction: str
    year: FinancialYear
    bridge: Bridge
    gross_to_net: tuple[Bridge, ...]
    run_rate: RunRate
    recurring_by_year: MoneyTable[RecurringRow]
    cash_by_year: MoneyTable[CashRow]
    by_workstream: tuple[MoneyTable[RecurringRow] | MoneyTable[CashRow], ...]
    by_fund: tuple[MoneyTable[RecurringRow] | MoneyTable[CashRow], ...]
    other_kinds: tuple[MoneyTable[RecurringRow] | MoneyTable[CashRow], ...] = ()
    beside: tuple[SideTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Movements:
    """Section 4: what moved since the last report. ``since`` names that report, or says first."""

    since: str
    recurring: tuple[MovementTable[RecurringRow], ...]
    cash: tuple[MovementTable[CashRow], ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class StatusSection:
    """Section 5. ``strip`` has one row a workstream; ``strip_total`` is their sum."""

    basis: str
    strip: tuple[StatusRow, ...]
    strip_total: StatusRow
    exceptions: tuple[StatusException, ...]
    aged: tuple[AgedShortfall, ...]
    cash_sources: tuple[CashSource, ...]
    pressures: tuple[Pressure, ...]
    mtfs: tuple[MtfsException, ...] = ()
    beside: tuple[SideTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Decisions:
    """Section 6."""

    board: str
    taken: tuple[Decision, ...]
    conditions: tuple[Condition, ...]
    coming: tuple[DecisionComing, ...]


@dataclass(frozen=True, slots=True)
class Milestones:
    """Section 7."""

    reached: tuple[Milestone, ...]
    slipped: tuple[Milestone, ...]
    due_next: tuple[Milestone, ...]
    beside: tuple[SideTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrative:
    """The PMO's own words in a section: plain paragraphs, by whom, and on which day."""

    section: ReportSection
    paragraphs: tuple[str, ...]
    by: str
    written: date


@dataclass(frozen=True, slots=True)
class Appendix:
    """Section 10. ``definitions`` are pairs of term and meaning; ``verify`` are steps to take."""

    benefits: tuple[BenefitEntry, ...]
    traces: tuple[Trace, ...]
    definitions: tuple[tuple[str, str], ...]
    verify: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportContents:
    """One monthly report, whole."""

    cover: Cover
    summary: Summary
    planned: PlannedAndRealised
    movements: Movements
    status: StatusSection
    decisions: Decisions
    milestones: Milestones
    measures: tuple[Measure, ...]
    counter_measures: tuple[Measure, ...]
    risks: tuple[Risk, ...]
    appendix: Appendix
    questions: tuple[QuestionEntry, ...] = ()
    narratives: tuple[Narrative, ...] = ()
