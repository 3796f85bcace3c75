"""What a savings table says is to be recorded: benefits, investments, an account and the faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from benefits.money import Pence
from benefits.periods import FinancialYear
from benefits.plans import Component
from benefits.tranches import Nature
from benefits.vocabulary import Fund, Kind


class Unit(Enum):
    """What one stands for in a table whose figures say no unit of their own."""

    POUNDS = ""
    THOUSANDS = "k"
    MILLIONS = "m"


@dataclass(frozen=True, slots=True)
class Options:
    """How the person says that the table is to be read.

    ``first_year`` is year_1; ``years`` is the length of the plan window, that of the table unless
    given. ``years_down`` is a table with years down the side and a theme in each column, whose
    years are read from it; ``workstream`` is then the workstream that its themes go under.
    """

    first_year: FinancialYear | None = None
    years: int | None = None
    unit: Unit = Unit.POUNDS
    cumulative: bool = False
    savings_negative: bool = False
    years_down: bool = False
    workstream: str = "Savings by theme"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in the table: its line in the file (0 for the whole file) and column."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        if not self.line:
            return self.sentence
        return (
            f"Line {self.line}{f', column {self.column}' if self.column else ''}: {self.sentence}"
        )


@dataclass(frozen=True, slots=True)
class PlannedBenefit:
    """One benefit to be recorded. Amounts are pence; ``profile`` holds increments by year.

    ``line`` is the name as printed, which with workstream, group and kind as printed is the key.
    The committed point is the printed figure; ``low`` and ``high`` are the run rate's range where
    one is printed. No profile means that the benefit cannot pass Validation yet.
    """

    workstream: str
    group: str
    line: str
    printed_kind: str
    title: str
    kind: Kind
    fund: Fund
    nature: Nature
    profile: Mapping[FinancialYear, Pence]
    low: Pence | None = None
    high: Pence | None = None
    components: tuple[Component, ...] = ()
    lines: tuple[int, ...] = ()
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Workstream, group, line and kind: with the programme, what identifies it for ever."""
        return (self.workstream, self.group, self.line, self.printed_kind)


@dataclass(frozen=True, slots=True)
class PlannedInvestment:
    """Money to be spent, in pence (positive), by the year in which it is first spent.

    ``benefit`` is the line of the benefit that it belongs to; without one it belongs to the
    group, or to the workstream where there is no group.
    """

    workstream: str
    group: str
    line: str
    printed_kind: str
    nature: Nature
    profile: Mapping[FinancialYear, Pence]
    benefit: str | None = None
    lines: tuple[int, ...] = ()
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Workstream, group, line and kind: with the programme, what identifies it for ever."""
        return (self.workstream, self.group, self.line, self.printed_kind)


@dataclass(frozen=True, slots=True)
class SavingsTable:
    """What was made of a whole table. Nothing is to be recorded while there is a fault.

    ``account`` is a sentence for each line, in the order of the file. ``printed`` is the grid of
    figures as printed, for the referee to foot each row (or, years down, the whole table).
    ``left_out`` names columns that are not savings, such as a gap still to be found.
    """

    benefits: tuple[PlannedBenefit, ...] = ()
    investments: tuple[PlannedInvestment, ...] = ()
    account: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    years: tuple[FinancialYear, ...] = ()
    printed: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    left_out: tuple[str, ...] = ()
    options: Options = Options()
