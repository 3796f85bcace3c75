"""What moved the money since the last report, a row for each cause.

A statement opens with exactly what the last report printed and closes with the reconciliation
now. Each event falls in one row: its movement is the reconciliation after it less that before
it. When a penny is left over, ``PennyLeftOver`` names the benefit. All amounts are whole pence.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from benefits.money import Pence, pounds
from benefits.periods import FinancialYear, Month
from reports.lines import TOTAL, Lines, PennyLeftOver
from reports.reconciliation import Cash, Reconciled, Recurring, cash_by_year, recurring_by_year

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


_Worked = dict[FinancialYear, Columns]
_Work = Callable[[Lines, Iterable[FinancialYear], Month], Mapping[FinancialYear, Reconciled]]


def recurring_statements(
    opening: Opening | None,
    steps: Sequence[Step],
    now: Sequence[Lines],
    years: Sequence[FinancialYear],
    upto: Month,
) -> dict[FinancialYear, Statement]:
    """The statement of each plan year on the recurring basis.

    ``opening`` is None for a first report. ``steps`` are in the order of the log, and ``now``
    is every benefit reconciled as it stands at the end of the month ``upto``. ``years`` is every
    plan year and every year in which money falls. Raises ``PennyLeftOver`` when it does not tie.
    """
    stored = opening.recurring if opening else {}
    singly = {name: one.recurring for name, one in opening.by_benefit.items()} if opening else {}
    last = opening.month if opening else upto
    return _Moved(Recurring, recurring_by_year, steps, now, years, last, upto).state(stored, singly)


def cash_statements(
    opening: Opening | None,
    steps: Sequence[Step],
    now: Sequence[Lines],
    years: Sequence[FinancialYear],
    upto: Month,
) -> dict[FinancialYear, Statement]:
    """The statement of each year on the in-year cash basis; arguments as for the recurring one."""
    stored = opening.cash if opening else {}
    singly = {name: one.cash for name, one in opening.by_benefit.items()} if opening else {}
    last = opening.month if opening else upto
    return _Moved(Cash, cash_by_year, steps, now, years, last, upto).state(stored, singly)


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a benefit stands, and what that is worth in each year at the last report's month."""

    lines: Lines | None
    worked: _Worked


class _Moved:
    """The movements of every benefit on one basis, gathered by cause and checked singly."""

    def __init__(
        self,
        basis: type[Recurring] | type[Cash],
        work: _Work,
        steps: Sequence[Step],
        now: Sequence[Lines],
        years: Sequence[FinancialYear],
        last: Month,
        upto: Month,
    ) -> None:
        self._basis, self._work, self._years = basis, work, years
        self._opening: dict[tuple[str, FinancialYear], Columns] = {}
        self._rows: dict[tuple[FinancialYear, Cause], Counter[str]] = defaultdict(Counter)
        self._events: dict[tuple[FinancialYear, Cause], set[int]] = defaultdict(set)
        self._closing = {year: Counter(basis.nothing().amounts()) for year in years}
        standing = self._follow(steps, last)
        for lines in now:
            left = standing.pop(lines.benefit, None) or self._unmoved(lines, last)
            self._close(lines, left, last, upto)
        for benefit, left in standing.items():
            if left.lines is not None:
                raise PennyLeftOver(benefit, "it moved, and is not among the benefits now.")

    def _worked(self, lines: Lines | None, upto: Month) -> _Worked:
        if lines is None:
            return dict.fromkeys(self._years, self._basis.nothing().amounts())
        return {y: row.amounts() for y, row in self._work(lines, self._years, upto).items()}

    def _follow(self, steps: Sequence[Step], last: Month) -> dict[str, _Standing]:
        """Every event's movement, worked at the month of the last report."""
        standing: dict[str, _Standing] = {}
        for step in steps:
            before = standing.get(step.benefit)
            if before is None:
                before = self._unmoved(step.before, last, step.benefit)
            elif before.lines != step.before:
                raise PennyLeftOver(
                    step.benefit,
                    f"how it stood before event {step.position} is not how the event before it"
                    " left it.",
                )
            after = _Standing(step.after, self._worked(step.after, last))
            standing[step.benefit] = after
            self._move(step.cause, before.worked, after.worked, {step.position})
        return standing

    def _unmoved(self, lines: Lines | None, last: Month, benefit: str = "") -> _Standing:
        """How a benefit stood when the last report was made."""
        worked = self._worked(lines, last)
        for year, columns in worked.items():
            self._opening[lines.benefit if lines else benefit, year] = columns
        return _Standing(lines, worked)

    def _close(self, now: Lines, left: _Standing, last: Month, upto: Month) -> None:
        if now != left.lines:
            raise PennyLeftOver(now.benefit, "how it stands now is not how its last event left it.")
        after = left.worked if last == upto else self._worked(now, upto)
        self._move(Cause.TIME_PASSED, left.worked, after, set())
        for year, columns in after.items():
            self._closing[year].update(columns)

    def _move(
        self,
        cause: Cause,
        before: _Worked,
        after: _Worked,
        events: set[int],
    ) -> None:
        for year in self._years:
            was, becomes = before[year], after[year]
            if was != becomes:
                self._rows[year, cause].update({c: becomes[c] - was[c] for c in was})
                self._events[year, cause] |= events

    def state(self, stored: Stored, singly: Mapping[str, Stored]) -> dict[FinancialYear, Statement]:
        """The statements, once each is known to tie."""
        statements = {}
        for year in self._years:
            opening = self._columns(stored, year)
            rows = tuple(
                Row(cause, dict(self._rows[year, cause]), frozenset(self._events[year, cause]))
                for cause in Cause
                if (year, cause) in self._rows
            )
            self._check(year, opening, rows, singly)
            statements[year] = Statement(
                self._basis, year, opening, rows, dict(self._closing[year])
            )
        return statements

    def _check(
        self,
        year: FinancialYear,
        opening: Columns,
        rows: Sequence[Row],
        singly: Mapping[str, Stored],
    ) -> None:
        for benefit, stored in singly.items():
            worked = self._opening.get((benefit, year), self._basis.nothing().amounts())
            self._tie(benefit, year, self._columns(stored, year), worked)
        for row in rows:
            self._basis(TOTAL, year, **row.amounts)
        self._basis(TOTAL, year, **opening)
        whole = {c: amount + sum(r.amounts[c] for r in rows) for c, amount in opening.items()}
        self._tie(TOTAL, year, whole, self._closing[year])

    def _columns(self, stored: Stored, year: FinancialYear) -> Columns:
        printed = stored.get(str(year), {})
        return {column: printed.get(column, 0) for column in self._basis.columns()}

    def _tie(
        self, benefit: str, year: FinancialYear, printed: Columns, worked: Mapping[str, Pence]
    ) -> None:
        for column, amount in printed.items():
            if amount != worked[column]:
                raise PennyLeftOver(
                    benefit,
                    f"{column.replace('_', ' ')} of {year} on the {self._basis.BASIS} basis leaves"
                    f" {pounds(amount - worked[column])} over since the last report.",
                )
