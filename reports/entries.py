"""The entries that the monthly report lists one by one, as plain frozen values.

A ``ref`` is the short reference (``B41``) that leads to the benefit's entry in the appendix;
``subject`` is the benefit, programme or line that the entry concerns. Amounts are whole pence,
names of people are plain text given by the caller.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from benefits.money import Pence
from benefits.periods import FinancialYear, Month
from reports.money_tables import DoesNotAddUp


class Status(StrEnum):
    """How one pound of the current plan stands. The value is the word that is printed."""

    DELIVERED = "Delivered"
    ON_TRACK = "On track"
    AT_RISK = "At risk"
    NOT_DELIVERED = "Will not be delivered"


@dataclass(frozen=True, slots=True)
class Correction:
    """Something recorded wrongly before, and put right with a reason."""

    ref: str
    subject: str
    recorded: date
    sentence: str
    reason: str
    position: int


@dataclass(frozen=True, slots=True)
class StatusException:
    """A benefit that is not on track, with who answers for it."""

    ref: str
    benefit: str
    workstream: str
    status: Status
    amount: Pence
    cause: str
    mitigation: str
    owner: str
    cabinet_member: str
    override: str = ""


@dataclass(frozen=True, slots=True)
class AgedShortfall:
    """Recurring plan of an earlier year that is still not verified."""

    due: FinancialYear
    planned: Pence
    verified: Pence
    brought_forward: Pence
    ref: str = ""


@dataclass(frozen=True, slots=True)
class CashSource:
    """How verified cash was met ("As approved"), or reserves used as cover, which never count."""

    label: str
    amount: Pence
    counts_as_realised: bool = True


@dataclass(frozen=True, slots=True)
class Pressure:
    """Money that pulls the other way, recorded by finance beside a benefit."""

    ref: str
    benefit: str
    month: Month
    amount: Pence
    reason: str


@dataclass(frozen=True, slots=True)
class MtfsException:
    """A line with no signed-off benefit, or a signed-off benefit in no line."""

    line: str
    benefit: str
    amount: Pence
    sentence: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class SeatVote:
    """How one seat voted. ``voter`` is a name, or a sentence such as "did not vote"."""

    seat: str
    voter: str
    vote: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A case that the board settled, with every seat's vote."""

    ref: str
    subject: str
    gate: str
    decided: date
    outcome: str
    votes: tuple[SeatVote, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of an approval that is still to be met, or was met in the month."""

    ref: str
    subject: str
    text: str
    owner: str
    due: date
    state: str


@dataclass(frozen=True, slots=True)
class DecisionComing:
    """A case before the board, or expected there. ``by``: when it ends, if known."""

    ref: str
    subject: str
    gate: str
    asked: str
    by: date | None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone. ``expected`` is the forecast date, or the day on which it was reached.

    ``days_late`` is below nothing when early. ``cost_of_delay`` is in-year pence lost.
    """

    ref: str
    name: str
    subject: str
    owner: str
    planned: date
    expected: date
    days_late: int
    cost_of_delay: Pence = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure or counter-measure with its latest reading, if there is one."""

    ref: str
    name: str
    subject: str
    unit: str
    aim: str
    baseline: Decimal
    target: Decimal | None
    latest: Decimal | None
    read_on: date | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk. ``likelihood`` is a letter A to E, ``impact`` 1 to 5."""

    ref: str
    title: str
    subject: str
    likelihood: str
    impact: int
    mitigation: str
    owner: str

    @property
    def score(self) -> str:
        """Letter and number, such as ``C3``."""
        return f"{self.likelihood}{self.impact}"


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """What scrutiny asked or recommended, and how it stands. ``owner`` is who answers."""

    number: str
    ref: str
    sort: str
    text: str
    about: str
    asked: date
    owner: str
    due: date | None
    state: str
    outstanding: bool
    asked_again: str = ""
    answer: str = ""
    answered: date | None = None
    closed: str = ""


@dataclass(frozen=True, slots=True)
class BenefitYear:
    """One plan year of one benefit: annual pence when recurring, else the year's one-offs."""

    year: FinancialYear
    original_plan: Pence
    plan: Pence
    forecast: Pence
    verified: Pence
    claimed: Pence


@dataclass(frozen=True, slots=True)
class BenefitEntry:
    """A benefit as the appendix prints it. ``status`` is None where no plan is approved yet.

    ``benefit`` is its id, by which its page on the web is found.
    """

    ref: str
    name: str
    workstream: str
    kind: str
    nature: str
    fund: str
    stage: str
    owner: str
    cabinet_member: str
    finance_partner: str
    confidence: str
    status: Status | None
    years: tuple[BenefitYear, ...]
    events: tuple[int, ...]
    basis: str
    note: str = ""
    benefit: str = ""


@dataclass(frozen=True, slots=True)
class TracePart:
    """What one benefit gives to a figure."""

    ref: str
    benefit: str
    amount: Pence


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a figure that is no single benefit comes from: the benefits and events behind it.

    ``parts`` add up to the amount, where it is a sum over benefits; else there are none.
    """

    ref: str
    figure: str
    amount: Pence
    events: tuple[int, ...]
    parts: tuple[TracePart, ...] = ()

    def __post_init__(self) -> None:
        if self.parts and sum(part.amount for part in self.parts) != self.amount:
            raise DoesNotAddUp(f"{self.figure}: its parts do not make the amount that is printed.")
