"""What moved the money since the last report, a row for each cause.

A statement opens with exactly what the last report printed and closes with the reconciliation
now. Each event falls in one row: its movement is the reconciliation after it less that before
it. When a penny is left over, ``PennyLeftOver`` names the benefit. All amounts are whole pence.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from operator import add, sub

from benefits.money import Pence, pounds
from benefits.periods import FinancialYear, Month
from reports.lines import TOTAL, Lines, PennyLeftOver
from reports.reconciliation import (
    Cash,
    Reconciled,
    Recurring,
    alike,
    cash_of_each,
    recurring_by_year,
)

#: Column name to pence.
Columns = dict[str, Pence]
#: A stored table: plan year as written ("2024/25") to column to pence.
Stored = Mapping[str, Mapping[str, Pence]]


class Cause(StrEnum):
    """Why the money moved, in the order of the rows. The last has no event."""

    NEWLY_APPROVED = "newly approved"
    RE_BASELINED = "re-baselined"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    SLIPPED = "slipped"
    FORECAST_RAISED = "forecast raised"
    FORECAST_LOWERED = "forecast lowered"
    CLAIMED = "claimed"
    REJECTED = "rejected"
    VERIFIED = "verified"
    ERODED = "eroded"
    CORRECTED = "corrected"
    TIME_PASSED = "time passed"


@dataclass(frozen=True, slots=True)
class Step:
    """One event that moved a benefit: how it stood before (None: not yet approved) and after.

    ``after`` is None when the benefit is no longer reconciled at all.
    """

    position: int
    cause: Cause
    benefit: str
    before: Lines | None
    after: Lines | None


@dataclass(frozen=True, slots=True)
class Row:
    """The movement of one cause, with the log positions of its events."""

    cause: Cause
    amounts: Columns
    events: frozenset[int]


@dataclass(frozen=True, slots=True)
class Statement:
    """Opening, one row a cause that moved anything, closing: of one plan year on one basis."""

    basis: type[Recurring] | type[Cash]
    year: FinancialYear
    opening: Columns
    rows: tuple[Row, ...]
    closing: Columns


@dataclass(frozen=True, slots=True)
class Opening:
    """What the last issued report printed: its month and its stored totals on each basis.

    ``by_benefit`` holds the same for each benefit, where the report stored it; with it, a penny
    that the last report printed otherwise is traced to its benefit.
    """

    month: Month
    recurring: Stored
    cash: Stored
    by_benefit: Mapping[str, "Opening"] = field(default_factory=dict)


#: The amounts of one benefit, or of all, in each of the years and in the order of the columns.
_Worked = list[tuple[Pence, ...]]
_Rows = Mapping[FinancialYear, Reconciled]
_Work = Callable[[Lines, Iterable[FinancialYear], Month], _Rows]
#: The rows that a report prints of each benefit, by the name that its ``Lines`` have.
Printed = Mapping[str, _Rows]


def recurring_statements(
    opening: Opening | None,
    steps: Sequence[Step],
    now: Sequence[Lines],
    years: Sequence[FinancialYear],
    upto: Month,
    printed: Printed | None = None,
) -> dict[FinancialYear, Statement]:
    """The statement of each plan year on the recurring basis.

    ``opening`` is None for a first report. ``steps`` are in the order of the log, and ``now``
    is every benefit reconciled as it stands at the end of the month ``upto``. ``years`` is every
    plan year and every year in which money falls. ``printed`` are the rows of ``now`` where they
    are worked already. Raises ``PennyLeftOver`` when it does not tie.
    """
    stored = opening.recurring if opening else {}
    singly = {name: one.recurring for name, one in opening.by_benefit.items()} if opening else {}
    moved = _Moved(Recurring, recurring_by_year, years, opening.month if opening else upto, upto)
    moved.follow(steps)
    moved.close(now, printed or {})
    return moved.state(stored, singly)


def cash_statements(
    opening: Opening | None,
    steps: Sequence[Step],
    now: Sequence[Lines],
    years: Sequence[FinancialYear],
    upto: Month,
    printed: Printed | None = None,
) -> dict[FinancialYear, Statement]:
    """The statement of each year on the in-year cash basis; arguments as for the recurring one."""
    stored = opening.cash if opening else {}
    singly = {name: one.cash for name, one in opening.by_benefit.items()} if opening else {}
    moved = _Moved(Cash, cash_of_each, years, opening.month if opening else upto, upto)
    moved.follow(steps)
    moved.close(now, printed or {})
    return moved.state(stored, singly)


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a benefit stands, and what that is worth in each year at the last report's month."""

    lines: Lines | None
    worked: _Worked


class _Moves:
    """Amounts added up column by column, with the log positions of the events behind them."""

    __slots__ = ("amounts", "events")

    def __init__(self, zeros: Sequence[Pence]) -> None:
        self.amounts = list(zeros)
        self.events: set[int] = set()

    def add(self, amounts: Iterable[Pence]) -> None:
        """Add one movement, in the order of the columns."""
        self.amounts = list(map(add, self.amounts, amounts))


