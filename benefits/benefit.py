"""A benefit as it stands: its events added up. It decides nothing.

``benefits.standing`` says what each event does to it. An event gives it other facts and changes
none in place, so a fact that is the same object as before is the same fact, and a shallow copy
of a benefit is a whole one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from benefits.lifecycle import Stage
from benefits.money import Pence
from benefits.parts import (
    BudgetLine,
    Case,
    Claim,
    Cover,
    Erosion,
    Evidence,
    Impact,
    Investment,
    Measure,
    Milestone,
    Overlap,
    Override,
    Pressure,
    Risk,
    StandingCondition,
)
from benefits.periods import FinancialYear
from benefits.plans import DriverReading, Profile
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Assessed, Avenue, Confidence, Fund, Kind


@dataclass(slots=True)
class Benefit:
    """Everything that is known of one benefit, after so many events (``version``)."""

    benefit: str
    version: int = 0
    position: int = 0  # of its first event: its number for people
    last_position: int = 0
    programme: str = ""
    workstream: str = ""
    group: str = ""
    title: str = ""
    kind: Kind = Kind.CASH_RELEASING
    fund: Fund = Fund.GENERAL_FUND
    source: str = ""
    stage: Stage = Stage.IDENTIFIED
    stage_since: Mapping[Stage, datetime] = field(default_factory=dict)
    description: str = ""
    outcome: str = ""
    attribution: str = ""
    avenue: Avenue | None = None
    theme: str = ""
    directorate: str = ""
    owner: str | None = None
    owners: frozenset[str] = frozenset()
    finance_partner: str | None = None
    cabinet_member: str | None = None
    range: tuple[Pence, Pence] | None = None
    profile: Profile | None = None
    original: tuple[Tranche, ...] = ()
    plan: tuple[Tranche, ...] = ()
    forecast: tuple[Tranche, ...] | None = None
    forecast_reason: str = ""
    forecast_at: datetime | None = None
    forecast_position: int = 0
    confidence: Confidence | None = None
    confidence_reason: str = ""
    overlap_check: str = ""
    overlaps: Mapping[str, Overlap] = field(default_factory=dict)
    investments: Mapping[str, Investment] = field(default_factory=dict)
    no_investment: str = ""
    value_confirmed_by: str = ""
    value_confirmers: frozenset[str] = frozenset()
    delivery_plan: str = ""
    budget_lines: Mapping[str, BudgetLine] = field(default_factory=dict)
    milestones: Mapping[str, Milestone] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    driver_readings: tuple[DriverReading, ...] = ()
    impacts: Mapping[Assessed, Impact] = field(default_factory=dict)
    risks: Mapping[str, Risk] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    claim_verifiers: frozenset[str] = frozenset()
    erosions: Mapping[str, Erosion] = field(default_factory=dict)
    pressures: tuple[Pressure, ...] = ()
    covers: tuple[Cover, ...] = ()
    admitted: Mapping[tuple[str, FinancialYear], Pence] = field(
        default_factory=dict
    )  # by MTFS line
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    override: Override | None = None
    cases: Mapping[str, Case] = field(default_factory=dict)
    conditions: Mapping[str, StandingCondition] = field(default_factory=dict)
    exempt_because: str = ""  # why it is kept out of public editions; empty when it is not
    outcomes: tuple[str, ...] = ()  # of the programme's map (ids), which it serves
    changes: tuple[str, ...] = ()  # of the programme's map (ids), which it needs
    withdrawn_because: str = ""
    replacement: str | None = None

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def exempt(self) -> bool:
        """Whether it is confidential: within totals only, wherever the public reads."""
        return bool(self.exempt_because)

    @property
    def number(self) -> str:
        """How people name it: B and the position of its first event in the log."""
        return f"B{self.position}"

    @property
    def nature(self) -> Nature | None:
        """Recurring, one-off, or None when nothing or both is planned."""
        tranches = self.profile.tranches if self.profile else ()
        natures = {tranche.nature for tranche in tranches}
        return natures.pop() if len(natures) == 1 else None

    @property
    def measured_only(self) -> bool:
        """Promised as a measure's target, with no profile in pounds: non-cash benefits may be."""
        return (
            self.kind is Kind.NON_CASH
            and self.profile is None
            and any(m.targets for m in self.measures.values() if not m.counter)
        )

    @property
    def open_case(self) -> Case | None:
        return next((case for case in self.cases.values() if case.open), None)

    @property
    def outstanding_conditions(self) -> list[StandingCondition]:
        return [condition for condition in self.conditions.values() if not condition.met]

    @property
    def waiting_claims(self) -> list[Claim]:
        return [claim for claim in self.claims.values() if claim.waiting]
