"""How money, days, months, years and lists are written for people, everywhere the same."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from benefits.money import Pence, pounds
from benefits.periods import FinancialYear, Month
from benefits.plans import PlannedTranche, YearAmount
from benefits.tranches import Nature, Tranche

__all__ = [
    "amounts_by_year",
    "count",
    "day",
    "instant",
    "listed",
    "london_day",
    "month",
    "per_year",
    "planned",
    "pounds",
    "tranche",
    "tranches",
    "year",
]

_LONDON = ZoneInfo("Europe/London")
_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]


def day(when: date) -> str:
    """Write a day: ``3 October 2024``."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(when: Month) -> str:
    """Write a month: ``October 2024``."""
    return f"{_MONTHS[when.month - 1]} {when.year}"


def year(when: FinancialYear) -> str:
    """Write a financial year: ``2024/25``."""
    return str(when)


def london_day(at: datetime) -> date:
    """The day that it was in London at an aware instant."""
    return at.astimezone(_LONDON).date()


def instant(at: datetime) -> str:
    """Write an aware instant in London's time: ``3 October 2024 at 9:38am``."""
    local = at.astimezone(_LONDON)
    return f"{day(local.date())} at {clock(local.hour, local.minute)}"


def clock(hour: int, minute: int) -> str:
    """Write a time of the day: ``9:38am``."""
    return f"{hour % 12 or 12}:{minute:02d}{'am' if hour < 12 else 'pm'}"


def listed(things: Iterable[str], last: str = "and") -> str:
    """Write several things as one list: ``a, b and c``."""
    *before, end = list(things) or [""]
    return f"{', '.join(before)} {last} {end}" if before else end


def count(number: int, one: str, many: str = "") -> str:
    """Write a number of things: ``1 day``, ``3 days``. ``many`` when an s will not do."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def per_year(amount: Pence, nature: Nature) -> str:
    """Write an amount with its nature: ``£120,000 a year`` or ``£120,000 once``."""
    return f"{pounds(amount)} {'a year' if nature is Nature.RECURRING else 'once'}"


def tranche(one: Tranche) -> str:
    """Write a tranche: ``£120,000 a year from July 2024``; its plan year too when it is another."""
    joined = "from" if one.nature is Nature.RECURRING else "in"
    written = f"{per_year(one.amount, one.nature)} {joined} {month(one.month)}"
    late = one.plan_year != one.month.financial_year
    return f"{written} for the plan of {year(one.plan_year)}" if late else written


def tranches(several: Sequence[Tranche], most: int = 6) -> str:
    """Write tranches as a list; past ``most`` of them their number and what they come to."""
    if not several:
        return "nothing"
    if len(several) <= most:
        return listed(tranche(one) for one in several)
    sums = {nature: sum(one.amount for one in several if one.nature is nature) for nature in Nature}
    parts = [per_year(amount, nature) for nature, amount in sums.items() if amount]
    return f"{len(several)} amounts that come to {listed(parts)}"


def planned(several: Sequence[PlannedTranche]) -> str:
    """Write the committed figures of a profile or an investment."""
    return tranches([one.tranche for one in several])


def amounts_by_year(amounts: Iterable[YearAmount]) -> str:
    """Write amounts by financial year: ``£100 in 2024/25 and £200 in 2025/26``."""
    return listed(f"{pounds(one.amount)} in {year(one.year)}" for one in amounts)
