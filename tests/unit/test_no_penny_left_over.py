"""A random search for a penny left over, in plans, delays, claims and erosions of every shape."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.periods import FinancialYear, Month
from benefits.profile import in_year_cash, month_share
from benefits.tranches import Nature, Tranche
from reports.lines import Lines
from reports.reconciliation import Cash, cash_by_year, one_offs_by_year, recurring_by_year, total

FIRST = FinancialYear(2022)
YEARS = [FIRST.plus(n) for n in range(-1, 9)]

pennies = st.integers(1, 10**8)
months = st.integers(0, 59).map(FIRST.first.plus)
natures = st.sampled_from(Nature)
planned = st.builds(Tranche.planned, pennies, natures, months)
named = st.builds(Tranche, pennies, natures, months, st.integers(0, 4).map(FIRST.plus))


@st.composite
def verified(draw: st.DrawFn) -> tuple[Tranche, ...]:
    """Verified claims, some of them eroded from a later month by no more than stands."""
    claims = draw(st.lists(named, max_size=4))
    lost = []
    for claim in claims:
        if claim.nature is Nature.RECURRING and draw(st.booleans()):
            amount = draw(st.integers(1, claim.amount))
            lost.append(
                replace(claim, amount=-amount, month=claim.month.plus(draw(st.integers(1, 30))))
            )
    return (*claims, *lost)


def some(tranches: st.SearchStrategy[Tranche]) -> st.SearchStrategy[tuple[Tranche, ...]]:
    return st.lists(tranches, max_size=4).map(tuple)


any_lines = st.builds(
    Lines, st.just("B1"), some(planned), some(planned), some(named), some(named), verified()
)


@given(any_lines, months)
@settings(max_examples=400)
def test_whatever_happens_the_parts_sum_to_the_plan_and_none_is_below_nothing(
    lines: Lines, upto: Month
) -> None:
    annual = recurring_by_year(lines, YEARS, upto)
    for row in [*annual.values(), *one_offs_by_year(lines, YEARS, upto).values()]:
        parts = row.verified + row.claimed + row.still_forecast + row.slipped + row.not_delivered
        assert row.current_plan == parts - row.over_delivery
        assert min(v for name, v in row.amounts().items() if name != "approved_changes") >= 0
        assert not (row.not_delivered and row.over_delivery)
    for year, money in cash_by_year(lines, YEARS, upto).items():
        parts = money.verified + money.claimed + money.still_forecast + money.lost_by_delay
        assert (
            money.plan
            == parts + money.not_delivered - money.over_delivery
            == in_year_cash(lines.plan, year)
        )
        assert min(v for name, v in money.amounts().items() if name != "approved_changes") >= 0
        assert money.early + money.late <= money.over_delivery


@given(any_lines, months, st.randoms(use_true_random=False))
def test_the_order_in_which_things_were_recorded_changes_no_figure(
    lines: Lines, upto: Month, order: random.Random
) -> None:
    def shuffled(tranches: tuple[Tranche, ...]) -> tuple[Tranche, ...]:
        return tuple(order.sample(tranches, len(tranches)))

    other = Lines(
        "B1",
        shuffled(lines.original),
        shuffled(lines.plan),
        shuffled(lines.forecast),
        shuffled(lines.claimed),
        shuffled(lines.verified),
    )
    assert recurring_by_year(other, YEARS, upto) == recurring_by_year(lines, YEARS, upto)
    assert cash_by_year(other, YEARS, upto) == cash_by_year(lines, YEARS, upto)


def slowly(tranches: list[Tranche], month: Month) -> int:
    """The cash of one month by the definition: the share of what is live, and the one-offs."""
    live = sum(t.amount for t in tranches if t.nature is Nature.RECURRING and t.month <= month)
    once = sum(t.amount for t in tranches if t.nature is Nature.ONE_OFF and t.month == month)
    return month_share(live, month.number_in_year) + once


@given(any_lines, months)
def test_the_quick_sums_are_the_definition_worked_month_by_month(lines: Lines, upto: Month) -> None:
    done, said = list(lines.verified), [*lines.verified, *lines.claimed]
    for year, row in cash_by_year(lines, YEARS, upto).items():
        to_date = [month for month in year.months() if month <= upto]
        assert row.verified == sum(slowly(done, m) for m in year.months())
        assert row.claimed == sum(slowly(said, m) - slowly(done, m) for m in year.months())
        assert row.verified_to_date == sum(slowly(done, m) for m in to_date)
        assert row.plan_to_date == sum(slowly(list(lines.plan), m) for m in to_date)
        assert row.original_plan == sum(slowly(list(lines.original), m) for m in year.months())


@given(st.lists(st.tuples(planned, st.integers(0, 30), st.booleans()), max_size=5), months)
def test_money_that_only_comes_later_is_all_delay_and_none_of_it_undelivered(
    moved: list[tuple[Tranche, int, bool]], upto: Month
) -> None:
    plan = tuple(tranche for tranche, _, _ in moved)
    late = [(replace(t, month=t.month.plus(by)), claimed) for t, by, claimed in moved]
    lines = Lines(
        "B1",
        original=plan,
        plan=plan,
        forecast=tuple(t for t, _ in late),
        verified=tuple(t for t, claimed in late if claimed),
    )
    for annual in recurring_by_year(lines, YEARS, upto).values():
        assert (annual.not_delivered, annual.over_delivery) == (0, 0)
    if all(tranche.nature is Nature.RECURRING for tranche in plan):
        for row in cash_by_year(lines, YEARS, upto).values():
            assert (row.not_delivered, row.over_delivery) == (0, 0)
            assert row.lost_by_delay == row.gap


@given(st.lists(st.tuples(pennies, pennies, pennies, months), min_size=1, max_size=4), months)
def test_a_plan_met_exactly_by_three_claims_a_tranche_leaves_no_penny(
    parts: list[tuple[int, int, int, Month]], upto: Month
) -> None:
    plan = tuple(Tranche.planned(a + b + c, Nature.RECURRING, m) for a, b, c, m in parts)
    lines = Lines(
        "B1",
        original=plan,
        plan=plan,
        forecast=plan,
        verified=tuple(
            Tranche.planned(p, Nature.RECURRING, m) for a, b, _, m in parts for p in (a, b)
        ),
        claimed=tuple(Tranche.planned(c, Nature.RECURRING, m) for _, _, c, m in parts),
    )
    for row in cash_by_year(lines, YEARS, upto).values():
        assert row.gap == row.still_forecast == row.lost_by_delay == 0


@given(any_lines, months)
def test_nothing_is_still_forecast_in_a_year_that_has_ended(lines: Lines, upto: Month) -> None:
    for year in YEARS:
        if year.last <= upto:
            assert recurring_by_year(lines, [year], upto)[year].still_forecast == 0
            assert cash_by_year(lines, [year], upto)[year].still_forecast == 0


@given(any_lines, months)
def test_the_recurring_forecast_is_either_claimed_still_to_come_or_slipped(
    lines: Lines, upto: Month
) -> None:
    expected = Nature.RECURRING
    for year, row in recurring_by_year(lines, YEARS, upto).items():
        whole = sum(t.amount for t in lines.forecast if (t.plan_year, t.nature) == (year, expected))
        claims = row.verified + row.claimed
        assert row.still_forecast + row.slipped == max(0, whole - claims)


@given(st.lists(any_lines, max_size=5), months)
def test_totals_sum_each_column_over_the_benefits(benefits: list[Lines], upto: Month) -> None:
    rows = [cash_by_year(lines, [FIRST], upto)[FIRST] for lines in benefits]
    whole = total(rows, Cash.nothing(FIRST))
    for column, amount in whole.amounts().items():
        assert amount == sum(row.amounts()[column] for row in rows)
