"""A status foreseen for one day after another is what the day itself would say."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.periods import FinancialYear, Month
from benefits.tranches import Tranche
from benefits.vocabulary import Status
from reports.foreseen import Coming, Foreseen
from reports.lines import Lines
from reports.status import NO_SIGNS, Override, Signs, Strip, all_years
from tests.unit.test_no_penny_left_over import any_lines, months

EVERY_MONTH = [FinancialYear(2021).first.plus(number) for number in range(12 * 8)]
#: What one day's whole lists come to in every month, and what is foreseen of the same.
BOTH = tuple[list[Strip], list[Strip]]

signs = st.sampled_from(
    [
        NO_SIGNS,
        Signs(milestone_overdue=True),
        Signs(override=Override(Status.WILL_NOT_BE_DELIVERED, "Said so.", Month(2025, 6))),
    ]
)


def both(lines: Lines, delay: int, later: Signs, turns: Month) -> BOTH:
    """The claims are dated some months after their money, so that they come in one by one."""
    coming = [
        Coming(part.month.plus(delay), part, verified=verified)
        for verified, parts in ((False, lines.claimed), (True, lines.verified))
        for part in parts
    ]
    foreseen = Foreseen(lines, coming)
    worked, told = [], []
    for month in EVERY_MONTH:
        known = later if month > turns else NO_SIGNS
        come = [one for one in coming if one.claimed_for <= month]
        day = Lines(
            "B1",
            lines.original,
            lines.plan,
            lines.forecast,
            of(come, verified=False),
            of(come, verified=True),
        )
        worked.append(all_years(day, month.plus(-1), known))
        told.append(foreseen.on(month, known))
    return worked, told


def of(come: Iterable[Coming], *, verified: bool) -> tuple[Tranche, ...]:
    return tuple(one.part for one in come if one.verified is verified)


@given(any_lines, st.integers(-2, 14), signs, months)
@settings(max_examples=25, deadline=None)
def test_each_month_is_what_its_own_lists_come_to(
    lines: Lines, delay: int, later: Signs, turns: Month
) -> None:
    worked, told = both(lines, delay, later, turns)
    assert told == worked
