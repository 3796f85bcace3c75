"""A figure is an amount that says what it is: its basis, and the events that made it.

Figures add only to figures of the same basis. A total across funds or kinds is possible, but it
has to say so (rule 6 of the product: a total never adds unlike bases without saying so).
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from benefits.money import Pence


class UnlikeBases(ValueError):
    """Two figures that mean different things were about to be added."""


class Measure(StrEnum):
    """What an amount measures. The value is how it is said."""

    INCREMENT = "increment first delivered in the year"
    RUN_RATE = "run rate"
    IN_YEAR = "in-year cash"
    PLAN_TOTAL = "plan total"


class Span(StrEnum):
    """Whether a recurring amount counts for twelve months or only from its own month."""

    FULL_YEAR = "full-year"
    IN_YEAR = "in-year"


class Netting(StrEnum):
    """Whether recurring investment, existing MTFS value and overlap are already off."""

    GROSS = "gross"
    NET = "net"


class Kinds(StrEnum):
    """Which kinds of benefit: cashable ones are never added to the others unsaid."""

    CASHABLE = "cashable"
    COST_AVOIDANCE = "cost avoidance"
    CAPITAL_RECEIPTS = "capital receipts"
    NON_CASH = "non-cash-releasing"
    ALL = "all kinds"


class PointOfRange(StrEnum):
    """Which point of a range."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"
    COMMITTED = "committed"


ALL_FUNDS = "all funds"


@dataclass(frozen=True, slots=True)
class Basis:
    """What must be the same before two amounts may be added. ``fund`` is the fund's name."""

    measure: Measure
    span: Span = Span.FULL_YEAR
    netting: Netting = Netting.GROSS
    kinds: Kinds = Kinds.CASHABLE
    fund: str = "general fund"
    point: PointOfRange = PointOfRange.COMMITTED

    def __str__(self) -> str:
        said = [str(self.measure), str(self.netting), str(self.kinds), self.fund]
        if self.span != Span.FULL_YEAR and self.measure is not Measure.IN_YEAR:
            said.insert(1, str(self.span))
        if self.point is not PointOfRange.COMMITTED:
            said.append(f"{self.point} end")
        return ", ".join(said)

    def unlike(self, other: "Basis") -> list[str]:
        """How the other differs, such as ``gross with net``; empty when they may be added."""
        return [
            f"{mine} with {theirs}"
            for field in fields(self)
            if (mine := getattr(self, field.name)) != (theirs := getattr(other, field.name))
        ]


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in pence, what it is, and the log positions of the events that made it."""

    amount: Pence
    basis: Basis
    events: frozenset[int] = frozenset()

    def __add__(self, other: "Figure") -> "Figure":
        """The sum, with both figures' events. Raises ``UnlikeBases`` when the bases differ."""
        return self._with(other, self.amount + other.amount)

    def __sub__(self, other: "Figure") -> "Figure":
        """The difference, with both figures' events. Raises ``UnlikeBases`` as adding does."""
        return self._with(other, self.amount - other.amount)

    def _with(self, other: "Figure", amount: Pence) -> "Figure":
        differences = self.basis.unlike(other.basis)
        if differences:
            raise UnlikeBases(
                f"These figures cannot be added: it would mix {' and '.join(differences)}."
                " Show them side by side, or say in the total what it holds."
            )
        return Figure(amount, self.basis, self.events | other.events)


def total(figures: Iterable[Figure], nothing: Basis) -> Figure:
    """The sum of like figures; nothing at all is a figure of 0 on the basis given."""
    figure = Figure(0, nothing)
    for added in figures:
        figure += added
    return figure


def across_funds(figures: Iterable[Figure], nothing: Basis) -> Figure:
    """A total that holds several funds and says so: its basis reads ``all funds``."""
    return total(
        (replace(f, basis=replace(f.basis, fund=ALL_FUNDS)) for f in figures),
        replace(nothing, fund=ALL_FUNDS),
    )


def across_kinds(figures: Iterable[Figure], nothing: Basis) -> Figure:
    """A total that holds cashable and other kinds and says so: its basis reads ``all kinds``."""
    return total(
        (replace(f, basis=replace(f.basis, kinds=Kinds.ALL)) for f in figures),
        replace(nothing, kinds=Kinds.ALL),
    )