class _Moved:
    """The movements of every benefit on one basis, gathered by cause and checked singly."""

    def __init__(
        self,
        basis: type[Recurring] | type[Cash],
        work: _Work,
        years: Sequence[FinancialYear],
        last: Month,
        upto: Month,
    ) -> None:
        self._basis, self._work, self._years = basis, work, years
        self._last, self._upto = last, upto
        self._zeros = basis.nothing().values()
        self._standing: dict[str, _Standing] = {}
        self._opening: dict[str, _Worked] = {}
        self._moves: dict[tuple[int, Cause], _Moves] = {}
        self._closing = [_Moves(self._zeros) for _ in years]

    def _worked(self, lines: Lines | None, upto: Month) -> _Worked:
        """What a benefit is worth in each year, of which most are like another."""
        if lines is None:
            return [self._zeros] * len(self._years)
        like = [same for _, same in alike(lines, self._years, upto)]
        rows = self._work(lines, dict.fromkeys(like), upto)
        amounts = {year: row.values() for year, row in rows.items()}
        return [amounts[same] for same in like]

    def follow(self, steps: Sequence[Step]) -> None:
        """Every event's movement, worked at the month of the last report."""
        for step in steps:
            before = self._standing.get(step.benefit)
            if before is None:
                before = self._unmoved(step.before, step.benefit)
            elif before.lines != step.before:
                raise PennyLeftOver(
                    step.benefit,
                    f"how it stood before event {step.position} is not how the event before it"
                    " left it.",
                )
            after = _Standing(step.after, self._worked(step.after, self._last))
            self._standing[step.benefit] = after
            self._move(step.cause, before.worked, after.worked, step.position)

    def _unmoved(self, lines: Lines | None, benefit: str) -> _Standing:
        """How a benefit stood when the last report was made."""
        self._opening[benefit] = worked = self._worked(lines, self._last)
        return _Standing(lines, worked)

    def close(self, now: Sequence[Lines], printed: Printed) -> None:
        """What time did to each benefit as its last event left it, and what they are worth now."""
        for lines in now:
            left = self._standing.pop(lines.benefit, None) or self._unmoved(lines, lines.benefit)
            if lines != left.lines:
                raise PennyLeftOver(
                    lines.benefit, "how it stands now is not how its last event left it."
                )
            after = self._now(lines, left, printed.get(lines.benefit, {}))
            self._move(Cause.TIME_PASSED, left.worked, after, None)
            for closing, amounts in zip(self._closing, after, strict=True):
                closing.add(amounts)
        for benefit, left in self._standing.items():
            if left.lines is not None:
                raise PennyLeftOver(benefit, "it moved, and is not among the benefits now.")

    def _now(self, lines: Lines, left: _Standing, rows: _Rows) -> _Worked:
        if self._last == self._upto:
            return left.worked
        if not all(year in rows for year in self._years):
            return self._worked(lines, self._upto)
        return [rows[year].values() for year in self._years]

    def _move(self, cause: Cause, before: _Worked, after: _Worked, event: int | None) -> None:
        for place, (was, becomes) in enumerate(zip(before, after, strict=True)):
            if was != becomes:
                moves = self._moves.setdefault((place, cause), _Moves(self._zeros))
                moves.add(map(sub, becomes, was))
                if event is not None:
                    moves.events.add(event)

    def state(self, stored: Stored, singly: Mapping[str, Stored]) -> dict[FinancialYear, Statement]:
        """The statements, once each is known to tie."""
        statements = {}
        for place, year in enumerate(self._years):
            rows = tuple(
                Row(cause, self._named(moves.amounts), frozenset(moves.events))
                for cause in Cause
                if (moves := self._moves.get((place, cause)))
            )
            for benefit, own in singly.items():
                worked = self._opening[benefit][place] if benefit in self._opening else self._zeros
                self._tie(benefit, year, self._stored(own, year), worked)
            opening = self._stored(stored, year)
            closing = self._closing[place].amounts
            self._check(year, opening, rows, closing)
            named = self._named(opening), self._named(closing)
            statements[year] = Statement(self._basis, year, named[0], rows, named[1])
        return statements

    def _check(
        self,
        year: FinancialYear,
        opening: Sequence[Pence],
        rows: Sequence[Row],
        closing: Sequence[Pence],
    ) -> None:
        for row in rows:
            self._basis(TOTAL, year, **row.amounts)
        self._basis(TOTAL, year, *opening)
        amounts = [opening, *(row.amounts.values() for row in rows)]
        whole = tuple(map(sum, zip(*amounts, strict=True)))
        self._tie(TOTAL, year, whole, tuple(closing))

    def _named(self, amounts: Iterable[Pence]) -> Columns:
        return dict(zip(self._basis.columns(), amounts, strict=True))

    def _stored(self, stored: Stored, year: FinancialYear) -> tuple[Pence, ...]:
        printed = stored.get(str(year))
        return (
            tuple(map(printed.get, self._basis.columns(), self._zeros)) if printed else self._zeros
        )

    def _tie(
        self, benefit: str, year: FinancialYear, printed: Sequence[Pence], worked: Sequence[Pence]
    ) -> None:
        if printed == worked:
            return
        for column, amount, own in zip(self._basis.columns(), printed, worked, strict=True):
            if amount != own:
                raise PennyLeftOver(
                    benefit,
                    f"{column.replace('_', ' ')} of {year} on the {self._basis.BASIS} basis leaves"
                    f" {pounds(amount - own)} over since the last report.",
                )
