"""The quick way through movements and years gives what the plain way gives, to the penny.

The plain way works each year alone, before and after every event, and pairs planned with later
money pound by pound.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature, Tranche
from reports.lines import Lines, by_name, delayed, still_expected
from reports.movements import (
    Cause,
    Opening,
    Statement,
    Step,
    cash_statements,
    recurring_statements,
)
from reports.reconciliation import (
    Cash,
    Reconciled,
    Recurring,
    cash,
    cash_by_year,
    one_offs,
    one_offs_by_year,
    recurring,
    recurring_by_year,
    total,
)
from tests.unit.test_no_penny_left_over import any_lines

#: From long before the first plan year to long after the last month.
YEARS = [FinancialYear(start) for start in range(2019, 2036)]
One = Callable[[Lines, FinancialYear, Month], Reconciled]
months = st.integers(-20, 100).map(Month(2022, 4).plus)


@given(any_lines, months)
@settings(max_examples=100, deadline=None)
def test_many_years_together_are_each_year_alone(lines: Lines, upto: Month) -> None:
    for together, alone in (
        (recurring_by_year, recurring),
        (one_offs_by_year, one_offs),
        (cash_by_year, cash),
    ):
        rows = together(lines, YEARS, upto)
        assert rows == {year: alone(lines, year, upto) for year in YEARS}


def _amount(one: Lines | None, worked: One, year: FinancialYear, upto: Month) -> dict[str, int]:
    if one is None:
        return dict.fromkeys(worked(Lines("none"), year, upto).columns(), 0)
    return worked(one, year, upto).amounts()


def plainly(
    steps: Sequence[Step], now: Sequence[Lines], worked: One, last: Month, upto: Month
) -> dict[FinancialYear, dict[Cause, tuple[dict[str, int], frozenset[int]]]]:
    """Each year's rows by cause: what every event and the time alone did, added up."""
    passed = [Step(0, Cause.TIME_PASSED, one.benefit, one, one) for one in now]
    found = {}
    for year in YEARS:
        rows: dict[Cause, tuple[dict[str, int], frozenset[int]]] = {}
        for step in [*steps, *passed]:
            was = _amount(step.before, worked, year, last)
            month = last if step.position else upto
            becomes = _amount(step.after, worked, year, month)
            if was == becomes:
                continue
            held, events = rows.get(step.cause, (dict.fromkeys(was, 0), frozenset()))
            sums = {column: held[column] + becomes[column] - was[column] for column in was}
            rows[step.cause] = sums, events | ({step.position} if step.position else set())
        found[year] = rows
    return found


def _rows(statement: Statement) -> dict[Cause, tuple[dict[str, int], frozenset[int]]]:
    return {row.cause: (row.amounts, row.events) for row in statement.rows}


@given(
    st.lists(st.lists(any_lines, min_size=1, max_size=4), min_size=1, max_size=3),
    st.data(),
    months,
    st.integers(0, 14),
)
@settings(max_examples=25, deadline=None)
def test_over_random_histories_each_cause_and_its_events_are_those_of_the_plain_way(
    histories: list[list[Lines]], data: st.DataObject, last: Month, passed: int
) -> None:
    causes = st.sampled_from([cause for cause in Cause if cause is not Cause.TIME_PASSED])
    opened, now, steps = list[Lines](), list[Lines](), list[Step]()
    for number, states in enumerate(histories):
        named = [replace(lines, benefit=f"B{number}") for lines in states]
        reported = data.draw(st.integers(0, len(named)))
        passes = [None, *named][reported:]
        opened += [lines for lines in passes[:1] if lines]
        now.append(named[-1])
        for before, after in pairwise(passes):
            place = len(steps) + 1
            steps.append(Step(place, data.draw(causes), f"B{number}", before, after))
    upto = last.plus(passed)
    annual = {one.benefit: recurring_by_year(one, YEARS, upto) for one in now}
    money = {one.benefit: cash_by_year(one, YEARS, upto) for one in now}
    printed = _opening(opened, last)
    for statements, alone, rows in (
        (recurring_statements, recurring, annual),
        (cash_statements, cash, money),
    ):
        plain = plainly(steps, now, alone, last, upto)
        for given_rows in (None, rows):
            stated = statements(printed, steps, now, YEARS, upto, given_rows)
            assert {year: _rows(one) for year, one in stated.items()} == plain


def _opening(benefits: Sequence[Lines], month: Month) -> Opening:
    """What a report of these benefits stored, worked one year at a time."""
    annual = {
        str(y): total([recurring(one, y, month) for one in benefits], Recurring.nothing(y))
        for y in YEARS
    }
    money = {
        str(y): total([cash(one, y, month) for one in benefits], Cash.nothing(y)) for y in YEARS
    }
    return Opening(
        month,
        {year: row.amounts() for year, row in annual.items()},
        {year: row.amounts() for year, row in money.items()},
    )


@given(any_lines, months)
@settings(max_examples=100, deadline=None)
def test_what_is_delayed_is_every_pound_paired_with_the_pound_that_comes(
    lines: Lines, upto: Month
) -> None:
    expected = still_expected(lines, upto)
    claims = (*lines.verified, *lines.claimed)
    again = [replace(t, amount=-t.amount) for t in claims if t.amount < 0]
    planned, coming = by_name((*lines.plan, *again)), by_name((*claims, *expected))
    steps: dict[tuple[Nature, int], int] = defaultdict(int)
    for name, plan in planned.items():
        for due, begins, ends in _laid(plan):
            for late, starts, stops in _laid(coming.get(name, [])):
                met = min(ends, stops) - max(begins, starts)
                if met > 0 and late.month > due.month:
                    _delay(steps, due, late, met)
    found: dict[tuple[Nature, int], int] = defaultdict(int)
    for t in delayed(lines, expected):
        found[t.nature, t.month.ordinal] += t.amount
    assert {k: v for k, v in found.items() if v} == {k: v for k, v in steps.items() if v}


def _laid(tranches: Sequence[Tranche]) -> list[tuple[Tranche, int, int]]:
    """Each tranche with the first penny and the last that are its own, end to end."""
    laid, at = [], 0
    for tranche in tranches:
        if tranche.amount > 0:
            laid.append((tranche, at, at + tranche.amount))
            at += tranche.amount
    return laid


def _delay(steps: dict[tuple[Nature, int], int], due: Tranche, late: Tranche, amount: int) -> None:
    if due.nature is Nature.RECURRING:
        steps[due.nature, due.month.ordinal] += amount
        steps[due.nature, late.month.ordinal] -= amount
    elif due.month.financial_year != late.month.financial_year:
        steps[due.nature, due.month.ordinal] += amount
