"""What moved since the last report: every row ties, every event is in one row, or it says who."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.money import parse_pounds as pence
from benefits.periods import FinancialYear, Month
from benefits.tranches import Nature, Tranche
from reports.forecast_cause import forecast_cause
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
    Lines,
    PennyLeftOver,
    Recurring,
    cash_by_year,
    recurring_by_year,
    total,
)
from tests.unit.test_no_penny_left_over import any_lines

Y24, Y25 = FinancialYear(2024), FinancialYear(2025)
YEARS = [FinancialYear(start) for start in range(2021, 2031)]
JULY = (Tranche.planned(pence("120,000"), Nature.RECURRING, Month(2024, 7)),)
NEXT_APRIL = (Tranche(pence("120,000"), Nature.RECURRING, Month(2025, 4), Y24),)
APPROVED = Lines("B1", original=JULY, plan=JULY, forecast=JULY)


def opening(benefits: list[Lines], month: Month, years: list[FinancialYear] = YEARS) -> Opening:
    """What a report of these benefits would have stored."""
    annual = [recurring_by_year(lines, years, month) for lines in benefits]
    money = [cash_by_year(lines, years, month) for lines in benefits]
    return Opening(
        month,
        {str(y): total([r[y] for r in annual], Recurring.nothing(y)).amounts() for y in years},
        {str(y): total([r[y] for r in money], Cash.nothing(y)).amounts() for y in years},
    )


def only(statement: Statement) -> tuple[Cause, dict[str, int], frozenset[int]]:
    (row,) = statement.rows
    return row.cause, {column: by for column, by in row.amounts.items() if by}, row.events


def test_a_first_report_opens_with_nothing_and_everything_is_newly_approved() -> None:
    steps = [Step(7, Cause.NEWLY_APPROVED, "B1", None, APPROVED)]
    statement = recurring_statements(None, steps, [APPROVED], [Y24], Month(2024, 6))[Y24]
    assert set(statement.opening.values()) == {0}
    amount = pence("120,000")
    moved = {"original_plan": amount, "current_plan": amount, "still_forecast": amount}
    assert only(statement) == (Cause.NEWLY_APPROVED, moved, frozenset({7}))
    assert statement.closing["current_plan"] == amount


def test_a_forecast_moved_to_next_year_is_one_row_slipped_and_its_cash_is_lost_by_delay() -> None:
    late = replace(APPROVED, forecast=NEXT_APRIL)
    steps = [Step(9, forecast_cause(JULY, NEXT_APRIL), "B1", APPROVED, late)]
    month = Month(2024, 6)
    before = opening([APPROVED], month)
    annual = recurring_statements(before, steps, [late], [Y24, Y25], month)
    moved = {"still_forecast": -pence("120,000"), "slipped": pence("120,000")}
    assert only(annual[Y24]) == (Cause.SLIPPED, moved, frozenset({9}))
    money = cash_statements(before, steps, [late], [Y24, Y25], month)
    lost = {"still_forecast": -pence("90,000"), "lost_by_delay": pence("90,000")}
    assert only(money[Y24]) == (Cause.SLIPPED, lost, frozenset({9}))
    assert money[Y25].rows == ()


def test_two_claims_and_their_verification_are_two_rows_with_their_events() -> None:
    half = Tranche.planned(pence("60,000"), Nature.RECURRING, Month(2024, 7))
    one = replace(APPROVED, claimed=(half,))
    two = replace(APPROVED, claimed=(half, half))
    done = replace(APPROVED, claimed=(half,), verified=(half,))
    steps = [
        Step(11, Cause.CLAIMED, "B1", APPROVED, one),
        Step(12, Cause.CLAIMED, "B1", one, two),
        Step(13, Cause.VERIFIED, "B1", two, done),
    ]
    month = Month(2024, 7)
    before = opening([APPROVED], month)
    claimed, verified = recurring_statements(before, steps, [done], [Y24], month)[Y24].rows
    assert (claimed.cause, claimed.events) == (Cause.CLAIMED, frozenset({11, 12}))
    assert claimed.amounts["claimed"] == pence("120,000") == -claimed.amounts["still_forecast"]
    assert (verified.cause, verified.events) == (Cause.VERIFIED, frozenset({13}))
    assert verified.amounts["verified"] == pence("60,000") == -verified.amounts["claimed"]


def test_a_month_that_passes_moves_only_the_to_date_columns() -> None:
    verified = replace(APPROVED, verified=JULY)
    before = opening([verified], Month(2024, 7))
    months = [Y24], Month(2024, 8)
    assert recurring_statements(before, [], [verified], *months)[Y24].rows == ()
    moved = {"plan_to_date": pence("10,000"), "verified_to_date": pence("10,000")}
    money = cash_statements(before, [], [verified], *months)[Y24]
    assert only(money) == (Cause.TIME_PASSED, moved, frozenset())


def test_at_31_march_time_moves_what_is_still_forecast_to_slipped() -> None:
    before = opening([APPROVED], Month(2025, 2))
    statement = recurring_statements(before, [], [APPROVED], [Y24], Month(2025, 3))[Y24]
    moved = {"still_forecast": -pence("120,000"), "slipped": pence("120,000")}
    assert only(statement) == (Cause.TIME_PASSED, moved, frozenset())


def test_a_withdrawal_takes_the_plan_away_and_leaves_the_original() -> None:
    gone = Lines("B1", original=JULY)
    month = Month(2024, 6)
    steps = [Step(20, Cause.WITHDRAWN, "B1", APPROVED, gone)]
    statement = recurring_statements(opening([APPROVED], month), steps, [gone], [Y24], month)[Y24]
    amount = -pence("120,000")
    moved = {"approved_changes": amount, "current_plan": amount, "still_forecast": amount}
    assert only(statement) == (Cause.WITHDRAWN, moved, frozenset({20}))
    assert statement.closing["original_plan"] == pence("120,000")


def test_a_penny_that_the_last_report_printed_otherwise_stops_the_statement() -> None:
    month = Month(2024, 6)
    printed = opening([APPROVED], month)
    stored = {"2024/25": {**printed.recurring["2024/25"]}}
    stored["2024/25"]["still_forecast"] -= 1
    stored["2024/25"]["claimed"] += 1
    with pytest.raises(PennyLeftOver, match=r"^The total .* claimed of 2024/25 .* £0\.01 over"):
        recurring_statements(replace(printed, recurring=stored), [], [APPROVED], [Y24], month)


def test_the_benefit_that_the_last_report_printed_otherwise_is_named() -> None:
    month = Month(2024, 6)
    other = replace(APPROVED, benefit="B2")
    more = replace(other, forecast=(replace(JULY[0], amount=JULY[0].amount + 1),))
    printed = replace(
        opening([APPROVED, more], month),
        by_benefit={"B1": opening([APPROVED], month), "B2": opening([more], month)},
    )
    with pytest.raises(PennyLeftOver, match="Benefit B2 does not reconcile") as caught:
        cash_statements(printed, [], [APPROVED, other], [Y24], month)
    assert caught.value.benefit == "B2"


def test_a_change_that_no_event_accounts_for_names_the_benefit() -> None:
    month = Month(2024, 6)
    late = replace(APPROVED, forecast=NEXT_APRIL)
    gone = replace(APPROVED, forecast=())
    before = opening([APPROVED], month)
    cases = {
        "how it stands now": ([Step(9, Cause.SLIPPED, "B1", APPROVED, late)], [gone]),
        "before event 10": (
            [
                Step(9, Cause.SLIPPED, "B1", APPROVED, late),
                Step(10, Cause.FORECAST_LOWERED, "B1", APPROVED, gone),
            ],
            [gone],
        ),
        "not among the benefits": ([Step(9, Cause.SLIPPED, "B1", APPROVED, late)], []),
    }
    for sentence, (steps, now) in cases.items():
        with pytest.raises(PennyLeftOver, match=f"Benefit B1 .*{sentence}"):
            recurring_statements(before, steps, now, [Y24], month)


HALF = (replace(JULY[0], amount=pence("60,000")), replace(NEXT_APRIL[0], amount=pence("60,000")))


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        (JULY, NEXT_APRIL, Cause.SLIPPED),
        (JULY, HALF, Cause.SLIPPED),
        (HALF, NEXT_APRIL, Cause.SLIPPED),
        (NEXT_APRIL, JULY, Cause.FORECAST_RAISED),
        (JULY, (replace(JULY[0], amount=pence("130,000")),), Cause.FORECAST_RAISED),
        (JULY, (), Cause.FORECAST_LOWERED),
        (JULY, (replace(NEXT_APRIL[0], amount=1),), Cause.FORECAST_LOWERED),
        (JULY, (replace(JULY[0], month=Month(2024, 10)),), Cause.FORECAST_LOWERED),
    ],
)
def test_only_the_same_money_in_a_later_year_is_slipped(
    before: tuple[Tranche, ...], after: tuple[Tranche, ...], cause: Cause
) -> None:
    assert forecast_cause(before, after) is cause


months = st.integers(0, 60).map(Month(2022, 4).plus)


@given(
    st.lists(st.lists(any_lines, min_size=1, max_size=4), max_size=3),
    st.data(),
    months,
    st.integers(0, 14),
)
@settings(max_examples=120, deadline=None)
def test_over_random_histories_every_statement_ties_to_the_penny(
    histories: list[list[Lines]], data: st.DataObject, last: Month, passed: int
) -> None:
    """Each benefit goes through its states; the last report came somewhere in between."""
    causes = st.sampled_from([cause for cause in Cause if cause is not Cause.TIME_PASSED])
    opened: list[Lines] = []
    now: list[Lines] = []
    steps: list[Step] = []
    for number, states in enumerate(histories):
        named = [replace(lines, benefit=f"B{number}") for lines in states]
        reported = data.draw(st.integers(0, len(named)))
        passes: list[Lines | None] = [None, *named]
        opened += [lines for lines in passes[reported : reported + 1] if lines]
        now.append(named[-1])
        for before, after in zip(passes[reported:], named[reported:], strict=False):
            step = Step(len(steps) + 1, data.draw(causes), f"B{number}", before, after)
            steps.append(step)
    upto = last.plus(passed)
    printed = opening(opened, last)
    for statements, kind, worked in (
        (recurring_statements(printed, steps, now, YEARS, upto), Recurring, recurring_by_year),
        (cash_statements(printed, steps, now, YEARS, upto), Cash, cash_by_year),
    ):
        for year, statement in statements.items():
            rows = [worked(lines, [year], upto)[year] for lines in now]
            assert statement.closing == total(rows, kind.nothing(year)).amounts()
            for column, closing in statement.closing.items():
                moved = sum(row.amounts[column] for row in statement.rows)
                assert statement.opening[column] + moved == closing
            for row in statement.rows:
                parts = row.amounts["not_delivered"] - row.amounts["over_delivery"]
                parts += sum(row.amounts[c] for c in ("verified", "claimed", "still_forecast"))
                parts += row.amounts["slipped" if kind is Recurring else "lost_by_delay"]
                assert row.amounts["current_plan" if kind is Recurring else "plan"] == parts
                assert row.events <= {s.position for s in steps if s.cause is row.cause}
