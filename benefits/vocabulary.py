"""The words that councils use for a benefit, its money and its risks."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of improvement a benefit is."""

    CASH_RELEASING = "cash-releasing saving"
    INCOME = "income"
    COST_AVOIDANCE = "cost avoidance"
    CAPITAL_RECEIPT = "capital receipt"
    NON_CASH = "non-cash-releasing"
    DISBENEFIT = "disbenefit"

    @property
    def cashable(self) -> bool:
        """Cash-releasing and income, less disbenefits; the other kinds are always shown apart."""
        return self in (Kind.CASH_RELEASING, Kind.INCOME, Kind.DISBENEFIT)

    @property
    def needs_budget_line(self) -> bool:
        """Whether finance verifies it against a named budget line."""
        return self in (Kind.CASH_RELEASING, Kind.INCOME)


class ReportSection(StrEnum):
    """A section of the monthly report to which the PMO can add its own words."""

    SUMMARY = "summary"
    PLANNED = "planned and realised"
    MOVEMENTS = "movements"
    STATUS = "status"
    DECISIONS = "decisions"
    MILESTONES = "milestones"
    MEASURES = "measures"
    RISKS = "risks"


class Avenue(StrEnum):
    """How the money is found."""

    CHEAPER_PROVISION = "cheaper provision"
    EFFICIENCY = "efficiency"
    INCOME_GENERATION = "income generation"
    DEMAND_REDUCTION = "demand reduction"


class Fund(StrEnum):
    """Whose money it is."""

    GENERAL_FUND = "general fund"
    DSG = "DSG/high needs"
    HRA = "HRA"
    CAPITAL = "capital"
    PARTNER = "partner"


class Confidence(StrEnum):
    """How sure the service is that the money will come."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Point(StrEnum):
    """Which figure of a range the council commits to."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"
    STATED = "stated"


class NetOf(StrEnum):
    """What a profile was already net of when it was given, and so is not deducted again."""

    INVESTMENT = "recurring investment"
    MTFS = "existing MTFS"
    OVERLAP = "overlap"


class Grade(StrEnum):
    """How much finance has seen behind a verified claim."""

    PRELIMINARY = "Preliminary"
    INTERIM = "Interim"
    FINAL = "Final"


class Assessed(StrEnum):
    """What an impact assessment looks at. The Delivery gate needs all three."""

    EQUALITY = "equality"
    SERVICE = "service"
    COMMUNITY = "community"


class Likelihood(StrEnum):
    """Risk likelihood, A (almost certain) to E (rare)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class Direction(StrEnum):
    """Which way a measure should move."""

    UP = "higher is better"
    DOWN = "lower is better"


class Cause(StrEnum):
    """Why a plan is put to the board again."""

    SLIPPED = "slipped"
    RE_SCOPED = "re-scoped"
    PRICE = "price"
    VOLUME = "volume"
    REPLACED = "replaced"


class Status(StrEnum):
    """What is said of each pound of the current plan."""

    DELIVERED = "Delivered"
    ON_TRACK = "On track"
    AT_RISK = "At risk"
    WILL_NOT_BE_DELIVERED = "Will not be delivered"
