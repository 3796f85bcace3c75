"""Reading one line of a savings table: its words, its range and its figures by year."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from benefits.money import NotMoney, Pence, pounds
from benefits.periods import FinancialYear
from benefits.savings_table.columns import Columns
from benefits.savings_table.plan import Fault, Options
from benefits.savings_table.reading import Row, read_amount
from benefits.tranches import Nature
from benefits.vocabulary import Fund, Kind

SAVING_KINDS = {"saving": Kind.CASH_RELEASING, **{kind.value: kind for kind in Kind}}
INVESTMENT_KINDS = {
    "recurring investment": Nature.RECURRING,
    "one-off investment": Nature.ONE_OFF,
}
_LONGEST = 200


@dataclass(slots=True)
class Line:
    """One line as printed, its amounts as pence, costs positive when it is an investment."""

    number: int
    workstream: str
    group: str
    name: str
    kind: str
    note: str
    fund: Fund
    nature: Nature
    low: Pence | None = None
    high: Pence | None = None
    profile: dict[FinancialYear, Pence] = field(default_factory=dict)
    total_printed: Pence | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.workstream, self.group, self.name, self.kind)

    @property
    def is_investment(self) -> bool:
        return self.kind in INVESTMENT_KINDS

    @property
    def ranged(self) -> bool:
        return self.low is not None or self.high is not None


def read_line(row: Row, columns: Columns, options: Options) -> tuple[Line, list[Fault]]:
    """The line and every fault in it."""
    faults: list[Fault] = []

    def text(name: str) -> str:
        return " ".join(row.cells[columns.names[name]].split()) if name in columns.names else ""

    def fault(column: str, sentence: str) -> None:
        faults.append(Fault(row.number, column, sentence))

    for name in ("workstream", "line", "kind"):
        if not text(name):
            fault(name, f"The {name} is missing.")
    for name in ("workstream", "group", "line"):
        if len(text(name)) > _LONGEST:
            fault(name, f"The {name} is longer than {_LONGEST} characters.")
    kind = text("kind").lower()
    if kind and kind not in SAVING_KINDS and kind not in INVESTMENT_KINDS:
        known = ", ".join(f"“{name}”" for name in (*SAVING_KINDS, *INVESTMENT_KINDS))
        fault("kind", f"“{kind[:40]}” is not a kind that is known. Write one of {known}.")
    line = Line(
        row.number,
        text("workstream"),
        text("group"),
        text("line"),
        kind,
        text("note"),
        _fund(text("fund"), fault),
        _nature(text("nature"), kind, fault),
    )
    _read_money(line, row, columns, options, fault)
    return line, faults


def _fund(written: str, fault: Callable[[str, str], None]) -> Fund:
    if not written:
        return Fund.GENERAL_FUND
    found = next((fund for fund in Fund if fund.value.lower() == written.lower()), None)
    if found is None:
        known = ", ".join(f"“{fund}”" for fund in Fund)
        fault("fund", f"“{written[:40]}” is not a fund that is known. Write one of {known}.")
    return found or Fund.GENERAL_FUND


def _nature(written: str, kind: str, fault: Callable[[str, str], None]) -> Nature:
    usual = INVESTMENT_KINDS.get(kind, Nature.RECURRING)
    if kind == Kind.CAPITAL_RECEIPT.value:
        usual = Nature.ONE_OFF
    if written and written.lower() not in (Nature.RECURRING, Nature.ONE_OFF):
        fault("nature", f"“{written[:40]}” is not a nature. Write “recurring” or “one-off”.")
        return usual
    if written and kind in INVESTMENT_KINDS and Nature(written.lower()) is not usual:
        fault("nature", f"The nature “{written}” does not go with the kind “{kind}”.")
    return Nature(written.lower()) if written else usual


def _read_money(
    line: Line, row: Row, columns: Columns, options: Options, fault: Callable[[str, str], None]
) -> None:
    def amount(at: int, column: str) -> Pence | None:
        try:
            pence = read_amount(row.cells[at], options.unit)
        except NotMoney as wrong:
            fault(column, str(wrong))
            return None
        return None if pence is None else _signed(pence, line, options, column, fault)

    if "low" in columns.names:
        line.low = amount(columns.names["low"], "low")
    if "high" in columns.names:
        line.high = amount(columns.names["high"], "high")
    if "total_printed" in columns.names:
        line.total_printed = amount(columns.names["total_printed"], "total_printed")
    printed = {year: amount(at, columns.headings[year]) for year, at in columns.years.items()}
    years = {year: pence for year, pence in sorted(printed.items()) if pence is not None}
    line.profile = {
        y: p
        for y, p in (
            increments(years, fault, columns.headings) if options.cumulative else years
        ).items()
        if p
    }
    if line.low is not None and line.high is not None and line.low > line.high:
        fault(
            "low", f"The low end, {pounds(line.low)}, is above the high end, {pounds(line.high)}."
        )
    empty = not line.profile and not line.ranged
    if empty and not any(_written(row, columns)):
        fault("", "The line has neither a range nor a figure for any year.")


def _written(row: Row, columns: Columns) -> list[str]:
    places = [
        *columns.years.values(),
        *(columns.names[n] for n in ("low", "high") if n in columns.names),
    ]
    return [row.cells[at] for at in places if row.cells[at].strip("-–— ")]


def _signed(
    pence: Pence, line: Line, options: Options, column: str, fault: Callable[[str, str], None]
) -> Pence:
    """The amount as it counts: an investment is a cost whether bracketed or not."""
    if line.is_investment:
        return abs(pence)
    if options.savings_negative:
        pence = -pence
    if pence < 0:
        how = "positive where savings are negative" if options.savings_negative else "negative"
        fault(column, f"The saving is {how}. A cost is a line of kind “recurring investment”.")
    return pence


def increments(
    running: Mapping[FinancialYear, Pence],
    fault: Callable[[str, str], None],
    headings: Mapping[FinancialYear, str],
) -> dict[FinancialYear, Pence]:
    """The increments of cumulative figures, from nothing; a fall is a fault.

    A plan promises what is to be delivered, and cannot promise to take a saving back: a saving
    that ends is one-off, and money lost is an erosion.
    """
    steps: list[tuple[FinancialYear | None, Pence]] = [(None, 0), *running.items()]
    for (_, before), (year, after) in pairwise(steps):
        if after < before:
            fault(
                headings[year] if year else "",
                f"The cumulative saving falls from {pounds(before)} to {pounds(after)}. A plan "
                "cannot take a saving back: record what ends as a one-off saving.",
            )
    return {
        year: after - before for (_, before), (year, after) in pairwise(steps) if year is not None
    }
